"""The chapter as a book: valid, complete without a script, the same bytes each time."""

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from zipfile import ZipFile

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

PAGE = """\
# 첫 장

$x^2$

```{raw} html
<svg viewBox="0 0 4 3" xmlns="http://www.w3.org/2000/svg"><path d="M0 0L4 3"/></svg>
<input type="radio" name="step" id="step-1" checked><label for="step-1">1</label>
```

```{exercise} 기초
:label: exercise-1
물음입니다.
```

```{solution-start}
```

풀이입니다.

```{solution-end}
```

:::{admonition} 검사
:class: check
:collapsible: closed

검사입니다.
:::
"""


def build(folder, page=PAGE):
    """Build a book of one page besides its first; return it and what Sphinx warned of."""
    docs, out, warnings = folder / "docs", folder / "epub", io.StringIO()
    docs.mkdir(parents=True)
    Path(docs, "index.md").write_text("# 책\n\n```{toctree}\none\n```\n", encoding="utf-8")
    Path(docs, "one.md").write_text(page, encoding="utf-8")
    settings = {
        "author": "기여자",
        "copyright": "CC BY 4.0",
        "epub_basename": "book",
        "epub_contributor": "기여자",
        "epub_css_files": ["ebook.css"],
        "epub_date": "2018-05-01",
        "epub_description": "책입니다",
        "epub_identifier": "book",
        "epub_uid": "book",
        "extensions": ["exercise", "formulas", "myst_nb", "takeaway.epub"],
        "html_additional_pages": {"404": "404.html"},
        "html_math_renderer": "mathml",
        "language": "ko",
        "myst_enable_extensions": ["colon_fence", "dollarmath"],
        "project": "책",
        "suppress_warnings": ["app"],  # of an earlier test's registrations
        "version": "1",
    }
    with docutils_namespace():  # or the next test's builder would find ours registered
        Sphinx(docs, None, out, folder / "types", "epub", settings, None, warnings).build()
    return ZipFile(out / "book.epub"), warnings.getvalue()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The book, with no warnings."""
    book, warnings = build(tmp_path_factory.mktemp("book"))
    assert warnings == ""
    return book


def test_manifest_tells_what_pages_have(book):
    manifest = ET.fromstring(book.read("content.opf"))
    items = manifest.findall("{*}manifest/{*}item")
    properties = {item.get("href"): item.get("properties") for item in items}
    assert properties["one.xhtml"] == "mathml svg"
    assert properties["index.xhtml"] is None
    unlisted = {"mimetype", "META-INF/container.xml", "content.opf"}
    assert set(book.namelist()) == {*properties, *unlisted}


def test_metadata_is_korean_and_of_the_sources_date(book):
    metadata = ET.fromstring(book.read("content.opf"))[0]
    fields = {element.tag.partition("}")[2]: element.text for element in metadata}
    assert fields["language"] == "ko"
    assert (fields["title"], fields["creator"], fields["rights"]) == ("책", "기여자", "CC BY 4.0")
    modified = [e.text for e in metadata if e.get("property") == "dcterms:modified"]
    assert modified == [fields["date"]] == ["2018-05-01T00:00:00Z"]
    assert ">차례<" in book.read("nav.xhtml").decode()


def test_page_shows_all_without_a_script(book):
    page = book.read("one.xhtml").decode()
    assert re.findall("<details.*?>", page) == [
        '<details class="solution" open="open">',
        '<details class="check admonition" open="open">',
    ]
    assert not re.search("<script|<input|<label", page)
    assert '<html xmlns="http://www.w3.org/1999/xhtml"' in page
    assert 'lang="ko" xml:lang="ko">' in page


def test_styles_are_in_the_book(book):
    page = book.read("one.xhtml").decode()
    styles = re.findall(r'<link rel="stylesheet"[^>]* href="(.*?)"', page)
    assert "_static/ebook.css" in styles
    assert set(styles) <= set(book.namelist())


def test_files_are_without_times(book):
    assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert book.infolist()[0].filename == "mimetype"
    assert book.infolist()[0].compress_type == 0


def test_two_builds_are_the_same_bytes(book, tmp_path):
    again, _ = build(tmp_path)
    assert Path(again.filename).read_bytes() == Path(book.filename).read_bytes()


def test_page_that_is_not_xml_is_told(tmp_path):
    _, warnings = build(tmp_path, "# 첫 장\n\n```{raw} html\n<p>하나<br>둘</p>\n```\n")
    assert "one.xhtml is not XML, write <br/> for <br> and the like: mism" in warnings
