"""The gradient functions beside a hand-written tape and TensorFlow's private functions."""

import functools
from collections.abc import Callable

import numpy as np
import tensorflow as tf
from tensorflow.python.eager import backprop  # what tf.contrib.eager has become, private

import eagerdemo as tfe
from eagerdemo.regression import noisy_line
from tests.bench.clock import Call

NUMBERS = np.linspace(-1.0, 1.0, 1000, dtype=np.float32)
WAYS = ["by hand", "private", "eagerdemo"]
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


def cases() -> dict[str, dict[str, Call]]:
    """Return for each case the calls by hand, by TensorFlow's private functions and by ours."""
    makers: list[Callable] = [backprop.gradients_function, tfe.gradients_function]
    firsts = [maker(square) for maker in makers]
    seconds = [maker(lambda x, f=f: f(x)[0], [0]) for maker, f in zip(makers, firsts, strict=True)]
    found: dict[str, dict[str, Call]] = {}
    for name, argument in ARGUMENTS.items():
        once = [functools.partial(way, argument) for way in [by_hand, *firsts]]
        twice = [functools.partial(way, argument) for way in [second_by_hand, *seconds]]
        found[name] = dict(zip(WAYS, once, strict=True))
        found[f"{name}, twice"] = dict(zip(WAYS, twice, strict=True))

    weight, bias = tf.Variable(5.0), tf.Variable(10.0)
    inputs, outputs = noisy_line(1000)

    def loss() -> tf.Tensor:
        return tf.reduce_mean(tf.square(inputs * weight + bias - outputs))

    def loss_by_hand() -> list[tf.Tensor]:
        with tf.GradientTape() as tape:
            value = loss()
        return tape.gradient(value, [weight, bias])

    implicit = [loss_by_hand, backprop.implicit_grad(loss), tfe.implicit_gradients(loss)]
    return found | {"loss of two variables": dict(zip(WAYS, implicit, strict=True))}
