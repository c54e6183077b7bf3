"""The page on inference leaves nothing behind, neither its files nor what ONNX Runtime keeps.

Since 1.29 ONNX Runtime sends telemetry unless `ORT_DISABLE_TELEMETRY` is set when it is imported,
and keeps its session's identity in the folder for temporary files, which is what tells here.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.examples import ROOT, path_of

PAGE = path_of("beyond/inference")
RUN = """
import sys
from pathlib import Path
from tests.examples import run_page

run_page(Path(sys.argv[1]))
"""


def left_behind(page: Path, folder: Path) -> list[str]:
    """Run a page in a process of its own and return the names of the files that remain."""
    temporary = folder / "temporary"
    temporary.mkdir()
    # What would switch telemetry off besides the page: the variable itself, and a CI service.
    inherited = os.environ.items()
    environ = {key: text for key, text in inherited if key not in ("CI", "ORT_DISABLE_TELEMETRY")}
    # AutoGraph imports what it makes, and Python would keep the bytecode.
    environ |= dict.fromkeys(["TMPDIR", "TEMP", "TMP"], str(temporary))
    environ |= {"PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", RUN, page]
    subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True)
    return [path.name for path in temporary.rglob("*") if path.is_file()]


def test_page_leaves_no_file_behind(tmp_path):
    assert left_behind(PAGE, tmp_path) == []


def test_file_left_behind_is_found(tmp_path):
    planted = '```{code-cell} python\nimport tempfile\nfile = tempfile.mkstemp(".onnx")\n```\n'
    page = tmp_path / "docs" / "inference.md"
    page.parent.mkdir()
    page.write_text(planted, encoding="utf-8")
    [name] = left_behind(page, tmp_path)
    assert name.endswith(".onnx")
