"""A term's meaning is shown under the pointer and in focus, stays there, and is nowhere else."""

import pytest

from tests.site.accessibility import accessibility_problems, contrast

PAGE = "chapter/gradients.html"
STILL = {"reduced_motion": "reduce"}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

SHOWN = "link => getComputedStyle(link, '::after').content !== 'none'"
# Where the pointer comes to a link, within its last line, and before: how wide the page is, and
# whether the tip is shown.
BEGIN = """link => {
  document.activeElement.blur(); // the meaning there may lie on this link
  link.scrollIntoView({ block: "center" });
  const { left, top, width, height } = [...link.getClientRects()].at(-1);
  const shown = getComputedStyle(link, "::after").content !== "none";
  return [left + width / 2, top + height / 2, document.documentElement.scrollWidth, shown];
}"""
DOWN = list(range(3, 36, 3))  # pixels that the pointer walks from there
# What is wrong as it stands there: whether the tip is seen, where on the way down it would be on
# something else, and whether the page has become wider.
LOOK = """(link, [x, y, width, down]) => {
  if (getComputedStyle(link, "::after").content === "none") return "not shown";
  const other = (pixels) => !link.contains(document.elementFromPoint(x, y + pixels));
  if (down.some(other)) return `not reached ${down.find(other)} pixels down`;
  return document.documentElement.scrollWidth > width ? "wider than the page" : "";
}"""
COLOURS = """link => {
  const { color, backgroundColor } = getComputedStyle(link, '::after');
  return [color, backgroundColor];
}"""


def terms(tab):
    """Return the links of a page to the glossary, with its solutions open."""
    tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    return tab.locator("[data-meaning]").element_handles()


def is_shown(link):
    return link.evaluate(SHOWN)


def tip_problems(tab):
    """Tell what is wrong with the meanings of a page's terms, while they are shown and after."""
    return [
        f"{problem}: {link.inner_text()}"
        for link in terms(tab)
        for check in [pointer_problems, text_problems, contrast_problems]
        for problem in check(tab, link)
    ] + paper_problems(tab)


def pointer_problems(tab, link):
    """Walk with the pointer, which is nowhere, from a link down into its tip, and away."""
    x, y, width, shown = link.evaluate(BEGIN)
    if shown:
        return ["shown unasked"]
    tab.mouse.move(x, y)
    if problem := link.evaluate(LOOK, [x, y, width, DOWN]):
        return [problem]
    tab.mouse.move(x, y + DOWN[-1])
    problems = [] if is_shown(link) else ["not shown under the pointer"]
    tab.mouse.move(0, 0)
    return [*problems, "stays behind"] if is_shown(link) else problems


def text_problems(tab, link):
    """Ask what is read and what is copied while a link is in focus."""
    link.focus()
    problems = [] if is_shown(link) else ["not shown in focus"]
    meaning = link.get_attribute("data-meaning")
    session = tab.context.new_cdp_session(tab)
    active = session.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
    element = {"objectId": active["objectId"]}
    heard = session.send("Accessibility.getPartialAXTree", element)["nodes"]
    if any(meaning in str(node.get(key)) for node in heard for key in ["name", "description"]):
        problems.append("heard")
    if meaning in tab.evaluate(
        "getSelection().selectAllChildren(document.body), `${getSelection()}`"
    ):
        problems.append("copied")
    return problems


def contrast_problems(tab, link):
    ratio = contrast(*link.evaluate(COLOURS))
    return [f"faint, {ratio:.1f} to 1"] if ratio < 4.5 else []


def paper_problems(tab):
    """Tell which meanings are printed, were their links in focus."""
    tab.emulate_media(media="print")
    printed = []
    for link in terms(tab):
        link.focus()
        printed += [f"printed: {link.inner_text()}"] if is_shown(link) else []
    return printed


def test_meanings_are_readable_and_in_no_text(visit, site):
    assert tip_problems(visit(site + PAGE, **STILL)) == []


def test_meanings_are_readable_in_the_dark(visit, site):
    tab = visit(site + PAGE, color_scheme="dark", **STILL)
    for link in terms(tab):
        link.focus()
        assert contrast_problems(tab, link) == []


def test_meanings_are_shown_without_a_script(visit, site):
    tab = visit(site + PAGE, java_script_enabled=False, **STILL)
    link = tab.locator("[data-meaning]").first
    link.hover()
    assert is_shown(link)
    tab.mouse.move(0, 0)
    link.focus()
    assert is_shown(link)


def test_page_with_a_meaning_shown_has_no_fault_for_axe(visit, site):
    tab = visit(site + PAGE, **STILL)
    tab.locator("[data-meaning]").first.focus()
    assert accessibility_problems(tab) == []


def test_escape_puts_a_meaning_away_until_the_reader_comes_again(visit, site):
    tab = visit(site + PAGE, **STILL)
    first, second, *_ = terms(tab)
    first.focus()
    x, y, *_ = first.evaluate(BEGIN)
    tab.mouse.move(x, y)
    tab.mouse.move(x, y + 25)  # on the tip
    tab.keyboard.press("Escape")
    assert not is_shown(first)
    tab.mouse.move(x, y + 26)
    assert not is_shown(first)
    tab.mouse.move(x, y)
    assert is_shown(first)
    tab.keyboard.press("Escape")
    tab.mouse.move(0, 0)
    second.focus()
    assert is_shown(second)


def test_meaning_waits_until_the_pointer_rests(visit, site):
    tab = visit(site + PAGE)
    link = tab.locator("[data-meaning]").first
    link.hover()
    look = "link => getComputedStyle(link, '::after')"
    assert link.evaluate(f"{look}.visibility") == "hidden"
    tab.wait_for_function(f"({look})(document.querySelector('[data-meaning]')).opacity === '1'")
    assert link.evaluate(f"{look}.visibility") == "visible"


def test_touch_follows_the_link_and_shows_nothing(visit, site):
    tab = visit(site + PAGE, **PHONE)
    tab.locator("[data-meaning]").first.tap()
    tab.wait_for_url("**/reference/glossary.html#term-*")


TERM = '<p><a href="#article" data-meaning="모델의 한 단위입니다.">층</a></p>'


def styles(html):
    """Return the style sheet of meanings, with what a page of the site sets for it."""
    still = ":root { --pst-color-surface: #fff } a::after { animation: none !important }"
    return (html / "_static" / "terms.css").read_text(encoding="utf-8") + still


def test_sound_term_has_no_fault(visit, plant, html):
    assert tip_problems(visit(plant(TERM, head=f"<style>{styles(html)}</style>"))) == []


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("a:hover::after { content: none !important }", "not shown: 층"),
        ("a:focus-visible::after { content: none !important }", "not shown in focus: 층"),
        ("a::after { margin-top: 1rem }", "not reached 18 pixels down: 층"),
        ("a::after { pointer-events: none }", "not reached 18 pixels down: 층"),
        ("a::after { content: 'x' }", "shown unasked: 층"),
        ("a::after { width: 120vw }", "wider than the page: 층"),
        ("a:focus-visible::after { content: attr(data-meaning) !important }", "heard: 층"),
        ("a::after { color: #999 !important }", "faint, 2.8 to 1: 층"),
        ("a:focus::after { content: 'x' !important }", "printed: 층"),
    ],
)
def test_planted_fault_is_found(visit, plant, html, fault, problem):
    found = tip_problems(visit(plant(TERM, head=f"<style>{styles(html)}{fault}</style>")))
    assert [line[: len(problem)] for line in found][:1] == [problem]
