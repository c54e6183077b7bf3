"""The thirty lines of the page `tape-from-scratch`, and the functions that its formulas need.

A result that no real number is, such as the logarithm of −1, is inf or nan as in TensorFlow, where
Python would raise an error.
"""

from __future__ import annotations

import math
from collections.abc import Callable

tape: list[tuple[Number, tuple[tuple[Number, Number], ...]]] = []


class Number:
    """A number that records its operations on the tape."""

    def __init__(self, value: float) -> None:
        self.value = float(value)

    def __add__(self, other: Number | float) -> Number:
        """Add, and send a gradient as it is to both."""
        other = lift(other)
        return record(self.value + other.value, (self, Number(1)), (other, Number(1)))

    def __sub__(self, other: Number | float) -> Number:
        """Subtract, and send a gradient to the other with its sign changed."""
        other = lift(other)
        return record(self.value - other.value, (self, Number(1)), (other, Number(-1)))

    def __mul__(self, other: Number | float) -> Number:
        """Multiply, and send a gradient to each times the other."""
        other = lift(other)
        return record(self.value * other.value, (self, other), (other, self))


def lift(x: Number | float) -> Number:
    """Make a number that records of any other."""
    return x if isinstance(x, Number) else Number(x)


def record(value: float, *inputs: tuple[Number, Number]) -> Number:
    """Record a result and its inputs, each with the derivative of the result by it."""
    result = Number(value)
    tape.append((result, inputs))
    return result


def gradient(output: Number, source: Number) -> Number | None:
    """Differentiate the output by the source; None where the two are not connected."""
    found = {output: Number(1)}
    for result, inputs in reversed(tape):
        if result not in found:
            continue
        for number, slope in inputs:
            part = found[result] * slope
            found[number] = found[number] + part if number in found else part
    return found.get(source)


# What the page leaves to its exercises. A derivative is a plain number here, not recorded itself.


def divide(x: Number, y: Number) -> Number:
    """Divide."""
    a, b = x.value, y.value
    return record(
        quotient(a, b), (x, Number(quotient(1, b))), (y, Number(quotient(quotient(-a, b), b)))
    )


def power(x: Number, y: Number) -> Number:
    """Raise to a power."""
    a, b = x.value, y.value
    result = raised(a, b)
    by_exponent = result * (logarithm(a) if a > 0 else 0)
    return record(result, (x, Number(b * raised(a, b - 1))), (y, Number(by_exponent)))


def negate(x: Number) -> Number:
    """Change the sign."""
    return record(-x.value, (x, Number(-1)))


def take(x: Number) -> Number:
    """Take a number as it is, as a conditional does."""
    return record(x.value, (x, Number(1)))


def sin(x: Number) -> Number:
    """Sine, of radians."""
    return record(wave(math.sin, x.value), (x, Number(wave(math.cos, x.value))))


def cos(x: Number) -> Number:
    """Cosine, of radians."""
    return record(wave(math.cos, x.value), (x, Number(-wave(math.sin, x.value))))


def exp(x: Number) -> Number:
    """Exponential function."""
    result = exponential(x.value)
    return record(result, (x, Number(result)))


def log(x: Number) -> Number:
    """Natural logarithm."""
    return record(logarithm(x.value), (x, Number(quotient(1, x.value))))


def sqrt(x: Number) -> Number:
    """Square root."""
    result = math.sqrt(x.value) if x.value >= 0 else math.nan
    return record(result, (x, Number(quotient(0.5, result))))


def tanh(x: Number) -> Number:
    """Hyperbolic tangent."""
    result = math.tanh(x.value)
    return record(result, (x, Number(1 - result * result)))


def absolute(x: Number) -> Number:
    """Absolute value, whose derivative at 0 is 0 as TensorFlow's is."""
    value = x.value
    sign = math.copysign(1, value) if value > 0 or value < 0 else value * 0
    return record(math.fabs(value), (x, Number(sign)))


FUNCTIONS = {
    "sin": sin,
    "cos": cos,
    "exp": exp,
    "log": log,
    "sqrt": sqrt,
    "tanh": tanh,
    "abs": absolute,
}


def quotient(a: float, b: float) -> float:
    """Divide by zero too."""
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, math.copysign(1, a) * math.copysign(1, b))


def raised(a: float, b: float) -> float:
    """Raise to a power, also where Python has no answer or one that is no real number."""
    if a == 0 and b < 0:
        return math.inf
    is_whole = not math.isfinite(b) or b == math.floor(b)
    if a < 0 and not is_whole and math.isfinite(a):
        return math.nan
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and math.fmod(b, 2) != 0 else math.inf


def exponential(a: float) -> float:
    """Raise e to a power that may be too large."""
    try:
        return math.exp(a)
    except OverflowError:
        return math.inf


def logarithm(a: float) -> float:
    """Take the logarithm of any number."""
    if a == 0:
        return -math.inf
    return math.log(a) if a > 0 else math.nan


def wave(function: Callable[[float], float], a: float) -> float:
    """Sine or cosine, which an infinite number has none of."""
    return function(a) if math.isfinite(a) else math.nan
