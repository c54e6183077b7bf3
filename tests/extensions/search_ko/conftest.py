"""What the tests of the search share: the index of the project's own pages."""

from dataclasses import asdict

import pytest

import search_ko
from tests.extensions.search_ko.search_engine import Engine


@pytest.fixture(scope="session")
def site_index(unexecuted):
    """The index of the project's pages, as the browser has it."""
    pages, policy = search_ko.read_pages(unexecuted), search_ko.read_policy(unexecuted)
    return asdict(search_ko.make_index(pages, policy))


@pytest.fixture(scope="session")
def site_engine(site_index):
    """The engine that searches the project's pages."""
    return Engine(site_index)
