"""Time the update of the chapter's regression eagerly, as a graph, and compiled by XLA.

``nox -s bench`` writes the answers to ``src/eagerdemo/graphs.json``, which the page `graphs` draws.
"""

import json
import os
import platform
import sys
import timeit
from collections.abc import Callable
from pathlib import Path

import tensorflow as tf

from eagerdemo.regression import noisy_line

SIZES = [10, 100, 1_000, 10_000, 100_000, 1_000_000]  # points of the regression
REPEATS = 7  # the fastest counts: what else the machine does only ever slows
SECONDS = 0.2  # a repeat, at least


def update(
    weight: tf.Variable, bias: tf.Variable, inputs: tf.Tensor, outputs: tf.Tensor
) -> tf.Tensor:
    """Descend one step, as the page shows it."""
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((inputs * weight + bias - outputs) ** 2)
    for variable, gradient in zip((weight, bias), tape.gradient(loss, (weight, bias)), strict=True):
        variable.assign_sub(0.01 * gradient)
    return loss


def ways() -> dict[str, Callable[..., tf.Tensor]]:
    """Return the ways to run the update; each traces a graph of its own."""
    return {
        "eager": update,
        "graph": tf.function(update),
        "xla": tf.function(update, jit_compile=True),
    }


def microseconds(run: Callable[[], object]) -> float:
    """Time one call of `run`, which is warm."""
    number = max(1, int(SECONDS / timeit.timeit(run, number=1)))
    return min(timeit.repeat(run, number=number, repeat=REPEATS)) / number * 1e6


def measure(run: Callable[..., tf.Tensor], size: int) -> tuple[float, float]:
    """Return the time of the first update, in milliseconds, and of a later one, in microseconds."""
    inputs, outputs = noisy_line(size)
    arguments = tf.Variable(5.0), tf.Variable(10.0), inputs, outputs
    first = timeit.timeit(lambda: run(*arguments), number=1) * 1e3
    return first, microseconds(lambda: run(*arguments).numpy())


def main(path: Path) -> None:
    """Write the measurements of all ways and sizes, and what they were taken with."""
    found: dict[str, dict[str, list[float]]] = {}
    for name in ways():
        pairs = [measure(ways()[name], size) for size in SIZES]
        found[name] = {
            "first_ms": [round(first, 1) for first, _ in pairs],
            "update_us": [round(later, 1) for _, later in pairs],
        }
    record = {
        "cpus": os.cpu_count(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "sizes": SIZES,
        "ways": found,
    }
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
