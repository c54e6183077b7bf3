"""Questions before a cell: the answer is what the cell shows, and a question without one is red."""

import re
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pytest
from bs4 import BeautifulSoup

from predict.question import is_same, read_number
from tests.extensions.building import build_page

ROOT = Path(__file__).parents[2]
HEAD = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n\n# 제목\n\n"


def question(label, *choices, options="", cell="print(2)", text="무엇일까요?"):
    """Write a question and its cell, in a section of their own."""
    listed = "".join(f"- {choice}\n" for choice in choices)
    code = f"```{{code-cell}} python\n{cell}\n```\n\n" if cell else ""
    return f"## 절\n\n```{{predict}} {label}\n{options}{text}\n\n{listed}```\n\n{code}"


def build(folder, page, mode="force", builder="html", **settings):
    """Build a page; return the folder of what is built, and what Sphinx warned of."""
    settings |= {
        "epub_basename": "book",
        "extensions": ["myst_nb", "predict", "sphinx.ext.doctest", "takeaway"],
        "myst_enable_extensions": ["dollarmath"],
        "nb_execution_mode": mode,
        "notebooks_package": str(ROOT),
        "suppress_warnings": ["app", "config", "epub", "myst-nb.lexer"],
    }
    return build_page(folder, HEAD + page, builder, **settings)


def read(out):
    """Parse the page."""
    return BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")


SOUND = [
    question(
        "a-number",
        "`2.0`: 실수가 **아닙니다**.",
        "3: $x$는 2입니다.",
        "`x: int`",
        text="`<b>`일까요?",
    ),
    question("a-text", "하나", "셋", cell='print("하나")'),
    question("a-result", "`[1 2]`", "`[]`", cell="'[1 2]'", options=":shows: \"'(.*)'\"\n"),
    question(
        "an-error",
        "`ValueError`",
        "2",
        cell="print('ValueError: no')",
        options=":shows: (\\w+Error)\n",
    ),
    question("a-typed", cell="print('x =', -2.50)", options=":number:\n:shows: x = (\\S+)\n"),
    question("a-minus", "−3", "3", cell="-3"),
    question("a-table", "`[[1 2] [3 4]]`", "`[]`", cell="print('[[1 2]\\n [3 4]]')"),
]
FAULTS = {
    "not one of the choices but 0: 3, 4": question("none", "3", "4"),
    "not one of the choices but 2: 2, 2.0": question("twice", "2", "`2.0`: 같습니다."),
    "the next cell shows no text": question("silent", "2", "3", cell="x = 2"),
    "the next cell shows '2', where '(x)' is not found": question(
        "elsewhere", "2", "3", options=":shows: (x)\n"
    ),
    "the next cell shows 'a', which is no number": question(
        "word", options=":number:\n", cell="print('a')"
    ),
    "no code cell follows in this section": question("alone", "2", "3", cell=""),
}
BROKEN = {
    "write two to four choices in a list": question("one", "2"),
    "write two to four choices": question("none"),
    "a question for a :number: has no choices": question("both", "2", "3", options=":number:\n"),
    "a choice is one paragraph": question("long", "2", "3\n\n  더"),
    "label '2': begin with a letter": question("2", "2", "3"),
    "a regular expression with one group is needed": question("2", "2", "3", options=":shows: x\n"),
    "Duplicate explicit target name": question("twin", "2", "3") * 2,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A page of sound questions, executed, as a page of the site."""
    folder = tmp_path_factory.mktemp("sound")
    out, warnings = build(folder, "".join(SOUND) + "\n```{progress}\n```\n")
    assert warnings == ""
    return out


@pytest.fixture
def page(built):
    return read(built)


# The answer


def test_answer_is_what_the_cell_shows(page):
    assert {part["id"]: part["data-answer"] for part in page.select("fieldset")} == {
        "a-number": "2.0",
        "a-text": "하나",
        "a-result": "[1 2]",
        "an-error": "ValueError",
        "a-typed": "-2.5",
        "a-minus": "−3",
        "a-table": "[[1 2] [3 4]]",
    }


@pytest.mark.parametrize(
    ("choice", "shown", "same"),
    [
        ("2", "2.0", True),
        ("−2", "-2", True),
        ("2", "3", False),
        ("nan", "nan", True),
        ("2", "둘", False),
        ("a  b", "a\nb", True),
        ("A", "a", False),
    ],
)
def test_numbers_compare_as_numbers_and_words_as_words(choice, shown, same):
    assert is_same(choice, shown) is same


@pytest.mark.parametrize(("text", "number"), [("−1e3", -1000), ("inf", None), ("2개", None)])
def test_number_is_read(text, number):
    assert read_number(text) == number


def test_question_that_its_cell_does_not_answer_is_told_with_its_line(tmp_path):
    text = HEAD + "".join(FAULTS.values())
    _, warnings = build(tmp_path, "".join(FAULTS.values()))
    lines = warnings.splitlines()
    assert len(lines) == len(FAULTS)
    places = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith("```{predict}")]
    for line, place, problem in zip(lines, places, FAULTS):
        assert line.startswith(f"index.md:{place}: WARNING: ")
        assert problem in line


@pytest.mark.parametrize("problem", BROKEN)
def test_broken_question_is_told_with_its_page(problem, tmp_path):
    _, warnings = build(tmp_path, BROKEN[problem], mode="off")
    assert re.search(rf"index\.md:\d+: (WARNING|ERROR): .*{re.escape(problem)}", warnings)


def test_question_is_not_checked_where_nothing_is_executed(tmp_path):
    out, warnings = build(tmp_path, question("none", "3", "4: 힌트"), mode="off")
    assert warnings == ""
    asked = read(out).fieldset
    assert not asked.find_all(["button", "details"])
    assert "data-answer" not in asked.attrs


# The page


def test_question_is_a_group_of_choices_with_hidden_hints(page):
    asked = page.find(id="a-number")
    assert asked.legend.get_text() == "예상해 보세요"
    assert asked.p.code.get_text() == "<b>"
    assert [field["value"] for field in asked.select("label > input[type=radio]")] == [
        *["2.0", "3", "x: int"]
    ]
    assert {field["name"] for field in asked.find_all("input")} == {"a-number"}
    first, second = asked.find_all("template")
    assert first.decode_contents() == "실수가 <strong>아닙니다</strong>."
    assert second.find_previous("input")["value"] == "3"


def test_number_is_typed(page):
    (field,) = page.find(id="a-typed").find_all("input")
    assert (field["type"], field["name"]) == ("number", "a-typed")
    assert field.parent.name == "label"


def test_answer_is_there_without_a_script(page):
    assert [part.get_text().strip() for part in page.select("fieldset > details > p")] == [
        *["2.0: 실수가 아닙니다.", "하나", "[1 2]", "ValueError", "-2.5", "−3", "[[1 2] [3 4]]"]
    ]


def test_script_is_loaded_where_there_is_a_question_alone(built, tmp_path):
    assert 'data-key="predict"' in (built / "index.html").read_text(encoding="utf-8")
    assert (built / "_static" / "predict.js").exists()
    out, _ = build(tmp_path, "글", mode="off")
    assert "predict" not in (out / "index.html").read_text(encoding="utf-8")


def test_progress_knows_the_questions(page):
    (line,) = page.select(".predict-progress[hidden]")
    assert line["data-questions"].split() == [part["id"] for part in page.select("fieldset")]


def test_notebook_asks_without_an_answer(built):
    cells = nbformat.read(built / "index.ipynb", as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert text.startswith("# 제목\n\n## 절\n\n`<b>`일까요?\n\n- `2.0`\n- 3\n- `x: int`\n\n## 절")
    assert "아닙니다" not in text


def test_book_asks_without_an_answer(tmp_path):
    out, _ = build(tmp_path, SOUND[0] + "```{progress}\n```\n", builder="epub")
    page = BeautifulSoup(ZipFile(out / "book.epub").read("index.xhtml"), "html.parser")
    asked = page.find(id="a-number")
    assert [item.get_text().strip() for item in asked.find_all("li")] == ["2.0", "3", "x: int"]
    assert not page.find_all(["button", "details", "fieldset", "input", "template", "script"])
    assert "predict-progress" not in str(page)
