"""The search finds, first, the page that a reader looks for in Korean, and shows why."""

import gzip
import tomllib
from pathlib import Path

import pytest

from tests.site.accessibility import accessibility_problems
from tests.site.built import MADE_UP
from tests.site.network import first_view_problems

QUERIES = tomllib.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tab(browser, site):
    """The search page, its scripts loaded."""
    tab = browser.new_page()
    tab.goto(site + "search.html?q=텐서")
    tab.locator("#search-results li").first.wait_for()
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def look_for(tab):
    """Return a function that searches as the page does, and gives the results' list items."""

    def look_for(query):
        tab.evaluate("document.getElementById('search-results').replaceChildren()")
        tab.evaluate("query => show(query)", query)
        return tab.locator("#search-results li")

    return look_for


@pytest.fixture(scope="module")
def pages_for(look_for):
    """Return a function that gives the names of the pages which a search finds, best first."""

    def pages_for(query):
        script = "items => items.map(item => item.querySelector('a').getAttribute('href'))"
        return [link.partition(".html")[0] for link in look_for(query).evaluate_all(script)]

    return pages_for


def missed(queries, pages_for, places):
    """List the queries whose page is not in the first places, with what is there instead."""
    found = [(query["text"], query["page"], pages_for(query["text"])[:places]) for query in queries]
    return [(text, page, instead) for text, page, instead in found if page not in instead]


# Which pages


def test_expected_pages_are_there(html):
    expected = {query["page"] for queries in QUERIES.values() for query in queries}
    assert [page for page in sorted(expected) if not (html / f"{page}.html").exists()] == []


def test_expected_page_comes_first_or_soon(pages_for):
    queries = QUERIES["query"]
    assert missed(queries, pages_for, 3) == []
    not_first = missed(queries, pages_for, 1)
    assert len(not_first) <= 0.05 * len(queries), not_first


def test_queries_off_the_list_find_their_pages_too(pages_for):
    queries = QUERIES["unseen"]
    not_soon = missed(queries, pages_for, 3)
    assert len(not_soon) <= 0.05 * len(queries), not_soon
    not_first = missed(queries, pages_for, 1)
    assert len(not_first) <= 0.2 * len(queries), not_first


def test_planted_wrong_page_is_missed(pages_for):
    right = {"text": "선형회귀", "page": "chapter/linear-regression"}
    wrong = {"text": "선형회귀", "page": "beyond/none"}
    ((text, page, instead),) = missed([right, wrong], pages_for, 1)
    assert (text, page, instead) == ("선형회귀", "beyond/none", ["chapter/linear-regression"])


def test_every_page_is_found_by_its_title(tab, pages, pages_for):
    titles = tab.evaluate("pages.map(({ name, title }) => ({ page: name, text: title }))")
    written = {page.removesuffix(".html") for page in pages if page not in MADE_UP}
    assert {title["page"] for title in titles} == written
    assert missed(titles, pages_for, 1) == []


# Words


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("그래디언트를", ["그래디언트"]),
        ("연산은", ["연산"]),
        ("미분하는 방법", ["미분", "방법"]),
        ("자동미분", ["자동", "미분"]),
        ("경사하강법으로", ["경사", "하강법"]),
        ("구합니다", ["구하"]),
        ("고쳤다", ["고치"]),
        ("만드는", ["만들"]),
        ("쉬운", ["쉽"]),
        ("0이 안 되는 2차", ["0", "2", "차"]),
        ("그레디안트를", ["그레디안트"]),
        ("`GradientTape`로", ["gradienttape"]),
        ("tf.Variable은 assign_add()", ["tf.variable", "assign_add"]),
    ],
)
def test_text_is_split_into_stems(tab, text, stems):
    assert tab.evaluate("text => termsOf(text)", text) == stems


def test_every_variant_leads_to_words_of_the_site(tab):
    script = "[...variants].filter(([, ways]) => !ways.every(isSaid)).map(([key]) => key)"
    assert tab.evaluate(script) == []


def test_spelling_mistake_leads_to_the_nearest_word(tab):
    ways = tab.evaluate("readQuery('옵티마이져를').concepts[0].ways.map(({ terms }) => terms)")
    assert ["옵티마이저"] in ways


# What is shown


def test_excerpt_marks_the_stem(look_for):
    items = look_for("그래디언트를")
    first = items.first.locator(".excerpt")
    assert set(first.locator("mark").all_inner_texts()) == {"그래디언트"}
    assert "그래디언트" in first.inner_text()


@pytest.mark.parametrize("query", ["손실의 기댓값", "미분값", "브로드캐스팅", "tf.cast", "없이"])
def test_excerpt_is_short_readable_text_around_a_hit(query, look_for):
    for item in look_for(query).all():
        text = item.locator(".excerpt").inner_text()
        assert 0 < len(text) <= 142
        assert not set("⟦⟧\\") & set(text)
        assert item.locator("mark").count() > 0


def test_result_leads_to_its_section(browser, site):
    tab = browser.new_page()
    tab.goto(site + "search.html?q=브로드캐스팅을")
    tab.locator("#search-results a").first.click()
    tab.wait_for_url("**/chapter/operations.html*")
    assert tab.evaluate("location.hash") == "#operations-broadcasting"
    tab.close()


def test_unknown_words_are_told(tab, look_for):
    status = tab.locator("#search-status")
    assert look_for("쿠버네티스").count() == 0
    assert "맞는 페이지가 없습니다" in status.inner_text()
    assert look_for("쿠버네티스 브로드캐스팅").count() > 0
    assert "이 사이트에 없는 낱말: 쿠버네티스" in status.inner_text()


@pytest.mark.parametrize("query", ["<img src=x>", "?", "ㄱ", "-", "가" * 500, "constructor"])
def test_any_query_is_answered_as_text(tab, look_for, query):
    look_for(query)
    assert f"「{query}」" in tab.locator("#search-status").inner_text()
    assert tab.locator("#search-results img").count() == 0


# What it costs


@pytest.mark.parametrize("query", ["그래디언트가 None인 이유", "쿠버네티스"])
def test_searching_is_light_and_asks_nobody(browser, site, html, query):
    address = f"search.html?q={query}"
    assert first_view_problems(browser, site + address, site) == []
    home = html.as_uri() + "/"
    assert first_view_problems(browser, home + address, home) == []


def test_search_from_the_file_system_finds_the_same(browser, html, look_for):
    items = look_for("학습률이 크면").all_inner_texts()
    tab = browser.new_page()
    tab.goto(f"{html.as_uri()}/search.html?q=학습률이 크면")
    tab.locator("#search-results li").first.wait_for()
    assert tab.locator("#search-results li").all_inner_texts() == items
    tab.close()


def test_index_is_small(html):
    assert len(gzip.compress((html / "searchindex.js").read_bytes())) < 75_000


def test_nothing_is_loaded_until_there_is_something_to_look_for(browser, site):
    tab = browser.new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(site + "search.html", wait_until="networkidle")
    assert not [url for url in asked if "search" in url.removeprefix(site + "search.html")]
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_results(visit, site, scheme):
    address = site + "search.html?q=그래디언트가 None인 이유"
    tab = visit(address, color_scheme=scheme, reduced_motion="reduce")
    tab.locator("#search-results li").first.wait_for()
    assert accessibility_problems(tab) == []
