"""Every cell and doctest of a page is executed by the tests, shown on the site, and can fail.

MyST-NB decides what the site executes and shows, Sybil what the tests execute; both read the same
files by rules of their own. So these tests count on both sides, and plant faults in copies.
"""

import ast
import dis
import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sybil.example import SybilFailure

from exercise import GRADES, Exercise, Solution
from live.attempt import Attempt
from predict.question import Question
from record.status import is_doctest
from takeaway.plain import find_cells
from tests.examples import (
    DOCS,
    EXAMPLES,
    EXECUTED,
    LESSONS,
    ROOT,
    path_of,
    run_page,
    site_cells,
    sybil_examples,
    without_options,
)


def cells_of_the_site_alone(path: Path) -> list[str]:
    """The cells that MyST-NB executes and Sybil does not collect."""
    collected = {cell.rstrip("\n") for cell in sybil_examples(path)[0]}
    return [cell for cell in site_cells(path) if cell not in collected]


def read_site(docs: Path, out: Path) -> Sphinx:
    """Read a folder of pages into doctrees, executing nothing."""
    settings = {"nb_execution_mode": "off", "suppress_warnings": ["app"]}
    app = Sphinx(docs, ROOT, out, out, "dummy", settings, status=None, warningiserror=True)
    app.build()
    return app


@pytest.fixture
def copied_docs(tmp_path):
    """A copy of docs/ to plant faults in."""
    shutil.copy(ROOT / "CHANGELOG.md", tmp_path)  # which a page includes
    return shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("_build"))


def shown_doctests(app: Sphinx, page: str) -> list[str]:
    """The sources of the doctests that a reader of the page sees."""
    blocks = app.env.get_doctree(page).findall(nodes.literal_block)
    shown = [block.astext() for block in blocks if block.astext().startswith(">>> ")]
    return [ex.source for text in shown for ex in doctest.DocTestParser().get_examples(text)]


# What is collected


def test_every_page_is_counted():
    found = {
        path.relative_to(DOCS).with_suffix("").as_posix()
        for path in DOCS.rglob("*.md")
        if not any(part.startswith("_") for part in path.relative_to(DOCS).parts)
    }
    assert found == set(EXAMPLES)


@pytest.mark.parametrize("page", EXAMPLES)
def test_page_yields_its_cells_and_doctests(page, unexecuted):
    _, doctests = sybil_examples(path_of(page))
    assert (len(site_cells(path_of(page))), len(doctests)) == EXAMPLES[page]
    assert cells_of_the_site_alone(path_of(page)) == []
    assert shown_doctests(unexecuted, page) == [
        without_options(example.source) + "\n" for example in doctests
    ]


@pytest.mark.parametrize("page", EXECUTED)
def test_doctests_bind_no_name_that_a_cell_uses(page):
    # The site runs the cells without the doctests: what a doctest binds, the site does not see.
    cells, doctests = sybil_examples(path_of(page))
    used = {
        node.id
        for cell in cells
        for node in ast.walk(ast.parse(cell))
        if isinstance(node, ast.Name)
    }
    bound = {
        instruction.argval
        for example in doctests
        for instruction in dis.get_instructions(compile(example.source, page, "exec"))
        if instruction.opname == "STORE_NAME"  # not the variables of comprehensions
    }
    assert not bound & used


# Planted faults


def test_number_that_can_change_unnoticed_is_red(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("```{doctest}\n>>> print('a 1 2')  # doctest: +ELLIPSIS\na ...1...\n```\n")
    with pytest.raises(AssertionError, match=r"'a \.\.\.2\.\.\.\\n' passes as well"):
        run_page(path)


@pytest.mark.parametrize("options", ["", ":tags: [tf2]\n", "---\ntags: [tf2]\n---\n"])
def test_function_of_a_cell_is_found_at_its_line(options, tmp_path):
    path = tmp_path / "page.md"
    cell = (
        "def second():\n    return 2\n\n\nimport inspect\nassert '2' in inspect.getsource(second)\n"
    )
    path.write_text(f"```{{code-cell}} python\n{options}{cell}```\n")
    run_page(path)


def test_wrong_number_is_red(copied_docs):
    path = path_of("chapter/variables", copied_docs)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("((0.0, 45.0), (45.0, 45.0))", "((0.0, 45.0), (45.0, 46.0))"))
    with pytest.raises(SybilFailure, match=r"46\.0"):
        run_page(path)


def build(docs: Path) -> subprocess.CompletedProcess:
    """Read pages as `nox -s docs` does, executing only those that ask for it."""
    return subprocess.run(
        [
            *[sys.executable, "-m", "sphinx", "-c", ROOT, "-n", "-W", "--keep-going"],
            # Only a kernel tells the language of cells, so that those not executed have no lexer.
            *["-D", "nb_execution_mode=off", "-D", "suppress_warnings=myst-nb.lexer"],
            *["-D", "execution_preloaded=re"],  # these need no TensorFlow, which takes its time
            *["-b", "dummy", docs, docs.parent / "out"],
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def test_failing_cell_is_red_in_the_build_with_its_traceback_and_in_the_tests(tmp_path):
    path = tmp_path / "docs" / "index.md"
    path.parent.mkdir()
    settings = "file_format: mystnb\nkernelspec: {name: python3}\nmystnb: {execution_mode: force}"
    cell = '```{code-cell} python\nraise RuntimeError("planted")\n```\n'
    path.write_text(f"---\n{settings}\n---\n(index)=\n# 제목\n\n{cell}", encoding="utf-8")
    failed = build(path.parent)
    told = re.sub(r"\x1b\[[\d;]*m", "", failed.stderr)
    assert failed.returncode == 1
    assert "Traceback (most recent call last)" in told
    assert "RuntimeError: planted" in told
    assert re.findall(r"index\.md.* WARNING: (.*?):", told) == [
        "Executing notebook failed",
        "Notebook exception traceback saved in",
    ]
    with pytest.raises(RuntimeError, match="planted"):
        run_page(path)


@pytest.mark.parametrize(
    "opening", ["```{code-cell}", "```{code-cell} ipython3", "````{code-cell} ipython3"]
)
def test_cell_that_sybil_does_not_collect_is_red(opening, copied_docs):
    path = path_of("chapter/variables", copied_docs)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{opening}\nprint('seen by the site alone')\n{opening.partition('{')[0]}\n")
    assert cells_of_the_site_alone(path) == ["print('seen by the site alone')"]


def test_dropped_doctest_is_red(copied_docs, tmp_path):
    page = "chapter/variables"
    path = path_of(page, copied_docs)
    hidden = "<!--\n```{doctest}\n>>> 1 + 1\n2\n```\n-->\n"
    path.write_text(path.read_text(encoding="utf-8") + hidden, encoding="utf-8")
    _, doctests = sybil_examples(path)
    assert "1 + 1\n" in [example.source for example in doctests]
    assert "1 + 1\n" not in shown_doctests(read_site(copied_docs, tmp_path / "out"), page)


# What a page has


@pytest.mark.parametrize("page", LESSONS)
def test_page_has_its_parts(page):
    text = path_of(page).read_text(encoding="utf-8")
    name = page.partition("/")[2]
    for term in ["하게 될 일", "배울 것", "필요한 것", "읽는 시간"]:
        assert f"\n{term}\n: " in text
    for part in ["original", "check", "exercises", "next"]:
        assert f"\n({name}-{part})=\n## " in text
    assert "\n더 읽을거리\n" in text
    assert EXAMPLES[page][0] <= 15


@pytest.mark.parametrize("page", LESSONS)
def test_page_has_an_exercise_of_each_grade_and_its_solution(page, unexecuted):
    tree = unexecuted.env.get_doctree(page)
    exercises = list(tree.findall(Exercise))
    grades = [exercise["grade"] for exercise in exercises]
    assert list(dict.fromkeys(grades)) == list(GRADES)
    questions = [question.astext() for _, question, *_ in exercises]
    assert [question for question in questions if not question.endswith("세요.")] == []
    solutions = list(tree.findall(Solution))
    assert [find_next(exercise) for exercise in exercises] == solutions
    for solution in solutions:
        assert find_cells(solution)
        assert any(map(is_doctest, solution.findall(nodes.Element)))


def find_next(exercise):
    """Return what follows an exercise and the attempt that may stand below it."""
    node = exercise.next_node(descend=False, siblings=True)
    return node.next_node(descend=False, siblings=True) if isinstance(node, Attempt) else node


@pytest.mark.parametrize("page", LESSONS)
def test_page_asks_at_least_two_questions(page, unexecuted):
    assert len(list(unexecuted.env.get_doctree(page).findall(Question))) >= 2


@pytest.mark.parametrize("page", EXAMPLES)
def test_every_heading_has_an_ascii_anchor(page, unexecuted):
    for section in unexecuted.env.get_doctree(page).findall(nodes.section):
        assert re.fullmatch(r"[a-z][a-z0-9-]*", section["ids"][0]), section["ids"]
        assert not re.fullmatch(r"id\d+", section["ids"][0])


def left_markup(text: str) -> list[str]:
    """Return the marks that a reader of rendered text should not see."""
    return re.findall(r"\*\*|__|\$|\]\(|:::|```|\{[a-z-]+\}", text)


@pytest.mark.parametrize("page", EXAMPLES)
def test_no_markup_is_left_in_the_text(page, unexecuted):
    code = (
        nodes.literal
        | nodes.literal_block
        | nodes.doctest_block
        | nodes.raw
        | nodes.math
        | nodes.math_block
    )
    for text in unexecuted.env.get_doctree(page).findall(nodes.Text):
        if not isinstance(text.parent, code):
            assert left_markup(text) == [], text


@pytest.mark.parametrize(
    "text", ["**`x`**는", ":::{code-cell} python", "{term}`변수`", "$x$", "]("]
)
def test_left_markup_is_found(text):
    assert left_markup(text)


AFTER_CONSONANT = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로"}


def wrong_particle(before: str, after: str) -> str | None:
    """Return the particle that does not fit the Hangul before it."""
    particle = re.match(r"(은|는|이|가|을|를|과|와|으로|로)(?![가-힣])", after)
    if particle is None or not re.search("[가-힣]$", before):
        return None
    final = (ord(before[-1]) - ord("가")) % 28
    takes_first = final and not (final == 8 and particle[0] in {"으로", "로"})  # ㄹ takes 로
    pairs = AFTER_CONSONANT if takes_first else {v: k for k, v in AFTER_CONSONANT.items()}
    return None if particle[0] in pairs else particle[0]


@pytest.mark.parametrize("page", EXAMPLES)
def test_particle_fits_the_title_of_a_link(page, unexecuted):
    for link in unexecuted.trees[page].findall(nodes.reference):
        after = link.next_node(nodes.Text, descend=False, siblings=True)
        assert after is None or wrong_particle(link.astext(), after.astext()) is None, (
            link.astext() + after.astext()
        )


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("선형 회귀", "과 같은", "과"),
        ("변수", "은", "은"),
        ("텐서와 NumPy", "과", None),  # read as its reader reads it
        ("층", "으로", None),
        ("배열", "으로", "으로"),
        ("배열", "로", None),
        ("변수", "로", None),
        ("변수", "이다", None),
    ],
)
def test_wrong_particle_is_found(before, after, wrong):
    assert wrong_particle(before, after) == wrong


def test_tape_takes_the_thirty_lines_that_its_page_says():
    text = path_of("beyond/tape-from-scratch").read_text(encoding="utf-8")
    cell = r"^```{code-cell} python\n(?::.*?\n)*(.*?)^```$"
    cells = re.findall(cell, text, flags=re.DOTALL | re.MULTILINE)
    record, _, replay, *_ = cells
    tape = record + replay.partition("\n\n\n")[0]
    assert "서른 줄" in text
    assert len([line for line in tape.splitlines() if line.strip()]) == 30
