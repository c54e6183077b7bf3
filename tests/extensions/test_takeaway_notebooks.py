"""The notebooks and scripts that pages offer: plain Markdown, the page's cells, nothing missing."""

import ast
import base64
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import pytest
from docutils import nodes
from IPython.core.inputtransformer2 import TransformerManager
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from nbclient import NotebookClient
from sphinx.application import Sphinx

from takeaway.package import build_wheel
from takeaway.plain import CHECK, make_plain
from tests.examples import (
    EXECUTED,
    ROOT,
    path_of,
    site_cells,
    sybil_examples,
    without_options,
)

# Only a kernel tells the language of cells; `app` warns of an earlier test's registrations.
UNEXECUTED = {"nb_execution_mode": "off", "suppress_warnings": ["myst-nb.lexer", "app"]}
HEAD = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n\n"


class Offered:
    """A site of one page in `text`, and what the page offers."""

    def __init__(self, folder, text, **settings):
        """Build the site, whose sources may have other files in them."""
        (folder / "docs").mkdir(parents=True, exist_ok=True)
        (folder / "docs" / "index.md").write_text(HEAD + text, encoding="utf-8")
        settings = (
            {"version": "1.2"}
            | settings
            | UNEXECUTED
            | {
                "extensions": [
                    "exercise",
                    "myst_nb",
                    "record.tf18",
                    "sphinx.ext.doctest",
                    "takeaway",
                ],
                "html_sidebars": {"**": ["downloads.html"]},
                "myst_enable_extensions": ["colon_fence", "deflist", "dollarmath"],
                "notebooks_package": str(ROOT),
                "tf18_record": str(ROOT / "tests" / "original" / "record.json"),
            }
        )
        out, warnings = folder / "html", io.StringIO()
        docs, types = folder / "docs", out / ".doctrees"
        Sphinx(docs, None, out, types, "html", settings, status=None, warning=warnings).build()
        self.warnings = warnings.getvalue()
        self.page = (out / "index.html").read_text(encoding="utf-8")
        self.files = {path.suffix: path for path in out.glob("index.*")}

    @property
    def cells(self):
        """The notebook's cells after those that bring the package and what they call."""
        return nbformat.read(self.files[".ipynb"], as_version=4).cells[2:]

    @property
    def setup(self):
        """The first two cells."""
        return nbformat.read(self.files[".ipynb"], as_version=4).cells[:2]

    @property
    def text(self):
        """The notebook's text."""
        return "\n\n".join(cell.source for cell in self.cells if cell.cell_type == "markdown")

    @property
    def script(self):
        """The script."""
        return self.files[".py"].read_text(encoding="utf-8")


# One page


def test_page_becomes_plain_cells(tmp_path):
    page = """(top)=
# 제목

{ref}`이곳 <top>`의 $x^2$과 {doc}`index`, {tf18}`square`, **굵게**.
둘째 줄.

첫째
: 하나

```{toctree}
```

```{code-cell} python
:tags: [hide-input]
x = 1
```

(part)=
## 절

| 옛 | 새 |
|---|---|
| `a` | 1 |

```python
x = 2
```

```{exercise} 기초
:label: exercise-1
물음입니다.
```

```{solution-start}
```

```{code-cell} python
x = 3
```

```{doctest}
>>> x  # doctest: +SKIP
3
```

```{solution-end}
```

:::{admonition} 검사
:class: check
:collapsible: closed

```{doctest}
>>> x
3
```
:::
"""
    offered = Offered(tmp_path, page)
    assert offered.warnings == ""
    assert [(cell.cell_type, cell.source) for cell in offered.cells] == [
        (
            "markdown",
            "# 제목\n\n이곳의 $x^2$과 제목, `[6.0]`, **굵게**.\n둘째 줄.\n\n- **첫째**: 하나",
        ),
        ("code", "x = 1"),
        (
            "markdown",
            "## 절\n\n| 옛   |   새 |\n|------|------|\n| `a`  |    1 |\n```py\nx = 2\n```"
            "\n\n**문제 1** · 기초\n\n물음입니다.",
        ),
        ("markdown", "### 문제 1 풀이"),
        ("code", "x = 3"),
        ("code", CHECK.format(examples=">>> x  # doctest: +SKIP\n3").strip()),
        ("markdown", "### 검사"),
        ("code", CHECK.format(examples=">>> x\n3").strip()),
    ]


CELL = "\n\n```{code-cell} python\nx = 1\n```\n"


def test_references_lead_to_the_site_where_its_address_is_known(tmp_path):
    page = "(top)=\n# 제목\n\n{ref}`이곳 <top>`, [밖](https://example.org/)" + CELL
    unknown = Offered(tmp_path / "1", page)
    assert "이곳, [밖](https://example.org/)" in unknown.text
    known = Offered(tmp_path / "2", page, html_baseurl="https://example.org/book")
    assert "[이곳](https://example.org/book/index.html#top), [밖](https" in known.text


def test_figure_is_an_image_whose_ink_shows_on_its_own_paper(tmp_path):
    svg = (
        '<svg viewBox="0 0 4 3" xmlns="http://www.w3.org/2000/svg"><title>선 하나</title>'
        '<path stroke="currentColor" d="M0 0L4 3"/></svg>'
    )
    page = f"# 제목\n\n```{{raw}} html\n{svg}\n```" + CELL
    offered = Offered(tmp_path / "1", page)
    [data] = re.findall(r"!\[선 하나\]\(data:image/svg\+xml;base64,(.*?)\)", offered.text)
    figure = ET.fromstring(base64.b64decode(data))
    assert figure.find("{*}path").attrib == {"stroke": "currentColor", "d": "M0 0L4 3"}
    assert figure.attrib["style"].startswith("background: #fff; color: #222;")
    assert (figure.attrib["width"], figure.attrib["height"]) == ("4", "3")
    assert "# 그림: 선 하나\n" in offered.script
    assert "base64," not in offered.script

    linked = Offered(tmp_path / "2", page, html_baseurl="https://example.org/")
    assert linked.text.endswith(")](https://example.org/index.html)")
    assert "# [그림: 선 하나](https://example.org/index.html)\n" in linked.script


def test_html_that_no_notebook_can_show_is_told(tmp_path):
    offered = Offered(tmp_path, "# 제목\n\n<marquee>글</marquee>\n" + CELL)
    assert "no notebook can show this HTML: '<marquee>" in offered.warnings


def test_check_finds_what_differs_and_keeps_what_it_binds(tmp_path):
    checks = [">>> x\n1\n>>> y = x + 1", ">>> y\n2", ">>> x\n2"]
    blocks = "\n".join(f"```{{doctest}}\n{check}\n```\n" for check in checks)
    offered = Offered(tmp_path, f"# 제목{CELL}\n{blocks}")
    notebook = nbformat.read(offered.files[".ipynb"], as_version=4)
    NotebookClient(notebook, timeout=300).execute()
    results = [cell.outputs[-1].data["text/plain"] for cell in notebook.cells[-3:]]
    assert results == [
        "TestResults(failed=0, attempted=2)",
        "TestResults(failed=0, attempted=1)",
        "TestResults(failed=1, attempted=1)",
    ]


def test_first_cell_asks_for_what_the_others_import(tmp_path):
    cell = "import json, onnx.helper\n\nfrom sklearn.datasets import load_digits as k\n"
    offered = Offered(tmp_path, f"# 제목\n\n```{{code-cell}} python\n{cell}```\n")
    packages = {"eagerdemo": "eagerdemo", "onnx": "onnx", "sklearn": "scikit-learn"}
    assert f"packages = {packages}\n" in offered.setup[0].source


def test_first_cell_is_one_line_where_the_package_is_published(tmp_path):
    page = "# 제목\n\n```{code-cell} python\nimport onnx, sklearn\n```\n"
    offered = Offered(tmp_path / "1", page, notebooks_published="1.2")
    install, called = offered.setup
    assert install.source == "%pip install --quiet eagerdemo==1.2 onnx scikit-learn"
    assert install.metadata == {}
    assert "def check_examples" in called.source
    assert f"# {install.source}\n" in offered.script

    other = Offered(tmp_path / "2", page, notebooks_published="1.1")
    assert build_wheel(ROOT)[1] in other.setup[0].source


def test_modules_that_the_page_offers_come_with_its_notebook(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "beside_it.py").write_text('수 = r"""7"""\n', encoding="utf-8")
    (docs / "other.py").write_text("from beside_it import 수\n", encoding="utf-8")
    cell = "import beside_it\nimport other\n\nprint(beside_it.수, other.수)\n"
    links = "{download}`beside_it.py` {download}`other.py`"
    offered = Offered(tmp_path, f"# 제목\n\n{links}\n\n```{{code-cell}} python\n{cell}```\n")
    assert offered.text == "# 제목\n\n`beside_it.py` `other.py`"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run = [sys.executable, shutil.copy(offered.files[".py"], elsewhere)]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "7 7\n"
    notebook = nbformat.read(offered.files[".ipynb"], as_version=4)
    NotebookClient(notebook, timeout=300).execute()
    *setup, _, cell = notebook.cells
    assert [first.outputs for first in setup] == [[], []]
    assert [output.text for output in cell.outputs] == ["7 7\n"]


def test_notebook_is_clean_and_the_same_each_time(tmp_path):
    first, second = (Offered(tmp_path / name, "# 제목\n\n글" + CELL) for name in "12")
    for kind in [".ipynb", ".py"]:
        assert first.files[kind].read_bytes() == second.files[kind].read_bytes()
    notebook = nbformat.read(first.files[".ipynb"], as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.execution_count, cell.outputs) for cell in code] == [(None, [])] * 3


def test_first_cells_are_folded_in_jupyterlab_and_colab(tmp_path):
    offered = Offered(tmp_path, "# 제목\n\n글" + CELL)
    for cell in offered.setup:
        assert cell.metadata == {"cellView": "form", "jupyter": {"source_hidden": True}}
        assert cell.source.startswith("# @title 준비")
    assert not any(cell.metadata for cell in offered.cells)
    assert set(re.findall("^# %%.*", offered.files[".py"].read_text("utf-8"), re.M)) <= {
        "# %%",
        "# %% [markdown]",
    }


def test_page_links_what_it_offers(tmp_path):
    links = Offered(tmp_path / "1", "# 제목" + CELL).page
    assert '<a href="index.ipynb" download>' in links
    assert '<a href="index.py" download>' in links
    assert "Colab" not in links
    links = Offered(tmp_path / "2", "# 제목" + CELL, notebooks_repository="owner/book").page
    address = "https://colab.research.google.com/github/owner/book/blob/notebooks/index.ipynb"
    assert f'<a href="{address}">Colab에서 열기</a>' in links


def test_page_without_cells_offers_no_notebook(tmp_path):
    offered = Offered(tmp_path, "# 제목\n\n```python\nx = 1\n```\n")
    assert list(offered.files) == [".html"]
    assert "ipynb" not in offered.page


# All pages of the chapter


def cells_of(unexecuted, page):
    """Return the sources of a page's notebook: its text, its cells and its checks."""
    notebook = nbformat.read(unexecuted.outdir / f"{page}.ipynb", as_version=4)
    first, called, *cells = notebook.cells
    assert build_wheel(ROOT)[1] in first.source
    assert "def check_examples" in called.source
    sources = {"text": [], "cells": [], "checks": []}
    for cell in cells:
        is_check = cell.source.startswith("check_examples(")
        kind = "text" if cell.cell_type == "markdown" else "checks" if is_check else "cells"
        sources[kind].append(cell.source)
    return sources


@pytest.mark.parametrize("page", EXECUTED)
def test_notebook_has_the_cells_and_doctests_of_its_page(page, unexecuted):
    sources = cells_of(unexecuted, page)
    _, doctests = sybil_examples(path_of(page))
    assert sources["cells"] == [cell.rstrip("\n") for cell in site_cells(path_of(page))]
    found = doctest.DocTestParser().get_examples("\n".join(sources["checks"]).replace('"""', ""))
    assert [without_options(ex.source) for ex in found] == [
        without_options(ex.source) for ex in doctests
    ]


@pytest.mark.parametrize("page", EXECUTED)
def test_jupyter_runs_the_cells_as_they_are_written(page, unexecuted):
    # It takes prompts for pasted ones, also where they stand in a string.
    for source in [*cells_of(unexecuted, page)["cells"], *cells_of(unexecuted, page)["checks"]]:
        assert TransformerManager().transform_cell(source) == source + "\n"


@pytest.mark.parametrize("page", EXECUTED)
def test_script_has_the_code_of_the_notebook(page, unexecuted):
    notebook = nbformat.read(unexecuted.outdir / f"{page}.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    script = (unexecuted.outdir / f"{page}.py").read_text(encoding="utf-8")
    assert ast.dump(ast.parse(script)) == ast.dump(ast.parse(code))


def left_myst(text):
    """Return what a Markdown reader without MyST would see as marks."""
    quoted = r"^```.*?^```$|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$"
    prose = re.sub(quoted, "", text, flags=re.DOTALL | re.MULTILINE)
    marks = r"\{[a-z-]+\}|^\([\w-]+\)=$|^:::|^: |^%|<\w"
    return re.findall(marks, prose, flags=re.MULTILINE) + re.findall(r"```\{.*?\}", text)


@pytest.mark.parametrize("page", EXECUTED)
def test_text_has_no_myst_left(page, unexecuted):
    assert [left_myst(text) for text in cells_of(unexecuted, page)["text"] if left_myst(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        *["{term}`변수`", "(top)=", ":::{note}", "읽는 시간\n: 약 3분", "% 적어 둔 말"],
        *["```{code-cell} python\n```", '<details class="solution">'],
    ],
)
def test_left_myst_is_found(text):
    assert left_myst(f"글\n{text}\n글")


@pytest.mark.parametrize("page", EXECUTED)
def test_text_says_all_that_the_page_says(page, unexecuted):
    tree = unexecuted.trees[page]
    make_plain(tree, "")
    said = [
        node["alt"] if isinstance(node, nodes.image) else node.astext()
        for node in tree.findall(is_said)
    ]
    shown = shown_words("\n\n".join(cells_of(unexecuted, page)["text"]))
    assert "".join("".join(said).split()) == "".join("".join(shown).split())


def is_said(node):
    """Tell the words of a page: its text, but for the cells, and the words of its images."""
    in_cell = isinstance(node.parent, nodes.literal_block) and node.parent["language"] == "python"
    return isinstance(node, nodes.Text | nodes.image) and not in_cell


def shown_words(text):
    """Read Markdown as Jupyter does, and give its text."""
    parser = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
    parser.validateLink = lambda url: True  # images may be data
    for block in parser.parse(text):
        for token in block.children or [block]:
            yield token.content


# The package

RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
find = "import importlib.util; print(importlib.util.find_spec('eagerdemo').origin)"
notebook.cells.append(nbformat.v4.new_code_cell(find))
NotebookClient(notebook, timeout=300).execute()
print("".join(out.get("text", "") for cell in notebook.cells for out in cell.get("outputs", [])))
"""


@pytest.fixture
def run_elsewhere(tmp_path):
    """Return a function that runs a notebook with all packages but eagerdemo, and no index to ask.

    It gives what the notebook prints, once that has come to have eagerdemo.
    """
    if os.name == "nt":
        pytest.skip("links to files need rights there")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    [packages] = (tmp_path / "env").glob("lib/python*/site-packages")
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "eagerdemo" not in path.name and not (packages / path.name).exists():
            (packages / path.name).symlink_to(path)

    def run(notebook, **variables):
        known = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        known |= {"PIP_NO_INDEX": "1", "JUPYTER_PATH": "", "TF_CPP_MIN_LOG_LEVEL": "3"}
        done = subprocess.run(
            [python, "-c", RUN, notebook],
            env=known | variables,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert str(packages / "eagerdemo" / "__init__.py") in done.stdout
        return done.stdout

    return run


def test_notebook_brings_the_package_where_it_is_missing(unexecuted, run_elsewhere):
    assert "numpy=2.0" in run_elsewhere(unexecuted.outdir / "reference" / "errata.ipynb")


def test_notebook_installs_the_published_package(run_elsewhere, tmp_path):
    published, data = build_wheel(ROOT)
    (tmp_path / published).write_bytes(base64.b64decode(data))
    version = published.split("-")[1]
    offered = Offered(tmp_path, "# 제목" + CELL, version=version, notebooks_published=version)
    run_elsewhere(offered.files[".ipynb"], PIP_FIND_LINKS=str(tmp_path))
