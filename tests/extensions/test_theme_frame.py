"""The frame around the text: what is in it, in Korean, and that it needs no script of the theme."""

import importlib.metadata
import io
import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from theme.cells import visit_hidden_cell
from theme.frame import name_group, prepare_frame

ROOT = Path(__file__).parents[2]
FIRST = """\
# 첫째

글.

(part)=
## 부분

글.

```{toctree}
second
```
"""
PAGES = {"index.md": FIRST, "second.md": "# 둘째 <2>\n\n글.\n"}


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    """Two pages, built with the project's own settings."""
    folder = tmp_path_factory.mktemp("frame")
    for name, text in PAGES.items():
        Path(folder, name).write_text(text, encoding="utf-8")
    out, warnings = folder / "html", io.StringIO()
    settings = {
        "locale_dirs": [str(ROOT / "docs" / "locales")],
        "suppress_warnings": ["app"],  # of an earlier test's registrations
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1526000000")
        patch.setenv("GITHUB_REPOSITORY", "owner/chapter")
        with docutils_namespace():
            app = Sphinx(folder, ROOT, out, out, "html", settings, status=None, warning=warnings)
            app.build()
    assert warnings.getvalue() == ""
    return out


@pytest.fixture
def page(html):
    return BeautifulSoup((html / "index.html").read_text(encoding="utf-8"), "html.parser")


def scripts(page):
    return [script["src"].partition("?")[0] for script in page.find_all("script", src=True)]


def test_page_loads_one_script_and_three_style_sheets(page):
    styles = [link["href"].partition("?")[0] for link in page.find_all("link", rel="stylesheet")]
    assert scripts(page) == ["_static/site.js"]
    assert styles == ["_static/book.css", "_static/site.css", "_static/chapter.css"]


def test_nothing_is_published_that_no_page_loads(html):
    published = {path.name for path in (html / "_static").rglob("*") if path.is_file()}
    assert {"site.js", "site.css", "chapter.css", "book.css", "favicon.svg"} <= published
    assert not [name for name in published if re.search(r"fontawesome|bootstrap|woff|map$", name)]


def test_search_page_loads_no_script_of_sphinx(html):
    page = BeautifulSoup((html / "search.html").read_text(encoding="utf-8"), "html.parser")
    assert scripts(page) == ["_static/site.js"]
    assert len(page.find_all("input")) == 1


def test_every_button_has_something_to_open_and_a_korean_name(page):
    buttons = page.find_all("button")
    assert len(buttons) == 5  # menu, dark mode, contents, and two that close
    for button in buttons:
        assert re.fullmatch("[가-힣 ]+", button.get("aria-label") or button.get_text())
        if "popovertarget" in button.attrs:
            assert page.find(id=button["popovertarget"]).has_attr("popover")


def test_menu_marks_the_page_and_contents_name_its_parts(html, page):
    second = (html / "second.html").read_text(encoding="utf-8")
    (current,) = BeautifulSoup(second, "html.parser").select("#site-menu [aria-current]")
    assert (current["href"], current["aria-current"]) == ("#", "page")
    assert [link["href"] for link in page.select("#page-contents a")] == ["#part"]
    assert 'id="page-contents"' not in second  # which has no parts


def test_pages_are_chained(html, page):
    assert [link.get_text(" ", strip=True) for link in page.select(".prev-next a")] == [
        "다음 페이지 둘째 <2>"
    ]
    assert 'rel="prev" href="index.html"' in (html / "second.html").read_text(encoding="utf-8")


def test_foot_tells_the_version_and_the_day_of_the_sources(page):
    foot = page.find("footer").get_text()
    assert re.search(r"TensorFlow 2\.\d+\.\d+에서 실행 · 소스의 날짜 2018-05-11", foot)


def test_links_to_headings_are_named_in_korean(page):
    titles = {link["title"] for link in page.select(".headerlink")}
    assert titles == {"이 제목으로 가는 링크"}


def test_title_names_the_site_once(html, page):
    assert page.title.get_text() == "첫째"
    assert "<title>둘째 &lt;2&gt; — 즉시 실행과 자동 미분</title>" in (
        html / "second.html"
    ).read_text("utf-8")


def test_missing_page_leads_back(html):
    page = BeautifulSoup((html / "404.html").read_text(encoding="utf-8"), "html.parser")
    assert page.h1.get_text() == "페이지를 찾을 수 없습니다"
    assert page.article.a["href"] == "index.html"


@pytest.mark.parametrize(
    ("letter", "alone"), [("\u1100", "\u3131"), ("\u1112", "\u314e"), ("A", "A"), ("기호", "기호")]
)
def test_index_names_its_groups_by_consonants_that_stand_alone(letter, alone):
    assert name_group(letter) == alone


def test_index_takes_the_place_of_the_search_without_a_script(page):
    assert page.header.noscript.a["href"] == "genindex.html"


def test_other_builders_keep_their_own_frame():
    app = SimpleNamespace(builder=SimpleNamespace(name="epub"))
    prepare_frame(app, "index", "page.html", context := {}, None)
    assert context == {}


def test_folded_cell_is_named_by_what_is_read():
    written = SimpleNamespace(body=[])
    node = {"prompt_show": "코드 <보기>", "prompt_hide": "숨기기", "classes": ["above-input"]}
    visit_hidden_cell(written, node)
    assert written.body == [
        '<details class="hide above-input"><summary>'
        '<span class="collapsed">코드 &lt;보기&gt;</span>'
        '<span class="expanded">숨기기</span></summary>\n'
    ]


def test_page_asks_for_mistakes_and_is_edited_where_its_sources_are(html, page):
    links = {link.text: link["href"] for link in page.select(".site-footer a")}
    assert links["이 페이지 고치기"] == "https://github.com/owner/chapter/edit/main/docs/index.md"
    asked = urlsplit(links["틀린 곳 알리기"])
    assert asked.path == "/owner/chapter/issues/new"
    assert parse_qs(asked.query) == {
        "template": ["mistake.yml"],
        "page": ["index"],
        "version": [f"{importlib.metadata.version('eagerdemo')} 2018-05-11"],
    }
    form = (ROOT / ".github" / "ISSUE_TEMPLATE" / "mistake.yml").read_text(encoding="utf-8")
    assert {"page", "version"} <= set(re.findall(r"^ +id: (\w+)$", form, re.M))


def test_page_that_sphinx_makes_up_has_no_source_to_edit(html):
    page = BeautifulSoup((html / "search.html").read_text(encoding="utf-8"), "html.parser")
    assert page.select(".site-footer a") == []
