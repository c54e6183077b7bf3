"""What the cells print has no colours of a terminal, which no page shows as such."""

import re
from zipfile import ZipFile

import pytest


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
