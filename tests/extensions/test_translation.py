"""The Korean of docstrings: shown in their place, and none missing, doubtful or left over."""

import io
import re
import sys

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from translation import is_korean

MODULE = '''
def halve(numbers, count):
    """Halve `numbers`, which are
    floats.

    Args:
        count: how many.

    Returns:
        ``(half, rest)`` of each.

    >>> 1 + 1
    2
    """
'''
PAGE = "# 제목\n\n글입니다.\n\n```{eval-rst}\n.. autofunction:: halves.halve\n```\n"
HEADER = """\
# A comment.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

"""
HALVE, COUNT, RETURNS = KOREAN = [
    'msgid "Halve `numbers`, which are floats."\n'
    'msgstr ""\n"`numbers`를 반으로 나눕니다.\\n"\n"부동소수점 수입니다."\n\n',
    'msgid "how many."\nmsgstr "개수입니다."\n\n',
    'msgid "``(half, rest)`` of each."\nmsgstr "``(half, rest)``입니다."\n',
]


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Return a function that builds a page; it returns its tree and what Sphinx warned of."""
    monkeypatch.syspath_prepend(tmp_path / "src")
    monkeypatch.delitem(sys.modules, "halves", raising=False)

    def build(catalogue, module=MODULE, builder="html"):
        files = {
            "docs/index.md": PAGE,
            "docs/locales/ko/LC_MESSAGES/index.po": catalogue,
            "src/halves.py": module,
        }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "translation"]
        settings = {
            "default_role": "code",
            "extensions": extensions,
            "language": "ko",
            "suppress_warnings": ["app"],  # of an earlier test's registrations
        }
        docs, out, warnings = tmp_path / "docs", tmp_path / "out", io.StringIO()
        with docutils_namespace():
            app = Sphinx(docs, None, out, out, builder, settings, None, warnings)
            app.build()
        return app.env.get_doctree("index"), re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())

    return build


@pytest.fixture
def catalogue(tmp_path):
    """Return a function that reads the page's catalogue."""
    return lambda: (tmp_path / "docs/locales/ko/LC_MESSAGES/index.po").read_text(encoding="utf-8")


def test_docstring_is_shown_in_korean_and_its_doctest_as_it_is(build):
    page, warnings = build(HEADER + "".join(KOREAN))
    assert warnings == ""
    text = page.astext()
    assert "numbers를 반으로 나눕니다.\n부동소수점 수입니다." in text
    assert "count – 개수입니다." in text
    assert "(half, rest)입니다." in text
    assert ">>> 1 + 1\n2" in text


@pytest.mark.parametrize(
    ("catalogue", "problem"),
    [
        (HALVE + COUNT, "no Korean for '``(half, rest)`` of each.'"),
        (HALVE + COUNT + RETURNS.replace("``(half, rest)``입니다.", ""), "no Korean for '``(half"),
        (HALVE + COUNT + "#, fuzzy\n" + RETURNS, "no Korean for '``(half, rest)`` of each.'"),
        ("".join(KOREAN) + '\nmsgid "gone"\nmsgstr "옛말"\n', "no longer on the page: 'gone'"),
    ],
)
def test_planted_fault_is_told(build, catalogue, problem):
    _, warnings = build(HEADER + catalogue)
    assert f"WARNING: index.po: {problem}" in warnings
    assert warnings.count("WARNING") == 1


def test_changed_docstring_is_told(build):
    _, warnings = build(HEADER + "".join(KOREAN), MODULE.replace("how many", "how often"))
    assert "index.po: no Korean for 'how often.'" in warnings
    assert "index.po: no longer on the page: 'how many.'" in warnings


def test_page_without_a_catalogue_may_be_english(build, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "other.md").write_text("---\norphan: true\n---\n\n# English\n")
    assert build(HEADER + "".join(KOREAN))[1] == ""


def test_builder_gettext_marks_what_has_changed(build, catalogue):
    changed = MODULE.replace("how many.", "how many times.")
    build(HEADER + "".join(KOREAN) + '\nmsgid "gone"\nmsgstr "옛말"\n', changed, "gettext")
    assert catalogue() == (
        f"{HEADER}{HALVE}#, fuzzy\n"
        '#| msgid "how many."\nmsgid "how many times."\nmsgstr "개수입니다."\n\n'
        f"{RETURNS}"
    )


def test_builder_gettext_leaves_alone_what_has_not(build, catalogue):
    build(HEADER + "".join(KOREAN), builder="gettext")
    assert catalogue() == HEADER + "".join(KOREAN)


def test_reference_is_korean_but_for_code_and_names(unexecuted):
    page = unexecuted.trees["reference/eagerdemo"]
    texts = list(page.findall(lambda node: isinstance(node, nodes.paragraph | nodes.rubric)))
    assert len(texts) > 60
    assert [text.astext() for text in texts if not is_korean(text.astext())] == []
