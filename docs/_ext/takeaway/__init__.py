"""What a reader can take away: each page as a notebook and a script, the whole site as a book.

`notebooks.py` writes the notebooks and scripts, whose text `plain.py` makes out of the page's tree
and whose first cells, of `package.py`, bring what the others import and call; `downloads.html`
links them under the page. `epub.py` builds the book.
"""

import os
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the notebooks and the book."""
    app.connect("config-inited", add_templates)
    for part in ["takeaway.notebooks", "takeaway.epub"]:
        app.setup_extension(part)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_templates(app: Sphinx, config: Config) -> None:
    """Let templates include `downloads.html`."""
    # Relative, for Sphinx digests the path, and a site is the same wherever it is built.
    folder = os.path.relpath(Path(__file__).parent, app.confdir)
    config.templates_path = [*config.templates_path, folder]
