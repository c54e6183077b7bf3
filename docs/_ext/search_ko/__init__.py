"""Search in Korean: a page that finds, in the browser, the section that answers a question.

Sphinx has no search language for Korean, and its search wants a page to have every word of a
query, which a question in a sentence has not. This extension takes the place of Sphinx's search.
When the pages are built, `pages.py` reads the text of every section, `words.py` finds the stems
of its words with a morphological analyser, and `index.py` gathers both in `searchindex.js`. In
the browser, `static/search/words.js` splits a query by the same stems, `ranking.js` finds the
sections that answer it, and `results.js` shows them on the page that `templates/search.html` lays
out and `search.css` dresses.

Another site copies this folder, adds `search_ko` to its `extensions`, and installs kiwipiepy. Its
facts are settings: see `setup`, and `read_variants` for the table of its readers' words.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from assets import add_static

from .index import Policy, make_index, write_index
from .pages import Page, read_page
from .words import ASKING, read_variants

HERE = Path(__file__).parent


def setup(app: Sphinx) -> ExtensionMetadata:
    """Take the settings, and the place of Sphinx's search.

    The names and labels in the settings are regular expressions that match them as a whole.
    """
    # A table of what readers write instead of the pages' words, as a path beside conf.py.
    app.add_config_value("search_ko_variants", "", "", str)
    # The words in which readers ask; they do not say what about.
    app.add_config_value("search_ko_asking", ASKING, "", str)
    # What pages that do not explain get of their score, by name; they introduce no concept either.
    app.add_config_value("search_ko_page_weights", {}, "", dict)
    # How readily a result leads to sections that every page has, by label.
    app.add_config_value("search_ko_section_weights", {}, "", dict)
    add_static(app, HERE / "static")
    app.connect("config-inited", add_templates)
    app.connect("builder-inited", replace_search)
    app.connect("html-page-context", add_styles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_templates(app: Sphinx, config: Config) -> None:
    """Add the folder's template to those of the site."""
    # Relative, so that Sphinx's digest of the settings is the same everywhere.
    templates = os.path.relpath(HERE / "templates", app.confdir)
    config.templates_path = [*config.templates_path, templates]


def replace_search(app: Sphinx) -> None:
    """Have Sphinx make the search page, but not its own index."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or not builder.search:
        return
    builder.search = False
    search_page = {"search": "search.html"}
    app.config.html_additional_pages = app.config.html_additional_pages | search_page
    app.connect("build-finished", index_pages)


def add_styles(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the style sheet to the search page."""
    if pagename == "search":
        app.add_css_file("search/search.css")


def index_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the index when all pages are written."""
    if exception is None:
        index = make_index(read_pages(app), read_policy(app))
        write_index(index, Path(app.outdir, "searchindex.js"))


def read_pages(app: Sphinx) -> list[Page]:
    """Read the pages in their order of reading.

    They are read from their stored doctrees, not noted while Sphinx writes them: it may do so in
    several processes, and it only writes those that have changed.
    """
    names = dict.fromkeys(order_pages(app.env, app.config.root_doc))
    return [
        read_page(resolve_doctree(app.env, name), name, app.builder.get_target_uri(name))
        for name in names
        if "nosearch" not in app.env.metadata[name]
    ]


def order_pages(env: BuildEnvironment, name: str) -> Iterator[str]:
    """Yield a page and those below it, in the order of the tables of contents."""
    yield name
    for child in env.toctree_includes.get(name, []):
        yield from order_pages(env, child)


def resolve_doctree(env: BuildEnvironment, name: str) -> nodes.document:
    """Return a page's tree with its links resolved."""
    doctree = env.get_doctree(name)
    env.apply_post_transforms(doctree, name)
    return doctree


def read_policy(app: Sphinx) -> Policy:
    """Read the site's settings."""
    config = app.config
    table = config.search_ko_variants
    return Policy(
        variants=read_variants(Path(app.confdir, table)) if table else {},
        asking=config.search_ko_asking,
        page_weights=config.search_ko_page_weights,
        section_weights=config.search_ko_section_weights,
    )
