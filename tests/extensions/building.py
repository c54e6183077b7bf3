"""Builds a site of one page, for the tests of an extension."""

import io
import os
import re

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace


def build_page(folder, page, builder="html", **settings):
    """Write and build a page; return the folder of what is built, and what Sphinx warned of."""
    docs, out, warnings = folder / "docs", folder / builder, io.StringIO()
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "index.md").write_text(page, encoding="utf-8")
    with docutils_namespace():  # or the next test's builder would find this one's registered
        Sphinx(docs, None, out, folder / "trees", builder, settings, None, warnings).build()
    plain = re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())
    return out, plain.replace(f"{docs}{os.sep}", "")
