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

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from assets import add_static, load_with

from .rehearsal import is_live


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive and the rehearsal; `live_key` names what a browser keeps, one a site."""
    app.add_config_value("live_key", "live", "html", frozenset({str}))
    add_static(app, Path(__file__).with_name("static"))
    for part in ["brython", "live.attempt", "live.rehearsal"]:
        app.setup_extension(part)
    load_with(app, is_live, "python.js")
    load_with(app, is_live, "live.js", "live.css", key="live_key")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
