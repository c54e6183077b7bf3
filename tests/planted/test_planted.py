"""A gate counts as red only if it fails, and fails of its fault."""

import sys
from pathlib import Path

import pytest

from tests.planted.__main__ import try_gate
from tests.planted.gates import BUILT, GATES, Gate

ROOT = Path(__file__).parents[2]


def python(code):
    return [sys.executable, "-c", code]


READ = "text = open('a.txt').read(); print(text); exit('bad' in text)"


@pytest.mark.parametrize(
    ("sound", "says", "code", "red"),
    [
        ("good", "bad", READ, True),
        ("good", "bad", "print('bad')", False),  # says so and passes
        ("good", "bad", "exit('broken')", False),  # fails of something else
        ("gone", "bad", READ, False),
    ],
)
def test_gate_is_red_if_it_sees_its_fault(tmp_path, sound, says, code, red):
    (tmp_path / "a.txt").write_text("good", encoding="utf-8")
    gate = Gate("gate", "fault", "a.txt", sound, "bad", says, python(code))
    assert try_gate(gate, tmp_path)[0] is red
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "good"


@pytest.mark.parametrize(
    "gate", [gate for gate in GATES if gate.path != BUILT], ids=lambda gate: gate.name
)
def test_text_that_a_fault_replaces_is_there(gate):
    assert gate.sound in (ROOT / gate.path).read_text(encoding="utf-8")
