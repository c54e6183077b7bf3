"""The kernel that executes the pages."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

KERNELS = Path(__file__).parents[2] / "docs" / "_ext" / "execution"


def test_what_a_cell_prints_comes_in_one_piece(monkeypatch):
    # MyST-NB starts a line where the next piece begins, and pieces end when the kernel is busy.
    monkeypatch.setenv("JUPYTER_PATH", str(KERNELS))
    slow = "import sys, time\nsys.stdout.write('하나')\ntime.sleep(0.5)\nprint(' 둘')"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(slow)])
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    assert [output.text for output in notebook.cells[0].outputs] == ["하나 둘\n"]


def test_processes_that_a_cell_starts_print_without_colours(monkeypatch):
    # A kernel asks for colours, and since Python 3.13 tracebacks have them.
    monkeypatch.setenv("JUPYTER_PATH", str(KERNELS))
    cell = "import os\nprint(os.environ['FORCE_COLOR'], os.environ['NO_COLOR'])"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    assert [output.text for output in notebook.cells[0].outputs] == ["1 1\n"]
