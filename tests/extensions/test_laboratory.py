"""The laboratory computes what TensorFlow does, and tells what is wrong with a formula."""

import ast
import json
import math
import re

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from laboratory.answer import answer, write_json
from laboratory.formula import INSTEAD, LONGEST
from laboratory.script import join_modules, strip
from tests.examples import path_of

POINTS = st.fixed_dictionaries(
    {name: st.sampled_from([-2.5, -1.0, -0.5, 0.0, 0.3, 1.0, 2.0, 3.5]) for name in "xyz"}
)
LEAVES = st.sampled_from(["x", "y", "z", "x", "y", "0", "1", "2", "3", "0.5", "1.5e1"])
COMPARISONS = ["<", "<=", ">", ">=", "==", "!="]


def grow(inner, binary, unary):
    """Make formulas of smaller ones."""
    return st.one_of(
        st.tuples(inner, st.sampled_from(binary), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(st.sampled_from(unary), inner).map(lambda p: f"{p[0]}({p[1]})"),
    )


def make_conditional(parts):
    taken, left, comparison, right, other = parts
    return f"({taken} if {left} {comparison} {right} else {other})"


FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        grow(
            inner,
            ["+", "-", "*", "/", "**"],
            ["-", "sin", "cos", "exp", "log", "sqrt", "tanh", "abs"],
        ),
        st.tuples(inner, inner, st.sampled_from(COMPARISONS), inner, inner).map(make_conditional),
    ),
    max_leaves=6,
).filter(lambda formula: len(formula) <= LONGEST)
SMOOTH = st.recursive(
    LEAVES.filter(lambda leaf: leaf != "1.5e1"),
    lambda inner: grow(inner, ["+", "-", "*"], ["-", "sin", "cos", "tanh"]),
    max_leaves=6,
).filter(lambda formula: len(formula) <= LONGEST)


class Lifted(ast.NodeTransformer):
    """Makes tensors of a formula's numbers, with which Python would compute on its own."""

    def visit_Constant(self, node):
        return ast.parse(f"constant({node.value})", mode="eval").body


def ask_tensorflow(formula, at):
    """Let Python and TensorFlow compute a formula, and its gradients."""
    tree = ast.fix_missing_locations(Lifted().visit(ast.parse(formula, mode="eval")))
    names = {name: getattr(tf, name) for name in ["sin", "cos", "exp", "sqrt", "tanh", "abs"]}
    names |= {"log": tf.math.log, "constant": lambda value: tf.constant(value, tf.float64)}
    inputs = {name: tf.Variable(value, dtype=tf.float64) for name, value in at.items()}
    with tf.GradientTape() as tape:
        result = tf.convert_to_tensor(eval(compile(tree, "formula", "eval"), names | inputs))  # noqa: S307
    gradients = tape.gradient(result, inputs)
    return float(result), {
        name: None if slope is None else float(slope) for name, slope in gradients.items()
    }


def node(answered, name):
    """Return the node of a name."""
    [found] = [node for node in answered["nodes"] if node["name"] == name]
    return found


def output(answered):
    return answered["nodes"][answered["output"]]


@settings(max_examples=500, deadline=None)
@given(formula=FORMULAS, at=POINTS)
def test_values_and_gradients_are_those_of_tensorflow(formula, at):
    answered = answer(formula, at, "x")
    value, gradients = ask_tensorflow(formula, at)
    np.testing.assert_allclose(output(answered)["value"], value, rtol=1e-9)
    for name in answered["inputs"]:
        found = node(answered, name)["gradient"]
        if gradients[name] is None:
            assert found is None
        else:
            np.testing.assert_allclose(found, gradients[name], rtol=1e-9, atol=1e-12)
