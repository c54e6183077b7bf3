"""Exercises and their solutions: numbered, graded, linked, folded, and nothing left half open."""

import io
import os
import re

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

EXERCISE = """\
```{{exercise}} {grade}
:label: page-exercise-{number}
{number}을 구하세요.
```
"""
FIRST, SECOND, THIRD = (
    EXERCISE.format(grade=grade, number=number)
    for number, grade in enumerate(["기초", "응용", "도전"], 1)
)
START, END = "```{solution-start}\n```\n", "```{solution-end}\n```\n"
SOLUTION = (
    f"{START}\n풀이 <2>입니다.\n\n```{{code-cell}} python\n:tags: [tfe]\nprint(1)\n```\n\n{END}"
)
HEAD = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n\n# 제목\n\n"


@pytest.fixture
def build(tmp_path):
    """Return a function that builds a page; it returns its article and what Sphinx warned of."""

    def build(page, mode="off"):
        (tmp_path / "index.md").write_text(HEAD + page, encoding="utf-8")
        settings = {
            "exclude_patterns": ["_build"],
            "extensions": ["myst_nb", "exercise"],
            "nb_execution_mode": mode,
            "suppress_warnings": ["app", "myst-nb.lexer"],
        }
        out, warnings = tmp_path / "_build", io.StringIO()
        with docutils_namespace():
            Sphinx(tmp_path, None, out, out, "html", settings, None, warnings).build()
        html = (out / "index.html").read_text(encoding="utf-8")
        plain = re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())
        return BeautifulSoup(html, "html.parser"), plain.replace(f"{tmp_path}{os.sep}", "")

    return build


def test_exercises_are_numbered_and_graded(build):
    page, warnings = build(FIRST + SOLUTION + SECOND + SOLUTION + THIRD)
    assert warnings == ""
    assert [part.get_text(" ", strip=True) for part in page.select(".exercise")] == [
        "문제 1 · 기초 1을 구하세요.",
        "문제 2 · 응용 2을 구하세요.",
        "문제 3 · 도전 3을 구하세요.",
    ]
    assert [summary.get_text() for summary in page.select("summary")] == [
        "문제 1 풀이",
        "문제 2 풀이",
    ]


def test_label_is_an_anchor_that_a_link_names(build):
    page, warnings = build(FIRST + SECOND + "{ref}`page-exercise-2` {ref}`둘째 <page-exercise-2>`")
    assert warnings == ""
    links = page.select('a[href="#page-exercise-2"]')
    assert [link.get_text() for link in links] == ["문제 2", "둘째"]
    assert page.select_one("#page-exercise-2.exercise")


def test_solution_is_folded_and_its_cells_run_and_keep_their_classes(build):
    page, warnings = build(FIRST + SOLUTION, mode="force")
    assert warnings == ""
    (solution,) = page.select("details.solution:not([open])")
    assert solution.p.get_text() == "풀이 <2>입니다."
    assert solution.select_one(".cell.tag_tfe .cell_output").get_text().strip() == "1"


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (
            EXERCISE.format(grade="쉬움", number=1),
            "8: ERROR: no grade '쉬움': write one of 기초, 응용",
        ),
        (
            FIRST.replace(":label: page-exercise-1\n", ""),
            "8: ERROR: an exercise has to have a :label:",
        ),
        (FIRST.replace("page-", "문제"), "8: ERROR: an exercise has to have a :label:"),
        (FIRST * 2, 'Duplicate explicit target name: "page-exercise-1"'),
        (FIRST + START + "글", "12: ERROR: {solution-start} without {solution-end}"),
        (FIRST + START + f"\n## 절\n\n{END}", "12: ERROR: {solution-start} without {solution-end}"),
        (FIRST + START + SECOND + END, "12: ERROR: {solution-start} without {solution-end}"),
        (FIRST + END, "12: ERROR: {solution-end} without {solution-start}"),
        (SOLUTION, "8: ERROR: no exercise without a solution stands before"),
        (FIRST + SOLUTION * 2, "24: ERROR: no exercise without a solution stands before"),
    ],
)
def test_planted_fault_is_told_with_its_line(page, problem, build):
    assert problem in build(page)[1]
