"""What the tests collect from the pages: cells and doctests, as Sybil and as MyST-NB read them."""

import doctest
import re
from pathlib import Path

from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from myst_parser.config.main import MdParserConfig
from sybil import Sybil
from sybil.evaluators.doctest import OutputChecker
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


class StrictChecker(OutputChecker):
    """Compares what a doctest prints, and refuses one that passes with another number too."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Compare with each number in `want` changed by one, and then with `want` itself."""
        for number in re.finditer(r"\d+", want):
            changed = f"{want[: number.start()]}{int(number[0]) + 1}{want[number.end() :]}"
            if super().check_output(changed, got, optionflags):
                raise AssertionError(f"{want!r} is not checked: {changed!r} passes as well")
        return super().check_output(want, got, optionflags)


page_doctests = DocTestDirectiveParser()
page_doctests.string_parser.evaluator.runner._checker = StrictChecker()
pages = Sybil([PythonCodeBlockParser(), page_doctests], path=str(DOCS), pattern="*.md")
docstrings = Sybil([DocTestParser()], path=str(ROOT / "src"), pattern="*.py")

# The cells and the doctest examples of each page; a page that loses one has to say so here.
EXAMPLES = {
    "index": (1, 1),
    "chapter/eager-mode": (8, 13),
    "chapter/operations": (13, 17),
    "chapter/variables": (8, 14),
    "chapter/gradients": (14, 21),
    "chapter/higher-order": (12, 16),
    "chapter/linear-regression": (9, 12),
    "chapter/models": (11, 11),
    "chapter/implicit-gradients": (7, 11),
    "beyond/none": (11, 11),
    "beyond/custom-gradients": (9, 12),
    "beyond/graphs": (7, 17),
    "beyond/sqlite": (8, 10),
    "beyond/inference": (8, 10),
    "beyond/devices": (9, 14),
    "beyond/tape-from-scratch": (7, 8),
    "reference/eagerdemo": (0, 0),
    "reference/errata": (1, 12),
    "reference/glossary": (0, 0),
    "reference/status": (0, 0),
    "reference/tfe-to-tf2": (3, 84),
}
LESSONS = [page for page in EXAMPLES if page.startswith(("chapter/", "beyond/"))]
EXECUTED = [page for page, counts in EXAMPLES.items() if any(counts)]


def path_of(page: str, docs: Path = DOCS) -> Path:
    """Return where a page's source is."""
    return docs / f"{page}.md"


def sybil_examples(path: Path) -> tuple[list[str], list[doctest.Example]]:
    """Return the cells and the doctests that Sybil collects from a page."""
    parsed = [example.parsed for example in pages.parse(path).examples()]
    doctests = [example for example in parsed if isinstance(example, doctest.Example)]
    return [str(example) for example in parsed if example not in doctests], doctests


def site_cells(path: Path) -> list[str]:
    """Return the cells that MyST-NB executes when the site is built."""
    text = path.read_text(encoding="utf-8")
    reader = create_nb_reader(str(path), MdParserConfig(), NbParserConfig(), text)
    if reader is None:  # a page without cells
        return []
    return [cell.source for cell in reader.read(text).cells if cell.cell_type == "code"]


def run_page(path: Path) -> None:
    """Execute a page's cells and doctests in order, as pytest does."""
    for example in pages.parse(path).examples():
        example.evaluate()


def without_options(source: str) -> str:
    """Return a doctest's source without its option comment, which the site leaves out."""
    return re.sub(r"\s*#\s*doctest:.*", "", source).strip()
