"""What a term means, shown where a page links to the glossary: under the pointer, or in focus.

The first sentence of the term's definition is an attribute of the link, of which `static/terms.css`
makes a tip. So it is in no text: who listens to the page, searches it, copies from it or prints it,
and the notebooks and the book, are not told twice. `static/terms.js` lets Escape put the tip away.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import glossary
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from assets import add_static, load_with


def setup(app: Sphinx) -> ExtensionMetadata:
    """Read the meanings with the glossary, and add them to the links of the pages."""
    add_static(app, Path(__file__).with_name("static"))
    app.connect("doctree-read", note_meanings)
    app.add_post_transform(ExplainTerms)
    app.add_node(TermLink, html=(visit_term_link, depart_term_link))
    load_with(app, TermLink, "terms.js", "terms.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class TermLink(nodes.reference):
    """A link to a term in the glossary, with the term's `meaning`."""


def note_meanings(app: Sphinx, doctree: nodes.document) -> None:
    """Note what the terms mean that a page defines."""
    items = [item for part in doctree.findall(glossary) for item in part.findall(is_item)]
    if items:
        app.env.metadata[app.env.docname]["meanings"] = {
            term["ids"][0]: find_meaning(item)
            for item in items
            for term in item.findall(nodes.term)
        }


def is_item(node: nodes.Node) -> bool:
    """Tell terms with their definition."""
    return isinstance(node, nodes.definition_list_item)


def find_meaning(item: nodes.Node) -> str:
    """Return the first sentence of a definition."""
    *_, definition = item.children
    return re.split(r"(?<=[.?!])\s|\n\n", definition.astext(), maxsplit=1)[0].replace("\n", " ")


class ExplainTerms(SphinxPostTransform):
    """Give the links to terms their meaning."""

    default_priority = 800  # when links are resolved
    builders = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace each link to a term by one with its meaning."""
        meanings: dict[str, str] = {}
        for page in self.env.metadata.values():
            meanings |= page.get("meanings", {})
        for link in list(self.document.findall(nodes.reference)):
            if not is_term_link(link):
                continue
            _, _, anchor = link.get("refuri", "").rpartition("#")
            if meaning := meanings.get(link.get("refid", anchor)):
                explained = TermLink("", "", *link.children, **link.attributes)
                explained["meaning"] = meaning
                link.replace_self(explained)


def is_term_link(link: nodes.reference) -> bool:
    """Tell the links that the role ``{term}`` has made."""
    return any("std-term" in part["classes"] for part in link.findall(nodes.inline))


def visit_term_link(self: HTML5Translator, node: TermLink) -> None:
    """Write a link with its meaning."""
    self.visit_reference(node)
    link = self.body.pop()
    self.body.append(link.replace("<a ", f'<a data-meaning="{escape(node["meaning"])}" ', 1))


def depart_term_link(self: HTML5Translator, node: TermLink) -> None:
    """End a link with its meaning."""
    self.depart_reference(node)
