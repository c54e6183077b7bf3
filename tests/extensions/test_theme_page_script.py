"""A script is loaded by the page that asks for it, and by no other."""

from pathlib import Path

from sphinx.application import Sphinx


def test_only_the_page_that_names_a_script_loads_it(tmp_path):
    Path(tmp_path, "index.rst").write_text("T\n=\n\n.. toctree::\n\n   with\n", encoding="utf-8")
    Path(tmp_path, "with.rst").write_text(":script: descent.js\n\nT\n=\n", encoding="utf-8")
    settings = {"extensions": ["theme.frame"]}
    out = tmp_path / "html"
    Sphinx(tmp_path, None, out, out, "html", settings, status=None, warningiserror=True).build()

    loading = '<script defer="defer" src="_static/descent.js'
    assert loading in Path(out, "with.html").read_text(encoding="utf-8")
    assert "descent.js" not in Path(out, "index.html").read_text(encoding="utf-8")
    assert "script: descent.js" not in Path(out, "with.html").read_text(encoding="utf-8")
