"""A page that was there once can still be reached by its address."""

import subprocess
from pathlib import Path

import pytest

from conf import moved_pages

ROOT = Path(__file__).parents[2]


def lost_pages(root, moved):
    """Return the pages that the history of a repository has and that are nowhere now."""
    added = ["git", "-C", str(root), "log", "--format=", "--name-only", "--diff-filter=A", "-z"]
    added += ["--no-renames", "--", "docs/*.md"]
    done = subprocess.run(added, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.skip("no history here")
    paths = {Path(name.strip()).relative_to("docs") for name in done.stdout.split("\0") if name}
    pages = {path for path in paths if not path.name.startswith("_")}
    gone = {path for path in pages if not (root / "docs" / path).exists()}
    return {path.with_suffix("").as_posix() for path in gone} - set(moved)


def test_no_page_is_lost():
    assert lost_pages(ROOT, moved_pages) == set()


def test_planted_move_is_found(tmp_path):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.invalid"]
    (tmp_path / "docs" / "a").mkdir(parents=True)
    old, new = tmp_path / "docs" / "a" / "old.md", tmp_path / "docs" / "a" / "new.md"
    old.write_text("# 글\n", "utf-8")
    for command in [["init", "-q"], ["add", "."], ["commit", "-qm", "A page"]]:
        subprocess.run([*git, *command], check=True)
    assert lost_pages(tmp_path, {}) == set()
    old.rename(new)
    assert lost_pages(tmp_path, {}) == {"a/old"}
    assert lost_pages(tmp_path, {"a/old": "a/new"}) == set()
