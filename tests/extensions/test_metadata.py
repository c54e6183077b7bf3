"""What a page tells search engines, with and without a known address."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx

import metadata

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PURPOSE = "첫째의 목적은 '</script>'를 '&'처럼 적는 것이다."

FIRST = """\
첫째 ``<1>``
============

첫째의 목적은
'</script>'를 '&'처럼 적는 것이다.

글.

.. toctree::

   a/b
"""


@pytest.fixture
def build(tmp_path):
    """Return a function that builds two pages that are published at an address, or at none."""
    Path(tmp_path, "index.rst").write_text(FIRST, encoding="utf-8")
    Path(tmp_path, "a").mkdir()
    Path(tmp_path, "a", "b.rst").write_text("둘째\n====\n", encoding="utf-8")

    def build(address):
        settings = {
            "author": "쓴 이",
            "extensions": ["metadata"],
            "html_additional_pages": {"404": "layout.html"},
            "html_baseurl": address,
            "language": "ko",
            "metadata_date": "2018-05-11",
            "metadata_dependencies": "TensorFlow 2.0",
            "metadata_license": "https://example.org/licence",
            "metadata_picture": "_static/card.png",
            "project": "책",
            "smartquotes": False,
        }
        out = tmp_path / "html"
        app = Sphinx(tmp_path, None, out, out, "html", settings, status=None, warning=None)
        app.build()
        return out

    return build


def read(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def said(page, name):
    """What the page says under a name, and how often."""
    tags = page.find_all("meta", {"name": name}) + page.find_all("meta", property=name)
    return [tag["content"] for tag in tags]


def test_description_is_the_sentence_under_the_title(build):
    page = read(build("") / "index.html")
    assert said(page, "description") == said(page, "og:description") == [PURPOSE]
    assert said(page, "og:title") == ["첫째 <1>"]
    assert said(page, "og:locale") == ["ko_KR"]
    assert said(page, "og:type") == ["website"]


def test_page_that_sphinx_makes_up_has_the_site_s_purpose(build):
    assert said(read(build("") / "genindex.html"), "description") == [PURPOSE]


def test_structured_data_is_json_that_no_text_can_end(build):
    (script,) = read(build("") / "index.html").find_all("script", type="application/ld+json")
    assert "<" not in script.string
    data = json.loads(script.string)
    assert data["headline"] == "첫째 <1>"
    assert data["description"] == PURPOSE
    assert data["inLanguage"] == "ko"
    assert data["dependencies"] == "TensorFlow 2.0"
    assert data["dateModified"] == "2018-05-11"
    assert data["license"] == "https://example.org/licence"
    assert "url" not in data


def test_known_address_stands_in_pages_sitemap_and_robots(build):
    out = build("https://example.org/book/")
    page = read(out / "a" / "b.html")
    address = "https://example.org/book/a/b.html"
    assert page.find("link", rel="canonical")["href"] == address
    assert said(page, "og:url") == [address]
    assert said(page, "og:image") == ["https://example.org/book/_static/card.png"]
    data = json.loads(page.find("script", type="application/ld+json").string)
    assert data["url"] == address
    sitemap = ET.parse(out / "sitemap.xml")
    assert [loc.text for loc in sitemap.iter(f"{SITEMAP}loc")] == [
        address,
        "https://example.org/book/index.html",
    ]
    assert (
        (out / "robots.txt")
        .read_text()
        .endswith("\nSitemap: https://example.org/book/sitemap.xml\n")
    )


def test_without_an_address_nothing_absolute_is_written(build):
    out = build("")
    page = read(out / "index.html")
    assert not [name for name in ["og:url", "og:image", "twitter:card"] if said(page, name)]
    assert page.find("link", rel="canonical") is None
    assert not (out / "sitemap.xml").exists()
    assert not (out / "robots.txt").exists()
    assert read(out / "404.html").find("link", rel="index")["href"] == "genindex.html"


def test_page_for_lost_readers_links_from_the_root(build):
    page = read(build("https://example.org/book/") / "404.html")
    assert page.find("link", rel="index")["href"] == "/book/genindex.html"
    assert page.find("link", rel="stylesheet")["href"].startswith("/book/_static/")


@pytest.mark.parametrize(
    ("link", "rooted"),
    [
        ('<a href="a/b.html#c">', '<a href="/book/a/b.html#c">'),
        ('<form action="search.html">', '<form action="/book/search.html">'),
        ('<a href="#c">', '<a href="#c">'),
        ('<a href="/other/">', '<a href="/other/">'),
        ('<a href="https://example.org">', '<a href="https://example.org">'),
        ('<a data-href="a">', '<a data-href="a">'),
    ],
)
def test_relative_links_are_rooted(link, rooted):
    assert metadata.root_links(link, "/book/") == rooted
