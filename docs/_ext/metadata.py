"""What a page tells search engines: its purpose, what it is, and where the site's pages are.

Addresses are absolute, so canonical links, the card's picture, ``sitemap.xml`` and ``robots.txt``
come only with ``html_baseurl``. Without it, as on a reader's own machine, the build says so.
"""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


def purpose(doctree: nodes.document) -> str:
    """Return the sentence under the title, which says what the page is for."""
    paragraph = next(doctree.findall(nodes.paragraph), None)
    return "" if paragraph is None else " ".join(paragraph.astext().split())


def describe_page(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give the templates the page's description, its structured data and the site's address."""
    config = app.config
    text = purpose(doctree or app.env.get_doctree(config.root_doc))
    context["description"] = text
    context["html_baseurl"] = config.html_baseurl
    if doctree is None:
        return  # a page that Sphinx makes up, such as the index
    data = {
        "@context": "https://schema.org",
        "@type": ["TechArticle", "LearningResource"],
        "headline": app.env.titles[pagename].astext(),
        "description": text,
        "inLanguage": config.language,
        "author": {"@type": "Organization", "name": config.author},
        "isPartOf": {"@type": "WebSite", "name": config.project},
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "dependencies": f"TensorFlow {context['tensorflow_version']}",
    }
    if context["source_date"]:
        data["dateModified"] = context["source_date"]
    if context["pageurl"]:
        data["url"] = context["pageurl"]
    # In a script "<" could end it.
    context["structured_data"] = json.dumps(data, ensure_ascii=False).replace("<", r"\u003c")


def write_addresses(app: Sphinx, exception: Exception | None) -> None:
    """Write what needs the site's address, if that is known."""
    base = app.config.html_baseurl
    if exception or app.builder.format != "html":
        return
    if not base:
        logger.info("no sitemap and no canonical links: set SITE_URL to the site's address")
        return
    write_sitemap(app, base)
    missing = Path(app.outdir, "404.html")
    if missing.exists():
        text = missing.read_text(encoding="utf-8")
        missing.write_text(rooted(text, urlsplit(base).path), encoding="utf-8")


def write_sitemap(app: Sphinx, base: str) -> None:
    """List the addresses of all pages, and tell robots where the list is."""
    addresses = [base + app.builder.get_target_uri(name) for name in sorted(app.env.found_docs)]
    urls = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    Path(app.outdir, "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n',
        encoding="utf-8",
    )
    Path(app.outdir, "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n", encoding="utf-8"
    )


def rooted(html: str, path: str) -> str:
    """Let relative links start at the site's root: the page for lost readers is at any depth."""
    return re.sub(r'(?<= )(href|src|action)="(?![#/]|\w+:)', rf'\1="{path}', html)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for pages and for the end of the build."""
    app.connect("html-page-context", describe_page)
    app.connect("build-finished", write_addresses)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
