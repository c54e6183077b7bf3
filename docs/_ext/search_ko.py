"""Search in Korean: the index that the scripts of ``docs/_static/search`` search in a browser.

Sphinx has no search language for Korean, and its search wants a page to have every word of a query,
which a question in a sentence has not. So this extension writes ``searchindex.js`` itself: the text
of every section, the stems that a morphological analyser finds in it, and what readers write
instead of the pages' words. The browser splits the text and the query by these same stems.
"""

import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from kiwipiepy import Kiwi
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

VARIANTS = Path(__file__).with_suffix(".toml")
HANGUL = re.compile(r"[가-힣]+")
CODE = (nodes.literal_block, nodes.doctest_block)
# What of LaTeX a character can write; an ellipsis stands for a formula that needs more.
SYMBOLS = {r"\approx": "≈", r"\cdot": "·", r"\ln": "ln", r"\log": "log", r"\varepsilon": "ε"}

# Tags of the Sejong corpus: nouns, numerals, roots, adverbs and determiners, which end in particles
# if in anything. J begins the tags of particles, VV and VA those of verbs.
NOUNS = {"NNG", "NNP", "NR", "XR", "MAG", "MM"}

Section = tuple[str, str, list[str], list[str]]  # label, title, lines of prose, blocks of code


@dataclass
class Page:
    """What the index has of a page."""

    url: str
    sections: list[Section]
    glossary: dict[str, list[str]]  # the names of a concept, the Korean one first, by its anchor
    links: list[str]  # the anchors of the concepts that the page links to the glossary


def replace_index(app: Sphinx) -> None:
    """Have Sphinx build its search page, but not its index."""
    if not getattr(app.builder, "search", False):
        return
    app.builder.search = False
    search_page = {"search": "search.html"}
    app.config.html_additional_pages = app.config.html_additional_pages | search_page

    pages: dict[str, Page] = {}

    def note_page(app: Sphinx, doctree: nodes.document, name: str) -> None:
        if "nosearch" not in app.env.metadata[name]:
            pages[name] = page(doctree, app.builder.get_target_uri(name))

    def write_index(app: Sphinx, exception: Exception | None) -> None:
        if exception is None:
            ordered = {
                n: pages[n] for n in reading_order(app.env, app.config.root_doc) if n in pages
            }
            # A script, because a page opened from a file can load nothing else.
            text = json.dumps(index(ordered), ensure_ascii=False, separators=(",", ":"))
            script = f"const searchIndex={text};\n"
            Path(app.outdir, "searchindex.js").write_text(script, encoding="utf-8")

    # The index is of all pages, so that all are written when one has changed.
    app.connect("env-updated", lambda app, env: env.found_docs)
    app.connect("doctree-resolved", note_page)
    app.connect("build-finished", write_index)


def reading_order(env: BuildEnvironment, name: str) -> Iterator[str]:
    """Yield a page and those below it, in the order of the tables of contents."""
    yield name
    for child in env.toctree_includes.get(name, []):
        yield from reading_order(env, child)


def index(pages: dict[str, Page]) -> dict[str, object]:
    """Gather what the browser searches; the first page is a map of the others."""
    concepts = {anchor: names for page in pages.values() for anchor, names in page.glossary.items()}
    introduced = introductions(dict(list(pages.items())[1:]), concepts)
    sections = [section for page in pages.values() for section in page.sections]
    lines = [line for _, title, prose, _ in sections for line in [title, *prose]]
    words = {word for korean, *_ in concepts.values() for word in HANGUL.findall(korean)}
    nouns, verbs = stems(lines, {word.removesuffix("하다") for word in words})
    return {
        "pages": [
            [name, page.url, introduced.get(name, []), page.sections]
            for name, page in pages.items()
        ],
        "nouns": nouns,
        "verbs": verbs,
        "variants": variants(concepts.values()),
    }


# The text of a page


def page(doctree: nodes.document, url: str) -> Page:
    """Read a page."""
    links = [node for node in doctree.findall(nodes.reference) if role(node) == "std-term"]
    return Page(
        url,
        [section(node) for node in doctree.findall(nodes.section)],
        dict(glossary(doctree)),
        [link["refuri"].rpartition("#")[2] for link in links],
    )


def section(node: nodes.section) -> Section:
    """Return a section's label, title, lines of prose and blocks of code, without subsections."""
    prose, code = [], []
    for block in blocks(node):
        if isinstance(block, CODE):
            code.append(block.astext())
        else:
            prose.append(line(block))
    return node["ids"][0], inline(node.next_node(nodes.title)), prose, code


def blocks(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield what stands in a line or a block of its own; doctests only repeat the cells."""
    for child in node.children:
        if isinstance(child, nodes.section | nodes.title | nodes.Invisible | nodes.raw):
            continue
        if isinstance(child, CODE):
            if not child.astext().startswith(">>> "):
                yield child
        elif isinstance(child, nodes.row | nodes.definition_list_item | nodes.TextElement):
            yield child
        elif isinstance(child, nodes.Element):
            yield from blocks(child)


def line(block: nodes.Element) -> str:
    """Write a paragraph, the cells of a row, or a term and its definition in one line."""
    texts = [block] if isinstance(block, nodes.TextElement) else list(paragraphs(block))
    return " · ".join(filter(None, map(inline, texts)))


def paragraphs(node: nodes.Element) -> Iterator[nodes.TextElement]:
    """Yield the paragraphs and the like in a node."""
    for text in node.findall(nodes.TextElement):
        if not isinstance(text.parent, nodes.TextElement):
            yield text


def inline(node: nodes.Node) -> str:
    """Write the text of a paragraph, its formulas as far as characters can."""
    if isinstance(node, nodes.Text):
        return node.astext().replace("\n", " ")
    if isinstance(node, nodes.raw):
        return ""
    if isinstance(node, nodes.math | nodes.math_block):
        return formula(node.astext())
    if isinstance(node, addnodes.desc_parameterlist):
        return f"({', '.join(map(inline, node.children))})"
    text = "".join(map(inline, node.children))
    # The title of another page says nothing about this one: the search leaves out the brackets.
    return f"⟦{text}⟧" if role(node) in {"doc", "std-ref"} else text


def formula(latex: str) -> str:
    """Write a formula in characters, or an ellipsis."""
    for command, symbol in SYMBOLS.items():
        latex = latex.replace(command, symbol)
    return "…" if "\\" in latex else latex


def role(node: nodes.Node) -> str | None:
    """Return the role that wrote a link to another page: doc, std-ref, std-term; or None."""
    if not (isinstance(node, nodes.reference) and node.get("internal") and node.get("refuri")):
        return None
    return next(
        (inner["classes"][-1] for inner in node.findall(nodes.inline) if inner["classes"]), None
    )


# The words


def glossary(doctree: nodes.document) -> Iterator[tuple[str, list[str]]]:
    """Yield the anchors of a glossary, each with the names of its concept: the Korean one first."""
    for node in doctree.findall(addnodes.glossary):
        for item in node.findall(nodes.definition_list_item):
            terms = list(item.findall(nodes.term))
            for term in terms:
                yield term["ids"][0], [term.astext() for term in terms]


def introductions(pages: dict[str, Page], concepts: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the concepts that each page is the first to link to the glossary."""
    seen: set[str] = set()
    introduced: dict[str, list[str]] = {}
    for name, page in pages.items():
        linked = dict.fromkeys(concepts[anchor][0] for anchor in page.links)
        introduced[name] = [concept for concept in linked if concept not in seen]
        seen.update(linked)
    return introduced


def variants(concepts: Iterable[list[str]]) -> dict[str, list[str]]:
    """Return what readers write and how the pages say it, from the glossary and the table."""
    same = {name: names for names in concepts for name in names}
    table = tomllib.loads(VARIANTS.read_text(encoding="utf-8"))["variants"]
    return same | {
        variant: [name for text in texts for name in same.get(text, [text])]
        for variant, texts in table.items()
    }


def stems(lines: list[str], words: set[str]) -> tuple[str, str]:
    """Return the nouns and the verbs of a text, each verb with the bases that endings make of it.

    Args:
        lines: the text.
        words: what the analyser is to know as a word, whatever its dictionary says.
    """
    kiwi = Kiwi(num_workers=1)
    for word in sorted(words):
        kiwi.add_user_word(word, "NNG")
    tokens = [token for analysed in kiwi.tokenize(lines) for token in analysed]
    tokens = [token for token in tokens if HANGUL.fullmatch(token.form)]
    nouns = Counter(token.form for token in tokens if token.tag in NOUNS)
    particles = {token.form for token in tokens if token.tag.startswith("J")}
    verbs = {(token.form, token.tag) for token in tokens if token.tag.startswith(("VV", "VA"))}
    return (
        " ".join(sorted(noun for noun in nouns if not ends_in_particle(noun, nouns, particles))),
        " ".join(sorted({"/".join(bases(kiwi, *verb)) for verb in verbs})),
    )


def ends_in_particle(noun: str, nouns: Counter[str], particles: set[str]) -> bool:
    """Tell whether the analyser took a noun with its particle for a noun, as it sometimes does."""
    heads = (noun.removesuffix(particle) for particle in particles if noun.endswith(particle))
    return any(len(head) > 1 and nouns[head] > nouns[noun] for head in heads)


def bases(kiwi: Kiwi, stem: str, tag: str) -> list[str]:
    """Return a verb's stem and its other bases: 고치, 고쳐 or 쉽, 쉬우, 쉬워."""
    before_eo = kiwi.join([(stem, tag), ("어", "EC")])
    before_n = without_final(kiwi.join([(stem, tag), ("은", "ETM")]))
    return [stem, *sorted({base for base in (before_eo, before_n) if not base.startswith(stem)})]


def without_final(word: str) -> str:
    """Leave out the final consonant of a word: 쉬운 becomes 쉬우."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word)[:-1])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Replace Sphinx's index."""
    app.connect("builder-inited", replace_index)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
