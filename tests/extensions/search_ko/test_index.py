"""The index that the search page searches: what of the pages it has, and what the site decides."""

import gzip
import json
from pathlib import Path

import pytest
from sphinx.application import Sphinx

from search_ko.index import IndexedPage, find_weight, note_introductions
from search_ko.pages import Page, write_formula

MAP = """
사이트
======

:term:`텐서`와 ``tf.Variable``\\ 을 다룹니다.

.. toctree::

   second
   first
   terms
   hidden
"""
SECOND = """
둘째 글
=======

:doc:`first`\\ 에서 본 :term:`텐서 <tensor>`\\ 를 :math:`2 \\cdot x` 배로 고칩니다.

.. math:: \\frac{1}{2}

.. _second-code:

코드
----

.. code-block:: python

   tf.cast(x)

.. code-block:: myst-ansi

   W = 2.5, x = [1 2 3 4 5 6]
   Cannot assign value to this variable

.. code-block:: python

   >>> 1 + 1
   2
   >>> tf.matmul(x, y)  # doctest: +ELLIPSIS
   Traceback (most recent call last):
   tensorflow.errors.InvalidArgumentError: Incompatible shapes: [2] vs. [3]
   ... x.shape
   >>> 1 / 0
   Traceback (most recent call last):
   ZeroDivisionError: division by zero

.. raw:: html

   <b>그림</b>

.. list-table::

   * - 이름
     - 하는 일

.. py:function:: cast(x, dtype)

   바꿉니다.

.. _second-aside:

곁
--

.. code-block:: python

   tf.round(x)
"""
FIRST = """
첫째 글
=======

:term:`텐서`\\ 와 :term:`경사 하강법`\\ 입니다.

``1 / 0``\\ 은 ``float division by zero now``\\ 입니다.
"""
TERMS = """
용어집
======

.. glossary::

   텐서
   tensor
     수의 배열입니다.

   경사 하강법
     내려갑니다.
"""
HIDDEN = ":nosearch:\n\n숨은 글\n=======\n\n글.\n"
PAGES = {"index": MAP, "second": SECOND, "first": FIRST, "terms": TERMS, "hidden": HIDDEN}
SETTINGS = {
    "extensions": ["search_ko"],
    "language": "ko",
    "search_ko_variants": "variants.toml",
    "search_ko_asking": "무엇 어떻게",
    "search_ko_page_weights": {"index": 0.5},
    "search_ko_section_weights": {".*-aside": 0.7},
}


def build(folder, parallel=1, pages=PAGES, settings=SETTINGS):
    """Build pages, and give the text of their index."""
    for name, text in pages.items():
        Path(folder, f"{name}.rst").write_text(text, encoding="utf-8")
    table = '[variants]\n"넘파이" = ["NumPy"]\n"텐서들" = ["텐서"]\n'
    Path(folder, "variants.toml").write_text(table, encoding="utf-8")
    out = folder / "html"
    quiet = {"status": None, "warning": None}
    Sphinx(folder, None, out, out, "html", settings, **quiet, parallel=parallel).build()
    return (out / "searchindex.js").read_text(encoding="utf-8")


def read(script):
    """Read an index back."""
    return json.loads(script.removeprefix("const searchIndex=").removesuffix(";\n"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where a small site is built."""
    return tmp_path_factory.mktemp("search")


@pytest.fixture(scope="module")
def script(folder):
    """The index of the small site, as it is published."""
    return build(folder)


@pytest.fixture(scope="module")
def pages(script):
    """The pages in the index, by name."""
    return {page["name"]: page for page in read(script)["pages"]}


def test_pages_stand_in_reading_order_without_those_not_to_be_searched(pages):
    urls = {name: page["url"] for name, page in pages.items()}
    assert list(urls.items()) == [
        (name, f"{name}.html") for name in ["index", "second", "first", "terms"]
    ]


def test_concept_is_introduced_by_the_first_page_that_is_not_set_aside(pages):
    introduced = {name: page["introduces"] for name, page in pages.items()}
    assert introduced == {"index": [], "second": ["텐서"], "first": ["경사 하강법"], "terms": []}


def test_section_has_its_label_title_prose_and_code(pages):
    lead, code, _ = pages["second"]["sections"]
    assert (lead["title"], lead["code"]) == ("둘째 글", [])
    assert (code["label"], code["title"]) == ("second-code", "코드")
    assert code["code"] == ["tf.cast(x)"]
    assert code["prose"] == ["이름 · 하는 일", "cast(x, dtype)", "바꿉니다."]


def test_errors_of_doctests_are_messages_as_notebooks_show_them(pages):
    lead, code, _ = pages["second"]["sections"]
    assert lead["messages"] == []
    assert code["messages"][1:] == [
        "InvalidArgumentError: Incompatible shapes: [2] vs. [3]\n... x.shape",
        "ZeroDivisionError: division by zero",
    ]


def test_of_what_a_cell_prints_messages_are_kept(pages):
    code = pages["second"]["sections"][1]
    assert code["messages"][0] == "Cannot assign value to this variable"
    assert code["code"] == ["tf.cast(x)"]


def test_messages_that_prose_quotes_are_messages_and_shorter_code_is_none(pages):
    (lead,) = pages["first"]["sections"]
    assert lead["messages"] == ["float division by zero now"]


def test_formulas_are_characters_and_titles_of_other_pages_are_marked(pages):
    lead, *_ = pages["second"]["sections"]
    assert lead["prose"] == ["⟦첫째 글⟧에서 본 텐서를 2 · x 배로 고칩니다."]


def test_pages_and_sections_weigh_what_the_site_decides(pages):
    assert [page["weight"] for page in pages.values()] == [0.5, 1, 1, 1]
    assert [section["weight"] for section in pages["second"]["sections"]] == [1, 1, 0.7]


def test_code_of_what_the_site_sets_aside_is_left_out(tmp_path, pages):
    *_, aside = pages["second"]["sections"]
    assert (aside["title"], aside["code"]) == ("곁", [])
    settings = SETTINGS | {"search_ko_page_weights": {"second": 0.5}}
    of_page = {page["name"]: page for page in read(build(tmp_path, settings=settings))["pages"]}
    assert not any(section["code"] for section in of_page["second"]["sections"])


def test_index_has_the_stems_the_variants_and_the_words_in_which_readers_ask(script):
    index = read(script)
    assert {"텐서", "경사", "하강법", "배열"} <= set(index["nouns"])
    assert ["고치", "고쳐"] in index["verbs"]
    assert index["variants"]["tensor"] == index["variants"]["텐서들"] == ["텐서", "tensor"]
    assert index["variants"]["넘파이"] == ["NumPy"]
    assert index["asking"] == ["무엇", "어떻게"]


def test_site_without_settings_has_an_index(tmp_path):
    index = read(build(tmp_path, settings={"extensions": ["search_ko"]}))
    assert index["variants"] == {name: ["텐서", "tensor"] for name in ["텐서", "tensor"]} | {
        "경사 하강법": ["경사 하강법"]
    }
    assert {page["weight"] for page in index["pages"]} == {1}
    assert "무엇" in index["asking"]


def test_page_of_the_search_loads_its_scripts_and_styles_and_others_do_not(folder, script):
    search = (folder / "html" / "search.html").read_text(encoding="utf-8")
    for name in ["words.js", "ranking.js", "results.js", "search.css"]:
        assert f"_static/search/{name}" in search
        assert (folder / "html" / "_static" / "search" / name).exists()
    assert "searchtools.js" not in search
    assert "search.css" not in (folder / "html" / "first.html").read_text(encoding="utf-8")


def test_parallel_build_has_the_same_index(tmp_path, script):
    # Sphinx reads and writes in parallel where there are more than five pages.
    more = {f"page{n}": f"글 {n}\n======\n\n{n}째 글입니다.\n" for n in range(6)}
    toctree = MAP + "".join(f"   {name}\n" for name in more)
    both = []
    for parallel in [1, 2]:
        folder = tmp_path / str(parallel)
        folder.mkdir()
        both.append(build(folder, parallel, PAGES | more | {"index": toctree}))
    assert both[0] == both[1]
    assert "5째 글입니다." in both[0]
    assert both[0] != script


def test_build_after_a_change_has_all_pages(tmp_path):
    build(tmp_path)
    written = (tmp_path / "html" / "first.html").stat().st_mtime_ns
    index = build(tmp_path, pages={"second": "둘째\n====\n\n나중\n"})
    assert "나중" in index
    assert "고칩니다" not in index
    assert '"url":"first.html"' in index
    # A page that did not change is not written again.
    assert (tmp_path / "html" / "first.html").stat().st_mtime_ns == written


@pytest.mark.parametrize(
    ("latex", "text"), [("x^2", "x^2"), (r"2 \cdot 3", "2 · 3"), (r"\sqrt{7}", "…")]
)
def test_formula_is_written_in_characters_or_left_out(latex, text):
    assert write_formula(latex) == text


def test_weight_is_that_of_the_first_pattern_that_matches_the_whole_name():
    weights = {"reference/.*": 0.5, ".*/index": 0.2}
    names = ["reference/index", "chapter/index", "chapter/reference/a"]
    assert [find_weight(name, weights) for name in names] == [0.5, 0.2, 1]


def test_page_set_aside_introduces_nothing_even_where_it_is_first():
    glossary = {"term-1": ["텐서"]}
    pages = [Page(name, "", [], {}, ["term-1"]) for name in ["map", "chapter"]]
    indexed = [IndexedPage("map", "", 0.5, [], []), IndexedPage("chapter", "", 1.0, [], [])]
    note_introductions(indexed, pages, glossary)
    assert [page.introduces for page in indexed] == [[], ["텐서"]]


def test_code_of_figures_is_left_out(site_index):
    codes = [
        code for page in site_index["pages"] for part in page["sections"] for code in part["code"]
    ]
    assert any("import numpy" in code for code in codes)
    assert [code for code in codes if "plots.lines(" in code or "plots.pictures(" in code] == []


def test_index_of_the_site_is_small(site_index):
    text = json.dumps(site_index, ensure_ascii=False, separators=(",", ":"))
    assert len(gzip.compress(text.encode())) < 4_140 * len(site_index["pages"])
