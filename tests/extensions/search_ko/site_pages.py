"""The project's own pages, read as Sphinx reads them: no cell is executed, no page is written."""

from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).parents[3]


def read_site(folder: Path) -> Sphinx:
    """Read all pages, and give the application whose environment has their doctrees."""
    app = Sphinx(
        ROOT / "docs",
        ROOT,
        folder / "html",
        folder / "doctrees",
        "html",
        {"nb_execution_mode": "off"},
        status=None,
        warning=None,
    )
    app.builder.read()
    return app
