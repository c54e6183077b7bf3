"""A reader finds a page by keyboard alone, from a server and from the file system."""

import pytest


@pytest.fixture(params=["server", "file system"])
def home(request, site, html):
    """The address of the site's folder, both ways of opening it."""
    return site if request.param == "server" else html.as_uri() + "/"


def test_search_finds_a_page_by_keyboard(visit, home):
    tab = visit(home + "index.html")
    asked, errors = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.get_by_role("searchbox").focus()
    tab.keyboard.type("GradientTape")
    tab.keyboard.press("Enter")
    result = tab.locator("#search-results li a").first
    result.wait_for()
    result.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda address: "search.html" not in address)
    assert "GradientTape" in tab.locator("article").inner_text()
    assert [address for address in asked if not address.startswith(home)] == []
    assert errors == []
