"""Decide which pages are written, and what a page loads: the site's script and one of its own."""

from fnmatch import fnmatch
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

# The inherited script serves a frame that this theme does not have, Sphinx's a search that it has
# not.
UNUSED_SCRIPTS = [
    "documentation_options.js",
    "doctools.js",
    "scripts/sphinx-book-theme.js",
    "sphinx_highlight.js",
    "translations.js",
]
# Of these, as of the inherited ones, trim.py makes one style sheet.
TRIMMED_STYLES = ["pygments.css", "mystnb.*.css"]
# What docutils says of the window, Sphinx has said.
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'


def setup(app: Sphinx) -> ExtensionMetadata:
    """Prepare the frame last, when all others have added their files."""
    app.connect("env-get-outdated", note_changes)
    app.connect("env-updated", write_all)
    app.connect("html-page-context", add_page_script)
    app.connect("html-page-context", prepare_frame, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def note_changes(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Note whether a page has changed since the last build."""
    env.theme_has_changes = bool(added or changed or removed)  # type: ignore[attr-defined]
    return []


def write_all(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Write all pages when one has changed: the menu on each has the titles of all."""
    return env.found_docs if env.theme_has_changes else set()  # type: ignore[attr-defined]


def add_page_script(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the script that a page's front matter names (`script: NAME.js`), to this page alone."""
    if script := app.env.metadata[pagename].get("script"):
        app.add_js_file(script, loading_method="defer")


def prepare_frame(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load the site's script and leave out what the frame does not need."""
    if app.builder.name != "html":
        return
    context["metatags"] = context.get("metatags", "").replace(VIEWPORT, "")
    app.add_js_file("site.js", loading_method="defer")
    context["script_files"] = [
        script
        for script in context["script_files"]
        if not is_one_of(script.filename, UNUSED_SCRIPTS)
        and "DOCUMENTATION_OPTIONS" not in script.attributes.get("body", "")
    ]
    context["css_files"] = [
        style for style in context["css_files"] if not is_one_of(style.filename, TRIMMED_STYLES)
    ]
    if pagename == "genindex":
        context["genindexentries"] = [
            (name_group(letter), entries) for letter, entries in context["genindexentries"]
        ]


def is_one_of(filename: str | None, patterns: list[str]) -> bool:
    """Tell whether a file of `_static`, as a page names it, matches one of the patterns."""
    return any(fnmatch(str(filename), f"_static/{pattern}") for pattern in patterns)


def name_group(letter: str) -> str:
    """Write the consonant that a group of the index is named after as one that stands alone."""
    consonants = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    return dict(zip(map(chr, range(0x1100, 0x1113)), consonants, strict=True)).get(letter, letter)
