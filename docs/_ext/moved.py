"""Where a page used to be, a small page leads on to where it is now.

A host of static files cannot answer with another address, and a folder of files not at all. The
script only saves the section that a link names: without it readers come to the page's beginning.
"""

from html import escape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

PAGE = """\
<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<script>location.replace("{address}" + location.hash);</script>
<meta http-equiv="refresh" content="0; url={address}">
</head>
<body>
<p>이 페이지의 주소가 바뀌었습니다: <a href="{address}">{title}</a></p>
</body>
</html>
"""

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the pages that lead on; `moved_pages` has the new name of each by its old one."""
    app.add_config_value("moved_pages", {}, "html", frozenset({dict}))
    app.connect("build-finished", lead_on)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def lead_on(app: Sphinx, exception: Exception | None) -> None:
    """Write a page for each that has moved."""
    if exception or app.builder.name != "html":
        return
    for old, new in app.config.moved_pages.items():
        if old in app.env.found_docs or new not in app.env.found_docs:
            logger.warning("moved_pages: %r is still there or %r is not", old, new)
            continue
        path = Path(app.outdir, app.builder.get_target_uri(old))
        path.parent.mkdir(parents=True, exist_ok=True)
        address = app.builder.get_relative_uri(old, new)
        title = app.env.titles[new].astext()
        path.write_text(write_page(address, title), encoding="utf-8")


def write_page(address: str, title: str) -> str:
    """Write a page that leads on to an address."""
    return PAGE.format(address=escape(address), title=escape(title))
