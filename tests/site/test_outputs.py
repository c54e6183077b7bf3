"""A page shows what its cells print in the tests too, in plain text."""

import contextlib
import io
import re
from zipfile import ZipFile

import pytest

from tests.examples import EXECUTED, pages, path_of, site_cells
from tests.site.built import HTML, read


def print_cells(path):
    """Execute a page's examples as the tests do; return what each cell of the site prints."""
    cells = {cell.rstrip("\n") for cell in site_cells(path)}
    printed = []
    for example in pages.parse(path).examples():
        with contextlib.redirect_stdout(io.StringIO()) as stream:
            example.evaluate()
        if str(example.parsed).rstrip("\n") in cells:
            printed.append(stream.getvalue().rstrip())
    return printed


def shown_prints(page):
    """Return what the built page shows of each cell's printing."""
    return [
        "".join(block.get_text() for block in cell.select(".output.stream")).rstrip()
        for cell in read(HTML / f"{page}.html").select("div.cell")
    ]


@pytest.mark.parametrize("page", EXECUTED)
def test_page_shows_what_the_tests_see_printed(page):
    assert print_cells(path_of(page)) == shown_prints(page)


def test_planted_difference_is_found(tmp_path):
    text = path_of("index").read_text(encoding="utf-8")
    assert text.count('print(f"{x') == 1
    planted = tmp_path / "index.md"
    planted.write_text(text.replace('print(f"{x', 'print("심은 글", f"{x'), encoding="utf-8")
    assert print_cells(planted) != shown_prints("index")


def colours(text):
    """Return the escape codes of a text, and what MyST-NB and notebooks make of them."""
    return re.findall(
        r"\x1b|\\u001b|class=\"[^\"]*-Color[^\"]*\"|class=\"[^\"]*ansi-[^\"]*\"", text
    )


def test_no_output_has_colours_of_a_terminal(html):
    files = [path for path in html.rglob("*") if path.suffix in {".html", ".ipynb", ".js", ".py"}]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    with ZipFile(html / "eager-execution.epub") as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        texts |= {name: book.read(name).decode() for name in names}
    assert files
    assert names
    assert [name for name, text in texts.items() if colours(text)] == []


@pytest.mark.parametrize(
    "text", ["\x1b[31mred", r'"\u001b[31mred"', '<span class=" -Color -Color-Red">red</span>']
)
def test_planted_colours_are_found(text):
    assert colours(text)
