"""The regression's data and its closed form, against descent and against what the seed printed."""

import numpy as np
import pytest
import tensorflow as tf

import eagerdemo as tfe
from eagerdemo import regression


def test_noisy_line_has_the_moments_that_the_closed_form_assumes():
    inputs, outputs = (tensor.numpy() for tensor in regression.noisy_line(100_000))
    noise = outputs - (3 * inputs + 2)
    assert abs(inputs.mean()) < 0.01
    assert abs(noise.mean()) < 0.01
    assert abs(inputs.var() - 1) < 0.02
    assert abs(noise.var() - 1) < 0.02
    assert abs(np.corrcoef(inputs, noise)[0, 1]) < 0.01


def test_noisy_line_depends_on_its_seed_alone():
    again = [regression.noisy_line(10, seed=7)[1].numpy().tolist() for _ in range(2)]
    assert again[0] == again[1] != regression.noisy_line(10, seed=8)[1].numpy().tolist()


def test_noisy_line_has_the_thousand_points_of_the_chapter():
    inputs, outputs = regression.noisy_line()
    assert inputs.shape == outputs.shape == (1000,)
    assert regression.noisy_line(1)[0].shape == (1,)


def test_noisy_line_needs_a_point():
    with pytest.raises(ValueError, match="count is 0: ask for at least 1 point"):
        regression.noisy_line(0)


@pytest.mark.parametrize("rate", [0.01, 0.3, 0.5, 1.0, 1.01])
def test_descent_on_the_exact_line_follows_the_closed_form(rate):
    inputs, outputs = regression.exact_line()

    def loss(weight, bias):
        return tf.reduce_mean(tf.square(inputs * weight + bias - outputs))

    gradients = tfe.gradients_function(loss)
    weight, bias = 5.0, 10.0
    for step in range(20):
        expected = regression.expected_parameters(step, rate)
        np.testing.assert_allclose([weight, bias], expected, rtol=1e-4)
        expected_loss = regression.expected_loss(step, rate, noise=0.0)
        np.testing.assert_allclose(float(loss(weight, bias)), expected_loss, rtol=1e-3, atol=1e-9)
        d_weight, d_bias = gradients(weight, bias)
        weight, bias = weight - rate * float(d_weight), bias - rate * float(d_bias)


def test_closed_form_gives_the_figures_of_the_regression_page():
    assert float(regression.expected_loss(0)) == 69.0
    weight, bias = regression.expected_parameters(200)
    np.testing.assert_allclose([weight, bias], [3.0351765, 2.1407032], rtol=1e-6)
    np.testing.assert_allclose(regression.expected_loss(200, noise=0.0), 0.0210347, rtol=1e-5)
    steps = np.arange(1000)
    assert int(np.argmax(regression.expected_parameters(steps)[1] - 2 < 0.01)) == 331


def test_closed_form_starts_where_it_is_told():
    weight, bias = regression.expected_parameters(np.array([0, 1]), 0.25, start=(1.0, 0.0))
    assert (weight.tolist(), bias.tolist()) == ([1.0, 2.0], [0.0, 1.0])


def test_least_squares_recovers_a_line_and_beats_its_neighbours():
    inputs, outputs = (tensor.numpy() for tensor in regression.noisy_line(500))
    weight, bias = regression.least_squares(inputs, outputs)

    def loss(w, b):
        return np.mean((inputs * w + b - outputs) ** 2)

    for step in [(0.01, 0.0), (-0.01, 0.0), (0.0, 0.01), (0.0, -0.01)]:
        assert loss(weight, bias) < loss(weight + step[0], bias + step[1])
    np.testing.assert_allclose([weight, bias], np.polyfit(inputs, outputs, 1), rtol=1e-4)


@pytest.mark.parametrize(
    ("inputs", "outputs", "message"),
    [
        ([1.0, 2.0], [1.0], r"inputs have shape \(2,\), outputs \(1,\)"),
        ([1.0], [1.0, 2.0], r"inputs have shape \(1,\), outputs \(2,\)"),
        ([[1.0]], [[1.0]], r"both must be \(n,\)"),
        (1.0, 1.0, r"both must be \(n,\)"),
        ([1.0, 1.0], [1.0, 2.0], "do not determine a line"),
        ([], [], "do not determine a line"),
    ],
)
def test_least_squares_refuses_what_has_no_line(inputs, outputs, message):
    with pytest.raises(ValueError, match=message):
        regression.least_squares(inputs, outputs)
