"""Today's answers to the cases that TensorFlow 1.8.0 was asked: the same, or different and why.

`record.json` is what TensorFlow 1.8.0 answered; `nox -s original` asks it again.
"""

import json
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

import eagerdemo as tfe
from tests.original.answers import answer
from tests.original.cases import CASES

RECORD = json.loads(Path(__file__).with_name("record.json").read_text(encoding="utf-8"))

# The cases that today answers otherwise: why, and the better answer.
SELF = "1.8.0 differentiates what the signature has, and so fails at what the call does not pass"
WEIGHTS = "1.8.0 takes the first weight, or broadcasts what does not fit, without a word"
DENSE = "1.8.0 gives tf.IndexedSlices; today a gradient has its argument's shape"
INTEGER = "1.8.0 gives an integer gradient, which rounds; an integer has no gradient"
PARAMS = "1.8.0 fails inside; today a ValueError lists the parameters"
PLAIN = (
    "1.8.0 makes it a tensor, which neither counts nor chooses; Python's own scalar stays as it is"
)
ELSEWHERE = "1.8.0 adds what the tensor does elsewhere in f; the argument's gradient is its own"
DIFFERENT = {
    "bound_method": (SELF, "[float32 4]"),
    "callable_object": (SELF, "[float32 4]"),
    "default_argument_not_given": (SELF, "[float32 3]"),
    "dy_vector": (WEIGHTS, "[float32 [2, 0, 0]]"),
    "dy_wrong_shape": (WEIGHTS, "ValueError"),
    "dy_scalar_for_vector": (WEIGHTS, "ValueError"),
    "gather": (DENSE, "[float32 [2, 0, 1]]"),
    "gather_rows": (DENSE, "[float32 [[0, 0], [1, 1]]]"),
    "gather_then_square": (DENSE, "[float32 [2, 0, 12]]"),
    "int_python": (INTEGER, "TypeError"),
    "int_tensor": (INTEGER, "TypeError"),
    "plain_integer_counts": (PLAIN, "float32 3"),
    "plain_integer_multiplies": (PLAIN, "float32 3"),
    "plain_integer_is_a_tensor": (PLAIN, "False"),
    "plain_bool_is_a_tensor": (PLAIN, "False"),
    "plain_string_chooses": (PLAIN, "float32 6"),
    "plain_bytes_choose": (PLAIN, "float32 6"),
    "tensor_in_f_too": (ELSEWHERE, "[float32 3]"),
    "argument_of_outer_function_too": (ELSEWHERE, "[float32 6]"),
    "params_a_string": (
        "1.8.0 takes the letters of a string for names, which is right for one letter only",
        "ValueError",
    ),
    "dy_in_a_list": (WEIGHTS, "ValueError"),
    "implicit_stop_gradient": (
        "1.8.0 gives None; today tf.stop_gradient reads a variable while no tape records",
        "[[float32 12, True, False]]",
    ),
    "params_negative": (PARAMS, "ValueError"),
    "params_out_of_range": (PARAMS, "ValueError"),
    "float64_scalar": ("1.8.0 makes a NumPy scalar float32; its dtype is kept", "[float64 6]"),
    "float_and_double": (
        "1.8.0 makes a NumPy scalar float32; its dtype is kept, and float32 times float64 is an "
        "error of TensorFlow's",
        "InvalidArgumentError",
    ),
    "implicit_keyword_argument": ("1.8.0 takes no keyword arguments", "[float32 15]"),
    "string_argument": ("1.8.0 aborts the process", "TypeError"),
    "eager_inside_a_graph": ("1.8.0 stays eager in a tf.Graph once eager is enabled", "False"),
}


def short(given):
    """Write an answer in a line: an exception's type, or the values with their dtypes."""
    return given.get("raises") or given.get("aborts") or short_value(given["out"])


def short_value(out):
    if isinstance(out, list):
        return f"[{', '.join(map(short_value, out))}]"
    if isinstance(out, dict) and "dtype" in out:
        numbers = np.array(out["value"], object).reshape(out["shape"]).tolist()
        return f"{out['dtype']} {numbers}".replace("'", "")
    if isinstance(out, dict):
        return str({key: short_value(part) for key, part in out.items()})
    return str(out)


def agree(ours, theirs):
    """Whether two answers are the same: floats to five digits, exceptions by type."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if "raises" in ours or "raises" in theirs:
            return ours.get("raises") == theirs.get("raises")
        if ours.get("dtype", "").startswith("float") and ours["dtype"] == theirs.get("dtype"):
            numbers = [np.array(side["value"], float) for side in (ours, theirs)]
            same_shape = ours["shape"] == theirs["shape"]
            return same_shape and np.allclose(*numbers, rtol=1e-5, atol=1e-7, equal_nan=True)
        return ours.keys() == theirs.keys() and all(agree(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(agree, ours, theirs))
    return ours == theirs


def without_source(recorded):
    return {key: part for key, part in recorded.items() if key != "source"}


def test_record_is_of_tensorflow_1_8_and_of_these_cases():
    assert RECORD["recorded_on"].startswith("TensorFlow 1.8.0, Python 3.6.")
    assert {name: case["source"] for name, case in RECORD["cases"].items()} == CASES
    assert set(DIFFERENT) <= set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_today_answers_the_same_or_better(name):
    recorded = without_source(RECORD["cases"][name])
    today = answer(CASES[name], tf, tfe)
    if name in DIFFERENT:
        _, expected = DIFFERENT[name]
        assert short(today) == expected
        assert not agree(today, recorded), "the same by now: take it out of DIFFERENT"
    else:
        assert agree(today, recorded), f"1.8.0: {short(recorded)}, today: {short(today)}"


SCALAR = {"dtype": "float32", "shape": [], "value": ["6"]}


@pytest.mark.parametrize(
    "other",
    [
        SCALAR | {"value": ["6.001"]},
        SCALAR | {"value": ["nan"]},
        SCALAR | {"dtype": "float64"},
        SCALAR | {"shape": [1]},
        {"raises": "ValueError"},
        None,
    ],
)
def test_different_answers_do_not_agree(other):
    assert agree([SCALAR], [SCALAR])
    assert not agree([SCALAR], [other])
    assert not agree({"raises": "TypeError"}, {"raises": "ValueError"})
