"""What Sphinx built: the pages, and the files that they offer to take away."""

import functools
import os
from pathlib import Path

from bs4 import BeautifulSoup

# By which the site is tested; the first has no window to draw, and takes half the time.
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]

# Of a reader, whose Jupyter knows nothing of the project's kernel.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "JUPYTER_PATH"}

HTML = Path(__file__).parents[2] / "docs" / "_build" / "html"

# The pages that nobody wrote: Sphinx and the theme make them, and links need not lead there.
MADE_UP = {"404.html", "genindex.html", "py-modindex.html", "search.html"}


def pages_of(html: Path) -> list[str]:
    """List the pages of a built site, by their paths; folders of Sphinx's own start with `_`.

    Those that only lead on, because a page has moved, are no pages to look at.
    """
    paths = [path.relative_to(html) for path in sorted(html.rglob("*.html"))]
    paths = [path for path in paths if not path.parts[0].startswith("_")]
    return [path.as_posix() for path in paths if not leads_on(html / path)]


def pages_with(html: Path, text: str) -> list[str]:
    """List the pages in whose HTML a text stands."""
    return [page for page in pages_of(html) if text in (html / page).read_text(encoding="utf-8")]


def leads_on(path: Path) -> bool:
    """Tell whether a page does nothing but lead to another."""
    return 'http-equiv="refresh"' in path.read_text(encoding="utf-8")


@functools.cache
def read(path: Path) -> BeautifulSoup:
    """Parse a page."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def downloads_of(html: Path, page: str) -> list[str]:
    """List the notebooks and scripts that a page offers, by their paths.

    What Sphinx's role `download` offers is part of a page, and run there.
    """
    links = read(html / page).select("a[href$='.ipynb'], a[href$='.py']")
    paths = [(html / page).parent / link["href"] for link in links if "//" not in link["href"]]
    found = [path.resolve().relative_to(html) for path in paths]
    return [path.as_posix() for path in found if path.parts[0] != "_downloads"]
