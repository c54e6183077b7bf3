"""The directive ``{progress}``: how many of the site's questions the reader has answered."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from .question import Question

LINE = """\
<p class="predict-progress" data-questions="{labels}" hidden>
<span role="status"></span> <button type="button">기록 지우기</button>
</p>
"""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive."""
    app.connect("env-get-outdated", reread_progress)
    app.add_directive("progress", ProgressDirective)
    app.add_node(Progress, html=(visit_progress, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def reread_progress(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read the pages with ``{progress}`` again when any page has changed."""
    if not (added or changed or removed):
        return []
    return [page for page, metadata in env.metadata.items() if "progress" in metadata]


class Progress(nodes.container):
    """Where the line stands, which only the script fills."""


class ProgressDirective(SphinxDirective):
    """``{progress}``."""

    def run(self) -> list[nodes.Node]:
        """Leave a place for the line."""
        self.env.metadata[self.env.docname]["progress"] = ""
        return [Progress()]


def visit_progress(self: HTML5Translator, node: Progress) -> None:
    """Write the line with the labels of all questions, but not into a book."""
    if self.builder.name == "html":
        self.body.append(LINE.format(labels=escape(" ".join(list_questions(self.builder.env)))))
    raise nodes.SkipNode


def list_questions(env: BuildEnvironment) -> list[str]:
    """List the labels of the questions on all pages."""
    pages = (env.get_doctree(page) for page in sorted(env.found_docs))
    return [label for page in pages for node in page.findall(Question) for label in node["ids"]]
