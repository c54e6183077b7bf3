"""The search page shows, in a browser, what the search finds, and leads there.

What it finds is tested without a browser, in `tests/extensions/search_ko`.
"""

import re

import pytest

from tests.site.accessibility import problems_in_both_themes
from tests.site.built import MADE_UP
from tests.site.network import first_view_problems


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
        tab.evaluate("query => showResults(engine, query)", query)
        return tab.locator("#search-results li")

    return look_for


def test_every_page_is_in_the_index(tab, pages):
    names = tab.evaluate("searchIndex.pages.map(({ name }) => name)")
    assert set(names) == {page.removesuffix(".html") for page in pages if page not in MADE_UP}


# What is shown


def test_excerpt_marks_the_stem(look_for):
    first = look_for("브로드캐스팅을").first.locator(".excerpt")
    assert set(first.locator("mark").all_inner_texts()) == {"브로드캐스팅"}
    assert "브로드캐스팅" in first.inner_text()


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
def test_searching_is_light_and_asks_nobody(browser, site, html, pages, query):
    address = f"search.html?q={query}"
    # The scripts, and the index, which has a part of every page that somebody wrote.
    most = 33_800 + 4_140 * len(set(pages) - MADE_UP)
    assert first_view_problems(browser, site + address, site, most) == []
    home = html.as_uri() + "/"
    assert first_view_problems(browser, home + address, home) == []


def test_search_from_the_file_system_finds_the_same(browser, html, look_for):
    items = look_for("학습률이 크면").all_inner_texts()
    tab = browser.new_page()
    tab.goto(f"{html.as_uri()}/search.html?q=학습률이 크면")
    tab.locator("#search-results li").first.wait_for()
    assert tab.locator("#search-results li").all_inner_texts() == items
    tab.close()


def test_nothing_is_loaded_until_there_is_something_to_look_for(browser, site):
    tab = browser.new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(site + "search.html", wait_until="networkidle")
    assert not [url for url in asked if re.search(r"search\S*\.js", url)]
    tab.close()


def test_axe_finds_nothing_in_results(visit, site):
    tab = visit(site + "search.html?q=그래디언트가 None인 이유", reduced_motion="reduce")
    tab.locator("#search-results li").first.wait_for()
    assert problems_in_both_themes(tab) == []
