"""Where a page was, a page leads to where it is; what cannot be led on is told."""

import io

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx


@pytest.fixture
def build(tmp_path):
    """Return a function that builds two pages of which some have moved, and gives its warnings."""
    (tmp_path / "index.rst").write_text("첫째\n====\n\n.. toctree::\n\n   a/new\n", "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "new.rst").write_text("``<둘째>``\n=========\n", "utf-8")

    def build(moved, builder="html"):
        settings = {"extensions": ["moved"], "moved_pages": moved}
        out, warnings = tmp_path / "html", io.StringIO()
        app = Sphinx(tmp_path, None, out, out / ".doctrees", builder, settings, None, warnings)
        app.build()
        lines = warnings.getvalue().splitlines()
        return out, [line for line in lines if "moved_pages" in line]

    return build


def test_old_address_leads_to_the_new_one(build):
    out, warnings = build({"b/c/old": "a/new", "old": "index"})
    assert warnings == []
    page = BeautifulSoup((out / "b" / "c" / "old.html").read_text("utf-8"), "html.parser")
    assert page.select_one("meta[http-equiv=refresh]")["content"] == "0; url=../../a/new.html"
    link = page.select_one("a")
    assert (link["href"], link.text, page.title.text) == ("../../a/new.html", "<둘째>", "<둘째>")
    assert 'url=index.html"' in (out / "old.html").read_text("utf-8")


@pytest.mark.parametrize("moved", [{"old": "lost"}, {"a/new": "index"}])
def test_page_that_cannot_be_led_on_is_told(build, moved):
    [(old, new)] = moved.items()
    out, [warning] = build(moved)
    assert f"moved_pages: '{old}' is still there or '{new}' is not" in warning
    assert not (out / "old.html").exists()


def test_book_has_no_such_page(build):
    out, _ = build({"old": "index"}, "epub")
    assert list(out.glob("old.*")) == []
