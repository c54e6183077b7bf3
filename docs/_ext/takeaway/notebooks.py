"""Write every page that has cells as a notebook and as a script, beside the page.

The page's Markdown is one text, whose listings in `python` Jupytext takes for cells.
"""

import re
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from .package import write_setup
from .plain import find_cells, write_markdown

CELLS = {"extension": ".md", "split_at_heading": True}
# JupyterLab and Colab show the first cells folded, so that a learner meets the page first.
FOLDED = {"cellView": "form", "jupyter": {"source_hidden": True}}
METADATA = {
    "jupytext": {  # no header in the script, and no marks beside its cells
        "cell_metadata_filter": "-all",
        "notebook_metadata_filter": "-all",
    },
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write notebooks as pages are written.

    Settings: `notebooks_package` is the folder, seen from `conf.py`, of the package that they
    carry, `notebooks_published` the version of it that PyPI has, which they install if it is the
    one here, `notebooks_repository` GitHub's owner/name.
    """
    app.setup_extension("sphinx_markdown_builder")  # for the settings of its translator
    app.add_config_value("notebooks_package", ".", "html", frozenset({str}))
    app.add_config_value("notebooks_published", "", "html", frozenset({str}))
    app.add_config_value("notebooks_repository", "", "html", frozenset({str}))
    app.connect("html-page-context", write_downloads)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_downloads(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write the notebook and the script of a page, and tell `downloads.html` their names."""
    if app.builder.name != "html" or doctree is None or not find_cells(doctree):
        return
    notebook = make_notebook(app, pagename, context["pageurl"] or "", doctree)
    beside = app.outdir / pagename
    beside.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, beside.with_suffix(".ipynb"))
    beside.with_suffix(".py").write_text(write_script(notebook), encoding="utf-8")
    context["notebook"] = beside.name
    if repository := app.config.notebooks_repository:
        path = f"{repository}/blob/notebooks/{pagename}.ipynb"
        context["colab"] = f"https://colab.research.google.com/github/{path}"


def make_notebook(
    app: Sphinx, pagename: str, url: str, doctree: nodes.document
) -> nbformat.NotebookNode:
    """Cut a page into the cells of a notebook, after those that bring what they import and call."""
    source = app.env.doc2path(pagename)
    downloads = [node["reftarget"] for node in doctree.findall(addnodes.download_reference)]
    files = [source.parent / target for target in downloads if target.endswith(".py")]
    cells = jupytext.reads(write_markdown(app, doctree, url), CELLS).cells
    sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    root = Path(app.confdir, app.config.notebooks_package)
    is_published = app.config.notebooks_published == app.config.version
    setup = write_setup(root, app.config.version if is_published else "", sources, files)
    cells[:0] = [make_folded(source) for source in setup]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # nbformat's own are random
        cell["source"] = cell["source"].rstrip("\n")
    notebook: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    return notebook


def make_folded(source: str) -> nbformat.NotebookNode:
    """Make a code cell, folded if there is more than a line to see."""
    cell: nbformat.NotebookNode = nbformat.v4.new_code_cell(source)
    cell.metadata = FOLDED if "\n" in source else {}
    return cell


def write_script(notebook: nbformat.NotebookNode) -> str:
    """Write the same cells as a Python file, with the words of the figures only."""
    script: str = jupytext.writes(notebook, "py:percent")
    return re.sub(r"!\[(.*?)\]\(data:[^)]*\)", r"그림: \1", script)
