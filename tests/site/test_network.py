"""No page asks another site for anything or breaks on loading, and each costs little."""

import re

import pytest

from tests.site.browsing import ask
from tests.site.network import BYTES, REQUESTS, first_view_problems, view


def style_problems(css):
    """Tell what a style sheet would ask of other sites, at whatever use of it."""
    return re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^\s\"')]*", css)


def test_no_style_sheet_asks_another_site(html):
    sheets = [path.read_text(encoding="utf-8") for path in html.rglob("*.css")]
    assert sheets
    assert [problem for sheet in sheets for problem in style_problems(sheet)] == []


def test_sound_page_has_no_fault(visit, plant):
    address, tab = plant(), visit("about:blank")
    assert view(tab, address, address.removesuffix("index.html")) == []
    assert ask(tab, "sources()") == []


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ('<img src="http://other.invalid/a.png" alt="">', "asks http://other.invalid/a.png"),
        ("<script>console.error('잘못')</script>", "console: 잘못 {address}"),
        ("<script>lost()</script>", "script: lost is not defined"),
        (
            '<img src="a.png" alt="">',
            "console: Failed to load resource: the server responded with a status of 404"
            " (Not Found) {inside}a.png",
        ),
    ],
)
def test_planted_fault_of_loading_is_found(browser, plant, fault, problem):
    address = plant(fault)
    inside = address.removesuffix("index.html")
    expected = problem.format(address=address, inside=inside)
    assert first_view_problems(browser, address, inside) == [expected]


def test_planted_weight_is_found(browser, plant):
    address = plant('<img src="a.png" alt="">', **{"a.png": bytes(BYTES)})
    inside = address.removesuffix("index.html")
    (heavy,) = first_view_problems(browser, address, inside)
    assert re.fullmatch(r"150\d{3} bytes", heavy)
    images = "".join(f'<img src="a.png?{count}" alt="">' for count in range(REQUESTS))
    address = plant(images, **{"a.png": b""})
    assert first_view_problems(browser, address, inside) == ["13 requests"]


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ({"article": '<img src="a.png" alt="">'}, "not lazy: "),
        (
            {"article": '<img loading="lazy" src="//other.invalid/a.png" alt="">'},
            "of another site: ",
        ),
        ({"head": '<link rel="preconnect" href="https://other.invalid">'}, "of another site: "),
        ({"article": '<form action="https://other.invalid/"></form>'}, "of another site: "),
    ],
)
def test_planted_source_is_found(visit, plant, fault, problem):
    element = next(iter(fault.values())).removesuffix("</form>")
    found = ask(visit(plant(**fault)), "sources()")
    assert [line.startswith(problem + element[:5]) for line in found] == [True]


def test_planted_style_is_found():
    assert style_problems("a { background: url(a.png) }") == []
    assert style_problems("@import 'https://other.invalid/a.css';") == [
        "@import 'https://other.invalid/a.css"
    ]
