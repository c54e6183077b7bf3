"""The role that quotes TensorFlow 1.8.0's record on the pages."""

import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from sphinx.application import Sphinx

import eagerdemo as tfe
from record.tf18 import WORDS, write_answer, write_number
from tests.examples import DOCS, ROOT
from tests.original.answers import namespace

RECORD = ROOT / "tests" / "original" / "record.json"
CASES = json.loads(RECORD.read_text(encoding="utf-8"))["cases"]
PAGES = [path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")]
QUOTED = sorted(set(re.findall(r"{tf18}`(\w+)`", "".join(PAGES))))
OTHERWISE_TODAY = {"int_tensor"}
VALUES = [name for name in QUOTED if "out" in CASES[name] and name not in OTHERWISE_TODAY]


def build(folder, case):
    """Build a page that quotes `case`; return its text, and what Sphinx warned of."""
    Path(folder, "index.rst").write_text(f"T\n=\n\n:tf18:`{case}`\n", encoding="utf-8")
    out, warnings = folder / "text", io.StringIO()
    settings = {"extensions": ["record.tf18"], "tf18_record": str(RECORD)}
    Sphinx(folder, None, out, out, "text", settings, status=None, warning=warnings).build()
    return Path(out, "index.txt").read_text(encoding="utf-8"), warnings.getvalue()


@pytest.mark.parametrize(
    ("case", "shown"),
    [
        ("square", "[6.0]"),
        ("seed_rebound", "(1.0, [None])"),
        ("seed_caret", "1"),
        ("seed_numpy", "[[16, 19], [36, 43]]"),
        ("implicit_seed", "[(-24.0, x)]"),
        ("implicit_value_seed", "(9.0, [(-24.0, x)])"),
        ("plain_bool_is_a_tensor", "True"),
        ("returns_none", "ValueError"),
        ("string_argument", "프로세스 중단(signal 6)"),
        ("output_dict", "({'a': 3.0, 'b': 9.0}, [7.0])"),
    ],
)
def test_role_shows_the_recorded_answer(case, shown, tmp_path):
    text, _ = build(tmp_path, case)
    assert f'"{shown}"' in text


def test_type_is_a_word_and_no_code(tmp_path):
    text, _ = build(tmp_path, "seed_print_assign")
    assert "\n메서드\n" in text


def plain(value):
    """Return what a case left with Python's own numbers in place of tensors and arrays."""
    if isinstance(value, list | tuple):
        return type(value)(map(plain, value))
    if isinstance(value, tf.Tensor):
        return value.numpy().tolist()
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value


@pytest.mark.parametrize("name", VALUES)
def test_quoted_value_is_written_as_python_prints_it_today(name):
    # Which lists of the record are tuples is not in it: today's functions nest as those did.
    source = CASES[name]["source"]
    names = namespace(tf, tfe)
    exec(source, names)  # noqa: S102 the cases are the project's own
    today = str(plain(names["out"]))
    if "v is x" in source:
        today = today.replace("True", "x")
    assert write_answer(CASES[name]) == WORDS.get(today, today)


def test_unknown_case_is_an_error_that_names_the_cases(tmp_path):
    _, warnings = build(tmp_path, "sqare")
    assert "ERROR: no case 'sqare' in record.json: write one of " in warnings
    assert " square," in warnings


def test_numbers_are_written_as_python_prints_them():
    assert write_number("6", "float32") == "6.0"
    assert write_number("6", "int32") == "6"
