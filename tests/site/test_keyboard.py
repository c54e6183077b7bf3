"""Everything on a page is reached by Tab, shows that it is, and does its work on Enter."""

import pytest

from tests.site.accessibility import DRAWN
from tests.site.browsing import ask

SKIP_LINK = 'href="#main-content"'
PARTS = ["[type=search]", "nav a", "#dark-mode"]  # what every page has in its frame


def walk_problems(tab):
    """Press Tab from the page's top to its end, and Enter on each summary, and tell what fails."""
    ask(tab, "start_walk()")
    problems, met = [], 0
    while True:
        tab.keyboard.press("Tab")
        stop = tab.evaluate("window.focused()")
        if stop is None or stop["met"] == 1:
            break
        if stop["met"]:
            problems.append(f"trapped at {stop['name']}")
            break
        if not met and SKIP_LINK not in stop["name"]:
            problems.append(f"first stop: {stop['name']}")
        met += 1
        if not stop["seen"]:
            problems.append(f"out of sight: {stop['name']}")
        if not stop["marked"]:
            problems.append(f"no visible focus: {stop['name']}")
        if stop["summary"] and not opens(tab):
            problems.append(f"Enter does not open: {stop['name']}")
    return problems + ask(tab, "not_reached()")


def opens(tab):
    """Press Enter on the summary in focus, and tell whether its details answer."""
    state = "document.activeElement.closest('details').open"
    before = tab.evaluate(state)
    tab.keyboard.press("Enter")
    return tab.evaluate(state) != before


def missing_parts(tab):
    """Tell which parts of the frame a page lacks, and whether its first stop leads to the text."""
    missing = [part for part in PARTS if not tab.locator(part).first.is_visible()]
    return missing if is_led_to_the_text(tab) else [*missing, SKIP_LINK]


def is_led_to_the_text(tab):
    """Press Enter on the first stop, the skip link, and tell whether the next is in the text."""
    ask(tab, "go_to_the_top()")
    for key in ["Tab", "Enter", "Tab"]:
        tab.keyboard.press(key)
    return tab.evaluate("document.activeElement.closest('#main-content') !== null")


def test_focus_stays_on_a_formula_that_comes_into_view(visit, site):
    tab = visit(site + "chapter/linear-regression.html")
    formula = tab.locator("details.solution .formula").first
    formula.evaluate("element => { element.closest('details').open = true; element.focus(); }")
    tab.evaluate(DRAWN)  # after which its size is known
    assert formula.evaluate("element => element === document.activeElement")


def test_sound_page_has_no_fault(visit, plant):
    sound = "<a href='#article'>x</a><details><summary>x</summary><p>풀이</p></details>"
    assert walk_problems(visit(plant(sound))) == []


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (
            {"article": '<a href="#article" style="outline: none">x</a>'},
            "no visible focus: <a ",
        ),
        (
            {"article": '<a href="#article" style="position: fixed; left: -99px">x</a>'},
            "out of sight: <a ",
        ),
        ({"article": '<a href="#article" tabindex="1">x</a>'}, "first stop: <a "),
        (
            {"article": '<button onkeydown="event.preventDefault()">x</button>'},
            "trapped at <button ",
        ),
        (
            {"article": '<button onfocus="this.nextSibling.focus()">x</button><input title="x">'},
            "not reached: <button ",
        ),
        (
            {
                "article": '<details><summary onclick="event.preventDefault()">x</summary>'
                "<p>풀이</p></details>"
            },
            "Enter does not open: <summary ",
        ),
    ],
)
def test_planted_fault_is_found(visit, plant, fault, problem):
    found = walk_problems(visit(plant(**fault)))
    assert [line.startswith(problem) for line in found] == [True], found
