"""The site is served as its host does, and a missing browser is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.built import BROWSERS

# Without the settings of the tests that import TensorFlow.
FOLDER = Path(__file__).parent
SOME_TESTS = [f"--confcutdir={FOLDER}", FOLDER / "test_axe.py", "-k", "planted and alt"]


def test_text_is_served_compressed(browser, site, html):
    answer = browser.new_page().goto(site)
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(answer.body()) / 2
    assert answer.body() == (html / "index.html").read_bytes()


def test_lost_address_is_not_found(browser, site):
    assert browser.new_page().goto(site + "lost.html").status == 404


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_missing_browser_is_told(ci, outcome):
    without = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    without |= {"PATH": "", "CI": ci}
    command = [sys.executable, "-m", "pytest", "-rs", *SOME_TESTS]
    told = subprocess.run(command, env=without, capture_output=True, text=True).stdout
    assert f"no browser on PATH ({', '.join(BROWSERS)})" in told
    assert outcome in told
