"""The gates that a push passes, each with a fault that it alone has to see."""

import random
import sys
from base64 import b64encode
from typing import NamedTuple

BUILD = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-c", "."]
SITE = [*BUILD, "-d", "docs/_build/doctrees", "docs", "docs/_build/html"]
# Executes no cell, and so takes a few seconds where a change of `src/` has all executed again.
UNEXECUTED = ["-D", "nb_execution_mode=off", "-D", "suppress_warnings=myst-nb.lexer"]
READ = [*BUILD, *UNEXECUTED, "-d", "docs/_build/read"]
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]

TERMS = [*PYTEST, "--noconftest", "tests/pages/test_korean.py"]
# Only this link: the others are there or not, whatever is planted.
ONLY_HTTP = ["-D", "linkcheck_ignore=https://.*"]
LINKS = [*READ, "-b", "linkcheck", *ONLY_HTTP, "docs", "docs/_build/links"]

PAGE = "docs/reference/errata.md"
END = ":::\n"  # of the page
BUILT = "docs/_build/html/reference/errata.html"
PALE = '<p style="color: #ccc; background: #fff">흐린 글</p>'
HEAVY = b64encode(random.Random(0).randbytes(150_000)).decode()  # noqa: S311 - incompressible
FOREIGN = '<img src="http://other.invalid/a.png" alt="">'


class Gate(NamedTuple):
    """A gate, in which file which text is replaced by which, and what the gate says of it."""

    name: str
    fault: str
    path: str
    sound: str
    planted: str
    says: str  # a regular expression
    command: list[str]


def add_text(name: str, fault: str, text: str, says: str, command: list[str]) -> Gate:
    """Add a text to a page."""
    return Gate(name, fault, PAGE, END, f"{END}\n{text}\n", says, command)


def add_html(name: str, fault: str, html: str, says: str, test: str) -> Gate:
    """Add HTML to the built page, for a test of the built site to see."""
    command = [*PYTEST, f"tests/site/{test}", "-k", "errata.html"]
    return Gate(name, fault, BUILT, "</article>", f"{html}</article>", says, command)


# Those of the built site first: the others leave pages built with their faults.
GATES = [
    add_html(
        "site: links",
        "a dead link",
        '<a href="lost.html">글</a>',
        says="lost.html leads nowhere",
        test="test_markup.py",
    ),
    add_html(
        "site: axe",
        "text too pale to read",
        PALE,
        says="color-contrast",
        test="test_pages.py",
    ),
    add_html(
        "site: weight",
        "a page too heavy",
        f"<!--{HEAVY}-->",
        says=r"\d+ bytes",
        test="test_pages.py",
    ),
    add_html(
        "site: requests",
        "a picture of another site",
        FOREIGN,
        says="asks http://other.invalid/a.png",
        test="test_pages.py",
    ),
    add_text(
        "docs: cells",
        "a cell that fails",
        "```{code-cell} python\n1 / 0\n```",
        says="ZeroDivisionError",
        command=SITE,
    ),
    add_text(
        "docs: warnings",
        "a link to a page that is not there",
        "{doc}`lost`",
        says="unknown document: 'lost'",
        command=SITE,
    ),
    Gate(
        "docs: predictions",
        "choices of which the cell shows none",
        "docs/chapter/operations.md",
        "- `[2]`: 1.5가",
        "- `[3]`: 1.5가",
        says="operations-int: the next cell shows .* not one of the choices but 0",
        command=SITE,
    ),
    Gate(
        "docs: live cells",
        "a check that refuses the page's own solution",
        "docs/beyond/tape-from-scratch.md",
        "compare(at, y, 1 / at)",
        "compare(at, y, 2 / at)",
        says="live: the check refuses the page's own solution",
        command=SITE,
    ),
    Gate(
        "docs: translation",
        "a docstring without its Korean",
        "src/eagerdemo/gradients.py",
        '"""Return a function that computes the gradients of `f`',
        '"""Make a function that computes the gradients of `f`',
        says="no Korean for 'Make a function",
        command=[*READ, "-b", "dummy", "docs", "docs/_build/dummy"],
    ),
    Gate(
        "tests: doctests",
        "a wrong number in a doctest",
        "docs/chapter/variables.md",
        "((0.0, 45.0), (45.0, 45.0))",
        "((0.0, 45.0), (45.0, 46.0))",
        says=r"46\.0",
        command=[*PYTEST, "docs/chapter/variables.md"],
    ),
    Gate(
        "tests: gradients",
        "gradients wrong by a thousandth",
        "src/eagerdemo/gradients.py",
        "    return tape.gradient(targets, sources, weights)\n",
        "    found = tape.gradient(targets, sources, weights)\n"
        "    return [g if g is None or not g.dtype.is_floating else g * 1.001 for g in found]\n",
        says="FAILED .*test_gradients_agree_with_central_differences",
        command=[*PYTEST, "tests/eagerdemo/test_gradient_checks.py"],
    ),
    Gate(
        "tests: laboratory",
        "a derivative of the laboratory that is wrong",
        "docs/_ext/laboratory/tape.py",
        "Number(1 - result * result)",
        "Number(1 - result)",
        says="FAILED .*test_values_and_gradients_are_those_of_tensorflow",
        command=[*PYTEST, "tests/extensions/test_laboratory.py", "-k", "tensorflow"],
    ),
    Gate(
        "tests: search",
        "results in the wrong order",
        "docs/_ext/search_ko/static/search/ranking.js",
        "other.score - one.score",
        "one.score - other.score",
        says="FAILED .*test_expected_page_comes_first_or_soon",
        command=[*PYTEST, "tests/extensions/search_ko/test_ranking.py", "-k", "expected"],
    ),
    add_text(
        "lint: terms", "a banned word", "매트릭스", says="매트릭스: write 행렬", command=TERMS
    ),
    add_text(
        "links",
        "a dead link to another site",
        "[글](http://127.0.0.1:9/)",
        says=r"broken +- http://127\.0\.0\.1:9/|broken link: http://127\.0\.0\.1:9/",
        command=LINKS,
    ),
]
