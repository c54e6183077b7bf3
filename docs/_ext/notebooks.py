"""Offer every page that has cells as a notebook and as a script, which stand beside the page.

What only a site can show becomes what plain Markdown can say, while the page is a tree of nodes:
there Sphinx has resolved all roles. The tree is written as one Markdown text, whose listings in
`python` Jupytext takes for cells.
"""

import ast
import base64
import functools
import re
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jupytext
import nbformat
from docutils import nodes
from hatchling.builders.wheel import WheelBuilder
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx_markdown_builder.translator import MarkdownTranslator

ROOT = Path(__file__).parents[2]
SVG = "http://www.w3.org/2000/svg"
STYLE = "background: #fff; color: #222; font-family: sans-serif"
CELLS = {"extension": ".md", "split_at_heading": True}
METADATA = {
    "jupytext": {"notebook_metadata_filter": "-all"},  # no header in the script
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

SETUP = """\
# 이 페이지가 불러오는 패키지 가운데 없는 것을 설치합니다. 긴 문자열은 eagerdemo입니다.
import base64
import doctest
import importlib.util
import pathlib
import subprocess
import sys
import tempfile

missing = [name for name in {packages} if importlib.util.find_spec(name) is None]
if missing:
    with tempfile.TemporaryDirectory() as folder:
        wheel = pathlib.Path(folder, "{name}")
        wheel.write_bytes(base64.b64decode("{wheel}"))
        found = [wheel if name == "eagerdemo" else name for name in missing]
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *found], check=True)
    importlib.invalidate_caches()


def check_examples(text):
    # 예를 실행하여 적힌 값과 견준다. 모두 같으면 failed=0이다.
    examples = doctest.DocTestParser().get_doctest(text, {{}}, "확인", None, None)
    examples.globs = globals()
    return doctest.DocTestRunner().run(examples, clear_globs=False)
"""

BESIDE = """

# 이 페이지의 {name}입니다. 파이썬이 끝날 때 지워집니다.
beside = tempfile.TemporaryDirectory()
pathlib.Path(beside.name, "{name}").write_bytes(base64.b64decode("{data}"))
sys.path.append(beside.name)
"""

# IPython strips prompts, but not from a string that opens a line.
CHECK = '''\
check_examples(
r"""
{examples}
""")
'''

logger = logging.getLogger(__name__)


@functools.cache
def wheel() -> tuple[str, str]:
    """Build eagerdemo; return the name of its wheel, and the wheel itself as text."""
    with tempfile.TemporaryDirectory() as folder:
        [path] = WheelBuilder(str(ROOT)).build(directory=folder, versions=["standard"])
        return Path(path).name, text_of(Path(path))


def text_of(path: Path) -> str:
    """Write a file as text."""
    return base64.b64encode(path.read_bytes()).decode()


def setup_cell(cells: list[str], files: list[Path]) -> str:
    """Write the cell that brings what the others import. It carries what no index has.

    Args:
        cells: the sources of the others.
        files: the modules that stand beside the page.
    """
    imported = set().union(*map(imports, cells)) - {path.stem for path in files}
    packages = sorted({"eagerdemo", *imported} - sys.stdlib_module_names)
    name, data = wheel()
    setup = SETUP.format(packages=packages, name=name, wheel=data)
    return setup + "".join(BESIDE.format(name=path.name, data=text_of(path)) for path in files)


def imports(cell: str) -> set[str]:
    """Name the packages that a cell imports."""
    names = set()
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module))
    return {name.partition(".")[0] for name in names}


def listing(code: str, language: str) -> nodes.literal_block:
    """Make a listing."""
    return nodes.literal_block(code, code, language=language)


def make_plain(page: nodes.document, url: str) -> None:
    """Replace, in a page's tree, what plain Markdown has no word for.

    Args:
        page: the resolved tree of the page, as it is about to be written.
        url: where the page is published, or an empty string where nobody knows.
    """
    unspoken = (nodes.target, nodes.comment, nodes.compound)  # the last around tables of contents
    for node in list(page.findall(lambda node: isinstance(node, unspoken))):
        node.parent.remove(node)
    for block in list(page.findall(nodes.literal_block)):
        if block.get("testnodetype") == "doctest":
            examples = block.get("test", block.astext())
            block.replace_self(listing(CHECK.format(examples=examples), "python"))
        elif block.get("language") == "python":
            block["language"] = "py"  # to be read, not run
    for cell in list(page.findall(is_cell)):
        source = next(cell.findall(is_source)).astext()
        cell.replace_self(listing(source, "python"))
    for raw in list(page.findall(nodes.raw)):
        raw.replace_self(plain_html(raw))
    for terms in list(page.findall(nodes.definition_list)):
        terms.replace_self(plain_list(terms))
    for reference in list(page.findall(nodes.reference)):
        if isinstance(reference, addnodes.download_reference):  # a file that the notebook carries
            reference.replace_self(reference.children)
        elif reference.get("internal") or "refuri" not in reference:
            target = reference["refuri"] if "refuri" in reference else f"#{reference['refid']}"
            link = nodes.reference("", "", *reference.children, refuri=urljoin(url, target))
            reference.replace_self(link if url else reference.children)


def is_cell(node: nodes.Node) -> bool:
    """Tell MyST-NB's code cells, which hold their source and their outputs."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def is_source(node: nodes.Node) -> bool:
    """Tell the source within a cell."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code_source"


def plain_html(raw: nodes.raw) -> list[nodes.Node]:
    """Turn a page's own HTML into nodes: figures into images, a solution's summary into a title."""
    html = raw.astext()
    summaries = [nodes.rubric("", text) for text in re.findall(r"<summary>(.*?)</summary>", html)]
    figures = [
        # Colab shows no SVG, only its words: these lead to the page.
        nodes.paragraph("", "", nodes.reference("", "", figure(svg), refuri="", internal=True))
        for svg in re.findall(r"<svg\b.*?</svg>", html, flags=re.DOTALL)
    ]
    if not [*summaries, *figures] and html.strip() != "</details>":
        logger.warning("no notebook can show this HTML: %r", html, location=raw)
    return [*summaries, *figures]


def figure(svg: str) -> nodes.image:
    """Make an image that carries a figure, on paper of its own: there is no page to take ink of."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)  # noqa: S314 - the page's own
    _, _, width, height = root.attrib["viewBox"].split()
    root.attrib |= {"width": width, "height": height, "style": STYLE}
    title = root.attrib.get("aria-label") or root.findtext(f"{{{SVG}}}title", "")
    data = base64.b64encode(ET.tostring(root)).decode()
    return nodes.image(uri=f"data:image/svg+xml;base64,{data}", alt=title)


def plain_list(terms: nodes.definition_list) -> nodes.bullet_list:
    """Turn a definition list into a list whose items open with their terms."""
    items = nodes.bullet_list(bullet="-")
    for term, definition in terms.children:
        [text, *more] = definition.children
        opening = [nodes.strong("", "", *term.children), nodes.Text(": "), *text.children]
        items += nodes.list_item("", nodes.paragraph("", "", *opening), *more)
    return items


def markdown(app: Sphinx, page: nodes.document, url: str) -> str:
    """Write a page's tree in plain Markdown."""
    page = page.deepcopy()
    make_plain(page, url)
    translator = MarkdownTranslator(page, app.builder)
    page.walkabout(translator)
    return translator.astext()


def notebook(text: str, files: list[Path]) -> nbformat.NotebookNode:
    """Cut Markdown into the cells of a notebook, after one that brings what they import."""
    cells = jupytext.reads(text, CELLS).cells
    sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    cells.insert(0, nbformat.v4.new_code_cell(setup_cell(sources, files)))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # nbformat's own are random
        cell["source"] = cell["source"].rstrip("\n")
    return nbformat.v4.new_notebook(cells=cells, metadata=METADATA)


def script(text: str, files: list[Path]) -> str:
    """Write the same cells as a Python file, with the words of the figures only."""
    words = re.sub(r"!\[(.*?)\]\(data:[^)]*\)", r"그림: \1", text)
    return jupytext.writes(notebook(words, files), "py:percent")


def offer(
    app: Sphinx, name: str, template: str, context: dict[str, Any], page: nodes.document | None
) -> None:
    """Write the notebook and the script of a page, and tell its template their names."""
    if app.builder.name != "html" or page is None or not any(page.findall(is_cell)):
        return
    source = app.env.doc2path(name)
    downloads = [node["reftarget"] for node in page.findall(addnodes.download_reference)]
    files = [source.parent / target for target in downloads if target.endswith(".py")]
    text = markdown(app, page, context["pageurl"] or "")
    beside = app.outdir / name
    beside.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(text, files), beside.with_suffix(".ipynb"))
    beside.with_suffix(".py").write_text(script(text, files), encoding="utf-8")
    context["notebook"] = beside.name
    if repository := app.config.notebooks_repository:
        path = f"{repository}/blob/notebooks/{name}.ipynb"
        context["colab"] = f"https://colab.research.google.com/github/{path}"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write notebooks as pages are written; `notebooks_repository` is GitHub's owner/name."""
    app.setup_extension("sphinx_markdown_builder")  # for the settings of its translator
    app.add_config_value("notebooks_repository", "", "html", frozenset({str}))
    app.connect("html-page-context", offer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
