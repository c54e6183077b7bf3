"""The directives ``{versions}``, ``{passed}`` and ``{status}``.

The first tells what the site was built with, the second when all weekly checks last passed, the
third what each of the pages runs and quotes.
"""

from collections.abc import Iterable
from doctest import DocTestParser
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from versions import list_versions


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives; `record_passed` is a day and, a line each, versions, or nothing."""
    app.add_config_value("record_passed", "", "env", frozenset({str}))
    app.connect("env-get-outdated", reread_tables)
    app.add_directive("versions", Versions)
    app.add_directive("passed", Passed)
    app.add_directive("status", Status)
    app.add_post_transform(StatusTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def reread_tables(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read the pages with ``{status}`` again when any page has changed."""
    if not (added or changed or removed):
        return []
    return [page for page, metadata in env.metadata.items() if "status" in metadata]


class Versions(SphinxDirective):
    """``{versions}``: a table of what the site was built with."""

    def run(self) -> list[nodes.Node]:
        """Ask the packages that are installed, which the cells import too."""
        rows = [[nodes.Text(cell) for cell in row] for row in list_versions()]
        return [make_table(("이름", "버전"), rows)]


class Passed(SphinxDirective):
    """``{passed}``: the day on which all weekly checks passed, if the build was told one."""

    def run(self) -> list[nodes.Node]:
        """Write the day and the versions; a build that is told none says nothing."""
        day, *versions = self.config.record_passed.splitlines() or [""]
        if not day:
            return []
        text = f"매주 하는 검사는 {day}에 모두 통과했습니다. 그때 쓴 버전은 아래와 같습니다."
        items = (nodes.list_item("", nodes.paragraph("", line)) for line in versions)
        return [nodes.paragraph("", text), nodes.bullet_list("", *items)]


class Place(nodes.General, nodes.Element):
    """Where the table of the pages will stand."""


class Status(SphinxDirective):
    """``{status}``: a table of what each page runs and quotes, in the order of reading."""

    def run(self) -> list[nodes.Node]:
        """Leave a place, to be filled once all pages are read."""
        self.env.metadata[self.env.docname]["status"] = ""
        return [Place()]


class StatusTable(SphinxPostTransform):
    """Put the table where the directive stands."""

    default_priority = 5  # before the links to the pages are resolved, at 10

    def run(self, **kwargs: Any) -> None:
        """Count on the doctrees of all pages."""
        for place in list(self.document.findall(Place)):
            pages = {
                page: count_examples(self.env.get_doctree(page))
                for page in self.env.collect_relations()
            }
            total = Counts(
                sum(page.cells for page in pages.values()),
                sum(page.doctests for page in pages.values()),
                frozenset().union(*(page.cases for page in pages.values())),
            )
            rows = [[link_to(page), *write_counts(found)] for page, found in pages.items()]
            head = ("페이지", "실행한 셀", "doctest", "1.8.0에서 얻은 값")
            place.replace_self(
                make_table(head, [*rows, [nodes.Text("모두"), *write_counts(total)]])
            )


class Counts(NamedTuple):
    """What a page runs and quotes."""

    cells: int
    doctests: int
    cases: frozenset[str]


def count_examples(page: nodes.document) -> Counts:
    """Count the cells executed without an error, the doctests shown and the values quoted."""
    cells, doctests, cases = 0, 0, set()
    for node in page.findall(nodes.Element):
        if node.get("nb_element") == "cell_code":
            cells += has_succeeded(node)
        elif is_doctest(node):
            doctests += len(DocTestParser().get_examples(node.astext()))
        elif "case" in node:  # of {tf18}
            cases.add(node["case"])
    return Counts(cells, doctests, frozenset(cases))


def has_succeeded(cell: nodes.Element) -> bool:
    """Whether a cell was executed, and without an error."""
    blocks = cell.findall(nodes.literal_block)
    return cell["exec_count"] is not None and not any("traceback" in b["classes"] for b in blocks)


def is_doctest(node: nodes.Element) -> bool:
    """Whether a reader sees doctests here: of `{doctest}` if it is not hidden, of a docstring."""
    shown = isinstance(node, nodes.literal_block) and node.get("testnodetype") == "doctest"
    return shown or isinstance(node, nodes.doctest_block)


def write_counts(found: Counts) -> list[nodes.Node]:
    """Write the counts of a page as cells of its row."""
    return [nodes.Text(str(n)) for n in (found.cells, found.doctests, len(found.cases))]


def link_to(page: str) -> nodes.Node:
    """Link to a page by its title."""
    target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}", "refexplicit": False}
    return pending_xref("", nodes.inline(), refwarn=True, **target)


def make_table(head: Iterable[str], rows: Iterable[Iterable[nodes.Node]]) -> nodes.table:
    """Make a table of a head and of rows with a node for each cell."""
    columns = [nodes.Text(name) for name in head]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in columns), cols=len(columns))
    group += [nodes.thead("", make_row(columns)), nodes.tbody("", *map(make_row, rows))]
    return nodes.table("", group)


def make_row(cells: Iterable[nodes.Node]) -> nodes.row:
    """Make a row of a table."""
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))
