"""Measure helper, regression, modes and builds in one run: ``python -m tests.bench RECORD``.

Writes the record, which the pages `graphs` and `backpropagation` draw, and prints the tables
that CONTRIBUTING shows.
"""

import importlib.metadata
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import timeit
from collections.abc import Iterable
from pathlib import Path

from eagerdemo.regression import noisy_line
from tests.bench import clock, helper, modes, project, regression

SIZES = [10, 100, 1_000, 10_000, 100_000, 1_000_000]  # points of the regression
POINTS = 1_000  # of the chapter
INPUTS = [1, 10, 100, 1_000]  # of the function that is differentiated in both modes
PACKAGES = ["tensorflow", "numpy", "autograd", "jax", "torch"]
ORIGINAL = project.ROOT / ".nox" / "original" / "bin" / "python"  # where `nox -s original` has run


def measure_helper() -> dict:
    """Time the gradient functions beside a tape."""
    return {name: clock.time_in_turns(ways) for name, ways in helper.cases().items()}


def measure_updates() -> dict:
    """Time an update in every framework, a list of all sizes for each."""
    found: dict[str, list] = {name: [] for name in regression.UPDATES}
    for size in SIZES:
        points = [tensor.numpy() for tensor in noisy_line(size)]
        ways = {name: way(*points) for name, way in regression.UPDATES.items()}
        for name, time in clock.time_in_turns(ways).items():
            found[name].append(time)
    if ORIGINAL.exists():
        for way in ["eager", "session"]:
            found[f"1.8.0 {way}"] = [
                clock.summarize(times, [eager.median] * len(times))
                for times, eager in zip(ask_original(way), found["eager"], strict=True)
            ]
    return found


def ask_original(way: str) -> list[list[float]]:
    """Time an update in TensorFlow 1.8.0, in a process of its own, every round of every size."""
    command = [ORIGINAL, "tests/bench/original.py", way, clock.ROUNDS, *SIZES]
    printed = subprocess.check_output([str(part) for part in command], cwd=project.ROOT)
    return json.loads(printed)


def measure_modes() -> dict:
    """Time a gradient in reverse mode and in forward mode, a list of all inputs for each."""
    found: dict[str, list] = {name: [] for name in modes.MODES}
    for size in INPUTS:
        ways = {name: way(size) for name, way in modes.MODES.items()}
        for name, time in clock.time_in_turns(ways).items():
            found[name].append(time)
    return found


def measure_first_calls() -> dict:
    """Time the first update of a graph, which traces it and compiles it, in microseconds."""
    points = [tensor.numpy() for tensor in noisy_line(SIZES[0])]
    found = {}
    for name in ["graph", "xla"]:
        calls = [regression.UPDATES[name](*points) for _ in range(5)]
        times = [timeit.timeit(call, number=1) * 1e6 for call in calls]
        found[name] = clock.summarize(times, times)
    return found


def measure_trainings() -> dict:
    """Time the chapter's 200 updates."""
    points = [tensor.numpy() for tensor in noisy_line(POINTS)]
    return clock.time_in_turns({n: way(*points) for n, way in regression.TRAININGS.items()})


def measure_project() -> dict:
    """Time the builds, in seconds, each some times, and weigh the pages, in kilobytes."""
    with tempfile.TemporaryDirectory() as once, tempfile.TemporaryDirectory() as many:
        fourfold = project.time_growth(project.copy_project(Path(many)))
        folder = project.copy_project(Path(once))
        rounds = [project.time_builds(folder) for _ in range(project.ROUNDS)]
        weight = project.weigh(folder / "out" / "html")
    builds = {kind: [round(times[kind], 2) for times in rounds] for kind in rounds[0]}
    return {
        "builds": builds | {"four times the pages": [round(fourfold, 2)]},
        "kilobytes": weight,
    }


def measure() -> dict:
    """Measure all."""
    found = [package for package in PACKAGES if importlib.util.find_spec(package)]
    return {
        "architecture": platform.machine(),
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {package: importlib.metadata.version(package) for package in found},
        "sizes": SIZES,
        "helper": measure_helper(),
        "first": measure_first_calls(),
        "updates": measure_updates(),
        "trainings": measure_trainings(),
        "inputs": INPUTS,
        "modes": measure_modes(),
        **measure_project(),
    }


def table(*rows: Iterable[str]) -> str:
    """Return a table in Markdown, whose first row is its head."""
    head, *body = ["| " + " | ".join(row) + " |\n" for row in rows]
    return head + "|" + "---|" * (head.count("|") - 1) + "\n" + "".join(body)


def with_spread(time: list[float]) -> str:
    """Write a time with its quartiles."""
    median, low, high, _ = (f"{value:,.0f}" for value in time)
    return f"{median} ({low}–{high})"


def report_helper(cases: dict) -> str:
    """Return the table of the gradient functions."""
    rows = [
        [name, *map(with_spread, ways.values()), f"{ways['eagerdemo'][-1]:.2f}"]
        for name, ways in cases.items()
    ]
    return table(["µs", *helper.WAYS, "eagerdemo / by hand"], *rows)


def report_regression(record: dict) -> str:
    """Return the table of an update at each size, and of the training."""
    trainings = record["trainings"]
    rows = []
    for name, times in record["updates"].items():
        cell = ""
        if name in trainings:
            time, *_, ratio = trainings[name]
            cell = f"{time / 1000:,.2f} · {1 / ratio:,.0f} ×"
        rows.append([name, *map(with_spread, times), cell])
    head = [f"{size:,}" for size in record["sizes"]]
    return table(["µs", *head, f"{regression.STEPS} × {POINTS:,}, ms"], *rows)


def report_builds(builds: dict) -> str:
    """Return the table of the builds, each beside the least that it could take."""
    middle = {kind: statistics.median(times) for kind, times in builds.items()}
    least = {
        "cold": middle["all cells in one process"] + middle["all pages from the cache"],
        "nothing changed, by nox": middle["nothing changed"],
        "one page edited": middle["the page's cells alone"] + middle["nothing changed"],
        "four times the pages": middle["cold"],
    }
    rows = [
        [kind, f"{time:.1f}", f"{time / least[kind]:.2f}" if kind in least else ""]
        for kind, time in middle.items()
    ]
    return table(["build", "s", "ratio to the least"], *rows)


def report(record: dict) -> str:
    """Return the tables of a record, as CONTRIBUTING shows them."""
    tables = [
        report_helper(record["helper"]),
        report_regression(record),
        report_builds(record["builds"]),
    ]
    return "\n".join(tables)


def main(path: Path) -> None:
    """Write the record, a number a line so that a difference is readable, and print its tables."""
    record = measure()
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(report(json.loads(path.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
