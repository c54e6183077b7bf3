"""The chapter's regression in TensorFlow and beside it: one update, and all 200 at once.

A way takes the points and returns a call. That of an update descends one step further every time,
that of a training takes all steps from the start; both answer with the weight and the bias.
"""

import importlib.util
from collections.abc import Callable

import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import numpy as np
import tensorflow as tf

from eagerdemo.regression import START

RATE = 0.01
STEPS = 200

Pair = tuple[float, float]
Way = Callable[[np.ndarray, np.ndarray], Callable[[], Pair]]


def step(
    weight: tf.Variable, bias: tf.Variable, inputs: tf.Tensor, outputs: tf.Tensor, square: Callable
) -> None:
    """Descend one step, as the page shows it."""
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(square(inputs * weight + bias - outputs))
    for variable, gradient in zip((weight, bias), tape.gradient(loss, (weight, bias)), strict=True):
        variable.assign_sub(RATE * gradient)


def power(x: tf.Tensor) -> tf.Tensor:
    """Square by the operation of powers."""
    return x**2


def update_in(compiler: Callable[[Callable], Callable], square: Callable = tf.square) -> Way:
    """Return the way of an update in TensorFlow, compiled in some way or not at all."""

    def way(inputs: np.ndarray, outputs: np.ndarray) -> Callable[[], Pair]:
        weight, bias = tf.Variable(START[0]), tf.Variable(START[1])
        points = tf.constant(inputs), tf.constant(outputs)
        run = compiler(lambda: step(weight, bias, *points, square))

        def call() -> Pair:
            run()
            return float(weight), float(bias)

        return call

    return way


def train_in(compiler: Callable[[Callable], Callable]) -> Way:
    """Return the way of a training in TensorFlow whose loop is compiled too."""

    def way(inputs: np.ndarray, outputs: np.ndarray) -> Callable[[], Pair]:
        weight, bias = tf.Variable(START[0]), tf.Variable(START[1])
        points = tf.constant(inputs), tf.constant(outputs)

        @compiler
        def run() -> None:
            weight.assign(START[0])
            bias.assign(START[1])
            for _ in tf.range(STEPS):
                step(weight, bias, *points, tf.square)

        def call() -> Pair:
            run()
            return float(weight), float(bias)

        return call

    return way


def by_hand(inputs: np.ndarray, outputs: np.ndarray) -> Callable[[], Pair]:
    """Descend in NumPy, with the gradients of the formula."""
    weight, bias = START

    def call() -> Pair:
        nonlocal weight, bias
        errors = inputs * np.float32(weight) + np.float32(bias) - outputs
        weight -= RATE * 2 * float(np.mean(errors * inputs))
        bias -= RATE * 2 * float(np.mean(errors))
        return weight, bias

    return call


def in_autograd(inputs: np.ndarray, outputs: np.ndarray) -> Callable[[], Pair]:
    """Descend with autograd's gradients of a function in NumPy."""
    weight, bias = START
    gradients = autograd.grad(
        lambda pair: anp.mean(anp.square(inputs * pair[0] + pair[1] - outputs))
    )

    def call() -> Pair:
        nonlocal weight, bias
        by_weight, by_bias = gradients((np.float32(weight), np.float32(bias)))
        weight, bias = weight - RATE * float(by_weight), bias - RATE * float(by_bias)
        return weight, bias

    return call


def in_jax(steps: int) -> Way:
    """Return the way of a jitted JAX function, which takes `steps` steps."""

    def loss(pair: tuple, inputs: jax.Array, outputs: jax.Array) -> jax.Array:
        return jnp.mean(jnp.square(inputs * pair[0] + pair[1] - outputs))

    @jax.jit
    def run(pair: tuple, inputs: jax.Array, outputs: jax.Array) -> tuple:
        def descend(_: int, pair: tuple) -> tuple:
            gradients = jax.grad(loss)(pair, inputs, outputs)
            return jax.tree.map(lambda value, slope: value - RATE * slope, pair, gradients)

        return jax.lax.fori_loop(0, steps, descend, pair)

    def way(inputs: np.ndarray, outputs: np.ndarray) -> Callable[[], Pair]:
        start = jnp.float32(START[0]), jnp.float32(START[1])
        pair, points = start, (jnp.asarray(inputs), jnp.asarray(outputs))

        def call() -> Pair:
            nonlocal pair
            pair = run(start if steps > 1 else pair, *points)
            return float(pair[0]), float(pair[1])

        return call

    return way


def in_torch(inputs: np.ndarray, outputs: np.ndarray) -> Callable[[], Pair]:
    """Descend in eager PyTorch, where it is installed."""
    import torch

    pair = [torch.tensor(value, requires_grad=True) for value in START]
    points = torch.from_numpy(inputs), torch.from_numpy(outputs)

    def call() -> Pair:
        loss = torch.mean(torch.square(points[0] * pair[0] + pair[1] - points[1]))
        gradients = torch.autograd.grad(loss, pair)
        with torch.no_grad():
            for value, slope in zip(pair, gradients, strict=True):
                value -= RATE * slope
        return pair[0].item(), pair[1].item()

    return call


def repeat(way: Way) -> Way:
    """Return the way of a training that takes its steps one by one in Python."""

    def all_steps(inputs: np.ndarray, outputs: np.ndarray) -> Callable[[], Pair]:
        def call() -> Pair:
            update = way(inputs, outputs)
            for _ in range(STEPS - 1):
                update()
            return update()

        return call

    return all_steps


def eagerly(f: Callable) -> Callable:
    """Leave a function as it is."""
    return f


def with_xla(f: Callable) -> Callable:
    """Make a graph that XLA compiles."""
    return tf.function(f, jit_compile=True)


UPDATES: dict[str, Way] = {
    "eager": update_in(eagerly),
    "graph": update_in(tf.function),
    "xla": update_in(with_xla),
    "eager **2": update_in(eagerly, power),
    "graph **2": update_in(tf.function, power),
    "numpy": by_hand,
    "autograd": in_autograd,
    "jax": in_jax(1),
}
TRAININGS: dict[str, Way] = {
    "eager": repeat(UPDATES["eager"]),
    "graph": train_in(tf.function),
    "xla": train_in(with_xla),
    "numpy": repeat(by_hand),
    "autograd": repeat(in_autograd),
    "jax": in_jax(STEPS),
}
if importlib.util.find_spec("torch"):
    UPDATES["torch"] = in_torch
    TRAININGS["torch"] = repeat(in_torch)
