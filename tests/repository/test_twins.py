"""Two folders are the same to the last byte, or it is told where they differ."""

from zipfile import ZipFile

import pytest

from tests.twins import list_differences, read_folder


def write(folder, **files):
    """Make a folder with files, and a book that holds them too."""
    folder.mkdir()
    with ZipFile(folder / "book.epub", "w") as book:
        for name, text in files.items():
            (folder / f"{name}.html").write_text(text, encoding="utf-8")
            book.writestr(f"{name}.xhtml", text)
    return read_folder(folder)


def test_same_folders_are_the_same(tmp_path):
    one = write(tmp_path / "one", a="글\n둘")
    assert list_differences(one, dict(one)) == []


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a": "글\n셋"}, ["a.html: -둘 +셋", "book.epub!a.xhtml: -둘 +셋"]),
        ({"a": "글\n둘", "b": ""}, ["only in one: b.html", "only in one: book.epub!b.xhtml"]),
    ],
)
def test_planted_difference_is_named(tmp_path, files, told):
    one, other = write(tmp_path / "one", a="글\n둘"), write(tmp_path / "other", **files)
    found = list_differences(one, other)
    assert [line for line in found if not line.startswith("book.epub:")] == told
