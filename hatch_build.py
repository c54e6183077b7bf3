"""What the package's metadata says of its repository, which a build on GitHub knows."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RepositoryHook(MetadataHookInterface):
    """Adds the links of the repository in which the package is built; elsewhere there are none."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Write the fields that `pyproject.toml` calls dynamic."""
        readme = Path(self.root, "README.md").read_text(encoding="utf-8")
        urls = {"Documentation": os.environ.get("SITE_URL", "")}
        if repository := os.environ.get("GITHUB_REPOSITORY"):
            sources = f"https://github.com/{repository}"
            files = f"{sources}/blob/main/"
            readme = resolve_links(readme, files)
            urls |= {"Source": sources, "Issues": f"{sources}/issues"}
            urls |= {"Changelog": f"{files}CHANGELOG.md"}
        metadata["readme"] = {"content-type": "text/markdown", "text": readme}
        metadata["urls"] = {name: url for name, url in urls.items() if url}


def resolve_links(markdown: str, base: str) -> str:
    """Let relative links lead where they lead on GitHub: a package's index has no such files."""
    return re.sub(r"(?<=\]\()[^)]+(?=\))", lambda link: urljoin(base, link[0]), markdown)
