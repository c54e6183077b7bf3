"""Write the first two cells of a notebook, which bring what the others import and call.

Where PyPI has the package, the first is one line. Elsewhere it carries the package: a wheel, as
text.
"""

import ast
import base64
import functools
import sys
import tempfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

CARRIED = """\
# @title 준비: 이 페이지가 불러오는 패키지 가운데 없는 것을 설치합니다
# 긴 문자열은 eagerdemo입니다.
import base64
import importlib.util
import pathlib
import subprocess
import sys
import tempfile

packages = {packages}
missing = [packages[name] for name in packages if importlib.util.find_spec(name) is None]
if missing:
    with tempfile.TemporaryDirectory() as folder:
        wheel = pathlib.Path(folder, "{name}")
        wheel.write_bytes(base64.b64decode("{wheel}"))
        found = [wheel if name == "eagerdemo" else name for name in missing]
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *found], check=True)
    importlib.invalidate_caches()
"""

PUBLISHED = "%pip install --quiet {requirements}"

CALLED = """\
# @title 준비: 이 페이지의 예를 검사하는 함수
import base64
import doctest
import pathlib
import sys
import tempfile


def check_examples(text):
    # 예를 실행하여 적힌 값과 비교한다. 모두 같으면 failed=0이다.
    examples = doctest.DocTestParser().get_doctest(text, {}, "확인", None, None)
    examples.globs = globals()
    return doctest.DocTestRunner().run(examples, clear_globs=False)
"""

# What is imported by another name than it is installed by.
INSTALLED_AS = {"sklearn": "scikit-learn"}

# One folder for all: the name of a second would be that of the first, whose files would be gone.
BESIDE = """

# 이 페이지가 내려받게 하는 모듈입니다. 파이썬이 끝날 때 지워집니다.
beside = tempfile.TemporaryDirectory()
{modules}sys.path.append(beside.name)
"""
MODULE = """\
pathlib.Path(beside.name, "{name}").write_bytes(base64.b64decode("{data}"))
"""


def write_setup(root: Path, version: str, cells: list[str], files: list[Path]) -> list[str]:
    """Write the cells that bring what the others import and call.

    Args:
        root: the folder of the package's `pyproject.toml`.
        version: the version of the package that PyPI has, or an empty string.
        cells: the sources of the others.
        files: the modules that stand beside the page.
    """
    imported = set().union(*map(find_imports, cells)) - {path.stem for path in files}
    names = sorted({"eagerdemo", *imported} - sys.stdlib_module_names)
    packages = {name: INSTALLED_AS.get(name, name) for name in names}
    modules = "".join(MODULE.format(name=path.name, data=encode_file(path)) for path in files)
    beside = BESIDE.format(modules=modules) if modules else ""
    return [install(packages, root, version), CALLED + beside]


def install(packages: dict[str, str], root: Path, version: str) -> str:
    """Write the cell that installs packages, given by the names by which they are imported."""
    if version:
        pinned = packages | {"eagerdemo": f"eagerdemo=={version}"}
        return PUBLISHED.format(requirements=" ".join(pinned.values()))
    name, data = build_wheel(root)
    return CARRIED.format(packages=packages, name=name, wheel=data)


def find_imports(cell: str) -> set[str]:
    """Name the packages that a cell imports."""
    names = set()
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module))
    return {name.partition(".")[0] for name in names}


@functools.cache
def build_wheel(root: Path) -> tuple[str, str]:
    """Build eagerdemo; return the name of its wheel, and the wheel itself as text."""
    with tempfile.TemporaryDirectory() as folder:
        [path] = WheelBuilder(str(root)).build(directory=folder, versions=["standard"])
        return Path(path).name, encode_file(Path(path))


def encode_file(path: Path) -> str:
    """Write a file as text."""
    return base64.b64encode(path.read_bytes()).decode()
