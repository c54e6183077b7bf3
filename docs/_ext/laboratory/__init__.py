"""The laboratory of gradients: a formula, its graph, and the gradients that flow back through it.

    ```{laboratory} (7 - x**2)**2; x=2
    x*y + sin(x); x=2 y=3
    ```

The argument is the formula to begin with, the lines are examples to choose from, and the role
``{laboratory}`` with such a text links to the laboratory with that formula in it.

What computes is plain Python, which the build and the browser run alike: `tape.py` differentiates,
`formula.py` reads formulas, `graph.py` and `layout.py` describe their graphs, `answer.py` puts all
together, and `script.py` makes one source of them for the browser. `figure.py` draws a graph for
whoever has no script, `directive.py` writes the page, and `static/laboratory.js` is at work there.
"""

import json
import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from .directive import Laboratory
from .script import join_modules

SCRIPTS = ["python.js", "laboratory.worker.js", "laboratory-drawing.js", "laboratory.js"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive and the role; `laboratory_page` is where the one directive stands."""
    app.add_config_value("laboratory_page", "laboratory", "env", frozenset({str}))
    app.connect("config-inited", add_files)
    app.connect("build-finished", write_source)
    app.connect("html-page-context", load_files)
    for part in ["brython", "laboratory.directive"]:
        app.setup_extension(part)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_files(app: Sphinx, config: Config) -> None:
    """Add the script and the style sheet to the site's files."""
    # Relative, so that Sphinx's digest of the settings is the same everywhere.
    static = os.path.relpath(Path(__file__).with_name("static"), app.confdir)
    config.html_static_path = [*config.html_static_path, static]


def write_source(app: Sphinx, exception: Exception | None) -> None:
    """Write the Python for the browser, as a script: a page from a disk can load nothing else."""
    if exception or app.builder.name != "html":
        return
    source = json.dumps(join_modules(), ensure_ascii=False)
    path = Path(app.outdir, "_static", "laboratory.worker.js")
    path.write_text(f"globalThis.laboratorySource = {source};\n", encoding="utf-8")


def load_files(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load them on the page of the laboratory."""
    if doctree and any(isinstance(node, Laboratory) for node in doctree.findall()):
        for script in SCRIPTS:
            app.add_js_file(script, loading_method="defer")
        app.add_css_file("laboratory.css")
