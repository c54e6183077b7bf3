"""What the tests of the search share: the index of the project's own pages."""

import json

import pytest

from tests.extensions.search_ko.search_engine import Engine


@pytest.fixture(scope="session")
def site_index(unexecuted):
    """The index of the project's pages, as the browser has it."""
    script = (unexecuted.outdir / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(script.removeprefix("const searchIndex=").removesuffix(";\n"))


@pytest.fixture(scope="session")
def site_engine(site_index):
    """The engine that searches the project's pages."""
    return Engine(site_index)
