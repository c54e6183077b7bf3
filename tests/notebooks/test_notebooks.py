"""A notebook taken away prints, in any Jupyter, what its page shows; its checks all run.

`nox -s notebooks` runs these tests where nothing of the project is installed. That a notebook has
the cells of its page is tested without running it: `tests/extensions/test_takeaway_notebooks.py`.
"""

import doctest

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tests.site.built import ENVIRONMENT, HTML, downloads_of, pages_of, read

PAGES = [page for page in pages_of(HTML) if downloads_of(HTML, page)]


def run(path, folder):
    """Open and execute a notebook in the Python that runs this test; return its cells."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    where = {"metadata": {"path": folder}}
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where)
    client.execute(env=ENVIRONMENT)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def is_check(cell):
    """Tell the cells that stand for a page's doctests."""
    return cell.source.startswith("check_examples(")


def printed(cell):
    """Return what a cell shows: all that it prints as one, then its results."""
    data = [output.data for output in cell.outputs if "data" in output]
    prints = "".join(output.text for output in cell.outputs if output.get("name") == "stdout")
    results = [shown_html(d["text/html"]) if "text/html" in d else d["text/plain"] for d in data]
    return [text.rstrip() for text in [prints, *results] if text]


def shown(cell):
    """Return what a page shows below a cell, in the form of `printed`."""
    streams = "".join(block.get_text() for block in cell.select(".output.stream"))
    results = [
        shown_html(block.decode_contents()) if "text_html" in block["class"] else block.get_text()
        for block in cell.select(".output:not(.stream)")
    ]
    return [text.rstrip() for text in [streams, *results] if text]


def shown_html(text):
    """Write HTML in one way."""
    return "".join(str(BeautifulSoup(text, "html.parser")).split())


def attempted(check):
    """Return what a check should say: all its examples, none failed."""
    examples = check.source.partition('r"""')[2].partition('"""')[0]
    count = len(doctest.DocTestParser().get_examples(examples))
    return f"TestResults(failed=0, attempted={count})"


@pytest.mark.parametrize("page", PAGES)
def test_notebook_prints_what_its_page_shows(page, tmp_path):
    install, called, *cells = run((HTML / page).with_suffix(".ipynb"), tmp_path)
    checks = [cell for cell in cells if is_check(cell)]
    outputs = [printed(cell) for cell in cells if not is_check(cell)]
    assert printed(install) == [] or install.source.startswith("%pip ")  # which always says a word
    assert printed(called) == []
    assert outputs == [shown(cell) for cell in read(HTML / page).select("div.cell")]
    assert [printed(check)[-1] for check in checks] == [attempted(check) for check in checks]
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def planted(tmp_path):
    """Return a function that runs the first page's notebook with some text replaced."""

    def planted(sound, fault):
        text = (HTML / "index.ipynb").read_text(encoding="utf-8")
        assert text.count(sound) == 1
        path = tmp_path / "planted.ipynb"
        path.write_text(text.replace(sound, fault), encoding="utf-8")
        return run(path, tmp_path)

    return planted


def test_planted_wrong_answer_is_found(planted):
    [check] = [
        cell for cell in planted("[2.0, 4.0, 3.0, 9.0]", "[2.0, 4.0, 3.0, 8.0]") if is_check(cell)
    ]
    assert printed(check)[-1] != attempted(check)


def test_planted_failure_is_found(planted):
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        planted("x.assign_sub(0.01 * slope)", "print(1 / 0)")
