"""Run a page's live cells at build, alone and in the order in which a reader's browser would."""

import contextlib
import io
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from exercise import Solution
from takeaway.package import find_imports
from takeaway.plain import find_parts

from .attempt import COMPARE, Attempt

MODULES = {"math"}  # that a reader's browser has

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Rehearse every page that is read."""
    app.add_transform(Rehearse)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Rehearse(SphinxTransform):
    """Warn of a live cell that would show something else in the browser, and of a wrong check."""

    default_priority = 400  # when solutions are gathered

    def apply(self, **kwargs: Any) -> None:
        """Rehearse the parts of a page whose cells were executed."""
        parts = [node for node in self.document.findall(nodes.container) if is_part(node)]
        if any(is_live(part) and part["exec_count"] is None for part in parts):
            return
        for number, part in enumerate(parts):
            needed = [read_code(cell) for cell in find_needed(part, parts[:number])]
            if isinstance(part, Attempt):
                problem = rehearse_attempt(part, needed)
            else:
                problem = rehearse_cell(part, needed)
            if problem:
                logger.warning("live: %s", problem, location=part, type="live")


def is_part(node: nodes.Node) -> bool:
    """Tell live cells and attempts."""
    return is_live(node) or isinstance(node, Attempt)


def is_live(node: nodes.Node) -> bool:
    """Tell a cell with the tag `live`."""
    return isinstance(node, nodes.container) and "tag_live" in node["classes"]


def find_needed(part: nodes.Node, above: list[nodes.container]) -> list[nodes.container]:
    """Return the cells above that come first: not attempts, and none of other solutions."""
    own = {None, find_solution(part)}
    return [cell for cell in above if is_live(cell) and find_solution(cell) in own]


def find_solution(part: nodes.Node) -> nodes.Node | None:
    """Return the solution that a node stands in, if any."""
    while part.parent is not None and not isinstance(part, Solution):
        part = part.parent
    return part if isinstance(part, Solution) else None


def rehearse_cell(cell: nodes.container, needed: list[str]) -> str:
    """Tell what keeps a cell from showing in the browser what the page shows."""
    code, shown = read_code(cell), read_output(cell)
    if foreign := find_imports(code) - MODULES:
        return f"the browser's Python cannot import {', '.join(sorted(foreign))}"
    printed, error = run([*needed, code])
    if error:
        return f"after the live cells above it, this one raises {error}"
    if printed != shown:
        return f"run alone, the live cells print {printed!r} here, the page shows {shown!r}"
    return ""


def rehearse_attempt(attempt: Attempt, needed: list[str]) -> str:
    """Tell whether a check refuses the solution, or takes the code that a reader begins with."""
    solution = attempt.next_node(Solution, descend=False, siblings=True)
    if solution is None:
        return "no solution follows this attempt in its section"
    check = f"{COMPARE}{attempt['check']}"
    solved = [read_code(cell) for cell in solution.findall(nodes.container) if is_live(cell)]
    _, refused = run([*needed, *solved, check])
    if refused:
        return f"the check refuses the page's own solution: {refused}"
    _, refused = run([*needed, attempt["code"], check])
    return "" if refused else "the check is passed by the code that a reader begins with"


def run(sources: list[str]) -> tuple[str, str]:
    """Run sources one after the other; return what the last prints, and what was raised."""
    names: dict[str, object] = {"__name__": "__main__"}
    printed = io.StringIO()
    for source in sources:
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(source, names)  # noqa: S102 - the page's own
        except Exception as error:
            return "", f"{type(error).__name__}: {error}"
    return printed.getvalue().strip(), ""


def read_code(cell: nodes.container) -> str:
    """Return the code of a cell."""
    [source] = find_parts(cell, "cell_code_source")
    return source.astext()


def read_output(cell: nodes.container) -> str:
    """Return what the page shows below a cell."""
    outputs = find_parts(cell, "cell_code_output")
    return "".join(output.astext() for output in outputs).strip()
