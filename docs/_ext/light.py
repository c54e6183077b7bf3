"""Publish of the theme what the pages use: style rules that can apply, files that are named.

The theme's style sheets serve every page that anyone may write with it, 80 KB compressed; those of
this site need a quarter. What counts as used is generous: any word of a page or of its scripts.
"""

import re
from pathlib import Path

import tinycss2
from frame import THEME_STYLES
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata
from tinycss2.ast import Node


def publish_less(app: Sphinx, exception: Exception | None) -> None:
    """Make one style sheet of the theme's, and delete the files that no page asks for."""
    if exception or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    book = static / "book.css"
    files = [path for path in static.rglob("*") if path.is_file() and path != book]
    paths = [path for path in Path(app.outdir).rglob("*.html") if static not in path.parents]
    pages = [path.read_text(encoding="utf-8") for path in paths]
    # Not those that an earlier build, in another frame, left in the folder.
    named, text = closure(files, "".join(page for page in pages if book.name in page))

    words = set(re.findall(r"[\w-]+", text))
    styles = [path for pattern in THEME_STYLES for path in static.glob(pattern)]
    if len(styles) != len(THEME_STYLES):
        raise ExtensionError(f"no style sheet for each of {THEME_STYLES} in {static}: {styles}")
    rules = "".join(trim(path.read_text(encoding="utf-8"), words) for path in styles)
    book.write_text(rules, encoding="utf-8")

    named |= closure(files, rules)[0]
    for path in files:
        if path not in named:
            path.unlink()
    for folder in sorted((path for path in static.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def closure(files: list[Path], text: str) -> tuple[set[Path], str]:
    """Return the files that are named in a text, or in what it names, and all of that text."""
    named: set[Path] = set()
    while new := {path for path in files if path.name in text} - named:
        named |= new
        readable = sorted(path for path in new if path.suffix in {".css", ".js"})
        text += "".join(path.read_text(encoding="utf-8") for path in readable)
    return named, text


def trim(css: str | list[Node], words: set[str]) -> str:
    """Return the rules of a style sheet whose classes and ids are all among the words.

    Fonts are left out: the site uses those that the reader has.
    """
    kept = ""
    for rule in tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "error":
            raise ExtensionError(f"line {rule.source_line} of a style sheet: {rule.message}")
        if rule.type == "qualified-rule":
            selectors = [part for part in split(rule.prelude) if names(part) <= words]
            if selectors:
                block = tinycss2.serialize(rule.content)
                kept += f"{','.join(map(tinycss2.serialize, selectors))}{{{block}}}\n"
        elif rule.lower_at_keyword in {"media", "supports"}:
            if block := trim(rule.content, words):
                kept += f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{\n{block}}}\n"
        elif rule.lower_at_keyword not in {"charset", "font-face"}:
            kept += f"{rule.serialize()}\n"
    return kept


def split(prelude: list[Node]) -> list[list[Node]]:
    """Split a rule's prelude into its selectors."""
    selectors: list[list[Node]] = [[]]
    for part in prelude:
        if part == ",":
            selectors.append([])
        else:
            selectors[-1].append(part)
    return selectors


def names(selector: list[Node]) -> set[str]:
    """Return the classes and ids without which a selector selects nothing."""
    plain = [part for part in selector if part.type in {"hash", "ident", "literal"}]
    return set(re.findall(r"[.#]([\w-]+)", tinycss2.serialize(plain)))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Run after the theme has written its last style sheet."""
    app.connect("build-finished", publish_less, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
