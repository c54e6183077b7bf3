"""A live cell runs in the page what the reader makes of it, and the browser alone keeps that."""

import gzip
import re

import pytest

from tests.site.accessibility import problems_in_both_themes
from tests.site.browsing import ask
from tests.site.built import HTML, pages_with

PAGE = "beyond/tape-from-scratch.html"
LIVE = pages_with(HTML, "cell tag_live")
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WEIGHT = 400_000  # bytes that the first press may cost
RECORD, FORWARD, REPLAY = 0, 1, 2  # cells of the page
EDIT, RUN, STOP, RESET = "고쳐서 실행", "실행", "멈추기", "처음으로"
TRY = "직접 풀어 보기"
DONE, SILENT = "실행했습니다.", "오류 없이 실행했습니다."


def cell_of(tab, number):
    """Return a live cell, attempts not counted."""
    return tab.locator(".cell.tag_live").nth(number)


def press(cell, name):
    """Press a button of a cell, whose solution may be folded."""
    cell.get_by_role("button", name=name, exact=True).click()


def code(cell):
    """Return the editor of a cell, which may have to be opened."""
    if not cell.get_by_role("textbox").count():
        cell.get_by_role("button", name=re.compile(f"{EDIT}|{TRY}")).click()
    return cell.get_by_role("textbox")


def change(cell, old, new):
    """Write something else in a cell's code."""
    before = code(cell).input_value()
    assert old in before
    code(cell).fill(before.replace(old, new))


def told(cell):
    """Return what the reader is told, when the run has ended."""
    cell.page.wait_for_function(
        "(cell) => !['', '실행하고 있습니다.'].includes("
        "cell.querySelector('[role=status]').textContent)",
        arg=cell.element_handle(),
    )
    return cell.get_by_role("status").inner_text()


def run(cell):
    """Run a cell, and return what the reader is told."""
    code(cell)
    press(cell, RUN)
    return told(cell)


def shown(cell):
    """Return the output of a run."""
    return cell.locator(".live pre").text_content()


def unfold(tab):
    """Unfold the solutions."""
    tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


def stored(tab):
    """Return what the browser keeps."""
    return tab.evaluate("JSON.parse(localStorage.getItem('eagerdemo-live'))")


@pytest.fixture(params=["http", "file"])
def address(request, site, html):
    """The address of the page, served and on the disk."""
    return site + PAGE if request.param == "http" else (html / PAGE).as_uri()


# Running


@pytest.mark.parametrize("page", LIVE)
def test_every_live_cell_shows_in_the_page_what_the_build_executed(page, visit, site):
    tab = visit(site + page)
    unfold(tab)
    cells = tab.locator(".cell.tag_live").all()
    assert cells
    for cell in cells:
        outputs = cell.locator("> .cell_output").all_text_contents()
        assert run(cell).startswith(DONE if outputs else SILENT)
        assert shown(cell).strip() == "".join(outputs).strip()


def test_telephone_without_a_network_breaks_the_product_and_mends_it(visit, html):
    tab = visit((html / PAGE).as_uri(), **PHONE)
    record, replay = cell_of(tab, RECORD), cell_of(tab, REPLAY)
    sound = "(self, other), (other, self))"

    record.get_by_role("button", name=EDIT).tap()
    change(record, sound, "(self, self), (other, other))")
    record.get_by_role("button", name=RUN, exact=True).tap()
    assert told(record).startswith(SILENT)
    replay.get_by_role("button", name=EDIT).tap()
    replay.get_by_role("button", name=RUN, exact=True).tap()
    assert (told(replay), shown(replay)) == (DONE, "-24.0\n")

    change(record, "(self, self), (other, other))", "(self, othr), (other, self))")
    replay.get_by_role("button", name=RUN, exact=True).tap()
    assert told(replay).startswith(
        "셀 1의 20번째 줄에서 오류가 났습니다. 정의하지 않은 이름입니다."
    )
    assert shown(replay).endswith("NameError: name 'othr' is not defined")
    assert record.locator(".numbers .wrong").text_content() == "20"
    assert ask(tab, "wider_than_the_window()") == []

    change(record, "(self, othr), (other, self))", sound)
    replay.get_by_role("button", name=RUN, exact=True).tap()
    assert (told(replay), shown(replay)) == (DONE, "-24.0\n")
    for button in replay.get_by_role("button").all():
        assert button.bounding_box()["height"] >= 24


def test_cell_runs_after_those_above_with_what_the_reader_made_of_them(address, visit):
    tab = visit(address)
    change(cell_of(tab, FORWARD), "x = Number(2)", "x = Number(3)")
    assert run(cell_of(tab, REPLAY)) == DONE
    assert shown(cell_of(tab, REPLAY)) == "24.0\n"  # -4x(7 - x²) at 3
    assert cell_of(tab, REPLAY).locator("> .cell_output").is_hidden()


def test_every_run_begins_anew(tab):
    replay = cell_of(tab, REPLAY)
    change(replay, "print(slope.value)", "print(len(tape))")
    lengths = []
    for _ in range(2):
        run(replay)
        lengths.append(shown(replay))
    assert lengths[0] == lengths[1]


def test_solution_runs_without_the_other_solutions(tab):
    unfold(tab)
    first, second, _ = tab.locator(".solution .tag_live").all()
    change(first, "def subtract_from", "broken")
    assert run(second) == DONE
    assert run(first).startswith("셀 10의 1번째 줄에서")


# Errors


@pytest.mark.parametrize(
    ("source", "line", "words", "last"),
    [
        ("x = 1\ny = = 2", 2, "문법에 맞지 않습니다.", "SyntaxError: invalid syntax"),
        ("print(“a”)", 1, "문법에 맞지", "SyntaxError: invalid character '“' (U+201C)"),
        ("if x:\nprint(1)", 2, "들여쓰기가", "statement on line 1"),
        ("\n\nprnt(1)", 3, "정의하지 않은", "NameError: name 'prnt' is not defined"),
        ("7 - Number(2)", 1, "이 자료형으로는", "for -: 'int' and 'Number'"),
        ("Number(2).vale", 1, "그런 속성이나", "no attribute 'vale'"),
        ("tape[99]", 1, "리스트의 끝을", "IndexError: list index out of range"),
        ("{}['x']", 1, "그런 키가", "KeyError: 'x'"),
        ("x = 1 / 0", 1, "0으로 나눌", "ZeroDivisionError: division by zero"),
        ("int('x')", 1, "쓸 수 없는 값", "base 10: 'x'"),
        ("import numpy", 1, "math뿐입니다.", "ModuleNotFoundError: No module named 'numpy'"),
        (
            "def f(n):\n    return f(n + 1)\n\n\nf(1)",
            2,
            "끝없이",
            "maximum recursion depth exceeded",
        ),
        ("assert tape", 1, "거짓입니다.", "AssertionError"),
        ("def f():\n    x += 1\n\n\nf()", 2, "값을 정하기 전에", "UnboundLocalError"),
        ("input()", 1, "하지 못하는", "prompt is not defined"),
        ("raise OSError('a')", 1, "오류가 났습니다.", "OSError: a"),
    ],
)
def test_error_is_told_with_its_line_in_a_learners_words_and_pythons(
    opened, source, line, words, last
):
    cell = cell_of(opened, FORWARD)
    code(cell).fill(source)
    said = run(cell)
    assert said.startswith(f"셀 2의 {line}번째 줄에서 오류가 났습니다.")
    assert words in said
    assert last in shown(cell).splitlines()[-1]
    assert cell.locator(".numbers .wrong").text_content() == str(line)
    code(cell).fill("print(1)")
    assert (run(cell), shown(cell)) == (DONE, "1\n")
    assert cell.locator(".numbers .wrong").count() == 0


def test_what_was_printed_before_an_error_stands_above_it(tab):
    code(cell_of(tab, RECORD)).fill("print('앞')\n1 / 0")
    run(cell_of(tab, RECORD))
    assert shown(cell_of(tab, RECORD)).startswith("앞\nTraceback (most recent call last):\n")


def test_endless_loop_is_stopped_and_the_page_lives(address, visit):
    tab = visit(address)
    cell = cell_of(tab, RECORD)
    code(cell).fill("print('앞')\nwhile True:\n    pass")
    press(cell, RUN)
    cell.get_by_role("log").get_by_text("앞").wait_for()
    stop = cell.get_by_role("button", name=STOP)
    stop.focus()
    tab.keyboard.press("Enter")
    assert told(cell) == "멈추었습니다."
    assert cell.get_by_role("button", name=RUN, exact=True).evaluate(
        "button => button === document.activeElement"
    )
    assert stop.is_hidden()
    code(cell).fill("print('산다')")
    assert (run(cell), shown(cell)) == (DONE, "산다\n")


@pytest.mark.parametrize("loop", ["print(1)", "try:\n        print(1)\n    except:\n        pass"])
def test_endless_output_ends_by_itself(tab, loop):
    cell = cell_of(tab, RECORD)
    code(cell).fill(f"while True:\n    {loop}")
    assert run(cell).startswith("출력이 너무 길어 멈추었습니다.")
    assert shown(cell).startswith("1\n1\n")
    code(cell).fill("print('산다')")
    assert (run(cell), shown(cell)) == (DONE, "산다\n")


def test_another_press_stops_what_runs(tab):
    endless, other = cell_of(tab, FORWARD), cell_of(tab, RECORD)
    code(endless).fill("while True:\n    pass")
    press(endless, RUN)
    assert run(other).startswith(SILENT)
    assert told(endless) == "멈추었습니다."


def test_press_is_heard_while_the_interpreter_is_on_its_way(tab):
    held, first, second = [], cell_of(tab, RECORD), cell_of(tab, FORWARD)
    tab.route("**/python.worker.js", lambda route: held.append(route))
    code(second)
    code(first).fill("while True:\n    pass")
    with tab.expect_request("**/python.worker.js"):
        press(first, RUN)
    press(first, STOP)
    press(first, RUN)
    press(second, RESET)
    held[0].continue_()
    assert told(first) == "멈추었습니다."
    assert second.locator("> .cell_output").is_visible()
    code(first).fill("print('산다')")
    assert (run(first), shown(first)) == (DONE, "산다\n")


def test_interpreter_that_does_not_come_is_told_and_asked_for_again(tab):
    tab.route("**/python.worker.js", lambda route: route.abort())
    assert run(cell_of(tab, FORWARD)) == "파이썬을 불러오지 못했습니다. 다시 눌러 보세요."
    tab.unroute("**/python.worker.js")
    assert run(cell_of(tab, FORWARD)) == DONE


# Attempts


def test_attempt_is_checked_at_points_that_stand_nowhere(tab):
    attempt = tab.locator(".attempt").nth(1)
    code(attempt).fill(
        "def reciprocal(x):\n    return record(1 / x.value, (x, Number(1 / x.value**2)))"
    )
    said = "아직 아닙니다. x = -3일 때 맞는 값은 0.0740741인데 나온 값은 -0.0740741입니다."
    assert run(attempt) == said
    change(attempt, "Number(1", "Number(-1")
    assert run(attempt) == "맞습니다. 숨은 점에서도 값이 모두 맞습니다."


def test_every_solution_of_the_page_passes_the_check_before_it(tab):
    unfold(tab)
    attempts = tab.locator(".attempt").all()
    assert len(attempts) == 3
    for attempt in attempts:
        begun = run(attempt)
        assert not begun.startswith("맞습니다.")
        solution = attempt.locator("xpath=following-sibling::details[1]")
        code(attempt).fill(solution.locator(".tag_live pre").first.text_content())
        assert run(attempt).startswith("맞습니다.")


def test_attempt_that_raises_where_it_is_checked_says_so(tab):
    attempt = tab.locator(".attempt").first
    code(attempt).fill("x = 1")
    assert run(attempt).startswith("코드가 낸 값을 확인하다가 오류가 났습니다. 이 자료형으로는")
    assert "\n" not in shown(attempt)  # no line of the check


# Typing and keeping


def test_tab_indents_and_after_escape_leaves(tab):
    cell = cell_of(tab, FORWARD)
    editor = code(cell)
    assert "Esc를 누르고 나서 Tab을 누르면" in editor.get_attribute("aria-description")
    assert "Esc를 누르고 나서 Tab을 누르면" in cell.locator(".help").inner_text()
    editor.fill("")
    tab.keyboard.type("if 1:")
    tab.keyboard.press("Enter")
    tab.keyboard.type("x = '한글'")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.type("# 안")
    assert editor.input_value() == "if 1:\n    x = '한글'\n        # 안"
    tab.keyboard.press("Control+z")
    assert editor.input_value() != "if 1:\n    x = '한글'\n        # 안"
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    focused = "document.activeElement.textContent"
    assert tab.evaluate(focused) == RUN
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Shift+Tab")
    assert tab.evaluate("document.activeElement.tagName") != "TEXTAREA"


def test_tab_leaves_what_is_selected(tab):
    editor = code(cell_of(tab, FORWARD))
    editor.fill("x = 1")
    editor.select_text()
    tab.keyboard.press("Tab")
    assert editor.input_value() == "    x = 1"


def test_syllable_that_is_not_complete_is_left_to_the_keyboard(tab):
    editor = code(cell_of(tab, FORWARD))
    editor.fill("x")
    pressed = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, cancelable: true})"
    assert editor.evaluate(f"editor => editor.dispatchEvent({pressed})")
    assert editor.input_value() == "x"


def test_keyboard_runs_a_cell(tab):
    cell = cell_of(tab, FORWARD)
    cell.get_by_role("button", name=EDIT).focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.tagName") == "TEXTAREA"
    tab.keyboard.press("Control+Enter")
    assert told(cell) == DONE


def test_browser_keeps_what_was_typed_until_it_is_taken_back(address, visit):
    tab = visit(address)
    cell = cell_of(tab, FORWARD)
    page = cell.locator(".cell_input pre").text_content().rstrip("\n")
    assert stored(tab) is None
    code(cell).fill("print('내 것')")
    assert stored(tab) == {page: "print('내 것')"}
    tab.reload()
    assert code(cell).input_value() == "print('내 것')"
    assert told(cell).startswith("전에 고친 코드입니다.")
    assert cell.locator("> .cell_output").is_visible()
    assert run(cell) == DONE
    press(cell, RESET)
    assert stored(tab) == {}
    assert cell.locator(".cell_input pre").is_visible()
    assert cell.locator("> .cell_output").inner_text().strip() == "[4.0, 3.0, 9.0]"
    assert cell.get_by_role("button", name=EDIT).evaluate("it => it === document.activeElement")
    tab.reload()
    assert cell.get_by_role("textbox").count() == 0


def test_code_typed_back_to_the_pages_is_not_kept(tab):
    cell = cell_of(tab, FORWARD)
    change(cell, "Number(2)", "Number(3)")
    change(cell, "Number(3)", "Number(2)")
    assert stored(tab) == {}


@pytest.mark.parametrize("fault", ["nothing of ours", "null"])
def test_browser_that_keeps_something_else_does_no_harm(tab, fault):
    tab.evaluate(f"localStorage.setItem('eagerdemo-live', {fault!r})")
    tab.reload()
    assert run(cell_of(tab, FORWARD)) == DONE


# The page


def test_first_press_loads_the_interpreter_and_nothing_before_it_does(address, visit, html):
    tab, asked = visit("about:blank"), []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address, wait_until="networkidle")
    unfold(tab)
    code(cell_of(tab, FORWARD))
    assert not [url for url in asked if "python.worker.js" in url]
    before = len(asked)
    assert run(cell_of(tab, FORWARD)) == DONE
    assert run(cell_of(tab, REPLAY)) == DONE
    loaded = [url for url in asked[before:] if not url.startswith("blob:")]
    assert [url.rpartition("/")[2] for url in loaded] == ["python.worker.js"]
    assert loaded[0].startswith(address.removesuffix(PAGE))
    weight = len(gzip.compress((html / "_static/python.worker.js").read_bytes(), 6))
    assert weight <= WEIGHT


def test_no_other_page_loads_it(pages, html):
    names = re.compile(r"(?:python|live)\.(?:js|css)")
    loading = {page for page in pages if names.search((html / page).read_text(encoding="utf-8"))}
    assert set(LIVE) <= loading
    for page in loading - set(LIVE):
        assert "live." not in (html / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", LIVE)
def test_without_a_script_there_is_nothing_to_press(page, visit, site):
    tab = visit(site + page, java_script_enabled=False)
    assert tab.locator(".tag_live button").count() == 0
    for attempt in tab.locator(".attempt").all():
        assert attempt.is_hidden()
    assert tab.get_by_text(EDIT).count() == 0


@pytest.mark.parametrize("page", LIVE)
def test_paper_has_the_pages_own_code_and_output(page, visit, site):
    tab = visit(site + page)
    cell = cell_of(tab, FORWARD)
    code(cell).fill("print('내 것')")
    run(cell)
    tab.emulate_media(media="print")
    assert cell.locator(".cell_input").is_visible()
    assert cell.locator("> .cell_output").is_visible()
    for added in tab.locator(".live").all():
        assert added.is_hidden()


def test_axe_finds_nothing_where_an_editor_is_open(visit, site):
    tab = visit(site + PAGE, reduced_motion="reduce")
    run(cell_of(tab, FORWARD))
    code(cell_of(tab, REPLAY)).fill("for i in range(99):\n    print(i)\n1 / 0")
    run(cell_of(tab, REPLAY))
    assert cell_of(tab, REPLAY).get_by_role("log").get_attribute("tabindex") == "0"
    run(tab.locator(".attempt").first)
    assert problems_in_both_themes(tab) == []
