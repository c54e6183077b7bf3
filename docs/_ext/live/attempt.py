"""The directive ``{attempt}``: code with which a reader begins an answer, and how it is checked."""

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

COMPARE = Path(__file__).with_name("check.py").read_text(encoding="utf-8")

CELL = '<div class="attempt tag_live" data-code="{code}" data-check="{check}" hidden></div>\n'


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive."""
    app.add_directive("attempt", AttemptDirective)
    app.add_node(Attempt, html=(visit_attempt, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Attempt(nodes.container):
    """An attempt; its `code` and its `check` are no text, which search and book would take."""


class AttemptDirective(SphinxDirective):
    """``{attempt}``, between an exercise and its solution."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Part the code from its check."""
        code, line, check = "\n".join(self.content).partition("\n---\n")
        if not line or not check.strip():
            raise self.error("write the code to begin with, a line with ---, and the check")
        attempt = Attempt(code=code, check=check)
        self.set_source_info(attempt)
        return [attempt]


def visit_attempt(self: HTML5Translator, node: Attempt) -> None:
    """Write what the script makes a cell of, and nothing into a book."""
    if self.builder.name == "html":
        check = f"{COMPARE}\n\n{node['check']}\n"
        self.body.append(CELL.format(code=escape(node["code"]), check=escape(check)))
    raise nodes.SkipNode
