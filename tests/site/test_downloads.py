"""What a page offers to take away is complete, and its script runs to its end.

The notebooks are run by `test_notebook_outputs`.
"""

from pathlib import Path

import pytest

from tests.site.built import HTML, downloads_of, pages_of, read
from tests.site.forks import run_script

SCRIPTS = sorted(
    path for page in pages_of(HTML) for path in downloads_of(HTML, page) if path.endswith(".py")
)


def script_problems(path, folder):
    """Run a script, and tell what failed, doctests included."""
    status, out, err = run_script(path, folder)
    failed = [line for line in out.splitlines() if line.startswith("Failed example")]
    return failed + ([] if status == 0 else [err[-2000:]])


def test_page_with_cells_can_be_taken_away(html, pages):
    lessons = [page for page in pages if read(html / page).select("div.cell")]
    kinds = [{Path(path).suffix for path in downloads_of(html, page)} for page in lessons]
    assert lessons
    assert [page for page, kind in zip(lessons, kinds) if kind != {".ipynb", ".py"}] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_runs(script, tmp_path):
    assert script_problems(HTML / script, tmp_path) == []


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("print(1)", None),
        ("1 / 0", "ZeroDivisionError"),
        (
            "import doctest\n__test__ = {'확인': '>>> 1 + 1\\n3'}\ndoctest.testmod()",
            "Failed example:",
        ),
    ],
)
def test_planted_fault_is_found(tmp_path, code, problem):
    (tmp_path / "x.py").write_text(code, encoding="utf-8")
    found = script_problems(tmp_path / "x.py", tmp_path)
    assert [problem in line for line in found] == ([True] if problem else [])
    assert list(tmp_path.iterdir()) == [tmp_path / "x.py"]
