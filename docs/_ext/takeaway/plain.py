"""Write a page in plain Markdown: what only a site can show becomes what Markdown can say.

It is done while the page is a tree of nodes, where Sphinx has resolved all roles.
"""

import base64
import re
import xml.etree.ElementTree as ET
from urllib.parse import urljoin

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx_markdown_builder.translator import MarkdownTranslator

SVG = "http://www.w3.org/2000/svg"
STYLE = "background: #fff; color: #222; font-family: sans-serif"

# IPython strips prompts, but not from a string that opens a line.
CHECK = '''\
check_examples(
r"""
{examples}
""")
'''

logger = logging.getLogger(__name__)


def write_markdown(app: Sphinx, page: nodes.document, url: str) -> str:
    """Write a page's tree in plain Markdown."""
    page = page.deepcopy()
    make_plain(page, url)
    translator = MarkdownTranslator(page, app.builder)
    page.walkabout(translator)
    return str(translator.astext())


def make_plain(page: nodes.document, url: str) -> None:
    """Replace, in a page's tree, what plain Markdown has no word for.

    Args:
        page: the resolved tree of the page, as it is about to be written.
        url: where the page is published, or an empty string where nobody knows.
    """
    unspoken = (nodes.target, nodes.comment, nodes.compound)  # the last around tables of contents
    for node in list(page.findall(lambda node: isinstance(node, unspoken))):
        node.parent.remove(node)
    for block in list(page.findall(nodes.literal_block)):
        if block.get("testnodetype") == "doctest":
            examples = block.get("test", block.astext())
            block.replace_self(make_listing(CHECK.format(examples=examples), "python"))
        elif block.get("language") == "python":
            block["language"] = "py"  # to be read, not run
    for cell in find_cells(page):
        [source] = find_parts(cell, "cell_code_source")
        cell.replace_self(make_listing(source.astext(), "python"))
    for note in list(page.findall(nodes.admonition)):
        title, *rest = note.children
        note.replace_self([nodes.rubric("", "", *title.children), *rest])
    for raw in list(page.findall(nodes.raw)):
        raw.replace_self(translate_html(raw))
    for terms in list(page.findall(nodes.definition_list)):
        terms.replace_self(list_terms(terms))
    for reference in list(page.findall(nodes.reference)):
        if isinstance(reference, addnodes.download_reference):  # a file that the notebook carries
            reference.replace_self(reference.children)
        elif reference.get("internal") or "refuri" not in reference:
            target = reference["refuri"] if "refuri" in reference else f"#{reference['refid']}"
            link = nodes.reference("", "", *reference.children, refuri=urljoin(url, target))
            reference.replace_self(link if url else reference.children)


def find_cells(page: nodes.Element) -> list[nodes.Element]:
    """Return MyST-NB's code cells, which hold their source and their outputs."""
    return find_parts(page, "cell_code")


def find_parts(node: nodes.Element, name: str) -> list[nodes.Element]:
    """Return what MyST-NB calls by this name within a node."""
    return [part for part in node.findall(nodes.container) if part.get("nb_element") == name]


def make_listing(code: str, language: str) -> nodes.literal_block:
    """Make a listing."""
    return nodes.literal_block(code, code, language=language)


def translate_html(raw: nodes.raw) -> list[nodes.paragraph]:
    """Turn a page's own HTML into nodes: figures into images."""
    html = raw.astext()
    figures = [
        # Colab shows no SVG, only its words: these lead to the page.
        nodes.paragraph("", "", nodes.reference("", "", make_image(svg), refuri="", internal=True))
        for svg in re.findall(r"<svg\b.*?</svg>", html, flags=re.DOTALL)
    ]
    if not figures:
        logger.warning("no notebook can show this HTML: %r", html, location=raw)
    return figures


def make_image(svg: str) -> nodes.image:
    """Make an image that carries a figure, on paper of its own: there is no page to take ink of."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)  # noqa: S314 - the page's own
    _, _, width, height = root.attrib["viewBox"].split()
    root.attrib |= {"width": width, "height": height, "style": STYLE}
    title = root.attrib.get("aria-label") or root.findtext(f"{{{SVG}}}title", "")
    data = base64.b64encode(ET.tostring(root)).decode()
    return nodes.image(uri=f"data:image/svg+xml;base64,{data}", alt=title)


def list_terms(terms: nodes.definition_list) -> nodes.bullet_list:
    """Turn a definition list into a list whose items open with their terms."""
    items = nodes.bullet_list(bullet="-")
    for item in terms.children:
        term, definition = item.children
        [text, *more] = definition.children
        opening = [nodes.strong("", "", *term.children), nodes.Text(": "), *text.children]
        items += nodes.list_item("", nodes.paragraph("", "", *opening), *more)
    return items
