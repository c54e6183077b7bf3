"""Live cells: what would run otherwise in a browser, and a check that checks nothing, are red."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.extensions.building import build_page

ROOT = Path(__file__).parents[2]
HEAD = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n\n# 제목\n\n"
EXERCISE = "```{exercise} 기초\n:label: page-exercise-1\n제곱하세요.\n```\n\n"
STUB = "def square(x):\n    ..."
CHECK = "for at in [-2.0, 0.5]:\n    compare(at, square(at), at**2)"


def cell(code, tags="[live]"):
    """Write a cell."""
    return f"```{{code-cell}} python\n:tags: {tags}\n{code}\n```\n\n"


def solution(*cells):
    """Write a solution."""
    return f"```{{solution-start}}\n```\n\n{''.join(cells)}```{{solution-end}}\n```\n\n"


def attempt(code=STUB, check=CHECK):
    """Write an attempt."""
    return f"```{{attempt}}\n{code}\n---\n{check}\n```\n\n"


SOLVED = solution(cell("def square(x):\n    return x * x\n\n\nprint(square(3))"))
SOUND = (
    cell("import math\n\ntwo = 2")
    + cell("two = 3\nprint(two)", tags="[tfe]")
    + cell("two = 2\nprint(math.sqrt(two * 2))\nprint('<둘>')")
    + EXERCISE
    + attempt()
    + SOLVED
)
FAULTS = {
    "the browser's Python cannot import json, os": cell("import os\nfrom json import dumps"),
    "this one raises NameError: name 'one' is not defined": (
        cell("one = 1", tags="[tf2]") + cell("print(one)")
    ),
    "print '1' here, the page shows '2'": (
        cell("one = 1") + cell("one = 2", tags="[tf2]") + cell("print(one)")
    ),
    "print '' here, the page shows '2'": cell("1 + 1"),
    "raises NameError: name 'square' is not defined": (
        EXERCISE + SOLVED + EXERCISE.replace("1", "2") + solution(cell("print(square(2))"))
    ),
    "no solution follows this attempt": EXERCISE + attempt(),
    "the check refuses the page's own solution: AssertionError: x = -2일 때 맞는 값은 -8인데"
    " 나온 값은 4입니다.": EXERCISE + attempt(check=CHECK.replace("**2", "**3")) + SOLVED,
    "the check refuses the page's own solution: NameError": (
        EXERCISE + attempt(check="compare(1, cube(1), 1)") + SOLVED
    ),
    "the check is passed by the code that a reader begins with": (
        EXERCISE + attempt(check="compare(0, 0, 0)") + SOLVED
    ),
}


def build(folder, page, mode="force", builder="html"):
    """Build a page; return the folder of what is built, and what Sphinx warned of."""
    settings = {
        "copyright": "2018",
        "epub_basename": "book",
        "extensions": ["myst_nb", "exercise", "live", "takeaway"],
        "live_key": "kept",
        "nb_execution_mode": mode,
        "notebooks_package": str(ROOT),
        "version": "1",
        "suppress_warnings": ["app", "config", "epub", "myst-nb.lexer"],
    }
    return build_page(folder, HEAD + page, builder, **settings)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A sound page, executed, as a page of the site."""
    out, warnings = build(tmp_path_factory.mktemp("sound"), SOUND)
    assert warnings == ""
    return out


@pytest.fixture(scope="module")
def page(built):
    return BeautifulSoup((built / "index.html").read_text(encoding="utf-8"), "html.parser")


# The rehearsal


@pytest.mark.parametrize("problem", FAULTS)
def test_cell_or_check_with_a_fault_is_told_with_its_line(problem, tmp_path):
    text = HEAD + FAULTS[problem]
    _, warnings = build(tmp_path, FAULTS[problem])
    begins = ("```{attempt}", ":tags: [live]")  # MyST-NB's cell is at the line of its code
    places = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith(begins)]
    (line,) = warnings.splitlines()
    place, told = re.fullmatch(r"index\.md:(\d+): WARNING: live: (.*)", line).groups()
    assert {int(place), int(place) - 1} & set(places)
    assert problem in told


def test_nothing_is_rehearsed_where_nothing_is_executed(tmp_path):
    page = FAULTS["no solution follows this attempt"] + cell("1 + 1")
    _, warnings = build(tmp_path, page, mode="off")
    assert "live:" not in warnings


@pytest.mark.parametrize("content", [STUB, f"{STUB}\n---\n", f"---\n{CHECK}"])
def test_attempt_has_code_and_check(content, tmp_path):
    text = f"```{{attempt}}\n{content}\n```\n"
    _, warnings = build(tmp_path, EXERCISE + text + SOLVED, mode="off")
    assert "write the code to begin with, a line with ---, and the check" in warnings


# The page


def test_attempt_waits_for_the_script(page):
    assert page.select_one(".cell:has(.cell_output)").get("hidden") is None
    (waiting,) = page.select(".attempt[hidden]")
    assert waiting.get_text() == ""
    assert waiting["data-code"] == STUB
    assert waiting["data-check"].startswith('"""What the check of an attempt may call.')
    assert waiting["data-check"].endswith(f"\n\n{CHECK}\n")


def test_scripts_are_loaded_where_there_is_a_live_cell_alone(page, built, tmp_path):
    loaded = [script.get("src", "") for script in page.find_all("script", defer=True)]
    assert [name.partition("?")[0] for name in loaded if "python" in name or "live" in name] == [
        *["_static/python.js", "_static/live.js"]
    ]
    assert page.select_one("[data-key]")["data-key"] == "kept"
    assert "live.css" in str(page)
    out, _ = build(tmp_path, cell("print(1)", tags="[tf2]"), mode="off")
    other = (out / "index.html").read_text(encoding="utf-8")
    assert not re.search("live|python\\.js", other)


def test_notebook_and_script_have_neither_attempts_nor_checks(built):
    _, _, *cells = nbformat.read(built / "index.ipynb", as_version=4).cells
    assert [part.source for part in cells if part.cell_type == "code"] == [
        "import math\n\ntwo = 2",
        "two = 3\nprint(two)",
        "two = 2\nprint(math.sqrt(two * 2))\nprint('<둘>')",
        "def square(x):\n    return x * x\n\n\nprint(square(3))",
    ]
    for name in ["index.ipynb", "index.py"]:
        text = (built / name).read_text(encoding="utf-8")
        assert "compare" not in text
        assert "live" not in text


def test_book_has_neither_attempts_nor_scripts(tmp_path):
    out, warnings = build(tmp_path, SOUND, builder="epub")
    assert warnings == ""
    with ZipFile(out / "book.epub") as book:
        text = book.read("index.xhtml").decode()
        assert not [name for name in book.namelist() if "python" in name or "live" in name]
    assert text.count("def") == 1
    assert not re.search("attempt|compare|<button|<script|live\\.", text)


# The interpreter


def test_interpreter_has_its_licence_and_what_python_may_import(built):
    file = (built / "_static" / "python.worker.js").read_text(encoding="utf-8")
    licence, _, program = file.partition("globalThis.pythonWorker = ")
    assert "Copyright (c) 2012, Pierre Quentel" in licence
    worker = json.loads(program.removesuffix(";\n"))
    modules = worker.partition("__BRYTHON__.loadBrythonPackage(")[2]
    assert list(json.JSONDecoder().raw_decode(modules)[0]) == ["math", "sys"]


def test_interpreter_is_the_same_from_each_build(built, tmp_path):
    out, _ = build(tmp_path, SOUND, mode="off")
    name = Path("_static", "python.worker.js")
    assert (out / name).read_bytes() == (built / name).read_bytes()
