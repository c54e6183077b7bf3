"""What of the theme is published: rules that can apply, and files that are named."""

from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from theme.trim import keep_used_rules, trim_published_files

SHEETS = {
    "basic.css": "div.used { color: red }",
    "styles/pydata-sphinx-theme.css": "div.unused { color: red }",
    "pygments.css": ".highlight .k { background: url(named.png) }",
    "styles/sphinx-book-theme.css": "",
    "mystnb.0a1b.css": "",
}


@pytest.fixture
def site(tmp_path):
    """A site with the theme's style sheets, a script, and files that nothing names."""
    files = {f"_static/{name}": text for name, text in SHEETS.items()} | {
        "index.html": """<link href="_static/book.css"><p class="used highlight k">
            <script src="_static/own.js"></script>""",
        "left.html": '<p class="unused"><script src="_static/bootstrap.js"></script>',
        "_static/bootstrap.js": "",
        "_static/own.js": "fetch('data.json'); new Worker('own.worker.js')",
        "_static/data.json": "{}",
        "_static/own.worker.js": "unused 'named.woff2'",
        "_static/named.woff2": "",
        "_static/named.png": "",
        "_static/fonts/unused.woff2": "",
        "_static/page.html": "unused",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(name="html"))


def published(site):
    return {path.relative_to(site.outdir).as_posix() for path in site.outdir.rglob("*")}


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("p > a:hover{color:red}", True),
        (".used.too{color:red}", True),
        ("#used{color:red}", True),
        (".unused{color:red}", False),
        (".used .unused{color:red}", False),
        ("#unused{color:red}", False),
        (".used:not(.unused){color:red}", True),
        ('[class*="un.used"]{color:red}', True),
        ("@media print{\n.used{color:red}\n}", True),
        ("@media print{\n.unused{color:red}\n}", False),
        ("@supports (x:y){\n@media print{\n.used{color:red}\n}\n}", True),
        ("@keyframes turn{to{rotate:1turn}}", True),
        ("@font-face{src:url(a.woff2)}", False),
        ('@charset "UTF-8";', False),
    ],
)
def test_rule_is_kept_if_it_can_apply(css, kept):
    assert keep_used_rules(css, {"used", "too"}) == (f"{css}\n" if kept else "")


def test_selectors_that_cannot_apply_are_left_out_of_a_rule():
    css = "/* why */ .used,.unused a,b:is(.unused,i) { color: red }"
    assert keep_used_rules(css, {"used"}) == ".used,b:is(.unused,i) { color: red }\n"


def test_broken_style_sheet_is_an_error():
    with pytest.raises(ExtensionError, match="line 2 of a style sheet"):
        keep_used_rules("p {}\n.broken", set())


def test_one_style_sheet_is_made_and_the_rest_deleted(site):
    trim_published_files(site, None)
    assert (site.outdir / "_static" / "book.css").read_text() == (
        "div.used { color: red }\n.highlight .k { background: url(named.png) }\n"
    )
    assert published(site) == {
        "index.html",
        "left.html",
        "_static",
        *(f"_static/{name}" for name in ["book.css", "own.js", "own.worker.js"]),
        *(f"_static/{name}" for name in ["data.json", "named.png"]),
    }


def test_failed_build_and_other_builders_are_left_alone(site):
    before = published(site)
    trim_published_files(site, RuntimeError())
    site.builder.name = "epub"
    trim_published_files(site, None)
    assert published(site) == before


def test_missing_style_sheet_is_an_error(site):
    (site.outdir / "_static" / "basic.css").unlink()
    with pytest.raises(ExtensionError, match=r"no style sheet for each of \['basic.css'"):
        trim_published_files(site, None)
