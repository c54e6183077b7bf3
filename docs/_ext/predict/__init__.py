"""Questions before a cell: the reader says what it will show, and the page tells whether it does.

    ```{predict} page-question
    Which value is printed?

    - `2`
    - `2.0`: a hint for who picks this one
    ```

    ```{code-cell} python
    print(1 + 1)
    ```

Nowhere is written which choice is right: it is the one that the next cell shows. `question.py`
reads a question, finds its answer in the cell's output and writes both; `progress.py` has the
directive ``{progress}``, which tells how many questions of the site the reader has answered.
`static/predict.js` checks answers and keeps them in the reader's browser.
"""

import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from .progress import Progress
from .question import Question


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives; `predict_key` names what a browser keeps, one name for a site."""
    app.add_config_value("predict_key", "predict", "html", frozenset({str}))
    app.connect("config-inited", add_files)
    for part in ["predict.question", "predict.progress"]:
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
    """Load them on the pages with a question or with the reader's progress."""
    if doctree and any(isinstance(node, Question | Progress) for node in doctree.findall()):
        key = {"data-key": app.config.predict_key}
        app.add_js_file("predict.js", loading_method="defer", **key)
        app.add_css_file("predict.css")
