"""The commands of the README are the ones that continuous integration runs."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("session", ["docs", "tests"])
def test_ci_runs_the_command_of_the_readme_word_for_word(session):
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    [command] = [line for line in lines if line.endswith(f"nox -s {session}")]
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
