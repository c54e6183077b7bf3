"""The changelog begins with the package's version, and says as much in English as in Korean."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def read_releases(text):
    """Return the releases of a changelog and the number of their entries, in both languages."""
    languages = text.split("\n## In English\n")
    return [
        [
            (release.split()[0], release.count("\n- "))
            for release in re.split(r"^###? v", language, flags=re.MULTILINE)[1:]
        ]
        for language in languages
    ]


def test_changelog_tells_the_same_in_both_languages():
    korean, english = read_releases((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert korean == english
    assert korean[0][0] == VERSION
    assert all(entries for _, entries in korean)


@pytest.mark.parametrize("planted", ["### v1.1\n\n- a\n- b\n", "### v1.1\n\n- a\n\n### v1.0\n"])
def test_planted_difference_is_found(planted):
    text = "# 바뀐 점\n\n## v1.1 (출시 전)\n\n- 가\n\n## In English\n\n"
    korean, english = read_releases(text + planted)
    assert korean == [("1.1", 1)]
    assert korean != english
