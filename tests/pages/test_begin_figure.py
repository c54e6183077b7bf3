"""The figure of the first page shows what its function gives: its values, gradients and steps."""

import re

import pytest

from tests.examples import DOCS

FIGURE = (DOCS / "figures" / "begin.svg").read_text(encoding="utf-8")


def f(x):
    return (7 - x**2) ** 2


def descend(steps):
    """Return where x stands before each step, from 2 on."""
    points = [2.0]
    while len(points) < steps:
        x = points[-1]
        points.append(x + 0.01 * 4 * x * (7 - x**2))
    return points


def height(x):
    """Return where the graph is drawn above `x`, which itself is at 60 + 400 (x - 1.9)."""
    return 344 - 14 * f(x)


def test_dots_are_the_steps_of_gradient_descent():
    dots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', FIGURE)
    expected = [(60 + 400 * (x - 1.9), height(x)) for x in descend(6)]
    assert [tuple(map(float, dot)) for dot in dots] == [
        pytest.approx(point, abs=0.06) for point in expected
    ]


def test_curve_is_that_of_the_function():
    points = re.search(r'points="([^"]+)"', FIGURE)[1].split()
    assert len(points) > 20
    for x, y in (map(float, point.split(",")) for point in points):
        assert y == pytest.approx(height(1.9 + (x - 60) / 400), abs=0.2)


def test_tangent_touches_at_two_with_the_slope_that_is_written():
    [[x1, y1, x2, y2]] = re.findall(r"M([\d.]+) ([\d.]+) L([\d.]+) ([\d.]+)", FIGURE)
    rise = -(float(y2) - float(y1)) / 14 / ((float(x2) - float(x1)) / 400)
    assert rise == pytest.approx(-24, abs=0.1)
    assert "기울기 −24" in FIGURE
