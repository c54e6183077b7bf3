"""What the tests collect from the pages: cells and doctests, as Sybil and as MyST-NB read them."""

import doctest
import itertools
import linecache
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from myst_parser.config.main import MdParserConfig
from sybil import Document, Region, Sybil
from sybil.evaluators.doctest import DocTest, DocTestRunner, OutputChecker
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser
from sybil.region import Lexeme

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


class KeepingRunner(DocTestRunner):
    """Keeps the source of each doctest, where AutoGraph reads that of its functions later on."""

    numbers = itertools.count()

    def run(self, test: DocTest, *args: Any, **kwargs: Any) -> Any:
        """Run a doctest under a name of its own, by which its source is kept."""
        test.name = f"{test.name}, {next(self.numbers)}"
        [source] = [example.source for example in test.examples]
        name = f"<doctest {test.name}[0]>"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        return super().run(test, *args, **kwargs)


class CellParser(PythonCodeBlockParser):
    """Finds cells, with the lines that they stand on: Sybil leaves those of options out.

    AutoGraph reads a function's source at its line, and would take another function for it.
    """

    def __call__(self, document: Document) -> Iterable[Region]:
        """Count the lines before the code of each cell."""
        for region in super().__call__(document):
            if isinstance(region.parsed, Lexeme):
                before = document.text[region.start : region.start + region.parsed.offset]
                region.parsed.line_offset = before.count("\n") - 1
            yield region


page_doctests = DocTestDirectiveParser()
page_doctests.string_parser.evaluator.runner = KeepingRunner(0)
page_doctests.string_parser.evaluator.runner._checker = StrictChecker()
pages = Sybil([CellParser(), page_doctests], path=str(DOCS), pattern="*.md")
docstrings = Sybil([DocTestParser()], path=str(ROOT / "src"), pattern="*.py")

# The cells and the doctest examples of each page; a page that loses one has to say so here.
EXAMPLES = {
    "index": (2, 6),
    "chapter/eager-mode": (10, 17),
    "chapter/operations": (14, 26),
    "chapter/variables": (11, 15),
    "chapter/gradients": (14, 23),
    "chapter/higher-order": (12, 16),
    "chapter/linear-regression": (12, 15),
    "chapter/models": (13, 25),
    "chapter/implicit-gradients": (10, 18),
    "beyond/none": (14, 32),
    "beyond/custom-gradients": (15, 14),
    "beyond/laboratory": (0, 8),
    "beyond/digits": (15, 56),
    "beyond/graphs": (15, 25),
    "beyond/sqlite": (11, 18),
    "beyond/inference": (11, 27),
    "beyond/devices": (11, 16),
    "beyond/tape-from-scratch": (14, 18),
    "beyond/backpropagation": (15, 61),
    "reference/errors": (0, 338),
    "beyond/uses": (15, 33),
    "reference/changelog": (0, 0),
    "reference/eagerdemo": (0, 0),
    "reference/errata": (1, 12),
    "reference/frameworks": (40, 69),
    "reference/glossary": (0, 0),
    "reference/status": (0, 0),
    "reference/tfe-to-tf2": (7, 85),
}
# Each teaches by cells, questions and exercises; the laboratory is a tool with instructions.
LESSONS = [
    page
    for page in EXAMPLES
    if page.startswith(("chapter/", "beyond/")) and page != "beyond/laboratory"
]
EXECUTED = [page for page, (cells, _) in EXAMPLES.items() if cells]


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
