"""A page shows what its cells print as a script too, doctests included, and in plain text."""

import re
from zipfile import ZipFile

import pytest

from tests.site.built import HTML, pages_of, read
from tests.site.forks import run_script

TAKEN_AWAY = [page for page in pages_of(HTML) if (HTML / page).with_suffix(".py").exists()]


def lines_of(text):
    """Return the lines of a text that show something."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def shown_prints(page):
    """Return the lines that a page shows of its cells' printing."""
    streams = read(HTML / page).select("div.cell .output.stream")
    return lines_of("\n".join(block.get_text() for block in streams))


def printed(script, folder):
    """Run a script, and return the lines that it prints and, if it fails, its last words.

    A doctest prints that it failed.
    """
    status, out, err = run_script(script, folder)
    lines = lines_of(out)
    return lines if status == 0 else [*lines, err[-2000:]]


@pytest.mark.parametrize("page", TAKEN_AWAY)
def test_script_prints_what_its_page_shows(page, tmp_path):
    assert printed((HTML / page).with_suffix(".py"), tmp_path) == shown_prints(page)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("print(1)", ""),
        ("1 / 0", "ZeroDivisionError"),
        (
            "import doctest\n__test__ = {'확인': '>>> 1 + 1\\n3'}\ndoctest.testmod()",
            "Failed example:",
        ),
    ],
)
def test_planted_fault_is_found(tmp_path, code, problem):
    (tmp_path / "x.py").write_text(code, encoding="utf-8")
    found = "\n".join(printed(tmp_path / "x.py", tmp_path))
    assert problem in found
    assert (found == "1") == (problem == "")
    assert list(tmp_path.iterdir()) == [tmp_path / "x.py"]


def test_planted_difference_is_found(tmp_path):
    text = (HTML / "index.py").read_text(encoding="utf-8")
    assert text.count('print(f"{x') == 1
    planted = tmp_path / "planted.py"
    planted.write_text(text.replace('print(f"{x', 'print("심은 글", f"{x'), encoding="utf-8")
    assert printed(planted, tmp_path) != shown_prints("index.html")


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
