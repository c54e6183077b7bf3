"""Formulas are on the page as MathML: nothing to load, nothing to run."""

from pathlib import Path

from sphinx.application import Sphinx


def test_formulas_are_mathml_without_a_script(tmp_path):
    Path(tmp_path, "index.rst").write_text(
        "T\n=\n\n:math:`x^2`\n\n.. math:: \\frac{1}{2}\n", encoding="utf-8"
    )
    settings = {"extensions": ["formulas"], "html_math_renderer": "mathml"}
    out = tmp_path / "html"
    Sphinx(tmp_path, None, out, out, "html", settings, status=None, warningiserror=True).build()

    page = Path(out, "index.html").read_text(encoding="utf-8")
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in page
    assert "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>" in page
    assert 'display="block"' in page
    assert "mathjax" not in page.lower()
