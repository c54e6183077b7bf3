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

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from assets import add_static, load_with

from .progress import Progress
from .question import Question


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives; `predict_key` names what a browser keeps, one name for a site."""
    app.add_config_value("predict_key", "predict", "html", frozenset({str}))
    add_static(app, Path(__file__).with_name("static"))
    for part in ["predict.question", "predict.progress"]:
        app.setup_extension(part)
    load_with(app, is_predicting, "predict.js", "predict.css", key="predict_key")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def is_predicting(node: nodes.Node) -> bool:
    """Tell a question, and the reader's progress."""
    return isinstance(node, Question | Progress)
