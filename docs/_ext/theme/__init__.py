"""The site's theme: the frame around the text, its styles and its script.

It inherits sphinx-book-theme by Sphinx's own mechanism (`theme.toml`), because that theme knows
how to lay out what Sphinx and MyST-NB write: tables, notes, the API, cells and their outputs.
Left out of it are its frame, its scripts, its fonts and the style rules that no page uses: a stock
page is 789 KB in 21 requests, a page of this site 50 KB in 10 at most, and it works without a
script.

`layout.html` is the frame, `static/` has its styles and its script, `frame.py` prepares what a page
loads, `cells.py` writes folded cells, `trim.py` makes one style sheet of what is inherited.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Offer the theme as ``html_theme = "light_book"``."""
    app.add_html_theme("light_book", str(Path(__file__).parent))
    for part in ["theme.cells", "theme.frame", "theme.trim"]:
        app.setup_extension(part)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
