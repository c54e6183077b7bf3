"""Put the pages into the project's own frame, without the scripts that it does not need."""

from fnmatch import fnmatch
from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

# The theme's script serves a frame that this site does not have, Sphinx's a search that it has not.
UNUSED_SCRIPTS = [
    "documentation_options.js",
    "doctools.js",
    "scripts/sphinx-book-theme.js",
    "sphinx_highlight.js",
    "translations.js",
]
# Style sheets, in this order, of which docs/_ext/light.py makes one.
THEME_STYLES = [
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "mystnb.*.css",
]
# What docutils says of the window, Sphinx has said.
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'


def enter_frame(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None
) -> str | None:
    """Render `frame.html` around a page's own template; the other builders keep their own."""
    if app.builder.name != "html":
        return None
    context["framed"] = templatename
    context["metatags"] = context.get("metatags", "").replace(VIEWPORT, "")
    app.add_css_file("site.css")
    app.add_js_file("site.js", loading_method="defer")
    context["script_files"] = [
        script
        for script in context["script_files"]
        if not is_one_of(script.filename, UNUSED_SCRIPTS)
        and "DOCUMENTATION_OPTIONS" not in script.attributes.get("body", "")
    ]
    context["css_files"] = [
        style for style in context["css_files"] if not is_one_of(style.filename, THEME_STYLES)
    ]
    if pagename == "genindex":
        context["genindexentries"] = [
            (standing(letter), entries) for letter, entries in context["genindexentries"]
        ]
    return "frame.html"


def is_one_of(filename: str | None, patterns: list[str]) -> bool:
    """Tell whether a file of `_static`, as a page names it, matches one of the patterns."""
    return any(fnmatch(str(filename), f"_static/{pattern}") for pattern in patterns)


def standing(letter: str) -> str:
    """Write the consonant that a group of the index is named after as one that stands alone."""
    consonants = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    return dict(zip(map(chr, range(0x1100, 0x1113)), consonants, strict=True)).get(letter, letter)


def visit_hidden_cell(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Write a folded cell under the words that a reader sees, without MyST-NB's English label."""
    shown, hidden = escape(node["prompt_show"]), escape(node["prompt_hide"])
    self.body.append(
        f'<details class="hide {" ".join(node["classes"])}"><summary>'
        f'<span class="collapsed">{shown}</span><span class="expanded">{hidden}</span></summary>\n'
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Enter the frame last, when theme and extensions have added their scripts."""
    app.connect("html-page-context", enter_frame, priority=900)
    app.setup_extension("myst_nb")
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_HideCellInput))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
