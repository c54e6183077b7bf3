"""Links from what the API reference describes to its lines on GitHub.

Sphinx's own `linkcode` writes them. Where the repository is not known, there are none.
"""

import inspect
import sys
from operator import attrgetter
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the links.

    Settings: `source_links_root` is the folder of the repository, seen from `conf.py`,
    `source_links_repository` GitHub's owner/name, `source_links_commit` what the site is built of.
    """
    app.setup_extension("sphinx.ext.linkcode")
    app.add_config_value("source_links_root", ".", "env", frozenset({str}))
    app.add_config_value("source_links_repository", "", "env", frozenset({str}))
    app.add_config_value("source_links_commit", "main", "env", frozenset({str}))
    app.connect("config-inited", tell_linkcode)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def tell_linkcode(app: Sphinx, config: Config) -> None:
    """Let `linkcode` ask for addresses."""
    root = Path(app.confdir, config.source_links_root).resolve()
    repository = config.source_links_repository
    base = f"https://github.com/{repository}/blob/{config.source_links_commit}"

    def resolve(domain: str, described: dict[str, str]) -> str | None:
        lines = find_lines(described["module"], described["fullname"], root)
        return f"{base}/{lines}" if repository and lines else None

    config.linkcode_resolve = resolve


def find_lines(module: str, name: str, root: Path) -> str | None:
    """Return where a function or class is: its file, seen from a folder, and its lines."""
    try:
        described = inspect.unwrap(attrgetter(name)(sys.modules.get(module)))
        path = Path(inspect.getfile(described)).resolve()
        lines, first = inspect.getsourcelines(described)
    except (AttributeError, TypeError):  # a value, or what is not there
        return None
    if not path.is_relative_to(root):
        return None
    return f"{path.relative_to(root).as_posix()}#L{first}-L{first + len(lines) - 1}"
