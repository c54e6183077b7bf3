"""A question tells at once whether an answer is right, and the browser alone keeps the answer."""

import pytest

from tests.site.accessibility import problems_in_both_themes
from tests.site.browsing import ask
from tests.site.built import read

PAGE = "chapter/operations.html"
LABEL = "operations-int"
RIGHT = "[2]"
WRONG, HINT = "[2.5]", "텐서는 바뀌지 않습니다."
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def asked(tab):
    """Return the question."""
    return tab.locator(f"#{LABEL}")


def told(tab):
    """Return what the reader is told."""
    return asked(tab).get_by_role("status").inner_text()


def answer(tab, value):
    """Pick a choice, and have it checked."""
    asked(tab).locator(f'[value="{value}"]').check()
    asked(tab).get_by_role("button", name="확인").click()


def stored(tab):
    """Return what the browser keeps."""
    return tab.evaluate("JSON.parse(localStorage.getItem('eagerdemo-predictions'))")


def answer_problems(tab):
    """Tell which questions, unfolded where no script runs, do not say their answer first."""
    return ask(tab, "wrong_answers()")


def question_problems(tab):
    """Tell what paper lacks of the questions, and what it has too much."""
    return ask(tab, "unfit_questions()")


def make_number(tab):
    """Write the question as one for a number is written, and let the script start on it."""
    tab.evaluate(
        """async (label) => {
            const question = document.getElementById(label);
            question.dataset.answer = "-2.50";
            question.querySelector(".choices").innerHTML =
              '<label>수 <input type="number" step="any"></label>';
            question.replaceWith(question.cloneNode(true)); // which nothing listens to
            const script = document.createElement("script");
            const loaded = new Promise((done) => { script.onload = done; });
            script.src = document.querySelector("script[data-key]").src;
            script.dataset.key = "eagerdemo-predictions";
            document.head.append(script);
            await loaded;
        }""",
        LABEL,
    )


def test_right_answer_is_right(tab):
    answer(tab, RIGHT)
    assert told(tab).startswith("맞습니다. 1.5가 int32로 바뀌며")


def test_wrong_answer_gets_the_hint_of_its_choice(tab):
    answer(tab, WRONG)
    assert told(tab).startswith("아닙니다. ")
    assert told(tab).endswith(HINT)


def test_wrong_answer_without_a_hint_may_be_thought_over(tab):
    asked(tab).locator("template").first.evaluate("hint => hint.remove()")
    answer(tab, WRONG)
    assert told(tab) == "다시 생각해 보세요."


def test_no_answer_is_asked_for(tab):
    asked(tab).get_by_role("button", name="확인").click()
    assert told(tab) == "먼저 답을 정하세요."
    assert stored(tab) is None


def test_another_choice_takes_the_word_back(tab):
    answer(tab, WRONG)
    asked(tab).locator(f'[value="{RIGHT}"]').check()
    assert told(tab) == ""


@pytest.mark.parametrize(
    ("number", "verdict"), [("-2.5", "맞습니다."), ("2.5", "다시 생각해 보세요.")]
)
def test_number_is_compared_as_a_number(tab, number, verdict):
    make_number(tab)
    field = asked(tab).get_by_role("spinbutton", name="수")
    field.fill(number)
    field.press("Enter")
    assert told(tab) == verdict
    assert stored(tab) == {LABEL: number}


def test_question_is_answered_by_keyboard(tab):
    asked(tab).locator("input").first.focus()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert told(tab).startswith("맞습니다.")
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Enter")
    assert told(tab).startswith("아닙니다.")


def test_screen_reader_hears_the_question_with_its_choices(tab):
    assert tab.get_by_role("group", name="예상해 보세요").first.get_by_role("radio").count() == 3
    assert asked(tab).get_by_role("radio", name=WRONG, exact=True).count() == 1


def test_browser_keeps_the_answer_and_nothing_before_one(tab):
    assert stored(tab) is None
    answer(tab, WRONG)
    assert stored(tab) == {LABEL: WRONG}
    tab.reload()
    assert asked(tab).locator("input:checked").get_attribute("value") == WRONG
    assert told(tab).endswith(HINT)


def test_answer_that_is_no_choice_any_more_is_forgotten(tab):
    tab.evaluate(f"""localStorage.setItem("eagerdemo-predictions", '{{"{LABEL}": "7"}}')""")
    tab.reload()
    assert asked(tab).locator("input:checked").count() == 0
    assert told(tab) == ""


@pytest.mark.parametrize("fault", ["nothing of ours", "null"])
def test_browser_that_keeps_something_else_does_no_harm(tab, fault):
    tab.evaluate(f"localStorage.setItem('eagerdemo-predictions', {fault!r})")
    tab.reload()
    answer(tab, RIGHT)
    assert told(tab).startswith("맞습니다.")


def test_first_page_tells_how_far_the_reader_has_come(tab, site):
    tab.goto(site)
    line = tab.locator(".predict-progress")
    assert not line.is_visible()
    tab.goto(site + PAGE)
    answer(tab, WRONG)
    tab.goto(site)
    total = len(line.get_attribute("data-questions").split())
    told = line.get_by_role("status")
    assert told.inner_text() == f"예상 문제 {total}개 가운데 1개에 답했습니다."
    line.get_by_role("button", name="기록 지우기").press("Enter")
    assert told.inner_text() == "기록을 지웠습니다."
    assert stored(tab) is None
    assert line.evaluate("line => line === document.activeElement")
    tab.reload()
    assert not line.is_visible()


def test_questions_of_the_first_page_are_those_of_all_pages(html, pages):
    labels = {part["id"] for page in pages for part in read(html / page).select(".predict")}
    line = read(html / "index.html").select_one(".predict-progress")
    assert set(line["data-questions"].split()) == labels


def test_with_a_script_the_answer_does_not_stand_below(tab):
    assert not asked(tab).locator("details").is_visible()


QUESTION = """<fieldset class="predict" data-answer="2"><legend>예상</legend><p>얼마일까요?</p>
<label><span>2</span></label><details open><summary{folded}>답 보기</summary><p{shown}>{answer}</p>
</details>{more}</fieldset>"""


SOUND = {"answer": "2", "shown": "", "folded": " hidden", "more": ""}


@pytest.mark.parametrize("check", [answer_problems, question_problems])
def test_sound_question_has_no_fault(visit, plant, check):
    assert check(visit(plant(QUESTION.format(**SOUND)))) == []


@pytest.mark.parametrize(
    ("check", "fault", "problem"),
    [
        (answer_problems, {"answer": "3"}, "no answer 2 but 3"),
        (answer_problems, {"more": "<button>확인</button>"}, "without a script: <button> 확인"),
        (question_problems, {"shown": " hidden"}, 'not printed: <p hidden=""> 2'),
        (question_problems, {"folded": ""}, "printed: <summary> 답 보기"),
    ],
)
def test_planted_fault_is_found(visit, plant, check, fault, problem):
    assert check(visit(plant(QUESTION.format(**SOUND | fault)))) == [problem]


@pytest.mark.parametrize("choice", [RIGHT, WRONG])
def test_axe_finds_nothing_after_an_answer(visit, site, choice):
    tab = visit(site + PAGE, reduced_motion="reduce")
    answer(tab, choice)
    assert problems_in_both_themes(tab) == []


def test_question_fits_a_small_phone(visit, site):
    tab = visit(site + PAGE, **PHONE)
    answer(tab, WRONG)
    assert ask(tab, "wider_than_the_window()") == []
    box = asked(tab).get_by_role("button").bounding_box()
    assert box["height"] >= 24


def test_question_works_from_a_file(visit, html):
    tab = visit((html / PAGE).as_uri())
    answer(tab, RIGHT)
    tab.reload()
    assert told(tab).startswith("맞습니다.")
