"""Tell search engines what each page is for, what it is, and where the site's pages are.

Addresses are absolute, so canonical links, the picture, ``sitemap.xml`` and ``robots.txt`` come
only with ``html_baseurl``. Without it, as on a reader's own machine, the build says so.
"""

import json
import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for pages and for the end of the build.

    Settings: `metadata_picture` (a path in the site), `metadata_license` (an address),
    `metadata_dependencies` and `metadata_date` (texts); what is empty is left out.
    """
    for name in ["picture", "license", "dependencies", "date"]:
        app.add_config_value(f"metadata_{name}", "", "html", frozenset({str}))
    app.connect("html-page-context", describe_page)
    app.connect("build-finished", write_addresses)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def describe_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the page's description and its structured data to the head."""
    if app.builder.name != "html":
        return
    # A page that Sphinx makes up, such as the index, has the purpose of the whole site.
    text = read_purpose(doctree or app.env.get_doctree(app.config.root_doc))
    tags = make_tags(app, pagename, context, text)
    if doctree is not None:
        tags.append(make_structured_data(app, pagename, context, text))
    context["metatags"] = "\n    ".join([context.get("metatags", "").rstrip(), *tags])


def read_purpose(doctree: nodes.document) -> str:
    """Return the sentence under the title, which says what the page is for."""
    paragraph = next(doctree.findall(nodes.paragraph), None)
    return "" if paragraph is None else " ".join(paragraph.astext().split())


def make_tags(app: Sphinx, pagename: str, context: dict[str, Any], text: str) -> list[str]:
    """Write what search engines and those that share the page show of it."""
    config = app.config
    is_root = pagename == config.root_doc
    # Escaped already, within its markup; pages that Sphinx makes up name themselves in a template.
    title = re.sub(r"<[^>]*>", "", context.get("title", ""))
    tags = [
        f'<meta name="description" content="{escape(text)}">' if text else "",
        f'<meta property="og:type" content="{"website" if is_root else "article"}">',
        f'<meta property="og:site_name" content="{escape(config.project)}">',
        '<meta property="og:locale" content="ko_KR">',
        f'<meta property="og:title" content="{title}">' if title else "",
        f'<meta property="og:description" content="{escape(text)}">' if text else "",
    ]
    if context["pageurl"]:
        picture = config.html_baseurl + config.metadata_picture
        tags += [
            f'<meta property="og:url" content="{escape(context["pageurl"])}">',
            f'<meta property="og:image" content="{escape(picture)}">',
            f'<meta property="og:image:alt" content="{escape(config.html_title)}">',
            '<meta name="twitter:card" content="summary_large_image">',
        ]
    return list(filter(None, tags))


def make_structured_data(app: Sphinx, pagename: str, context: dict[str, Any], text: str) -> str:
    """Write what the page is in the vocabulary of schema.org."""
    config = app.config
    data = {
        "@context": "https://schema.org",
        "@type": ["TechArticle", "LearningResource"],
        "headline": app.env.titles[pagename].astext(),
        "description": text,
        "inLanguage": config.language,
        "author": {"@type": "Organization", "name": config.author},
        "isPartOf": {"@type": "WebSite", "name": config.project},
        "license": config.metadata_license,
        "dependencies": config.metadata_dependencies,
        "dateModified": config.metadata_date,
        "url": context["pageurl"],
    }
    known = {name: value for name, value in data.items() if value}
    # In a script "<" could end it.
    written = json.dumps(known, ensure_ascii=False).replace("<", r"\u003c")
    return f'<script type="application/ld+json">{written}</script>'


def write_addresses(app: Sphinx, exception: Exception | None) -> None:
    """Write what needs the site's address, if that is known."""
    base = app.config.html_baseurl
    if exception or app.builder.name != "html":
        return
    if not base:
        logger.info("no sitemap and no canonical links: set SITE_URL to the site's address")
        return
    write_sitemap(app, base)
    missing = Path(app.outdir, "404.html")
    if missing.exists():
        text = missing.read_text(encoding="utf-8")
        missing.write_text(root_links(text, urlsplit(base).path), encoding="utf-8")


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


def root_links(html: str, path: str) -> str:
    """Let relative links start at the site's root: the page for lost readers is at any depth."""
    return re.sub(r'(?<= )(href|src|action)="(?![#/]|\w+:)', rf'\1="{path}', html)
