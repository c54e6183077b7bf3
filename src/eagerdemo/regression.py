"""The chapter's linear regression: its data, and what theory says gradient descent does on it.

All of it is about the mean squared error of ``inputs * weight + bias`` on points around the line
``3 x + 2``, descended from the weight 5 and the bias 10.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import tensorflow as tf

__all__ = [
    "exact_line",
    "expected_loss",
    "expected_parameters",
    "least_squares",
    "noisy_line",
]

WEIGHT, BIAS = 3.0, 2.0
START = (5.0, 10.0)

Steps = int | npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]


def exact_line() -> tuple[tf.Tensor, tf.Tensor]:
    """Return the two points (-1, -1) and (1, 5) of the line, without noise.

    The inputs have mean 0 and variance 1 exactly, so descent on them follows
    `expected_parameters` exactly.

    Returns:
        ``(inputs, outputs)``, float32 of shape (2,).

    >>> inputs, outputs = exact_line()
    >>> inputs.numpy().tolist(), outputs.numpy().tolist()
    ([-1.0, 1.0], [-1.0, 5.0])
    """
    inputs = tf.constant([-1.0, 1.0])
    return inputs, inputs * WEIGHT + BIAS


def noisy_line(count: int = 1000, seed: int = 0) -> tuple[tf.Tensor, tf.Tensor]:
    """Return points of the line with noise: inputs and noise are standard normal numbers.

    Args:
        count: how many points, at least 1.
        seed: the points are the same for the same seed, on every version of TensorFlow and NumPy.

    Returns:
        ``(inputs, outputs)``, float32 of shape (`count`,).

    Raises:
        ValueError: `count` is less than 1.

    >>> inputs, outputs = noisy_line(count=3)
    >>> [round(x, 3) for x in inputs.numpy().tolist()]
    [1.764, 0.4, 0.979]
    >>> [round(y, 3) for y in outputs.numpy().tolist()]
    [9.533, 5.068, 3.959]
    """
    if count < 1:
        raise ValueError(f"count is {count}: ask for at least 1 point")
    # Of NumPy's and TensorFlow's generators only RandomState promises never to change its numbers
    # (NumPy enhancement proposal 19).
    random = np.random.RandomState(seed)
    inputs = tf.constant(random.standard_normal(count), tf.float32)
    noise = tf.constant(random.standard_normal(count), tf.float32)
    return inputs, inputs * WEIGHT + BIAS + noise


def expected_parameters(
    steps: Steps, rate: float = 0.01, start: tuple[float, float] = START
) -> tuple[Floats, Floats]:
    """Return weight and bias after `steps` updates of gradient descent, by the closed form.

    With inputs of mean 0 and variance 1 the gradients are ``2 (W - 3)`` and ``2 (B - 2)``: each
    update multiplies both errors by ``1 - 2 rate``.

    Args:
        steps: the number of updates, or an array of such numbers.
        rate: the learning rate.
        start: weight and bias before the first update.

    Returns:
        ``(weight, bias)``, float64, each of the shape of `steps`.

    >>> weight, bias = expected_parameters(200)
    >>> round(float(weight), 4), round(float(bias), 4)
    (3.0352, 2.1407)
    """
    shrink = np.power(1.0 - 2.0 * rate, steps)
    return WEIGHT + (start[0] - WEIGHT) * shrink, BIAS + (start[1] - BIAS) * shrink


def expected_loss(
    steps: Steps, rate: float = 0.01, start: tuple[float, float] = START, noise: float = 1.0
) -> Floats:
    """Return the mean squared error after `steps` updates of gradient descent, by the closed form.

    Args:
        steps: the number of updates, or an array of such numbers.
        rate: the learning rate.
        start: weight and bias before the first update.
        noise: the variance of the noise in the outputs, which is what remains of the loss.

    Returns:
        float64 of the shape of `steps`.

    >>> float(expected_loss(0)), round(float(expected_loss(200)), 3)
    (69.0, 1.021)
    """
    weight, bias = expected_parameters(steps, rate, start)
    return noise + (weight - WEIGHT) ** 2 + (bias - BIAS) ** 2


def least_squares(inputs: npt.ArrayLike, outputs: npt.ArrayLike) -> tuple[float, float]:
    """Return the weight and the bias that no other line through these points beats.

    Args:
        inputs: shape (n,), with at least two different values.
        outputs: shape (n,).

    Returns:
        ``(weight, bias)`` of the least mean squared error, computed in float64.

    Raises:
        ValueError: the shapes differ, or the inputs do not determine a line.

    >>> weight, bias = least_squares([-1.0, 1.0], [-1.0, 5.0])
    >>> round(weight, 6), round(bias, 6)
    (3.0, 2.0)
    """
    x, y = np.asarray(inputs, np.float64), np.asarray(outputs, np.float64)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"inputs have shape {x.shape}, outputs {y.shape}: both must be (n,)")
    design = np.stack([x, np.ones_like(x)], axis=1)
    (weight, bias), _, rank, _ = np.linalg.lstsq(design, y, rcond=None)
    if rank < 2:
        raise ValueError("the inputs do not determine a line: give at least two different values")
    return float(weight), float(bias)
