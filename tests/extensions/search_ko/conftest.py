"""What the tests of the search share: the project's pages, read once, and the index of them."""

from dataclasses import asdict

import pytest
import search_ko
from search_engine import Engine
from site_pages import read_site


@pytest.fixture(scope="session")
def site_app(tmp_path_factory):
    """The application that has read the project's pages."""
    return read_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def site_index(site_app):
    """The index of the project's pages, as the browser has it."""
    pages, policy = search_ko.read_pages(site_app), search_ko.read_policy(site_app)
    return asdict(search_ko.make_index(pages, policy))


@pytest.fixture(scope="session")
def site_engine(site_index):
    """The engine that searches the project's pages."""
    return Engine(site_index)
