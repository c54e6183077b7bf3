"""Run PyTorch's part of the page on frameworks and record it: `python record.py FILE`."""

import contextlib
import io
import json
import platform
import re
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("pytorch.py")


def read_parts(path=SOURCE):
    """Read the parts of a source by the names that stand above them in `# %% name`."""
    _, *names_and_parts = re.split(r"^# %% (.+)\n", path.read_text(encoding="utf-8"), flags=re.M)
    return {name: part.strip() for name, part in zip(names_and_parts[::2], names_and_parts[1::2])}


def run_parts(parts):
    """Run parts one after the other, as cells of one notebook; return what each prints."""
    names, printed = {}, {}
    for name, part in parts.items():
        with contextlib.redirect_stdout(io.StringIO()) as stream:
            exec(compile(part, name, "exec"), names)  # noqa: S102 the source is the project's own
        printed[name] = stream.getvalue().strip()
    return printed


def main(path):
    """Write the record of all parts to `path`."""
    import torch

    parts = read_parts()
    printed = run_parts(parts)
    record = {
        "recorded_on": f"PyTorch {torch.__version__}, Python {platform.python_version()}",
        "version": torch.__version__.partition("+")[0],  # without that of CUDA
        "parts": {name: {"source": parts[name], "out": printed[name]} for name in parts},
    }
    text = json.dumps(record, indent=1, ensure_ascii=False)
    Path(path).write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
