"""What comments, docstrings and texts of the repository call a file is there."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = r"(?:\.ci|\.github|docs|src|tests|requirements|LICENSES)"
# A path from the root, in which `*` and `**` stand for any; and a file named without its folder.
PATH = re.compile(rf"(?<![\w./-]){FOLDERS}/[\w./*-]+[\w*]")
FILE = re.compile(r"(?<![\w./*-])[a-z_][\w-]*\.(?:py|md|html|css|js|toml|svg|ipynb|epub|xml|txt)\b")
# Made by a build or a session, or of another project.
MADE = {
    *["book.css", "eager-execution.epub", "robots.txt", "searchindex.js", "sitemap.xml"],
    *["documentation_options.js", "doctools.js", "sphinx_highlight.js", "translations.js"],
    *["backprop.py", "pygments.css", "basic.css"],
}
MADE_FOLDERS = ("docs/_build", "docs/locales")


def tracked_files() -> list[Path]:
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others"]
    listed.append("--exclude-standard")
    names = subprocess.run(listed, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked_files()
NAMES = {path.name for path in FILES} | MADE
# Not the pages, which tell of their readers' files, nor this file, which plants what is not there.
TOLD = [
    path
    for path in FILES
    if path.suffix in {".py", ".js", ".css", ".html", ".md", ".yml"}
    and not (path.is_relative_to(ROOT / "docs") and path.suffix == ".md")
    and path != Path(__file__)
]


def comments_of(path: Path) -> str:
    """Return what a file says to its readers: comments and docstrings, of a text all but code."""
    text = path.read_text(encoding="utf-8")
    kinds = {
        ".py": r'"""(?:.|\n)*?"""|#.*',
        ".js": r"/\*(?:.|\n)*?\*/|//.*",
        ".css": r"/\*(?:.|\n)*?\*/",
        ".html": r"\{#(?:.|\n)*?#\}|<!--(?:.|\n)*?-->",
        ".yml": r"#.*",
    }
    return "\n".join(re.findall(kinds[path.suffix], text)) if path.suffix in kinds else text


def missing_paths(text: str) -> list[str]:
    """Return the paths from the root that a text names and that are not there."""
    paths = [found for found in PATH.findall(text) if not found.startswith(MADE_FOLDERS)]
    return [path for path in paths if not any(ROOT.glob(path))]


def missing_names(text: str) -> list[str]:
    """Return the files that a text names without their folder and that are nowhere."""
    return [name for name in FILE.findall(text) if name not in NAMES]


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_named_files_are_there(path):
    text = comments_of(path)
    assert missing_paths(text) == []
    if not path.is_relative_to(ROOT / "tests"):  # whose strings name files that they make up
        assert missing_names(text) == []


@pytest.mark.parametrize("text", ["see docs/_templates/layout.html", "tests/**/lost.py"])
def test_planted_path_is_found(text):
    assert missing_paths(text)


def test_planted_name_is_found():
    assert missing_names("`lost.css` has the styles, site.css too") == ["lost.css"]
