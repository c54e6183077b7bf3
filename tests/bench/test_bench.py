"""The measurements behind the page on graphs."""

import json
from importlib import resources

import pytest

from tests.bench import graphs


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
