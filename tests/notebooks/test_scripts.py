"""A script taken away prints what its page shows, doctests included, and in plain text."""

import subprocess
import sys

import pytest

from tests.site.built import ENVIRONMENT, HTML, pages_of, read

PAGES = [page for page in pages_of(HTML) if (HTML / page).with_suffix(".py").exists()]
SECONDS = 300  # for a whole script


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
    quiet = ENVIRONMENT | {"PYTHONUTF8": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    settings = {"cwd": folder, "env": quiet, "capture_output": True, "encoding": "utf-8"}
    run = subprocess.run([sys.executable, script], **settings, timeout=SECONDS, check=False)
    return (
        lines_of(run.stdout) if run.returncode == 0 else lines_of(run.stdout + run.stderr[-2000:])
    )


@pytest.mark.parametrize("page", PAGES)
def test_script_prints_what_its_page_shows(page, tmp_path):
    assert printed((HTML / page).with_suffix(".py"), tmp_path) == shown_prints(page)
    assert list(tmp_path.iterdir()) == []


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


def test_planted_difference_is_found(tmp_path):
    text = (HTML / "index.py").read_text(encoding="utf-8")
    assert text.count('print(f"{x') == 1
    planted = tmp_path / "planted.py"
    planted.write_text(text.replace('print(f"{x', 'print("심은 글", f"{x'), encoding="utf-8")
    assert printed(planted, tmp_path) != shown_prints("index.html")
