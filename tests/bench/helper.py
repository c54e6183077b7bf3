"""Time the gradient functions against a hand-written tape and TensorFlow's private functions.

``python tests/bench/helper.py`` prints the table: microseconds a call, and the ratio to the tape.
"""

import functools
import random
import timeit
from collections.abc import Callable

import numpy as np
import tensorflow as tf
from tensorflow.python.eager import backprop  # what tf.contrib.eager has become, private

import eagerdemo as tfe
from eagerdemo.regression import noisy_line

ROUNDS = 100  # the fastest counts: what else the machine does only ever slows
CALLS = 20  # a round of each way, in an order drawn anew

Call = Callable[[], object]

NUMBERS = np.linspace(-1.0, 1.0, 1000, dtype=np.float32)
ARGUMENTS = {
    "scalar": 3.0,
    "1000 numbers": NUMBERS,
    "1000 in a list": NUMBERS.tolist(),
    "1000 in a tensor": tf.constant(NUMBERS),
}


def square(x: tf.Tensor) -> tf.Tensor:
    """Return the function that is differentiated."""
    return x * x


def by_hand(argument: object) -> tf.Tensor:
    """Differentiate `square` as one writes it with a tape."""
    x = tf.constant(argument)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = square(x)
    return tape.gradient(y, x)


def second_by_hand(argument: object) -> tf.Tensor:
    """Differentiate `square` twice as one writes it with two tapes."""
    x = tf.constant(argument)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = square(x)
        slope = inner.gradient(y, x)
    return outer.gradient(slope, x)


def cases() -> dict[str, list[Call]]:
    """Return for each case the calls by hand, by TensorFlow's private functions and by ours."""
    makers = [backprop.gradients_function, tfe.gradients_function]
    firsts = [maker(square) for maker in makers]
    seconds = [maker(lambda x, f=f: f(x)[0], [0]) for maker, f in zip(makers, firsts, strict=True)]
    found: dict[str, list[Call]] = {}
    for name, argument in ARGUMENTS.items():
        found[name] = [functools.partial(way, argument) for way in [by_hand, *firsts]]
        twice = [functools.partial(way, argument) for way in [second_by_hand, *seconds]]
        found[f"{name}, twice"] = twice

    weight, bias = tf.Variable(5.0), tf.Variable(10.0)
    inputs, outputs = noisy_line(1000)

    def loss() -> tf.Tensor:
        return tf.reduce_mean(tf.square(inputs * weight + bias - outputs))

    def loss_by_hand() -> list[tf.Tensor]:
        with tf.GradientTape() as tape:
            value = loss()
        return tape.gradient(value, [weight, bias])

    implicit = [backprop.implicit_grad(loss), tfe.implicit_gradients(loss)]
    return found | {"loss of two variables": [loss_by_hand, *implicit]}


def microseconds(ways: list[Call]) -> list[float]:
    """Time a call of each way, warm, in turns: what slows the machine then slows them alike."""
    best = [float("inf")] * len(ways)
    for _ in range(ROUNDS):
        for i in random.sample(range(len(ways)), len(ways)):
            best[i] = min(best[i], timeit.timeit(ways[i], number=CALLS) / CALLS * 1e6)
    return best


def main() -> None:
    """Print the table."""
    print(f"{'microseconds a call':24}{'by hand':>10}{'private':>10}{'eagerdemo':>10}{'ratio':>8}")
    for name, ways in cases().items():
        hand, private, ours = microseconds(ways)
        print(f"{name:24}{hand:10.1f}{private:10.1f}{ours:10.1f}{ours / hand:8.3f}")


if __name__ == "__main__":
    main()
