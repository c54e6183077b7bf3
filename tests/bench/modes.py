"""One gradient by reverse mode, which replays once, and by forward mode, input by input."""

from collections.abc import Callable

import tensorflow as tf

Way = Callable[[int], Callable[[], tf.Tensor]]


def loss(x: tf.Tensor) -> tf.Tensor:
    """Return the one output of many inputs that is differentiated."""
    return tf.reduce_sum(tf.tanh(x))


def in_reverse(size: int) -> Callable[[], tf.Tensor]:
    """Differentiate with a tape."""
    x = tf.linspace(-1.0, 1.0, size)

    def call() -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = loss(x)
        return tape.gradient(y, x)

    return call


def forward(size: int) -> Callable[[], tf.Tensor]:
    """Differentiate by moving one input after the other."""
    x, directions = tf.linspace(-1.0, 1.0, size), tf.unstack(tf.eye(size))

    def call() -> tf.Tensor:
        slopes = []
        for direction in directions:
            with tf.autodiff.ForwardAccumulator(x, direction) as accumulator:
                y = loss(x)
            slopes.append(accumulator.jvp(y))
        return tf.stack(slopes)

    return call


MODES: dict[str, Way] = {"reverse": in_reverse, "forward": forward}
