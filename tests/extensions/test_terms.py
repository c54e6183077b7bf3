"""The meaning of a term at its links: the first sentence of the glossary, on the site alone."""

import json

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

GLOSSARY = """\
# 용어집

```{glossary}
테이프
tape
  앞으로 가며
  기록하는 `<a b="c">`입니다.
  뒤로도 갑니다.

층
layer
  모델의 한 단위

  둘째 문단입니다.
```

{term}`tape`
"""
PAGE = "# 글\n\n{term}`테이프(tape) <tape>`와 {term}`층`은 {doc}`glossary`에 있습니다.\n"
TAPE, LAYER = '앞으로 가며 기록하는 <a b="c">입니다.', "모델의 한 단위"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Return a function that builds a page beside a glossary; it returns both as written."""

    def build(page, builder="html"):
        folder = tmp_path_factory.mktemp("terms")
        docs, out = folder / "docs", folder / "out"
        docs.mkdir()
        front = "\n```{toctree}\nglossary\n```\n"
        (docs / "index.md").write_text(page + front, encoding="utf-8")
        (docs / "glossary.md").write_text(GLOSSARY, encoding="utf-8")
        settings = {"extensions": ["myst_nb", "terms"], "version": "1"}
        with docutils_namespace():
            app = Sphinx(docs, None, out, out, builder, settings, None, None)
            app.build()
        suffix = app.builder.out_suffix
        written = [(out / f"{name}{suffix}").read_text("utf-8") for name in ["index", "glossary"]]
        return [BeautifulSoup(text, "html.parser") for text in written]

    return build


@pytest.fixture(scope="module")
def site(build):
    """A page with links to terms, and the glossary."""
    return build(PAGE)


def meanings(page):
    return [(link.get_text(), link["data-meaning"]) for link in page.select("a[data-meaning]")]


def test_link_has_the_first_sentence_or_paragraph_of_the_definition(site):
    page, _ = site
    assert meanings(page) == [("테이프(tape)", TAPE), ("층", LAYER)]
    assert page.select_one("a[data-meaning]")["href"] == "glossary.html#term-tape"


def test_link_within_the_glossary_has_it_too(site):
    _, glossary = site
    assert meanings(glossary) == [("tape", TAPE)]


def test_meaning_is_in_no_text(site):
    page, _ = site
    assert LAYER not in page.get_text()
    assert "테이프(tape)와 층은 용어집에 있습니다." in page.get_text()


def test_files_are_loaded_where_they_are_needed(site, build):
    page, _ = site
    assert page.select("link[href*='terms.css']")
    assert page.select("script[src*='terms.js'][defer]")
    plain, glossary = build("# 글\n\n{doc}`glossary`\n")
    assert not plain.select("[href*='terms.css'], [src*='terms.js'], [data-meaning]")
    assert glossary.select("[href*='terms.css']")


def test_book_has_no_meanings(build):
    page, _ = build(PAGE, "epub")
    assert page.select_one("a.reference.internal[href*=term-tape]").get_text() == "테이프(tape)"
    assert not page.select("[data-meaning], [href*='terms.css']")


def test_notebooks_and_search_of_the_site_are_not_told_twice(unexecuted):
    page = (unexecuted.outdir / "chapter" / "gradients.html").read_text(encoding="utf-8")
    link = BeautifulSoup(page, "html.parser").select_one("[data-meaning][href*=gradient-tape]")
    meaning = link["data-meaning"]
    for name in ["gradients.ipynb", "gradients.py"]:
        assert meaning not in (unexecuted.outdir / "chapter" / name).read_text(encoding="utf-8")
    index = (unexecuted.outdir / "searchindex.js").read_text(encoding="utf-8")
    assert index.count(json.dumps(meaning, ensure_ascii=False)[1:-1]) == 1  # in the glossary


def test_every_link_to_the_glossary_of_the_site_has_a_meaning(unexecuted):
    pages = [path.read_text(encoding="utf-8") for path in unexecuted.outdir.rglob("*.html")]
    trees = [BeautifulSoup(page, "html.parser") for page in pages]
    found = [link for tree in trees for link in tree.select("a:has(.std-term)")]
    assert len(found) > 100
    assert [str(link) for link in found if not link.get("data-meaning", "").endswith("다.")] == []
