"""What a page offers to take away is complete; `nox -s notebooks` runs it."""

from pathlib import Path

from tests.site.built import downloads_of, read


def test_page_with_cells_can_be_taken_away(html, pages):
    lessons = [page for page in pages if read(html / page).select("div.cell")]
    kinds = [{Path(path).suffix for path in downloads_of(html, page)} for page in lessons]
    assert lessons
    assert [page for page, kind in zip(lessons, kinds) if kind != {".ipynb", ".py"}] == []
