"""Exercises, graded and numbered on each page, and their solutions, folded away.

    ```{exercise} 기초
    :label: page-exercise-1
    The question, which `{ref}` links as 「문제 1」.
    ```

    ```{solution-start}
    ```
    Text, cells and doctests.
    ```{solution-end}
    ```

A solution stands between two gates, because MyST-NB executes no cell within a directive.
"""

import re
from itertools import takewhile
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec
from sphinx.writers.html5 import HTML5Translator

GRADES = ("기초", "응용", "도전")

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives, and what makes exercises and solutions of them."""
    app.add_directive("exercise", ExerciseDirective)
    app.add_directive("solution-start", SolutionStart)
    app.add_directive("solution-end", SolutionEnd)
    app.add_transform(NumberExercises)
    # Enumerable are, for Sphinx, nodes that a link can name.
    app.add_enumerable_node(Exercise, "exercise", name_exercise)
    app.add_node(Solution, html=(visit_solution, depart_solution))
    app.add_node(SolutionTitle, html=(visit_title, depart_title))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Exercise(nodes.container):
    """An exercise."""


class Solution(nodes.container):
    """The solution of an exercise, `collapsible` as Sphinx's admonitions are."""


class SolutionTitle(nodes.rubric):
    """The title of a solution."""


class Gate(nodes.Element):
    """Where a solution starts or ends, until its parts are gathered."""


class StartGate(Gate):
    """Where a solution starts."""


class EndGate(Gate):
    """Where a solution ends."""


def ascii_label(argument: str) -> str:
    """Take a label that can be the end of an address."""
    if not re.fullmatch("[a-z][a-z0-9-]*", argument):
        raise ValueError("a label begins with a letter and has a-z, 0-9 and - in it")
    return argument


class ExerciseDirective(SphinxDirective):
    """``{exercise} GRADE``."""

    has_content = True
    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"label": ascii_label}

    def run(self) -> list[nodes.Node]:
        """Check the grade, and leave the number to the transform."""
        [grade] = self.arguments
        if grade not in GRADES:
            raise self.error(f"no grade {grade!r}: write one of {', '.join(GRADES)}")
        if "label" not in self.options:
            raise self.error("an exercise has to have a :label:")
        content = self.parse_content_to_nodes()
        exercise = Exercise("", *content, grade=grade, classes=["exercise"])
        exercise["names"].append(self.options["label"])
        self.set_source_info(exercise)
        self.state.document.note_explicit_target(exercise, exercise)
        return [exercise]


class SolutionStart(SphinxDirective):
    """``{solution-start}``."""

    gate: type[Gate] = StartGate

    def run(self) -> list[nodes.Node]:
        """Leave a gate."""
        gate = self.gate()
        self.set_source_info(gate)
        return [gate]


class SolutionEnd(SolutionStart):
    """``{solution-end}``."""

    gate = EndGate


class NumberExercises(SphinxTransform):
    """Number the exercises of a page, and gather the solution of each."""

    default_priority = 200  # before Sphinx asks for the names of what is enumerable, at 210

    def apply(self, **kwargs: Any) -> None:
        """Go through the page in its order; what has no partner is an error."""
        number, unsolved = 0, ""
        for node in list(self.document.findall(is_part)):
            if isinstance(node, Exercise):
                number += 1
                unsolved = node["title"] = f"문제 {number}"
                node.insert(0, make_title(node))
            elif isinstance(node, StartGate):
                if not gather_solution(node, f"{unsolved} 풀이"):
                    logger.error("{solution-start} without {solution-end}", location=node)
                elif not unsolved:
                    logger.error("no exercise without a solution stands before", location=node)
                unsolved = ""
            elif node.parent:  # not gathered
                logger.error("{solution-end} without {solution-start}", location=node)
        for gate in list(self.document.findall(Gate)):
            gate.parent.remove(gate)


def is_part(node: nodes.Node) -> bool:
    """Tell exercises and gates."""
    return isinstance(node, Exercise | Gate)


def make_title(exercise: Exercise) -> nodes.paragraph:
    """Make the line above an exercise's question."""
    title = nodes.strong("", exercise["title"])
    return nodes.paragraph("", "", title, nodes.Text(f" · {exercise['grade']}"))


def gather_solution(start: StartGate, title: str) -> bool:
    """Put what stands between two gates into a solution; tell whether there is a second gate."""
    page = start.parent
    after = page.children[page.index(start) + 1 :]
    parts = list(takewhile(lambda node: not is_part(node), after))
    if not isinstance(next(iter(after[len(parts) :]), None), EndGate):
        return False
    for node in after[: len(parts) + 1]:
        page.remove(node)
        node.parent = None
    heading = SolutionTitle("", title)
    start.replace_self(Solution("", heading, *parts, classes=["solution"], collapsible="closed"))
    return True


def name_exercise(exercise: nodes.Node) -> str:
    """Return what a link calls an exercise."""
    return str(exercise["title"])  # type: ignore[index]


def visit_solution(self: HTML5Translator, node: Solution) -> None:
    """Fold a solution away, unless a book has unfolded it."""
    attributes: dict[str, Any] = {"open": "open"} if node["collapsible"] == "open" else {}
    self.body.append(self.starttag(node, "details", suffix="", **attributes))


def depart_solution(self: HTML5Translator, node: Solution) -> None:
    """End a solution."""
    self.body.append("</details>\n")


def visit_title(self: HTML5Translator, node: SolutionTitle) -> None:
    """Write the line that opens a solution."""
    self.body.append("<summary>")


def depart_title(self: HTML5Translator, node: SolutionTitle) -> None:
    """End this line."""
    self.body.append("</summary>\n")
