"""The measurements behind the page on graphs, and those of the gradient functions."""

import json
from importlib import resources

import numpy as np
import pytest
import tensorflow as tf

from tests.bench import graphs, helper


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """A record of few points and short repeats."""
    path = tmp_path_factory.mktemp("bench") / "graphs.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graphs, "SIZES", [10, 20])
        patch.setattr(graphs, "SECONDS", 0.001)
        graphs.main(path)
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_way_is_timed_at_every_size(record):
    assert set(record["ways"]) == {"eager", "graph", "xla"}
    for found in record["ways"].values():
        assert len(found["first_ms"]) == len(found["update_us"]) == 2
        assert min(found["first_ms"] + found["update_us"]) > 0


def test_the_package_has_a_record_of_this_form(record):
    packaged = json.loads((resources.files("eagerdemo") / "graphs.json").read_text("utf-8"))
    assert packaged.keys() == record.keys()
    assert packaged["sizes"] == graphs.SIZES


def test_gradient_functions_are_timed_beside_a_tape(monkeypatch, capsys):
    monkeypatch.setattr(helper, "ROUNDS", 1)
    monkeypatch.setattr(helper, "CALLS", 1)
    helper.main()
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[-5:] == ["by", "hand", "private", "eagerdemo", "ratio"]
    assert [row[:24].strip() for row in rows] == list(helper.cases())
    for row in rows:
        by_hand, private, ours, ratio = map(float, row[24:].split())
        assert min(by_hand, private) > 0
        assert ratio == pytest.approx(ours / by_hand, abs=0.01)


@pytest.mark.parametrize("name", helper.cases())
def test_timed_ways_have_the_same_answer(name):
    by_hand, private, ours = [way() for way in helper.cases()[name]]
    if name == "loss of two variables":
        private, ours = [[gradient for gradient, _ in pairs] for pairs in (private, ours)]
    else:
        by_hand = [by_hand]
    tf.nest.map_structure(np.testing.assert_array_equal, by_hand, private)
    tf.nest.map_structure(np.testing.assert_array_equal, by_hand, ours)
