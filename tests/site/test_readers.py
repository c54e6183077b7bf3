"""A reader without JavaScript, on a phone, on paper or averse to motion loses nothing."""

import pytest

from tests.site.accessibility import contrast
from tests.site.browsing import ask
from tests.site.built import MADE_UP

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PAPER = {"width": 672, "height": 1000}  # A4 within the margins of site.css, at 96 dpi


def script_problems(with_script, without_script):
    """Tell which lines of a page a reader without JavaScript misses, and which formulas."""
    kept = ask(without_script, "lines()")
    missed = [line for line in ask(with_script, "lines()") if line not in kept]
    raw = ask(without_script, "raw_formulas()")
    return [f"only with JavaScript: {line}" for line in missed] + raw


def solution_problems(tab):
    """Click every solution open, and tell which stay shut."""
    closed = tab.locator("details:not([open]) > summary")
    for summary in closed.element_handles():
        if summary.is_visible():
            summary.click(force=True)  # what lies on it would keep it shut
    return [f"stays shut: {text}" for text in closed.all_inner_texts()]


def motion_problems(tab):
    tab.emulate_media(reduced_motion="reduce")
    return ask(tab, "moving()")


def icon_problems(tab):
    return ask(tab, "missing_icons()")


def width_problems(tab):
    tab.evaluate(
        "document.querySelectorAll('details').forEach((folded) => { folded.open = true; })"
    )
    return ask(tab, "wider_than_the_window()")


def paper_problems(tab):
    tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = false })")
    tab.set_viewport_size(PAPER)
    tab.emulate_media(media="print")
    return ask(tab, "unfit_for_paper()")


def test_pages_are_linked_without_javascript_on_a_phone(visit, site, pages):
    tab = visit(site, java_script_enabled=False, **PHONE)
    found, ahead = set(), {site + "index.html"}
    while ahead:
        found |= ahead
        tab.goto(ahead.pop())
        links = [link for link in ask(tab, "links()") if link.startswith(site)]
        ahead |= {link for link in links if link.endswith(".html")} - found
    assert set(pages) - MADE_UP - {link.removeprefix(site) for link in found} == set()


@pytest.mark.parametrize(
    ("tag", "caption"),
    [
        ("tag_tfe", "2018년의 방식 (tfe)"),
        ("tag_tf2", "지금의 방식 (tf.GradientTape)"),
        ("tag_tensorflow", "TensorFlow"),
        ("tag_jax", "JAX"),
        ("tag_autograd", "autograd"),
    ],
)
@pytest.mark.parametrize("media", ["screen", "print"])
def test_ways_of_writing_the_same_are_told_apart(visit, site, tag, caption, media):
    tab = visit(site + "chapter/operations.html")
    tab.emulate_media(media=media)
    cell = tab.locator(".cell").first
    before = "cell => getComputedStyle(cell, '::before')"
    assert cell.evaluate(f"{before}.content") == "none"
    cell.evaluate("(cell, tag) => cell.classList.add(tag)", tag)
    assert cell.evaluate(f"{before}.content") == f'"{caption}"'
    assert cell.evaluate(f"{before}.display") == "block"
    assert cell.evaluate(f"{before}.color === getComputedStyle(cell).color")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_link_under_the_pointer_is_readable(visit, site, scheme):
    tab = visit(site, color_scheme=scheme, reduced_motion="reduce")
    link = tab.locator("article a[href]:not(.headerlink)").first
    colour = "element => getComputedStyle(element)"
    calm = link.evaluate(f"{colour}.color")
    link.hover()
    hovered = link.evaluate(f"{colour}.color")
    assert hovered != calm
    assert contrast(hovered, tab.locator("body").evaluate(f"{colour}.backgroundColor")) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_button_changes_the_theme_and_the_browser_remembers_it(visit, site, scheme):
    tab = visit(site, color_scheme=scheme)
    theme = "document.documentElement.dataset.theme"
    assert tab.evaluate(theme) == scheme
    tab.locator("#dark-mode").press("Enter")
    other = {"light": "dark", "dark": "light"}[scheme]
    assert tab.evaluate(theme) == other
    tab.reload()
    assert tab.evaluate(theme) == other


@pytest.mark.parametrize("chosen", [False, True])
def test_page_follows_the_system_until_the_reader_chooses(visit, site, chosen):
    tab = visit(site, color_scheme="light")
    if chosen:
        tab.locator("#dark-mode").press("Enter")
    for scheme in ["dark", "light"]:
        tab.emulate_media(color_scheme=scheme)
        tab.wait_for_function(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
        tab.wait_for_timeout(100)  # milliseconds: the page is told of it some frames later
        theme = "dark" if chosen else scheme
        tab.wait_for_function(f"document.documentElement.dataset.theme === '{theme}'")


FURNITURE_OFF_PAPER = "<style>@media print { header { display: none } }</style>"


@pytest.mark.parametrize("check", [width_problems, paper_problems, motion_problems, icon_problems])
def test_sound_page_has_no_fault(visit, plant, check):
    assert check(visit(plant("<p>x</p>", head=FURNITURE_OFF_PAPER), **PHONE)) == []


@pytest.mark.parametrize(
    ("check", "fault", "problem"),
    [
        (width_problems, '<p style="width: 500px">x</p>', "wider than 360 pixels: <p "),
        (paper_problems, "<details><summary>x</summary><p>풀이</p></details>", "not printed: <p"),
        (paper_problems, "<button>x</button>", "printed: <button"),
        (
            paper_problems,
            '<pre style="overflow: auto; width: 9em">0123456789 0123456789</pre>',
            "cut at the edge of the paper: <pre",
        ),
        (motion_problems, '<p style="transition: color 1s">x</p>', "moves: <p"),
        (motion_problems, '<div style="scroll-behavior: smooth">x</div>', "moves: <div"),
    ],
)
def test_planted_fault_is_found(visit, plant, check, fault, problem):
    found = check(visit(plant(fault, head=FURNITURE_OFF_PAPER), **PHONE))
    assert [line.startswith(problem) for line in found] == [True], found


def test_planted_icon_is_found(visit, plant):
    style = r'<style>p::before { content: "\f019" }</style>'
    assert icon_problems(visit(plant("<p>x</p>", head=style))) == ["no such icon: <p> x::before"]


def test_planted_animation_before_an_element_is_found(visit, plant):
    style = "@keyframes turn { to { rotate: 1turn } } p::before { animation: turn 1s }"
    found = motion_problems(visit(plant("<p>x</p>", head=f"<style>{style}</style>")))
    assert found == ["moves: <p> x::before"]


def test_planted_need_for_javascript_is_found(visit, plant):
    def problems(article):
        address = plant(article)
        return script_problems(visit(address), visit(address, java_script_enabled=False))

    assert problems("<p>글</p><math><mi>x</mi></math>") == []
    hidden = '<p id="late" style="display: none">글</p><script>late.style = ""</script>'
    assert problems(hidden) == ["only with JavaScript: 글"]
    assert problems(r'<p class="math">\(x\)</p>') == [r'not MathML: <p class="math"> \(x\)']


def test_planted_solution_that_stays_shut_is_found(visit, plant):
    solution = "<details><summary{}>풀이</summary><p>답</p></details>"
    assert solution_problems(visit(plant(solution.format("")))) == []
    hidden = solution.format(' style="display: none"')
    covered = solution.format("") + '<div style="position: fixed; inset: 0"></div>'
    for fault in [hidden, covered]:
        assert solution_problems(visit(plant(fault))) == ["stays shut: 풀이"]
