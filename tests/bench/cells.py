"""Execute the cells of pages in this one process: the least that executing them can take."""

import doctest
import sys

import matplotlib as mpl

from tests.examples import DOCS, EXECUTED, pages, path_of


def main(names: list[str]) -> None:
    """Execute the cells of each page, and show nothing."""
    mpl.use("agg")
    sys.path.append(str(DOCS / "beyond"))  # a notebook finds what lies beside it
    for name in names:
        for example in pages.parse(path_of(name)).examples():
            if not isinstance(example.parsed, doctest.Example):
                example.evaluate()


if __name__ == "__main__":
    # Devices have to be divided before TensorFlow has used them.
    main(sys.argv[1:] or sorted(EXECUTED, key=lambda page: page != "beyond/devices"))
