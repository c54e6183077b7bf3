"""Korean for the English docstrings that a page shows, of which no paragraph is left out.

Sphinx itself translates: what `docs/locales/ko/LC_MESSAGES/PAGE.po` has no Korean for stays
English. Of that a build warns here, and of Korean for what is no longer there. The builder
`gettext` brings the catalogue up to the page, and marks the Korean of what has changed as fuzzy.
"""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import extract_messages
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every page when it is read."""
    app.connect("doctree-read", check_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Compare a page with its catalogue, if it has one."""
    path = find_catalogue(app)
    if not path.exists():
        return
    with path.open("rb") as file:
        catalogue = read_po(file)
    messages = [
        text
        for node, text in extract_messages(doctree)
        if not (is_korean(text) or isinstance(node, nodes.field_name))  # which Sphinx translates
    ]
    if app.builder.name == "gettext":
        update(catalogue, messages)
        write(catalogue, path)
        return
    for problem in list_problems(catalogue, messages):
        logger.warning("%s: %s", path.name, problem, location=app.env.docname)


def find_catalogue(app: Sphinx) -> Path:
    """Return where the Korean of the page that is being read would be."""
    domain = docname_to_domain(app.env.docname, app.config.gettext_compact)
    folder = Path(app.srcdir, app.config.locale_dirs[0], app.config.language, "LC_MESSAGES")
    return folder / f"{domain}.po"


def is_korean(text: str) -> bool:
    """Tell whether there is Hangul in a text."""
    return re.search("[가-힣]", text) is not None


def list_problems(catalogue: Catalog, messages: list[str]) -> list[str]:
    """Tell what a page says without Korean, and what of the catalogue it does not say."""
    translated = {str(entry.id) for entry in catalogue if entry.string and not entry.fuzzy}
    listed = {str(entry.id) for entry in catalogue if entry.id}  # not the header
    missing = [text for text in dict.fromkeys(messages) if text not in translated]
    stale = sorted(listed - set(messages))
    return [f"no Korean for {text!r}" for text in missing] + [
        f"no longer on the page: {text!r}" for text in stale
    ]


def update(catalogue: Catalog, messages: list[str]) -> None:
    """Give a catalogue the messages of a page, in their order."""
    page = Catalog()
    for text in messages:
        page.add(text)
    catalogue.update(page)
    catalogue.obsolete.clear()


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue under the header that its file has."""
    header, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    entries = BytesIO()
    write_po(entries, catalogue, width=100, omit_header=True, include_previous=True)
    path.write_text(f"{header}\n\n{entries.getvalue().decode().strip()}\n", encoding="utf-8")
