"""The book that the site offers holds all pages, and its links lead somewhere."""

import posixpath
import xml.etree.ElementTree as ET
from urllib.parse import unquote, urldefrag
from zipfile import ZipFile

import pytest

from tests.site.built import HTML, MADE_UP, pages_of

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def chapters():
    """The XML of the book's pages by name."""
    with ZipFile(HTML / "eager-execution.epub") as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        return {name: ET.fromstring(book.read(name)) for name in names}


def test_book_has_every_page_of_the_site(chapters):
    written = {page for page in pages_of(HTML) if page not in MADE_UP}
    found = {name.replace(".xhtml", ".html") for name in chapters} - {"nav.html"}
    assert found == written


def test_links_of_the_book_lead_somewhere(chapters):
    ids = {name: {e.get("id") for e in root.iter()} for name, root in chapters.items()}
    broken = []
    for name, root in chapters.items():
        for link in root.iter(f"{XHTML}a"):
            target, anchor = urldefrag(unquote(link.get("href", "")))
            if "://" in target:
                continue
            page = posixpath.normpath(posixpath.join(posixpath.dirname(name), target or name))
            page = page if target else name
            if page not in ids or (anchor and anchor not in ids[page]):
                broken.append((name, link.get("href")))
    assert broken == []


def lost_files(chapters, names):
    """List the files that the book's pages load and that it has not."""
    loaded = [
        (name, posixpath.normpath(posixpath.join(posixpath.dirname(name), address)))
        for name, root in chapters.items()
        for tag, attribute in [("link", "href"), ("img", "src")]
        for address in [e.get(attribute) for e in root.iter(f"{XHTML}{tag}")]
        if not address.startswith("data:")
    ]
    return [(name, path) for name, path in loaded if path not in names]


def test_book_has_the_files_that_its_pages_load(chapters):
    with ZipFile(HTML / "eager-execution.epub") as book:
        names = set(book.namelist())
    assert lost_files(chapters, names) == []
    assert lost_files(chapters, names - {"_static/ebook.css"})


def test_book_needs_no_script(chapters):
    tags = {e.tag.removeprefix(XHTML) for root in chapters.values() for e in root.iter()}
    assert tags.isdisjoint({"script", "input", "button", "form", "label"})
    folded = [e for root in chapters.values() for e in root.iter(f"{XHTML}details")]
    assert folded
    assert all("open" in e.attrib for e in folded)
