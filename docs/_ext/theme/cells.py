"""Write folded code cells under words of the reader's language."""

from html import escape

from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator


def setup(app: Sphinx) -> ExtensionMetadata:
    """Replace MyST-NB's way of writing such a cell."""
    app.setup_extension("myst_nb")
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_HideCellInput))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def visit_hidden_cell(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Write a folded cell under the words that a reader sees, without MyST-NB's English label."""
    shown, hidden = escape(node["prompt_show"]), escape(node["prompt_hide"])
    self.body.append(
        f'<details class="hide {" ".join(node["classes"])}"><summary>'
        f'<span class="collapsed">{shown}</span><span class="expanded">{hidden}</span></summary>\n'
    )
