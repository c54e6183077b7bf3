"""The directive and the role of the laboratory write a figure and links, and refuse no formulas."""

import re
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from laboratory.directive import read_example
from tests.extensions.building import build_page

PAGE = """# 제목

```{laboratory} x*x if x > y else 2; x=2 y=-1.5
sin(x) + 1; x=0.5
```

{laboratory}`x**2 + 1; x=-3`를 여세요.
"""


def build(folder, page, builder="html", **settings):
    """Build a page; return the folder of what is built, and what Sphinx warned of."""
    settings |= {
        "epub_basename": "book",
        "extensions": ["myst_nb", "laboratory"],
        "laboratory_page": "index",
        "suppress_warnings": ["app", "config", "epub"],
    }
    return build_page(folder, page, builder, **settings)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The page, parsed."""
    out, warnings = build(tmp_path_factory.mktemp("laboratory"), PAGE)
    assert warnings == ""
    return BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser"), out


def test_figure_shows_values_and_gradients(built):
    figure = built[0].select_one(".laboratory .graph > svg")
    assert [text.get_text() for text in figure.find_all("text")] == [
        *["x", "↓ 2", "↑ 4", "y", "↓ −1.5", "↑ None"],
        *["v1 = x * x", "↓ 4", "↑ 1", "v2 = v1", "x > y: 참", "↓ 4", "↑ 1"],
    ]
    assert figure["aria-label"] == (
        "x*x if x > y else 2의 계산 그래프. x = 2, 그래디언트 4. y = −1.5, 그래디언트 None. "
        "v1 = x * x = 4, 그래디언트 1. v2 = v1 (x > y: 참) = 4, 그래디언트 1."
    )
    assert len(figure.select("path[stroke-dasharray]")) == 2  # of x and y, which are compared


def test_boxes_stand_apart_inside_the_figure(built):
    figure = built[0].select_one(".laboratory .graph > svg")
    _, _, width, height = map(float, figure["viewbox"].split())
    boxes = [
        [float(rect[side]) for side in ["x", "y", "width", "height"]]
        for rect in figure.find_all("rect")
    ]
    for x, y, w, h in boxes:
        assert 0 <= x < x + w <= width
        assert 0 <= y < y + h <= height
    for one, (x, y, w, h) in enumerate(boxes):
        for left, top, _, _ in boxes[one + 1 :]:
            assert left >= x + w or top >= y + h or left < x


def test_caption_says_where(built):
    caption = built[0].select_one(".laboratory-caption")
    assert caption.get_text() == "x*x if x > y else 2, x = 2, y = −1.5"


def test_examples_are_buttons_with_their_values(built):
    buttons = built[0].select(".examples button")
    assert [(button["data-formula"], button["data-x"]) for button in buttons] == [
        ("x*x if x > y else 2", "2"),
        ("sin(x) + 1", "0.5"),
    ]
    assert buttons[0]["data-y"] == "-1.5"


def test_role_links_to_the_formula(built):
    link = built[0].select_one("a.laboratory-link")
    assert link.get_text() == "x**2 + 1"
    url = urlsplit(link["href"])
    assert parse_qs(url.query) == {"formula": ["x**2 + 1"], "x": ["-3"]}
    assert built[0].find(id=url.fragment)


def test_scripts_are_there_and_on_no_other_page(built):
    page, out = built
    loaded = [urlsplit(script["src"]).path for script in page.select("script[src]")]
    named = [path.removeprefix("_static/") for path in loaded]
    ours = ["python.js", "laboratory.worker.js", "laboratory-drawing.js", "laboratory.js"]
    assert [name for name in named if name in ours] == ours
    assert {path.name for path in (out / "_static").iterdir()} >= {*ours, "python.worker.js"}
    # By which a browser knows that the file it keeps is an old one.
    assert all("?v=" in script["src"] for script in page.select("script[src*=laboratory]"))
    assert "laboratory" not in (out / "genindex.html").read_text(encoding="utf-8")


def test_book_has_figure_and_caption_and_formulas_as_code(tmp_path):
    out, warnings = build(tmp_path, PAGE, "epub", copyright="x", epub_show_urls="no", version="1")
    assert warnings == ""
    with ZipFile(out / "book.epub") as book:
        page = BeautifulSoup(book.read("index.xhtml"), "html.parser")
    assert page.select_one("svg.laboratory-figure")
    assert page.select_one(".laboratory-caption")
    assert page.select("form, button, input, a.laboratory-link") == []
    assert "x**2 + 1" in [code.get_text() for code in page.find_all("code")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2x; x=1", "'2x': 2번째 글자: 앞의 것과 이어지지 않습니다."),
        ("x*y; x=1", "'x*y; x=1': give a value to each variable, which are ['x', 'y']"),
        ("x; x=1 y=2", "'x; x=1 y=2': give a value to each variable, which are ['x']"),
        ("x; w=1", "'w=1': write a variable and its value as x=1.5"),
        ("x; x", "'x': write a variable and its value as x=1.5"),
        ("x; x=a", "could not convert string to float: 'a'"),
    ],
)
def test_wrong_example_is_told(text, message, tmp_path):
    with pytest.raises(ValueError, match=re.escape(message)):
        read_example(text)
    for page in [f"```{{laboratory}} {text}\n```", f"# 제목\n\n{{laboratory}}`{text}`"]:
        assert message in build(tmp_path, page)[1]
