"""Live cells: the reader changes a cell's code and runs it, in the page.

    ```{code-cell} python
    :tags: [live]
    print(1 + 1)
    ```

A live cell runs after the live cells above it, without those of other solutions. It imports
nothing but `math`, and it prints what it shows. `rehearsal.py` sees to that when the page is built.

Beside an exercise the reader can try an answer, which is checked where the solution's is:

    ```{attempt}
    def square(x):
        ...
    ---
    for at in [-2.0, 0.5]:
        x = Number(at)
        compare(at, gradient(square(x), x), 2 * at)
    ```

`attempt.py` has this directive, `check.py` the function `compare`. `static/live.js` makes editors
of cells, runs them with `brython` and keeps what was typed in the reader's browser.
"""

import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from .rehearsal import is_live


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive and the rehearsal; `live_key` names what a browser keeps, one a site."""
    app.add_config_value("live_key", "live", "html", frozenset({str}))
    app.connect("config-inited", add_files)
    for part in ["brython", "live.attempt", "live.rehearsal"]:
        app.setup_extension(part)
    app.connect("html-page-context", load_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_files(app: Sphinx, config: Config) -> None:
    """Add the script and the style sheet to the site's files."""
    # Relative, so that Sphinx's digest of the settings is the same everywhere.
    static = os.path.relpath(Path(__file__).with_name("static"), app.confdir)
    config.html_static_path = [*config.html_static_path, static]


def load_files(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load them on the pages with a live cell."""
    if doctree and any(map(is_live, doctree.findall(nodes.container))):
        app.add_js_file("python.js", loading_method="defer")
        app.add_js_file("live.js", loading_method="defer", **{"data-key": app.config.live_key})
        app.add_css_file("live.css")
