"""A reader who follows an old link comes to the page, with and without a script."""

import pytest

from moved import write_page
from tests.site.built import pages_of

TITLE = "새 페이지"


@pytest.mark.parametrize(("runs_scripts", "anchor"), [(True, "#part"), (False, "")])
def test_old_address_brings_the_reader_to_the_page(visit, tmp_path, runs_scripts, anchor):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "new.html").write_text(f"<title>{TITLE}</title><p id=part>", "utf-8")
    (tmp_path / "old.html").write_text(write_page("a/new.html", TITLE), "utf-8")
    assert pages_of(tmp_path) == ["a/new.html"]
    tab = visit((tmp_path / "old.html").as_uri() + "#part", java_script_enabled=runs_scripts)
    tab.wait_for_url((tmp_path / "a" / "new.html").as_uri() + anchor)
