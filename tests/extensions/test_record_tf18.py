"""The role that quotes TensorFlow 1.8.0's record on the pages."""

import io
from pathlib import Path

import pytest
from sphinx.application import Sphinx

from record.tf18 import write_number

RECORD = Path(__file__).parents[1] / "original" / "record.json"


def build(folder, case):
    """Build a page that quotes `case`; return its text, and what Sphinx warned of."""
    Path(folder, "index.rst").write_text(f"T\n=\n\n:tf18:`{case}`\n")
    out, warnings = folder / "text", io.StringIO()
    settings = {"extensions": ["record.tf18"], "tf18_record": str(RECORD)}
    Sphinx(folder, None, out, out, "text", settings, status=None, warning=warnings).build()
    return Path(out, "index.txt").read_text(encoding="utf-8"), warnings.getvalue()


@pytest.mark.parametrize(
    ("case", "shown"),
    [
        ("square", "[6.0]"),
        ("seed_rebound", "[1.0, [None]]"),
        ("seed_caret", "1"),
        ("seed_numpy", "[16, 19, 36, 43]"),
        ("returns_none", "ValueError"),
        ("string_argument", "abort (signal 6)"),
        ("output_dict", "[{a: 3.0, b: 9.0}, [7.0]]"),
    ],
)
def test_role_shows_the_recorded_answer(case, shown, tmp_path):
    text, _ = build(tmp_path, case)
    assert f'"{shown}"' in text


def test_unknown_case_is_an_error_that_names_the_cases(tmp_path):
    _, warnings = build(tmp_path, "sqare")
    assert "ERROR: no case 'sqare' in record.json: write one of " in warnings
    assert " square," in warnings


def test_numbers_are_written_as_python_prints_them():
    assert write_number("6", "float32") == "6.0"
    assert write_number("6", "int32") == "6"
