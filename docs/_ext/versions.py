"""The versions of what the site is built with; as a script it prints them in a line."""

import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ["TensorFlow", "Keras", "NumPy", "Sphinx", "MyST-NB"]
NIGHTLY = {"TensorFlow": "tf-nightly", "Keras": "keras-nightly"}


def list_versions() -> list[tuple[str, str]]:
    """Return Python and the packages, each with its version."""
    return [
        ("Python", platform.python_version()),
        *((name, find_version(name)) for name in PACKAGES),
    ]


def find_version(package: str) -> str:
    """Return the version of a package, or of its nightly build, which has a name of its own."""
    try:
        return version(package)
    except PackageNotFoundError:
        return version(NIGHTLY.get(package, package))


if __name__ == "__main__":
    print(", ".join(map(" ".join, list_versions())))
