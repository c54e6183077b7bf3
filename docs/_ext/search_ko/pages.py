"""The text of a page, read from its doctree: sections with prose, code and error messages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from doctest import DocTestParser

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx import addnodes

# Sections and titles are read elsewhere; the code of a folded cell draws a figure.
LEFT_OUT = (nodes.section, nodes.title, nodes.Invisible, nodes.raw, HideCodeCellNode)
CODE = (nodes.literal_block, nodes.doctest_block)
OUTPUT = "myst-ansi"  # the language of what a cell prints, which is mostly numbers
WORD = re.compile(r"[^\W\d_]{2}")  # two letters: without, a line is what no query asks for
# What of LaTeX a character can write; an ellipsis stands for a formula that needs more.
SYMBOLS = {r"\approx": "≈", r"\cdot": "·", r"\ln": "ln", r"\log": "log", r"\varepsilon": "ε"}


@dataclass
class Section:
    """A section without its subsections; the first of a page is its lead."""

    label: str
    title: str
    prose: list[str]  # lines
    code: list[str]  # blocks
    messages: list[str]  # that its doctests raise, its cells print or its prose quotes


@dataclass
class Page:
    """What the search knows of a page."""

    name: str
    url: str
    sections: list[Section]
    glossary: dict[str, list[str]]  # the names of a concept, the Korean one first, by its anchor
    links: list[str]  # the anchors of the concepts that the page links to the glossary


def read_page(doctree: nodes.document, name: str, url: str) -> Page:
    """Read a page, whose links have been resolved."""
    links = [node for node in doctree.findall(nodes.reference) if find_role(node) == "std-term"]
    return Page(
        name,
        url,
        [read_section(node) for node in doctree.findall(nodes.section)],
        dict(read_glossary(doctree)),
        [link["refuri"].rpartition("#")[2] for link in links],
    )


def read_section(node: nodes.section) -> Section:
    """Read a section without its subsections."""
    section = Section(node["ids"][0], write_inline(node.children[0]), [], [], [])
    for block in find_blocks(node):
        if not isinstance(block, CODE):
            section.prose += filter(WORD.search, [write_line(block)])
            section.messages += find_quotations(block)
        elif block.astext().startswith(">>> "):
            section.messages += find_messages(block.astext())
        elif block.get("language") == OUTPUT:
            section.messages += filter(is_wordy, block.astext().splitlines())
        else:
            section.code.append(block.astext())
    section.messages = list(dict.fromkeys(section.messages))
    return section


def find_blocks(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield what stands in a line or a block of its own."""
    for child in node.children:
        if isinstance(child, LEFT_OUT):
            continue
        if isinstance(child, nodes.row | nodes.definition_list_item | nodes.TextElement):
            yield child
        elif isinstance(child, nodes.Element):
            yield from find_blocks(child)


def find_messages(doctest: str) -> Iterator[str]:
    """Yield the errors of a doctest as notebooks show them; else it only repeats the cells."""
    for example in DocTestParser().get_examples(doctest):
        if example.exc_msg:
            yield re.sub(r"^(\w+\.)+", "", example.exc_msg.strip())


def find_quotations(block: nodes.Element) -> Iterator[str]:
    """Yield the messages that a text quotes: what it has in a typewriter's letters, if wordy."""
    for literal in block.findall(nodes.literal):
        if is_wordy(literal.astext()):
            yield literal.astext()


def is_wordy(line: str) -> bool:
    """Tell a message from code, and from numbers and their names."""
    return len(re.findall(r"[A-Za-z]{2,}", line)) > 4


def write_line(block: nodes.Element) -> str:
    """Write a paragraph, the cells of a row, or a term and its definition in one line."""
    texts = [block] if isinstance(block, nodes.TextElement) else list(find_paragraphs(block))
    return " · ".join(filter(None, map(write_inline, texts)))


def find_paragraphs(node: nodes.Element) -> Iterator[nodes.TextElement]:
    """Yield the paragraphs and the like in a node."""
    for text in node.findall(nodes.TextElement):
        if not isinstance(text.parent, nodes.TextElement):
            yield text


def write_inline(node: nodes.Node) -> str:
    """Write the text of a paragraph, its formulas as far as characters can."""
    if isinstance(node, nodes.Text):
        return node.astext().replace("\n", " ")
    if isinstance(node, nodes.raw | addnodes.only):  # such as a link to a function's source
        return ""
    if isinstance(node, nodes.math | nodes.math_block):
        return write_formula(node.astext())
    if isinstance(node, addnodes.desc_parameterlist):
        return f"({', '.join(map(write_inline, node.children))})"
    text = "".join(map(write_inline, node.children))
    # The title of another page says nothing about this one: the search leaves out the brackets.
    return f"⟦{text}⟧" if find_role(node) in {"doc", "std-ref"} else text


def write_formula(latex: str) -> str:
    """Write a formula in characters, or an ellipsis."""
    for command, symbol in SYMBOLS.items():
        latex = latex.replace(command, symbol)
    return "…" if "\\" in latex else latex


def find_role(node: nodes.Node) -> str | None:
    """Return the role that wrote a link to another page: doc, std-ref, std-term; or None."""
    if not (isinstance(node, nodes.reference) and node.get("internal") and node.get("refuri")):
        return None
    classes = (inner["classes"] for inner in node.findall(nodes.inline) if inner["classes"])
    return next((str(names[-1]) for names in classes), None)


def read_glossary(doctree: nodes.document) -> Iterator[tuple[str, list[str]]]:
    """Yield the anchors of a glossary, each with the names of its concept: the Korean one first."""
    for node in doctree.findall(addnodes.glossary):
        for item in node.findall(nodes.definition_list_item):
            terms = list(item.findall(nodes.term))
            for term in terms:
                yield term["ids"][0], [term.astext() for term in terms]
