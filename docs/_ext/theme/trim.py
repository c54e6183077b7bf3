"""Keep only the inherited style rules that the pages use, and only the files that they load.

The inherited style sheets serve every page that anyone may write, 80 KB compressed; the pages of a
site need a quarter. A rule counts as used where its classes and ids occur anywhere in the text of a
page or of a script.
"""

import re
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata
from tinycss2.ast import Node

# The inherited style sheets and what Sphinx and MyST-NB add to them, in the order of the cascade.
SOURCES = [
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "mystnb.*.css",
]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Run after the theme has written its last style sheet."""
    app.connect("build-finished", trim_published_files, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def trim_published_files(app: Sphinx, exception: Exception | None) -> None:
    """Make `book.css` of the rules that the pages use, and delete the files that no page loads."""
    if exception or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    book = static / "book.css"
    files = [path for path in static.rglob("*") if path.is_file() and path != book]
    paths = [path for path in Path(app.outdir).rglob("*.html") if static not in path.parents]
    pages = [path.read_text(encoding="utf-8") for path in paths]
    # Not those that an earlier build, in another frame, left in the folder.
    named, text = follow_names(files, "".join(page for page in pages if book.name in page))
    rules = gather_used_rules(static, set(re.findall(r"[\w-]+", text)))
    book.write_text(rules, encoding="utf-8")
    delete_files(set(files) - named - follow_names(files, rules)[0])


def follow_names(files: list[Path], text: str) -> tuple[set[Path], str]:
    """Return the files that are named in a text, or in what it names, and all of that text."""
    named: set[Path] = set()
    while new := {path for path in files if path.name in text} - named:
        named |= new
        readable = sorted(path for path in new if is_read(path))
        text += "".join(path.read_text(encoding="utf-8") for path in readable)
    return named, text


def is_read(path: Path) -> bool:
    """Tell whether a file may name classes, ids and files: not a worker's, which sees no page."""
    return path.suffix in {".css", ".js"} and not path.name.endswith(".worker.js")


def gather_used_rules(static: Path, words: set[str]) -> str:
    """Return the rules of all sources that can apply where these words occur."""
    styles = [path for pattern in SOURCES for path in static.glob(pattern)]
    if len(styles) != len(SOURCES):
        raise ExtensionError(f"no style sheet for each of {SOURCES} in {static}: {styles}")
    return "".join(keep_used_rules(path.read_text(encoding="utf-8"), words) for path in styles)


def keep_used_rules(css: str | list[Node], words: set[str]) -> str:
    """Return the rules of a style sheet whose classes and ids are all among the words.

    Fonts are left out: the site uses those that the reader has.
    """
    kept = ""
    for rule in tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "error":
            raise ExtensionError(f"line {rule.source_line} of a style sheet: {rule.message}")
        if rule.type == "qualified-rule":
            selectors = [part for part in split_selectors(rule.prelude) if names_in(part) <= words]
            if selectors:
                block = tinycss2.serialize(rule.content)
                kept += f"{','.join(map(tinycss2.serialize, selectors))}{{{block}}}\n"
        elif rule.lower_at_keyword in {"media", "supports"}:
            if block := keep_used_rules(rule.content, words):
                kept += f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{\n{block}}}\n"
        elif rule.lower_at_keyword not in {"charset", "font-face"}:
            kept += f"{rule.serialize()}\n"
    return kept


def split_selectors(prelude: list[Node]) -> list[list[Node]]:
    """Split a rule's prelude into its selectors."""
    selectors: list[list[Node]] = [[]]
    for part in prelude:
        if part == ",":
            selectors.append([])
        else:
            selectors[-1].append(part)
    return selectors


def names_in(selector: list[Node]) -> set[str]:
    """Return the classes and ids without which a selector selects nothing."""
    plain = [part for part in selector if part.type in {"hash", "ident", "literal"}]
    return set(re.findall(r"[.#]([\w-]+)", tinycss2.serialize(plain)))


def delete_files(files: set[Path]) -> None:
    """Delete files, and the folders that are empty without them."""
    for path in files:
        path.unlink()
    for folder in sorted({folder for path in files for folder in path.parents}, reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
