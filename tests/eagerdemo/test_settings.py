"""The gradient functions in the rest of TensorFlow: checkers, graphs, XLA, replicas, SavedModel.

They are what TensorFlow's own tests put its tape to.
"""

import numpy as np
import pytest
import tensorflow as tf

import eagerdemo as tfe


def wave(x, y):
    return tf.sin(x) * tf.exp(-y * y)


def slope_of_wave(x, y):
    return tfe.gradients_function(wave)(x, y)[0]


POINT = [tf.constant([0.1, -0.7, 1.3], tf.float64), tf.constant([0.4, 0.2, -0.9], tf.float64)]


def test_gradients_are_the_products_of_the_numerical_jacobians():
    _, jacobians = tf.test.compute_gradient(wave, POINT)
    weights = np.array([1.0, -2.0, 0.5])
    for ours, jacobian in zip(tfe.gradients_function(wave)(*POINT, dy=weights), jacobians):
        np.testing.assert_allclose(ours, weights @ jacobian, atol=1e-6)


def test_checker_of_tensorflow_accepts_the_gradients_as_a_function():
    theoretical, numerical = tf.test.compute_gradient(slope_of_wave, POINT)
    np.testing.assert_allclose(theoretical, numerical, atol=1e-6)


def test_checker_of_tensorflow_notices_a_wrong_gradient():
    @tf.custom_gradient
    def wrong(x):
        return x * x, lambda dy: dy * 2.01 * x

    theoretical, numerical = tf.test.compute_gradient(
        lambda x: tfe.value_and_gradients_function(wrong)(x)[0], [POINT[0]]
    )
    assert np.max(np.abs(np.subtract(theoretical, numerical))) > 1e-3


@pytest.mark.parametrize("outer", [False, True])
def test_control_dependencies_run_before_and_do_not_count(outer):
    calls = tf.Variable(0.0)

    def counted(x):
        with tf.control_dependencies([calls.assign_add(1.0)]):
            return x * x * tf.identity(tf.stop_gradient(calls.read_value()))

    @tf.function
    def traced(x):
        if not outer:
            return tfe.gradients_function(counted)(x)[0]
        with tf.control_dependencies([calls.assign_add(1.0)]):
            return tfe.gradients_function(lambda x: x * x * calls)(x)[0]

    assert [float(traced(tf.constant(3.0))) for _ in range(2)] == [6.0, 12.0]
    assert float(calls) == 2.0


@pytest.mark.parametrize("compiled", ["f", "gradients", "both"])
def test_compiled_functions_have_the_gradients_of_plain_ones(compiled):
    variable = tf.Variable([2.0, -1.0])
    f = lambda x: tf.reduce_sum(tf.tanh(x * variable) ** 2)  # noqa: E731
    point = tf.constant([0.3, 0.5])
    explicit, implicit = tfe.gradients_function(f)(point)[0], tfe.implicit_gradients(f)(point)

    if compiled != "gradients":
        f = tf.function(f, jit_compile=True)
    slopes = [
        lambda x: tfe.gradients_function(f)(x)[0],
        lambda x: tfe.implicit_gradients(f)(x)[0][0],
    ]
    if compiled != "f":
        slopes = [tf.function(slope, jit_compile=True) for slope in slopes]
    for slope, expected in zip(slopes, [explicit, implicit[0][0]]):
        np.testing.assert_allclose(slope(point), expected, rtol=1e-5)


def test_compiled_function_is_differentiated_twice():
    cube = tf.function(lambda x: x * x * x, jit_compile=True)
    first = lambda x: tfe.gradients_function(cube)(x)[0]  # noqa: E731
    assert float(tfe.gradients_function(first)(2.0)[0]) == 12.0


def test_replicas_have_gradients_of_their_own_that_can_be_summed():
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    with strategy.scope():
        weight = tf.Variable(3.0)
    inputs = strategy.experimental_distribute_values_from_function(
        lambda context: tf.constant(float(context.replica_id_in_sync_group + 1))
    )

    @tf.function
    def step(x):
        loss, [(gradient, found)] = tfe.implicit_value_and_gradients(lambda x: weight * x * x)(x)
        [by_input] = tfe.gradients_function(lambda x: weight * x * x)(x)
        found.assign_sub(tf.distribute.get_replica_context().all_reduce("sum", gradient))
        return loss, gradient, by_input

    results = [strategy.experimental_local_results(r) for r in strategy.run(step, (inputs,))]
    assert [[float(part) for part in result] for result in results] == [
        [3.0, 12.0],
        [1.0, 4.0],
        [6.0, 12.0],
    ]
    assert float(weight.read_value()) == 3.0 - 5.0


class Slope(tf.Module):
    """What is saved: a variable, and the gradients by argument and by variable."""

    def __init__(self):
        super().__init__()
        self.weight = tf.Variable(2.0)

    def value(self, x):
        return self.weight * x * x

    @tf.function(input_signature=[tf.TensorSpec([None])])
    def by_argument(self, x):
        return tfe.gradients_function(self.value)(x)[0]

    @tf.function(input_signature=[tf.TensorSpec([None])])
    def by_weight(self, x):
        return tfe.implicit_gradients(self.value)(x)[0][0]


def test_saved_model_gives_the_gradients_without_the_package(tmp_path):
    tf.saved_model.save(Slope(), tmp_path)
    loaded = tf.saved_model.load(tmp_path)
    loaded.weight.assign(5.0)
    assert loaded.by_argument(tf.constant([1.0, 3.0])).numpy().tolist() == [10.0, 30.0]
    assert float(loaded.by_weight(tf.constant([1.0, 3.0]))) == 10.0
    # And what was loaded is differentiated as any function.
    [second] = tfe.gradients_function(loaded.by_argument)([1.0, 3.0])
    assert second.numpy().tolist() == [10.0, 10.0]
