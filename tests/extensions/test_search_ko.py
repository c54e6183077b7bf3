"""The index that the search page searches: what of the pages it has, and which words."""

import json
from pathlib import Path

import pytest
from kiwipiepy import Kiwi
from sphinx.application import Sphinx

import search_ko

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

.. code-block:: python

   >>> 1 + 1
   2

.. raw:: html

   <b>그림</b>

.. list-table::

   * - 이름
     - 하는 일

.. py:function:: cast(x, dtype)

   바꿉니다.
"""
FIRST = """
첫째 글
=======

:term:`텐서`\\ 와 :term:`경사 하강법`\\ 입니다.
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


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The index of three pages, read back."""
    folder = tmp_path_factory.mktemp("search")
    pages = {"index": MAP, "second": SECOND, "first": FIRST, "terms": TERMS, "hidden": HIDDEN}
    for name, text in pages.items():
        Path(folder, f"{name}.rst").write_text(text, encoding="utf-8")
    out, settings = folder / "html", {"extensions": ["search_ko"], "language": "ko"}
    Sphinx(folder, None, out, out, "html", settings, status=None, warningiserror=True).build()
    assert (out / "search.html").exists()
    script = (out / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(script.removeprefix("const searchIndex=").removesuffix(";\n"))


@pytest.fixture(scope="module")
def second(index):
    """The sections of a page."""
    (sections,) = [sections for name, _, _, sections in index["pages"] if name == "second"]
    return sections


@pytest.fixture(scope="module")
def kiwi():
    return Kiwi(num_workers=1)


def test_pages_stand_in_reading_order_without_those_not_to_be_searched(index):
    pages = [(name, url) for name, url, *_ in index["pages"]]
    assert pages == [(name, f"{name}.html") for name in ["index", "second", "first", "terms"]]


def test_concept_is_introduced_by_the_first_page_after_the_map(index):
    introduced = {name: concepts for name, _, concepts, _ in index["pages"]}
    assert introduced == {"index": [], "second": ["텐서"], "first": ["경사 하강법"], "terms": []}


def test_section_has_its_label_title_prose_and_code(second):
    assert [(title, code) for _, title, _, code in second] == [
        ("둘째 글", []),
        ("코드", ["tf.cast(x)"]),
    ]
    assert second[1][0] == "second-code"
    assert second[1][2] == ["이름 · 하는 일", "cast(x, dtype)", "바꿉니다."]


def test_formulas_are_characters_and_titles_of_other_pages_are_marked(second):
    assert second[0][2] == ["⟦첫째 글⟧에서 본 텐서를 2 · x 배로 고칩니다.", "…"]


def test_stems_are_those_of_the_text_and_of_the_glossary(index):
    assert {"텐서", "경사", "하강법", "배열"} <= set(index["nouns"].split())
    assert "고치/고쳐" in index["verbs"].split()


def test_variants_are_the_tables_and_the_glossarys(index):
    variants = index["variants"]
    assert variants["tensor"] == variants["텐서"] == ["텐서", "tensor"]
    assert variants["넘파이"] == ["NumPy"]


def test_variant_of_a_concept_stands_for_all_its_names():
    assert search_ko.variants([["그래디언트", "gradient"]])["변화도"] == ["그래디언트", "gradient"]


def test_two_builds_write_the_same(kiwi):
    lines = ["변수를 고치고 텐서를 만듭니다.", "쉬운 함수를 미분합니다."]
    assert search_ko.stems(lines, {"텐서"}) == search_ko.stems(lines, {"텐서"})


@pytest.mark.parametrize(
    ("stem", "tag", "bases"),
    [
        ("고치", "VV", ["고치", "고쳐"]),
        ("만들", "VV", ["만들", "만드"]),
        ("쉽", "VA-I", ["쉽", "쉬우", "쉬워"]),
        ("읽", "VV", ["읽"]),
    ],
)
def test_verb_has_the_bases_that_endings_make_of_it(kiwi, stem, tag, bases):
    assert search_ko.bases(kiwi, stem, tag) == bases


def test_noun_with_its_particle_is_no_noun():
    nouns = search_ko.Counter({"그래디언트": 9, "그래디언트만": 1, "차": 3, "차이": 1})
    assert search_ko.ends_in_particle("그래디언트만", nouns, {"만", "이"})
    assert not search_ko.ends_in_particle("그래디언트", nouns, {"만", "이"})
    assert not search_ko.ends_in_particle("차이", nouns, {"만", "이"})


@pytest.mark.parametrize(
    ("latex", "text"), [("x^2", "x^2"), (r"2 \cdot 3", "2 · 3"), (r"\sqrt{7}", "…")]
)
def test_formula_is_written_in_characters_or_left_out(latex, text):
    assert search_ko.formula(latex) == text


def test_build_after_a_change_has_all_pages(tmp_path):
    def build(text):
        Path(tmp_path, "index.rst").write_text("사이트\n======\n\n.. toctree::\n\n   second\n")
        Path(tmp_path, "second.rst").write_text(f"둘째\n====\n\n{text}\n")
        out, settings = tmp_path / "html", {"extensions": ["search_ko"]}
        Sphinx(tmp_path, None, out, out, "html", settings, status=None, warning=None).build()
        return (out / "searchindex.js").read_text(encoding="utf-8")

    assert "처음" in build("처음")
    assert '"index.html"' in build("나중")
    assert "나중" in build("나중")
