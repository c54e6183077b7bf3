"""The directive ``{predict}``: a question, whose answer is what the next cell shows."""

import math
import re
from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec
from sphinx.writers.html5 import HTML5Translator

LABEL = re.compile("[a-z][a-z0-9-]*")
COLON = re.compile(r":(?:\s+|$)")

FORM = """\
<fieldset class="predict" id="{label}"{answer}>
<legend>예상해 보세요</legend>
{question}
<div class="choices">
{choices}
</div>
{check}</fieldset>
"""
CHOICE = (
    '<label><input type="radio" name="{label}" value="{value}"><span>{text}</span></label>{hint}'
)
HINT = "<template>{}</template>"
NUMBER = '<label>수 <input type="number" step="any" name="{label}"></label>'
CHECK = """\
<button type="button" hidden>확인</button>
<p role="status"></p>
<details><summary>답 보기</summary>
<p>{}</p>
</details>
"""

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive, and what finds answers, hides hints and writes questions."""
    app.add_directive("predict", Predict)
    app.add_transform(FindAnswers)
    app.add_post_transform(TakeHints)
    app.add_node(Question, html=(visit_question, depart_question))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Question(nodes.container):
    """A question, with a list of choices or none; `answer` is there when its cell was executed."""


class Hint(nodes.paragraph):
    """What a reader is told who picks a choice."""


def regular_expression(argument: str) -> re.Pattern[str]:
    """Take a regular expression with one group."""
    pattern = re.compile(argument)
    if pattern.groups != 1:
        raise ValueError("a regular expression with one group is needed")
    return pattern


class Predict(SphinxDirective):
    """``{predict} LABEL``."""

    has_content = True
    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"number": directives.flag, "shows": regular_expression}

    def run(self) -> list[nodes.Node]:
        """Read the question, and its choices without their hints."""
        [label] = self.arguments
        if not LABEL.fullmatch(label):
            raise self.error(f"label {label!r}: begin with a letter, and write a-z, 0-9 and - only")
        question = Question("", *self.parse_content_to_nodes(), classes=["predict"])
        self.check_choices(find_choices(question))
        for choice in find_choices(question):
            split_hint(choice)
        question["shows"] = self.options.get("shows")
        question["names"].append(label)
        self.set_source_info(question)
        self.state.document.note_explicit_target(question, question)
        return [question]

    def check_choices(self, choices: list[nodes.list_item]) -> None:
        """Let there be a few choices of a line each, or a number to type."""
        if "number" in self.options:
            if choices:
                raise self.error("a question for a :number: has no choices")
        elif not 2 <= len(choices) <= 4:
            raise self.error("write two to four choices in a list, or :number: for a number")
        for choice in choices:
            if [type(part) for part in choice.children] != [nodes.paragraph]:
                raise self.error(f"a choice is one paragraph: {choice.astext()!r}")


def find_choices(question: Question) -> list[nodes.list_item]:
    """Return the choices of a question, which is all of the list at its end."""
    last = question.children[-1] if question.children else None
    items = last.children if isinstance(last, nodes.bullet_list) else []
    return [item for item in items if isinstance(item, nodes.list_item)]


def split_hint(choice: nodes.list_item) -> None:
    """Make what follows the first colon of a choice, outside of code, its hint."""
    [paragraph] = choice.children
    for position, part in enumerate(paragraph.children):
        if isinstance(part, nodes.Text) and (colon := COLON.search(part)):
            before = [*paragraph.children[:position], nodes.Text(part[: colon.start()])]
            after = [nodes.Text(part[colon.end() :]), *paragraph.children[position + 1 :]]
            choice.children = []
            choice += [nodes.paragraph("", "", *before), Hint("", "", *after)]
            return


class FindAnswers(SphinxTransform):
    """Find the answer to each question in the output of the next cell."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        """Warn of a question that its cell does not answer, or answers twice."""
        for question in self.document.findall(Question):
            try:
                answer = find_answer(question)
            except ValueError as error:
                [label] = question["names"]
                logger.warning("%s: %s", label, error, location=question, type="predict")
            else:
                if answer is not None:
                    question["answer"] = answer


def find_answer(question: Question) -> str | None:
    """Return the choice, or the number, that the next cell shows; None if it was not executed."""
    cell = question.next_node(is_cell, descend=False, siblings=True)
    if not isinstance(cell, nodes.Element):
        raise ValueError("no code cell follows in this section")
    if cell["exec_count"] is None:
        return None
    shown = read_output(cell, question["shows"])
    choices = [choice[0].astext().strip() for choice in find_choices(question)]
    if not choices:
        if read_number(shown) is None:
            raise ValueError(f"the next cell shows {shown!r}, which is no number")
        return shown
    matching = [choice for choice in choices if is_same(choice, shown)]
    if len(matching) != 1:
        raise ValueError(
            f"the next cell shows {shown!r}, which is not one of the choices but {len(matching)}:"
            f" {', '.join(choices)}"
        )
    return matching[0]


def is_cell(node: nodes.Node) -> bool:
    """Tell MyST-NB's code cells."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def read_output(cell: nodes.Element, part: re.Pattern[str] | None) -> str:
    """Return what a cell prints or else results in, or the part of it that is asked for."""
    printed = [block for block in cell.findall(nodes.literal_block) if "stream" in block["classes"]]
    results = [
        bundle
        for bundle in cell.findall(nodes.container)
        if bundle.get("mime_type") == "text/plain"
    ]
    output = "".join(block.astext() for block in printed or results).strip()
    if not output:
        raise ValueError("the next cell shows no text")
    if part is None:
        return output
    found = part.search(output)
    if found is None:
        raise ValueError(f"the next cell shows {output!r}, where {part.pattern!r} is not found")
    return found[1]


def is_same(choice: str, shown: str) -> bool:
    """Tell whether a choice says what a cell shows, as numbers or in words."""
    number = read_number(choice)
    if number is not None:
        return number == read_number(shown)
    return choice.split() == shown.split()


def read_number(text: str) -> float | None:
    """Return the number that a text is, if it is one."""
    try:
        number = float(text.replace("−", "-"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


class TakeHints(SphinxPostTransform):
    """Take the hints out of the text, which the search, the book and the notebooks read."""

    default_priority = 900  # when their links are resolved

    def run(self, **kwargs: Any) -> None:
        """Leave each to its choice, for the page to be written."""
        for hint in list(self.document.findall(Hint)):
            choice = hint.parent
            choice.remove(hint)
            choice["hint"] = hint


def visit_question(self: HTML5Translator, node: Question) -> None:
    """Write a question: on a page with buttons, elsewhere as the text that it is."""
    if self.builder.name == "html":
        self.body.append(write_form(self, node))
        raise nodes.SkipNode
    self.body.append(self.starttag(node, "div"))


def depart_question(self: HTML5Translator, node: Question) -> None:
    """End a question that is text."""
    self.body.append("</div>\n")


def write_form(writer: HTML5Translator, question: Question) -> str:
    """Write a question with its choices, and with its answer if that is known."""
    [label] = question["ids"]
    answer = question.get("answer")
    choices = find_choices(question)
    text = question.children[:-1] if choices else question.children
    return FORM.format(
        label=label,
        answer="" if answer is None else f' data-answer="{escape(answer)}"',
        question=write_html(writer, text).strip(),
        choices="\n".join(write_choice(writer, choice, label) for choice in choices)
        or NUMBER.format(label=label),
        check="" if answer is None else CHECK.format(write_answer(writer, choices, answer)),
    )


def write_choice(writer: HTML5Translator, choice: nodes.list_item, label: str) -> str:
    """Write a choice with its hint, which only the script shows."""
    hint = choice.get("hint")
    return CHOICE.format(
        label=label,
        value=escape(choice[0].astext().strip()),
        text=write_html(writer, choice[0].children),
        hint=HINT.format(write_html(writer, hint.children)) if hint else "",
    )


def write_answer(writer: HTML5Translator, choices: list[nodes.list_item], answer: str) -> str:
    """Write the choice that is right, and why it is, or the number."""
    for choice in choices:
        if choice[0].astext().strip() == answer:
            hint = choice.get("hint")
            why = [nodes.Text(": "), *hint.children] if hint else []
            return write_html(writer, [*choice[0].children, *why])
    return escape(answer)


def write_html(writer: HTML5Translator, parts: Iterable[nodes.Node]) -> str:
    """Write nodes by themselves."""
    start = len(writer.body)
    for part in parts:
        part.walkabout(writer)
    html = "".join(writer.body[start:])
    del writer.body[start:]
    return html
