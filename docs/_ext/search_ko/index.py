"""The index that the browser searches, its parts by name: `index.pages[0].sections[0].title`."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from .pages import Page, Section
from .words import find_stems, join_variants


@dataclass
class Policy:
    """What a site decides about its search."""

    variants: dict[str, list[str]]  # what readers write, and how the pages say it
    asking: str  # words that do not say what about
    page_weights: dict[str, float]  # by a pattern of their names
    section_weights: dict[str, float]  # by a pattern of their labels


@dataclass
class IndexedSection(Section):
    """A section, and how readily a result leads to it."""

    weight: float


@dataclass
class IndexedPage:
    """A page, and what it gets of its score."""

    name: str
    url: str
    weight: float
    introduces: list[str]  # the concepts of which no page before it speaks
    sections: list[IndexedSection]


@dataclass
class Index:
    """What the browser searches."""

    pages: list[IndexedPage]
    nouns: list[str]
    verbs: list[tuple[str, ...]]  # a stem and its other bases
    variants: dict[str, list[str]]
    asking: list[str]


def make_index(pages: list[Page], policy: Policy) -> Index:
    """Gather what the browser searches from the pages, which are in their order of reading."""
    glossary = {anchor: names for page in pages for anchor, names in page.glossary.items()}
    indexed = [weigh_page(page, policy) for page in pages]
    note_introductions(indexed, pages, glossary)
    sections = [section for page in pages for section in page.sections]
    lines = [line for section in sections for line in [section.title, *section.prose]]
    nouns, verbs = find_stems(lines, (korean for korean, *_ in glossary.values()))
    variants = join_variants(glossary.values(), policy.variants)
    return Index(indexed, nouns, verbs, variants, policy.asking.split())


def weigh_page(page: Page, policy: Policy) -> IndexedPage:
    """Weigh a page and its sections as the site decides; of what it sets aside, leave out code."""
    weight = find_weight(page.name, policy.page_weights)
    sections = [
        IndexedSection(**vars(section), weight=find_weight(section.label, policy.section_weights))
        for section in page.sections
    ]
    for section in sections:
        if min(weight, section.weight) < 1:
            section.code = []
    return IndexedPage(page.name, page.url, weight, [], sections)


def find_weight(name: str, weights: dict[str, float]) -> float:
    """Return the weight of the first pattern that matches a whole name; 1 where none does."""
    matching = (weight for pattern, weight in weights.items() if re.fullmatch(pattern, name))
    return next(matching, 1.0)


def note_introductions(
    indexed: list[IndexedPage], pages: list[Page], glossary: dict[str, list[str]]
) -> None:
    """Note the concepts that each page is the first to link to the glossary."""
    seen: set[str] = set()
    for entry, page in zip(indexed, pages, strict=True):
        if entry.weight < 1:
            continue
        linked = dict.fromkeys(glossary[anchor][0] for anchor in page.links)
        entry.introduces = [concept for concept in linked if concept not in seen]
        seen.update(linked)


def write_index(index: Index, path: Path) -> None:
    """Write the index as a script, because a page opened from a file can load nothing else."""
    text = json.dumps(asdict(index), ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"const searchIndex={text};\n", encoding="utf-8")
