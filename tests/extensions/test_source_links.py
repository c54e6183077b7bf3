"""The API reference links to the lines of each function on GitHub, where it knows of any."""

import inspect
import re

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from eagerdemo import gradients
from search_ko.pages import write_inline
from source_links import find_lines
from tests.examples import ROOT

PAGE = """\
책
==

.. autofunction:: eagerdemo.gradients.implicit_gradients

.. py:function:: anywhere()

.. py:function:: lost()
   :module: eagerdemo.gradients

.. py:data:: __name__
   :module: eagerdemo.gradients

.. py:function:: unwrap()
   :module: inspect
"""


@pytest.fixture
def build(tmp_path):
    """Return a function that builds a page for a repository, and gives its links to sources."""
    (tmp_path / "index.rst").write_text(PAGE, encoding="utf-8")

    def build(repository):
        settings = {
            "extensions": ["sphinx.ext.autodoc", "source_links"],
            "language": "ko",
            "source_links_commit": "1a2b3c",
            "source_links_repository": repository,
            "source_links_root": str(ROOT),
        }
        out = tmp_path / "html"
        app = Sphinx(tmp_path, None, out, out, "html", settings, status=None, freshenv=True)
        app.build()
        page = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
        return app, page.select("a:has(.viewcode-link)")

    return build


def test_function_links_to_its_lines_at_the_commit(build):
    _, [link] = build("owner/name")
    assert link.text == "[소스]"
    base, first, last = re.fullmatch(r"(.*)#L(\d+)-L(\d+)", link["href"]).groups()
    path = "src/eagerdemo/gradients.py"
    assert base == f"https://github.com/owner/name/blob/1a2b3c/{path}"
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines(keepends=True)
    linked = "".join(lines[int(first) - 1 : int(last)])
    assert linked == inspect.getsource(gradients.implicit_gradients)


def test_nothing_is_linked_where_the_repository_is_not_known(build):
    _, links = build("")
    assert links == []


def test_function_of_another_project_has_no_lines_here():
    assert find_lines("inspect", "getsource", ROOT) is None


def test_search_does_not_find_the_link(build):
    app, _ = build("owner/name")
    assert "소스" not in write_inline(app.env.get_doctree("index"))
