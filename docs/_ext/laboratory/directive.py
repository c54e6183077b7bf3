"""The directive ``{laboratory}`` and the role of the same name, and what a page has of them."""

from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from .answer import FIRST, LAST, answer
from .figure import draw_figure
from .formula import LONGEST, VARIABLES

TOOL = """\
<div class="laboratory" id="laboratory-tool" tabindex="-1" {at}>
<form hidden>
<label class="formula-field">식 <input name="formula" value="{formula}" maxlength="{longest}" \
autocapitalize="off" autocomplete="off" autocorrect="off" spellcheck="false" \
aria-describedby="laboratory-fault"></label>
<p class="fault" id="laboratory-fault" role="status"></p>
<div class="examples" role="group" aria-label="예제">
{examples}
</div>
<button class="start">시작하기</button>
{inputs}
<div class="controls" role="group" aria-label="단계" hidden>
<button type="button" name="first">처음</button>
<button type="button" name="previous">이전</button>
<button type="button" name="next">다음</button>
<button type="button" name="last">끝</button>
</div>
<p class="told" role="status"></p>
</form>
<div class="graph" role="group" aria-label="계산 그래프" tabindex="0">
"""
REST = """\
</div>
<div class="results" hidden>
<table>
<thead><tr>
<th scope="col">변수</th>
<th scope="col">그래디언트</th>
<th scope="col">유한 차분</th>
</tr></thead>
<tbody></tbody>
</table>
<label class="plotted">가로축 <select name="plot"></select></label>
<div class="plot"></div>
<p><a class="link">이 식으로 여는 링크</a>
<button type="button" class="copy-link">링크 복사</button></p>
</div>
</div>
"""
EXAMPLE = '<button type="button" data-formula="{formula}" {at}><code>{formula}</code></button>'
INPUT = """\
<div class="input" data-variable="{name}" hidden>
<label>{name} <input type="range" min="{first:g}" max="{last:g}" step="0.1"></label>
<input type="number" step="any" aria-label="{name}의 값">
</div>"""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive and the role."""
    app.add_directive("laboratory", LaboratoryDirective)
    app.add_role("laboratory", LaboratoryRole())
    app.add_node(Laboratory, html=(visit_laboratory, depart_laboratory))
    app.add_node(FormulaLink, html=(visit_link, depart_link))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Laboratory(nodes.container):
    """The laboratory: the figure of its first formula, around which a page has the rest."""


class FormulaLink(nodes.literal):
    """A formula that leads to the laboratory."""


def read_example(text: str) -> tuple[str, dict[str, float]]:
    """Read `FORMULA; x=1 y=2`, and check that it is one.

    Raises:
        ValueError: if it is none.
    """
    formula, _, values = text.partition(";")
    formula = formula.strip()
    at = {}
    for pair in values.split():
        name, equals, value = pair.partition("=")
        if name not in VARIABLES or not equals:
            raise ValueError(f"{pair!r}: write a variable and its value as x=1.5")
        at[name] = float(value)
    shown = answer(formula, at, "")
    if "error" in shown:
        raise ValueError(f"{formula!r}: {shown['error']}")
    if set(at) != set(shown["inputs"]):
        raise ValueError(f"{text!r}: give a value to each variable, which are {[*shown['inputs']]}")
    return formula, at


class LaboratoryDirective(SphinxDirective):
    """``{laboratory} FORMULA; x=1``, with more of these as examples, a line each."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Draw the figure of the first formula, and keep the examples for the page."""
        try:
            examples = [read_example(text) for text in [*self.arguments, *self.content]]
        except ValueError as error:
            raise self.error(str(error)) from error
        formula, at = examples[0]
        caption = nodes.paragraph(
            "", "", nodes.literal("", formula), nodes.Text(f", {write_at(at)}")
        )
        caption["classes"].append("laboratory-caption")
        figure = nodes.raw("", draw_figure(formula, answer(formula, at, "")), format="html")
        return [Laboratory("", figure, caption, examples=examples)]


class LaboratoryRole(SphinxRole):
    """``{laboratory}`` with a formula and its values."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Link to the laboratory."""
        try:
            formula, at = read_example(self.text)
        except ValueError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        return [FormulaLink("", formula, at=at)], []


def write_at(at: dict[str, float]) -> str:
    """Write where a formula is differentiated."""
    return ", ".join(f"{name} = {value:g}" for name, value in at.items()).replace("-", "−")


def write_data(at: dict[str, float]) -> str:
    """Write the values of variables as attributes."""
    return " ".join(f'data-{name}="{value:g}"' for name, value in at.items())


def visit_laboratory(self: HTML5Translator, node: Laboratory) -> None:
    """Write, on a page, what the script shows above the figure."""
    if self.builder.name != "html":
        return
    formula, at = node["examples"][0]
    self.body.append(
        TOOL.format(
            formula=escape(formula),
            at=write_data(at),
            longest=LONGEST,
            examples="\n".join(
                EXAMPLE.format(formula=escape(formula), at=write_data(at))
                for formula, at in node["examples"]
            ),
            inputs="\n".join(INPUT.format(name=name, first=FIRST, last=LAST) for name in VARIABLES),
        )
    )


def depart_laboratory(self: HTML5Translator, node: Laboratory) -> None:
    """Write, on a page, what the script shows below the figure."""
    if self.builder.name == "html":
        self.body.append(REST)


def visit_link(self: HTML5Translator, node: FormulaLink) -> None:
    """Link, on a page, to the laboratory with this formula; elsewhere it is code."""
    if self.builder.name == "html":
        self.body.append(f'<a class="laboratory-link" href="{escape(make_address(self, node))}">')
    self.body.append("<code>")


def make_address(writer: HTML5Translator, node: FormulaLink) -> str:
    """Return the address of the laboratory with a formula in it."""
    builder = writer.builder
    page = builder.get_relative_uri(writer.docnames[0], builder.config.laboratory_page)
    values: dict[str, Any] = {name: f"{value:g}" for name, value in node["at"].items()}
    query = urlencode({"formula": node.astext(), **values}, quote_via=quote)
    return f"{page}?{query}#laboratory-tool"


def depart_link(self: HTML5Translator, node: FormulaLink) -> None:
    """End a link."""
    self.body.append("</code>" + ("</a>" if self.builder.name == "html" else ""))
