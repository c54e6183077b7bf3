"""The directive that shows PyTorch's code on the pages with what it printed."""

import io
import json
from xml.etree import ElementTree

import pytest
from sphinx.application import Sphinx

RECORD = {
    "version": "2.0.1",
    "parts": {
        "one": {"source": "a = 1", "out": ""},
        "two": {"source": "print(a)\nprint(a)", "out": "1\n1"},
    },
}


@pytest.fixture
def build(tmp_path):
    """Return a function that builds a page with a part; it returns its tree and the warnings."""
    path = tmp_path / "record.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    out = tmp_path / "_build"
    settings = {
        "exclude_patterns": ["_build"],
        "extensions": ["record.pytorch"],
        "pytorch_record": str(path),
        "suppress_warnings": ["app"],  # an earlier test may have registered
    }

    def build(part):
        (tmp_path / "index.rst").write_text(f"T\n=\n\n.. pytorch:: {part}\n", encoding="utf-8")
        warnings = io.StringIO()
        Sphinx(tmp_path, None, out, out, "xml", settings, status=None, warning=warnings).build()
        return ElementTree.parse(out / "index.xml"), warnings.getvalue()

    return build


def test_part_shows_its_code_its_output_and_the_version(build):
    page, warnings = build("two")
    [recorded] = page.iterfind(".//container[@classes='recorded']")
    caption, code, output = recorded
    assert caption.text == "PyTorch 2.0.1에서 실행한 기록"
    assert [block.get("language") for block in [code[0], output[0]]] == ["python", "none"]
    assert [block[0].text for block in [code, output]] == ["print(a)\nprint(a)", "1\n1"]
    assert warnings == ""


def test_part_that_prints_nothing_has_no_output(build):
    page, _ = build("one")
    assert [block.get("classes") for block in page.iter("container")] == ["recorded", "cell_input"]


def test_unknown_part_is_an_error_that_names_the_parts(build):
    _, warnings = build("three")
    assert "ERROR: no part 'three' in record.json: write one of one, two" in warnings


def test_page_is_built_anew_when_the_record_changes(build, tmp_path):
    build("one")
    changed = RECORD | {"version": "2.0.2"}
    (tmp_path / "record.json").write_text(json.dumps(changed), encoding="utf-8")
    page, _ = build("one")
    assert page.find(".//paragraph").text == "PyTorch 2.0.2에서 실행한 기록"
