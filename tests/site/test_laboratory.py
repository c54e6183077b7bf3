"""The laboratory opens with the formula of its link, and shows what the same Python does here."""

import functools
import json
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from laboratory.answer import answer, write_json
from tests.site.accessibility import problems_in_both_themes
from tests.site.browsing import ask
from tests.site.built import read
from tests.site.test_keyboard import walk_problems

PAGE = "beyond/laboratory.html"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FIRST = "(7 - x**2)**2"
FORMULAS = [
    (FIRST, {"x": 2.0}),
    ("x*y + sin(x)", {"x": 2.0, "y": 3.0}),
    ("x*x if x > 0 else y", {"x": -1.0, "y": 3.0}),
    ("exp(-x*x) * cos(y*x) / z", {"x": 0.5, "y": 3.0, "z": -1.5}),
    ("sqrt(x*x + y*y)", {"x": 0.0, "y": 0.0}),
    ("log(x) - tanh(y)**3 + abs(z)", {"x": 0.0, "y": 1.0, "z": 0.0}),
    ("x**y", {"x": -8.0, "y": 0.5}),
    ("x**log(-1) + 1e300 * 1e300", {"x": 2.0}),
    ("2**x / (x - 1)", {"x": 1.0}),
    ("(x**3)**-1 - exp(1000*x)", {"x": 1.0}),
    ("+".join("x" * 25), {"x": 1.5}),
    ("-" * 24 + "x", {"x": 0.1}),
    ("((((((((((((((((((((x))))))))))))))))))))", {"x": 1.0}),
    ("3 * 4", {}),
    ("7", {}),
]
WRONG = ["", "x +", "2x", "(x", "x^2", "값", "x if x", "\"'\\\n\u2028😀", "x" * 121, "(" * 60]


def address(formula, **values):
    """Return the link to a formula."""
    return f"{PAGE}?{urlencode({'formula': formula, **values})}#laboratory-tool"


def wait(tab):
    """Wait for the answer, which the interpreter has to be loaded for."""
    tab.locator(".results").wait_for()
    return tab


def opened(visit, site, formula, at, **settings):
    """Open the link to a formula."""
    return wait(visit(site + address(formula, **at), **settings))


def told(tab):
    return tab.locator(".told").inner_text()


def gradients(tab):
    """Return what the table says of each variable."""
    rows = tab.locator(".results tbody tr").all()
    return {cells[0]: tuple(cells[1:]) for cells in (row.inner_text().split("\t") for row in rows)}


def curve(tab):
    """Return the plot's label, which says the point and the slope of the tangent."""
    return tab.locator(".laboratory-plot").get_attribute("aria-label")


def caption(tab):
    return tab.locator(".laboratory-caption").inner_text()


def press(tab, name):
    """Press a button of the steps, also one that does nothing more."""
    tab.locator(".controls").get_by_role("button", name=name, exact=True).press("Enter")


def is_same(here, there):
    """Tell whether two answers are the same, in numbers as far as two computers agree."""
    if isinstance(here, dict):
        return here.keys() == there.keys() and all(is_same(here[k], there[k]) for k in here)
    if isinstance(here, list):
        return len(here) == len(there) and all(map(is_same, here, there))
    if isinstance(here, float):
        return here == pytest.approx(there, rel=1e-9, abs=1e-12)
    return here == there


@functools.cache
def expect(formula, **at):
    return json.loads(write_json(answer(formula, at, "")))


@pytest.fixture(params=["http", "file"])
def place(request, site, html):
    """Where the site is: on a server, or on a disk."""
    return site if request.param == "http" else html.as_uri() + "/"


# Its link


def test_link_opens_with_values_gradients_and_tangent(visit, place):
    tab = opened(visit, place, "x*y + sin(x)", {"x": 2, "y": 3})
    assert tab.get_by_label("식", exact=True).input_value() == "x*y + sin(x)"
    assert tab.get_by_role("spinbutton", name="x의 값").input_value() == "2"
    assert tab.get_by_role("slider", name="y").input_value() == "3"
    assert gradients(tab) == {"x": ("2.58385", "2.58385"), "y": ("2", "2")}
    assert curve(tab) == "x = 2에서 값 6.9093, 접선의 기울기 2.58385"
    assert caption(tab) == "x*y + sin(x), x = 2, y = 3"
    graph = tab.get_by_role("img", name="x*y + sin(x)의 계산 그래프.")
    assert "v1 = x * y = 6, 그래디언트 1. " in graph.get_attribute("aria-label")
    assert not tab.locator(".laboratory [data-variable=z]").is_visible()


def test_link_is_kept_in_step_with_what_is_shown(visit, place):
    tab = opened(visit, place, "x*y", {"x": 2, "y": 3})
    tab.get_by_role("spinbutton", name="y의 값").fill("-1.5")
    tab.get_by_role("combobox", name="가로축").select_option("y")
    tab.locator(".laboratory-plot[aria-label^='y = −1.5']").wait_for()
    link = urlsplit(tab.locator("a.link").evaluate("link => link.href"))
    asked = {"formula": ["x*y"], "x": ["2"], "y": ["-1.5"], "plot": ["y"]}
    assert parse_qs(link.query) == asked
    tab.goto(link.geturl())
    tab.reload()
    assert curve(wait(tab)) == "y = −1.5에서 값 −3, 접선의 기울기 2"


def test_link_is_copied(visit, site):
    tab = opened(visit, site, "x", {"x": 1}, permissions=["clipboard-read", "clipboard-write"])
    tab.get_by_role("button", name="링크 복사").click()
    tab.get_by_role("button", name="복사했습니다").wait_for()
    assert "formula=x&x=1" in tab.evaluate("navigator.clipboard.readText()")


def test_values_that_a_link_lacks_or_that_are_none_are_one(visit, site):
    tab = opened(visit, site, "x + y", {"x": "abc", "plot": "</script>"})
    assert caption(tab) == "x + y, x = 1, y = 1"


def test_formula_on_the_page_opens_without_loading_it_again(tab):
    tab.evaluate("window.same = true")
    tab.locator("a.laboratory-link", has_text="sqrt(x*x + y*y)").click()
    wait(tab)
    assert caption(tab) == "sqrt(x*x + y*y), x = 0, y = 0"
    assert gradients(tab) == {"x": ("nan", "0"), "y": ("nan", "0")}
    assert curve(tab) == "x = 0에서 값 0, 접선 없음"
    assert tab.evaluate("window.same && document.activeElement.id") == "laboratory-tool"


def test_links_of_the_pages_open_their_formulas(html):
    links = read(html / PAGE).select("a.laboratory-link")
    assert len(links) >= 3
    for link in links:
        query = parse_qs(urlsplit(link["href"]).query)
        assert query.pop("formula") == [link.get_text()]
        assert list(query) == list(expect(link.get_text())["inputs"])


MARKUP = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    'x"); import browser; browser.alert(1); print("',
    "x'''\n\\",
]


@pytest.mark.parametrize("formula", MARKUP)
def test_formula_is_data_and_never_markup_or_code(visit, place, formula):
    tab, alarms = visit(place + PAGE), []
    tab.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    elements = tab.evaluate("document.querySelectorAll('img, script').length")
    tab.goto(place + address(formula, x=formula, plot=formula))
    tab.locator(".fault mark").wait_for()
    shown = formula.replace("\n", "")  # which a field of one line has not
    assert tab.locator(".fault code").text_content().strip() == shown
    loaded = tab.evaluate("document.querySelectorAll('img, script').length")
    assert loaded <= elements + 1  # the interpreter
    assert alarms == []


# What is computed


@pytest.fixture(scope="module")
def browser_answers(browser, site):
    """A function that asks the Python of the browser."""
    tab = browser.new_page()
    tab.goto(site + PAGE)

    def ask_browser(formula, at):
        call = f"print(write_json(answer({json.dumps(formula)}, {json.dumps(at)}, '')))"
        run = """async (call) => {
            const python = await loadPython();
            await python.run(laboratorySource, { fresh: true });
            return python.run(call);
        }"""
        found = tab.evaluate(run, call)
        assert found["error"] is None
        return json.loads(found["output"])

    yield ask_browser
    tab.close()


@pytest.mark.parametrize(("formula", "at"), FORMULAS)
def test_numbers_are_those_of_python_here(browser_answers, formula, at):
    here, there = expect(formula, **at), browser_answers(formula, at)
    assert here.keys() == there.keys()
    for name, part in here.items():
        assert is_same(part, there[name]), name


@pytest.mark.parametrize("formula", WRONG)
def test_faults_are_those_of_python_here(browser_answers, formula):
    assert browser_answers(formula, {}) == expect(formula)


def test_source_is_run_again_where_it_was(browser_answers):
    assert browser_answers("x", {}) == browser_answers("x", {}) == expect("x")


def test_difference_is_found():
    here = expect("x*y", x=2.0, y=3.0)
    there = json.loads(json.dumps(here))
    assert is_same(here, there)
    there["nodes"][0]["gradient"] += 1e-6
    assert not is_same(here, there)


# What a reader does


def test_figure_is_there_before_the_start_and_the_interpreter_is_not(tab):
    requests, answers = [], []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("response", lambda answer: answers.append(answer))
    tab.reload(wait_until="networkidle")
    assert not any("python.worker.js" in url for url in requests)
    assert caption(tab) == f"{FIRST}, x = 2"
    answers.clear()
    tab.get_by_role("button", name="시작하기").click()
    wait(tab)
    sizes = [int(a.headers["content-length"]) for a in answers if not a.url.startswith("blob:")]
    assert 0 < sum(sizes) < 400_000  # bytes
    assert sum("python.worker.js" in url for url in requests) == 1
    assert all(url.startswith(("http://127.0.0.1", "blob:http://127.0.0.1")) for url in requests)
    assert gradients(tab) == {"x": ("−24", "−24")}
    assert not tab.get_by_role("button", name="시작하기").is_visible()


def test_script_draws_what_the_figure_shows(tab):
    def drawn():
        figure = tab.locator(".laboratory-figure")
        label = figure.get_attribute("aria-label")
        return label, figure.locator("text").all_text_contents(), figure.bounding_box()["height"]

    before = drawn()
    tab.get_by_role("button", name="시작하기").click()
    wait(tab)
    assert drawn() == before


def test_typing_starts_it_and_a_wrong_formula_is_marked_and_mended(tab):
    field = tab.get_by_label("식", exact=True)
    field.fill("x*y + 2sin(x)")
    tab.locator(".fault mark").wait_for()
    assert tab.locator(".fault mark").inner_text() == "sin"
    assert (
        tab.locator(".fault")
        .inner_text()
        .endswith("8번째 글자: 앞의 것과 이어지지 않습니다. 곱하려면 사이에 *를 적으세요.")
    )
    assert tab.locator(".fault[role=status]").count() == 1
    assert field.get_attribute("aria-invalid") == "true"
    field.fill("x*y + 2*sin(x)")
    wait(tab)
    assert tab.locator(".fault").inner_text() == ""
    assert field.get_attribute("aria-invalid") == "false"
    assert list(gradients(tab)) == ["x", "y"]


def test_wrong_formula_at_its_end_is_marked_there(tab):
    tab.get_by_label("식", exact=True).fill("x +")
    tab.locator(".fault mark").wait_for()
    assert tab.locator(".fault code").text_content() == "x + "
    assert "식의 끝: 식이 끝나지 않았습니다." in tab.locator(".fault").inner_text()


def test_slider_moves_the_point_and_the_tangent_by_keyboard(tab):
    tab.get_by_role("button", name="시작하기").press("Enter")
    wait(tab)
    slider = tab.get_by_role("slider", name="x")
    slider.press("ArrowRight")
    tab.locator(".laboratory-plot[aria-label^='x = 2.1']").wait_for()
    assert tab.get_by_role("spinbutton", name="x의 값").input_value() == "2.1"
    slope = expect(FIRST, x=2.1)["nodes"][0]["sent"]
    assert gradients(tab)["x"][0] == slope
    assert curve(tab).endswith(f"접선의 기울기 {slope}")
    assert caption(tab) == f"{FIRST}, x = 2.1"


def test_number_may_be_beyond_the_slider(tab):
    tab.get_by_role("button", name="시작하기").click()
    wait(tab)
    tab.get_by_role("spinbutton", name="x의 값").fill("10")
    tab.locator(".laboratory-plot[aria-label^='x = 10']").wait_for()
    assert tab.get_by_role("spinbutton", name="x의 값").input_value() == "10"
    assert gradients(tab) == {"x": ("3720", "3720")}


def test_condition_that_chooses_otherwise_has_the_other_gradient(visit, site):
    tab = opened(visit, site, "x*x if x > 0 else y", {"x": 2, "y": 3})
    assert gradients(tab) == {"x": ("4", "4"), "y": ("None", "0")}
    tab.get_by_role("spinbutton", name="x의 값").fill("-1")
    tab.locator(".laboratory-plot[aria-label^='x = −1']").wait_for()
    assert gradients(tab) == {"x": ("None", "0"), "y": ("1", "1")}
    assert curve(tab) == "x = −1에서 값 3, 접선 없음"


def test_steps_are_told_and_shown_one_by_one(tab):
    tab.get_by_role("button", name="시작하기").click()
    wait(tab)
    steps = expect(FIRST, x=2.0)["steps"]
    assert told(tab) == steps[-1]["text"]
    assert tab.locator(".told[role=status]").count() == 1
    press(tab, "처음")
    seen = []
    for step in steps:
        assert told(tab) == step["text"]
        figure = tab.locator(".laboratory-figure")
        seen.append(
            [len([t for t in figure.locator(side).all_text_contents() if t]) for side in SIDES]
        )
        press(tab, "다음")
    assert seen == [[1, 0], [2, 0], [3, 0], [4, 0], [4, 1], [4, 2], [4, 3], [4, 4]]
    assert told(tab) == steps[-1]["text"]  # there is none after the last
    press(tab, "이전")
    assert told(tab) == steps[-2]["text"]
    press(tab, "처음")
    press(tab, "이전")
    assert told(tab) == steps[0]["text"]
    press(tab, "끝")
    assert told(tab) == steps[-1]["text"]


SIDES = [".forward", ".backward"]


def test_buttons_at_an_end_say_so_and_keep_the_focus(tab):
    tab.get_by_role("button", name="시작하기").click()
    wait(tab)
    last = tab.locator(".controls").get_by_role("button", name="처음")
    last.focus()
    tab.keyboard.press("Enter")
    assert last.get_attribute("aria-disabled") == "true"
    assert last.evaluate("button => button === document.activeElement")
    assert (
        tab.get_by_role("button", name="다음", exact=True).get_attribute("aria-disabled") == "false"
    )


def test_moving_a_slider_stays_at_the_step_and_another_formula_goes_to_the_end(tab):
    tab.get_by_role("button", name="시작하기").click()
    wait(tab)
    press(tab, "처음")
    press(tab, "다음")
    tab.get_by_role("spinbutton", name="x의 값").fill("3")
    tab.locator(".laboratory-plot[aria-label^='x = 3']").wait_for()
    assert told(tab) == "순방향 1/3: v1 = x ** 2 = 9"
    tab.get_by_role("button", name="x*y + sin(x)").click()
    tab.get_by_role("spinbutton", name="y의 값").wait_for()
    assert told(tab).startswith("역방향 3/3")


def test_all_is_shown_of_more_operations_than_before(visit, site):
    tab = opened(visit, site, "x if x > 0 else sin(x*x)", {"x": 2})
    assert told(tab).startswith("역방향 1/1")
    tab.get_by_role("spinbutton", name="x의 값").fill("-1")
    tab.locator(".laboratory-plot[aria-label^='x = −1']").wait_for()
    assert told(tab).startswith("역방향 3/3")


def test_formula_half_written_is_no_fault(tab):
    field = tab.get_by_label("식", exact=True)
    field.fill("")
    faults = tab.locator(".fault").evaluate_handle(
        """fault => {
            const seen = [];
            const note = () => seen.push(fault.textContent);
            new MutationObserver(note).observe(fault, { childList: true });
            return seen;
        }"""
    )
    field.press_sequentially("x*sin(x)", delay=20)
    wait(tab)
    assert caption(tab) == "x*sin(x), x = 2"
    assert not any(faults.json_value())


def test_examples_open(tab):
    for button in tab.locator(".examples button").all():
        button.click()
        formula = button.inner_text()
        tab.locator(".laboratory-caption code").get_by_text(formula, exact=True).wait_for()
        assert tab.locator(".fault").inner_text() == ""


def test_interpreter_that_is_not_loaded_can_be_asked_for_again(tab):
    tab.route("**/python.worker.js*", lambda route: route.abort())
    tab.get_by_role("button", name="시작하기").click()
    tab.get_by_text("계산하지 못했습니다.").wait_for()
    tab.unroute("**/python.worker.js*")
    tab.get_by_role("button", name="시작하기").click()
    wait(tab)


# Who reads it


def test_without_a_script_a_figure_stands_there(visit, place):
    tab = visit(place + address("x*y", x=2, y=3), java_script_enabled=False)
    assert tab.locator(".laboratory-figure").is_visible()
    assert caption(tab) == f"{FIRST}, x = 2"
    for part in tab.locator(".laboratory :is(form, .results)").all():
        assert not part.is_visible()


def test_paper_has_the_graph_and_no_buttons(visit, site):
    tab = opened(visit, site, "x*y", {"x": 2, "y": 3})
    tab.emulate_media(media="print")
    for part in tab.locator(".laboratory-figure, .laboratory-plot, .results table").all():
        assert part.is_visible()
    for part in tab.locator(".laboratory :is(button, input, select)").all():
        assert not part.is_visible()


def test_keyboard_reaches_everything_that_has_come(visit, site):
    tab = opened(visit, site, "x*y*z", {"x": 2, "y": 3, "z": 4}, reduced_motion="reduce")
    assert walk_problems(tab) == []


@pytest.mark.parametrize("step", ["처음", "이전", "끝"])
def test_axe_finds_nothing(visit, site, step):
    tab = opened(visit, site, "x*x if x > 0 else y", {"x": 2, "y": 3})
    press(tab, step)
    assert problems_in_both_themes(tab) == []


def test_axe_finds_nothing_at_a_wrong_formula(visit, site):
    tab = visit(site + address("x^2"))
    tab.locator(".fault mark").wait_for()
    assert problems_in_both_themes(tab) == []


@pytest.mark.parametrize(("formula", "at"), [FORMULAS[3], FORMULAS[10], (FIRST, {"x": 1.23456789})])
def test_it_fits_a_small_phone(visit, site, formula, at):
    tab = opened(visit, site, formula, at, **PHONE)
    assert ask(tab, "wider_than_the_window()") == []
    for button in tab.locator(".laboratory button:visible").all():
        assert button.bounding_box()["height"] >= 24


def test_nothing_is_asked_of_another_site_from_a_disk(visit, html):
    tab = visit((html / PAGE).as_uri())
    requests = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.get_by_role("button", name="시작하기").click()
    wait(tab)
    assert [url for url in requests if not url.startswith(("file:", "blob:"))] == []
