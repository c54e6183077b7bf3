"""Links lead somewhere, anchors are stable, and each page says what it is."""

import functools
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.site.built import read

DOCS = Path(__file__).parents[2] / "docs"


@functools.cache
def ids(path: Path) -> Counter[str]:
    return Counter(element["id"] for element in read(path).find_all(id=True))


def addresses(path: Path) -> set[str]:
    """What a page links to and loads."""
    named = {
        element[attribute]
        for attribute in ["href", "src", "action", "poster", "data"]
        for element in read(path).find_all(**{attribute: True})
    }
    sets = [element["srcset"] for element in read(path).find_all(srcset=True)]
    return named | {source.split()[0] for listed in sets for source in listed.split(",")}


def link_problems(path: Path) -> list[str]:
    problems = []
    for address in sorted(addresses(path)):
        url = urlsplit(address)
        if url.scheme or url.netloc:
            continue  # another site's, which a test without a network cannot follow
        target = path.parent / unquote(url.path) if url.path else path
        if target.is_dir():
            target /= "index.html"
        if not target.is_file():
            problems.append(f"{address} leads nowhere")
        elif url.fragment and unquote(url.fragment) not in ids(target):
            problems.append(f"{address}: no such anchor")
    return problems


def id_problems(path: Path) -> list[str]:
    twice = [f"id {name} stands {count} times" for name, count in ids(path).items() if count > 1]
    links = [element["href"] for element in read(path).find_all("a", class_="headerlink")]
    # Sphinx numbers what it cannot name in ASCII, and renumbers it when a heading is put before.
    return twice + [f"{link} is not stable" for link in links if re.search(r"#id\d|[^ -~]", link)]


def head_problems(path: Path) -> list[str]:
    page, problems = read(path), []
    if page.html.get("lang") != "ko":
        problems.append(f"language {page.html.get('lang')}")
    if not (page.title and page.title.get_text(strip=True)):
        problems.append("no title")
    said = [element.get("content") for element in page.select("meta[name=description]")]
    if len(said) != 1 or not said[0]:
        problems.append(f"description: {said}")
    if not page.select("meta[name=viewport]"):
        problems.append("no viewport")
    return problems


def heading_problems(path: Path) -> list[str]:
    headings = read(path).find_all(re.compile(r"^h[1-6]$"))
    levels = [int(heading.name[1]) for heading in headings]
    problems = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of the first level"]
    return problems + [
        f"h{level} follows h{before}: {heading.get_text()}"
        for before, level, heading in zip(levels, levels[1:], headings[1:])
        if level > before + 1
    ]


def test_every_page_is_built(pages):
    sources = [path.relative_to(DOCS) for path in DOCS.rglob("*.md")]
    sources = [path for path in sources if not path.parts[0].startswith("_")]
    assert sources
    assert {path.with_suffix(".html").as_posix() for path in sources} - set(pages) == set()


def test_page_is_sound(html, page_path):
    path = html / page_path
    checks = [link_problems, id_problems, head_problems, heading_problems]
    assert [problem for check in checks for problem in check(path)] == []


def test_titles_are_told_apart(html, pages):
    titles = Counter(read(html / page).title.get_text() for page in pages)
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.parametrize("check", [link_problems, id_problems, head_problems, heading_problems])
def test_sound_page_has_no_fault(plant, tmp_path, check):
    plant()
    assert check(tmp_path / "index.html") == []


@pytest.mark.parametrize(
    ("check", "fault", "problem"),
    [
        (link_problems, {"article": '<a href="lost.html">x</a>'}, "lost.html leads nowhere"),
        (link_problems, {"article": '<img src="a.png" alt="">'}, "a.png leads nowhere"),
        (link_problems, {"article": '<a href="#lost">x</a>'}, "#lost: no such anchor"),
        (id_problems, {"article": '<p id="article">x</p>'}, "id article stands 2 times"),
        (id_problems, {"article": '<a class="headerlink" href="#id2">#</a>'}, "#id2 is not stable"),
        (
            id_problems,
            {"article": '<a class="headerlink" href="#답">#</a>'},
            "#답 is not stable",
        ),
        (
            head_problems,
            {"head": '<meta name="description" content="둘째">'},
            "description: ['결함을 심어 볼 페이지', '둘째']",
        ),
        (heading_problems, {"article": "<h1>둘째</h1>"}, "2 headings of the first level"),
        (heading_problems, {"article": "<h3>깊다</h3>"}, "h3 follows h1: 깊다"),
    ],
)
def test_planted_fault_is_found(plant, tmp_path, check, fault, problem):
    plant(**fault)
    assert check(tmp_path / "index.html") == [problem]


def test_page_without_language_and_title_is_found(tmp_path):
    path = tmp_path / "index.html"
    path.write_text("<html><head></head><body></body></html>", encoding="utf-8")
    assert head_problems(path) == ["language None", "no title", "description: []", "no viewport"]
