"""The measurements behind two pages, on graphs and backpropagation, and CONTRIBUTING's tables."""

import json
import time
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from eagerdemo.regression import exact_line, expected_parameters
from tests.bench import __main__ as bench
from tests.bench import clock, helper, modes, project, regression
from tests.examples import site_cells

ROOT = Path(__file__).parents[2]
RECORD = json.loads((resources.files("eagerdemo") / "speed.json").read_text("utf-8"))


@pytest.fixture
def quick(monkeypatch):
    """Let each measurement take a moment."""
    monkeypatch.setattr(clock, "ROUNDS", 3)
    monkeypatch.setattr(clock, "SECONDS", 0.0001)
    monkeypatch.setattr(bench, "SIZES", [10, 20])
    monkeypatch.setattr(bench, "POINTS", 10)
    monkeypatch.setattr(bench, "INPUTS", [1, 2])
    monkeypatch.setattr(bench, "ORIGINAL", Path("not here"))


def test_ways_are_timed_in_turns_with_their_spread(monkeypatch):
    monkeypatch.setattr(clock, "SECONDS", 0.0)
    order = []
    times = clock.time_in_turns({way: lambda way=way: order.append(way) for way in "ab"})
    assert set(times) == {"a", "b"}
    assert all(time.low <= time.median <= time.high for time in times.values())
    rounds = [order[i : i + 2] for i in range(0, len(order), 2)]
    assert {tuple(sorted(of_one)) for of_one in rounds} == {("a", "b")}
    assert {tuple(of_one) for of_one in rounds[1:]} == {("a", "b"), ("b", "a")}


def test_slow_first_call_does_not_make_the_rounds_short(monkeypatch):
    monkeypatch.setattr(clock, "SECONDS", 0.001)
    calls = []

    def slow_at_first():
        if not calls:
            time.sleep(0.01)
        calls.append(None)

    clock.time_in_turns({"slow at first": slow_at_first})
    assert len(calls) > 2 * clock.ROUNDS


def test_summary_is_the_median_between_the_quartiles():
    assert clock.summarize([5.0, 1.0, 2.0, 4.0, 3.0], [1.0] * 5) == (3.0, 2.0, 4.0, 3.0)
    assert clock.summarize([2.0, 40.0, 6.0], [1.0, 20.0, 1.0]).ratio == 2.0  # noon and night


@pytest.mark.parametrize("case", helper.cases())
def test_timed_gradients_have_the_same_answer(case):
    by_hand, private, ours = [way() for way in helper.cases()[case].values()]
    if case == "loss of two variables":
        private, ours = [[gradient for gradient, _ in pairs] for pairs in (private, ours)]
    else:
        by_hand = [by_hand]
    tf.nest.map_structure(np.testing.assert_array_equal, by_hand, private)
    tf.nest.map_structure(np.testing.assert_array_equal, by_hand, ours)


@pytest.mark.parametrize("name", regression.UPDATES)
def test_timed_updates_descend_alike(name):
    call = regression.UPDATES[name](*[tensor.numpy() for tensor in exact_line()])
    for steps in range(1, 4):
        assert call() == pytest.approx(expected_parameters(steps), abs=1e-5)


@pytest.mark.parametrize("name", regression.TRAININGS)
def test_timed_trainings_end_alike_every_time(name):
    call = regression.TRAININGS[name](*[tensor.numpy() for tensor in exact_line()])
    for _ in range(2):
        assert call() == pytest.approx(expected_parameters(200), abs=1e-5)


def test_timed_modes_have_the_same_answer():
    reverse, forward = [way(10)() for way in modes.MODES.values()]
    np.testing.assert_allclose(reverse, forward, rtol=1e-6)


def test_record_has_every_way_and_size(quick):
    updates = bench.measure_updates()
    assert set(updates) == set(regression.UPDATES)
    assert {len(times) for times in updates.values()} == {2}
    assert {name: len(times) for name, times in bench.measure_modes().items()} == {
        "reverse": 2,
        "forward": 2,
    }
    assert set(bench.measure_trainings()) == set(regression.TRAININGS)
    assert set(bench.measure_first_calls()) == {"graph", "xla"}
    assert set(bench.measure_helper()) == set(helper.cases())


def test_record_of_the_package_is_of_this_form():
    assert set(RECORD["updates"]) >= set(regression.UPDATES) - {"torch"}
    assert {len(times) for times in RECORD["updates"].values()} == {len(bench.SIZES)}
    assert RECORD["sizes"] == bench.SIZES
    assert set(RECORD["modes"]) == set(modes.MODES)
    assert {len(times) for times in RECORD["modes"].values()} == {len(bench.INPUTS)}
    assert RECORD["inputs"] == bench.INPUTS
    assert set(RECORD["helper"]) == set(helper.cases())
    assert bench.report(RECORD) in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_copies_of_lessons_make_so_many_times_the_pages(tmp_path):
    folder = project.copy_project(tmp_path)
    pages = len(list((folder / "docs").rglob("*.md")))
    project.multiply(folder, 4)
    assert len(list((folder / "docs").rglob("*.md"))) == 4 * pages
    path, *_ = sorted(folder.glob("docs/beyond/copy*-graphs.md"))
    mark = path.stem.removesuffix("graphs")
    copy = path.read_text(encoding="utf-8")
    assert f"\n({mark}graphs-check)=\n" in copy
    assert f":label: {mark}graphs-exercise-1" in copy
    # The cache of outputs would know the cells of a page that are the same.
    original, changed = site_cells(path.with_name("graphs.md")), site_cells(path)
    assert [old == new for old, new in zip(original, changed, strict=True)].count(False) == 1
