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
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from assets import add_static, load_with, write_static

from .directive import Laboratory
from .script import join_modules

FILES = [
    "python.js",
    "laboratory.worker.js",
    "laboratory-drawing.js",
    "laboratory.js",
    "laboratory.css",
]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive and the role; `laboratory_page` is where the one directive stands."""
    app.add_config_value("laboratory_page", "laboratory", "env", frozenset({str}))
    add_static(app, Path(__file__).with_name("static"))
    write_static(app, "laboratory.worker.js", make_source)
    load_with(app, Laboratory, *FILES)
    for part in ["brython", "laboratory.directive"]:
        app.setup_extension(part)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def make_source() -> str:
    """Return the Python for the browser, as a script: a page from a disk can load nothing else."""
    return f"globalThis.laboratorySource = {json.dumps(join_modules(), ensure_ascii=False)};\n"
