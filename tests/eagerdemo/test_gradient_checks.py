"""Gradients of drawn functions, against central differences and a hand-written tape.

Hypothesis draws compositions of the operations that the chapter uses, shapes and values. What
differentiates is compared with what only evaluates, as autograd's `check_grads` does.
"""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import eagerdemo as tfe

settings.register_profile("check", max_examples=200, deadline=None, derandomize=True)
settings.load_profile("check")

UNARY = {
    "square": lambda a: a * a,
    "cube": lambda a: a**3,
    "sin": tf.sin,
    "tanh": tf.tanh,
    "negative": tf.negative,
    "mean": lambda a: tf.reduce_mean(a) + tf.zeros_like(a),
    "branch": lambda a: a * a if tf.reduce_sum(a) > 0.1 else 0.5 * a,
}
BINARY = {
    "add": tf.add,
    "subtract": tf.subtract,
    "multiply": tf.multiply,
    "divide": lambda a, b: a / (2.0 + b * b),
    "maximum": lambda a, b: tf.where(a > b, a, b),
}
SHAPES = st.sampled_from([(), (1,), (3,), (2, 2)])


@st.composite
def functions(draw):
    """A function of two tensors of one shape, as the steps of a small program."""
    steps = []
    for known in range(2, 2 + draw(st.integers(1, 5))):
        operands = st.integers(0, known - 1)
        if draw(st.booleans()):
            steps.append((UNARY[draw(st.sampled_from(sorted(UNARY)))], [draw(operands)]))
        else:
            pair = [draw(operands), draw(operands)]
            steps.append((BINARY[draw(st.sampled_from(sorted(BINARY)))], pair))

    def f(x, y):
        values = [x, y]
        for operation, operands in steps:
            values.append(operation(*(values[i] for i in operands)))
        return values[-1]

    return f


@st.composite
def arrays(draw, shape):
    """A float64 array, in steps of a hundredth: no draw is nearly a tie."""
    size = int(np.prod(shape))
    hundredths = draw(st.lists(st.integers(-150, 150), min_size=size, max_size=size))
    return np.reshape(np.array(hundredths) / 100, shape)


@st.composite
def problems(draw, count=1):
    """Functions, a point (x, y) to differentiate at, a direction in it, and a third array."""
    shape = draw(SHAPES)
    point, direction = [[draw(arrays(shape)) for _ in range(2)] for _ in range(2)]
    assume(not np.any(np.abs(point[0] - point[1]) < 0.005))  # where maximum has a kink
    return [draw(functions()) for _ in range(count)], point, direction, draw(arrays(shape))


def derivative_along(f, point, direction):
    """The directional derivative of the sum of f, by central differences with extrapolation."""

    def central(h):
        ahead, behind = ([p + s * h * d for p, d in zip(point, direction)] for s in (1, -1))
        return (np.sum(f(*ahead)) - np.sum(f(*behind))) / (2 * h)

    return (4 * central(5e-5) - central(1e-4)) / 3


def along(gradients, direction):
    """The directional derivative that gradients amount to; None is zero."""
    return sum(np.sum(g * d) for g, d in zip(gradients, direction) if g is not None)


def check(f, gradients, point, direction):
    """Demand that gradients agree with differences of f; skip draws where differences cannot."""
    numerical, coarse = (derivative_along(f, point, [s * d for d in direction]) / s for s in (1, 2))
    assume(abs(numerical - coarse) < 1e-6 * (1 + abs(numerical)))  # a kink, or a steep f
    np.testing.assert_allclose(along(gradients, direction), numerical, rtol=1e-4, atol=1e-5)


@given(problems())
def test_gradients_agree_with_central_differences(problem):
    [f], point, direction, _ = problem
    check(f, tfe.gradients_function(f)(*point), point, direction)


@given(problems())
def test_second_order_agrees_with_central_differences_of_the_first(problem):
    [f], point, direction, weights = problem
    gradients = tfe.gradients_function(f)

    def weighted(x, y):
        parts = [g for g in gradients(x, y) if g is not None]
        return sum(tf.reduce_sum(g * weights) for g in parts) + 0.0 * tf.reduce_sum(x)

    check(weighted, tfe.gradients_function(weighted)(*point), point, direction)


@given(problems())
def test_gradients_are_those_of_a_hand_written_tape(problem):
    [f], point, _, _ = problem
    x, y = (tf.Variable(p) for p in point)
    with tf.GradientTape() as tape:
        value = f(x, y)
    expected = tape.gradient(value, [x, y])

    ours, gradients = tfe.value_and_gradients_function(f)(*point)
    np.testing.assert_array_equal(ours, value)
    assert [g is None for g in gradients] == [g is None for g in expected]
    for ours, theirs in zip(gradients, expected):
        if theirs is not None:
            np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)


@given(problems())
def test_implicit_gradients_are_those_with_respect_to_arguments(problem):
    [f], point, _, _ = problem
    variables = [tf.Variable(p) for p in point]
    explicit = dict(enumerate(tfe.gradients_function(f)(*point)))
    for gradient, variable in tfe.implicit_gradients(lambda: f(*map(tf.identity, variables)))():
        [position] = [i for i, v in enumerate(variables) if v is variable]
        if gradient is None:
            assert explicit[position] is None
        else:
            np.testing.assert_allclose(gradient, explicit[position], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("wrong", [1.001, 0.999, -1.0])
def test_a_gradient_wrong_by_a_thousandth_is_caught(wrong):
    @given(problems())
    def catches(problem):
        [f], point, direction, _ = problem
        gradients = [None if g is None else wrong * g for g in tfe.gradients_function(f)(*point)]
        assume(abs(along(gradients, direction)) > 0.1)
        with pytest.raises(AssertionError):
            check(f, gradients, point, direction)

    catches()


def filled(gradients, point):
    """Gradients with zeros for None."""
    return [np.zeros_like(p) if g is None else g for g, p in zip(gradients, point)]


@given(problems(count=2))
def test_gradients_are_linear(problem):
    [f, g], point, _, _ = problem
    of_f, of_g = (filled(tfe.gradients_function(h)(*point), point) for h in (f, g))
    both = tfe.gradients_function(lambda x, y: 2.0 * f(x, y) - 3.0 * g(x, y))(*point)
    for ours, from_f, from_g in zip(filled(both, point), of_f, of_g):
        np.testing.assert_allclose(ours, 2.0 * from_f - 3.0 * from_g, rtol=1e-9, atol=1e-9)


@given(problems(count=2))
def test_several_outputs_are_summed(problem):
    [f, g], point, _, _ = problem
    of_f, of_g = (filled(tfe.gradients_function(h)(*point), point) for h in (f, g))
    both = tfe.gradients_function(lambda x, y: {"g": g(x, y), "f": [f(x, y)]})(*point)
    for ours, from_f, from_g in zip(filled(both, point), of_f, of_g):
        np.testing.assert_allclose(ours, from_f + from_g, rtol=1e-9, atol=1e-9)


@given(problems())
def test_dy_makes_a_vector_jacobian_product(problem):
    [f], point, _, weights = problem
    x, y = (tf.Variable(p) for p in point)
    with tf.GradientTape(persistent=True) as tape:
        value = f(x, y)
    jacobians = [tape.jacobian(value, v, experimental_use_pfor=False) for v in (x, y)]
    products = tfe.gradients_function(f)(*point, dy=weights)
    for ours, jacobian, p in zip(products, jacobians, point):
        if jacobian is None:
            assert ours is None
        else:
            expected = np.tensordot(weights, jacobian, axes=p.ndim)
            np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9)
