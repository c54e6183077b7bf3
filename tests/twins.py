"""Compare two folders byte for byte, and name what differs: `python -m tests.twins ONE OTHER`."""

import difflib
import sys
from pathlib import Path
from zipfile import ZipFile, is_zipfile


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return what a folder holds by its path; of a book, what is in it too, after a `!`."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    found = {}
    for name, path in files.items():
        if path.is_file():
            found[name] = path.read_bytes()
        if is_zipfile(path):
            with ZipFile(path) as book:
                found |= {f"{name}!{part}": book.read(part) for part in book.namelist()}
    return found


def list_differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Tell which files one of two folders lacks, and where the others begin to differ."""
    lost = [f"only in one: {name}" for name in sorted(one.keys() ^ other.keys())]
    return lost + [
        f"{name}: {first_difference(one[name], other[name])}"
        for name in sorted(one.keys() & other.keys())
        if one[name] != other[name]
    ]


def first_difference(one: bytes, other: bytes) -> str:
    """Return the first line that differs, of both."""
    lines = (data.decode(errors="replace").splitlines() for data in (one, other))
    marks = difflib.unified_diff(*lines, n=0, lineterm="")
    return " ".join(line[:200] for line in list(marks)[3:5])


if __name__ == "__main__":
    one, other = (read_folder(Path(folder)) for folder in sys.argv[1:])
    differences = list_differences(one, other)
    print(*differences, f"{len(one)} files, {len(differences)} of them different", sep="\n")
    sys.exit(bool(differences) or not one)
