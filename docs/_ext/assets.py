"""What extensions have in common: scripts and style sheets, on the pages that need them alone."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

Condition = type[nodes.Node] | Callable[[nodes.Node], bool]


def add_static(app: Sphinx, folder: Path) -> None:
    """Add a folder to the site's files."""

    def add(app: Sphinx, config: Config) -> None:
        # Relative, so that Sphinx's digest of the settings is the same everywhere.
        static = os.path.relpath(folder, app.confdir)
        config.html_static_path = [*config.html_static_path, static]

    app.connect("config-inited", add)


def write_static(app: Sphinx, name: str, make: Callable[[], str]) -> None:
    """Write a file of the site that is made at each build."""

    def write(app: Sphinx) -> None:
        if app.builder.name == "html":
            folder = Path(app.outdir, "_static")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(make(), encoding="utf-8")

    # Before the pages are, which name the file's checksum.
    app.connect("builder-inited", write)


def load_with(app: Sphinx, condition: Condition, *files: str, key: str = "") -> None:
    """Load files on the pages with a node that meets a condition.

    Args:
        app: the application.
        condition: tells such a node, or is its class.
        files: names of scripts and style sheets, in the order in which they are loaded.
        key: a setting, whose value the scripts have as their `data-key`.
    """

    def load(
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        if doctree is None or not any(doctree.findall(condition)):
            return
        data = {"data-key": app.config[key]} if key else {}
        for name in files:
            if name.endswith(".css"):
                app.add_css_file(name)
            else:
                app.add_js_file(name, loading_method="defer", **data)

    app.connect("html-page-context", load)
