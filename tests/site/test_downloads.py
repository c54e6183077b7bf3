"""What a page offers to take away opens, and runs to its end."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from built import downloads_of
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SECONDS = 300  # for a cell, or for a whole script


def notebook_problems(path, folder):
    """Open and run a notebook, and tell what failed, doctests included."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    try:
        where = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=SECONDS, resources=where).execute()
    except CellExecutionError as error:
        return [str(error)]
    printed = [
        output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])
    ]
    return failed_doctests("".join(printed))


def script_problems(path, folder):
    """Run a script, and tell what failed, doctests included."""
    command = [sys.executable, path]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    return failed_doctests(done.stdout) + ([done.stderr[-2000:]] if done.returncode else [])


def failed_doctests(printed):
    return [line for line in printed.splitlines() if line.startswith("Failed example")]


def test_lesson_can_be_taken_away(html, pages):
    lessons = [page for page in pages if page.startswith(("chapter/", "beyond/"))]
    kinds = [{Path(path).suffix for path in downloads_of(html, page)} for page in lessons]
    assert lessons
    assert [page for page, kind in zip(lessons, kinds) if kind != {".ipynb", ".py"}] == []


def test_download_runs(html, download, tmp_path):
    check = notebook_problems if download.endswith(".ipynb") else script_problems
    assert check(html / download, tmp_path) == []


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
    cells = [nbformat.v4.new_code_cell(code)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), tmp_path / "x.ipynb")
    (tmp_path / "x.py").write_text(code, encoding="utf-8")
    for found in [
        notebook_problems(tmp_path / "x.ipynb", tmp_path),
        script_problems(tmp_path / "x.py", tmp_path),
    ]:
        assert [problem in line for line in found] == ([True] if problem else [])
