"""Runs scripts in processes forked from one that has imported TensorFlow."""

import signal
import sys
from pathlib import Path

from execution.forked import ForkedProcess
from tests.site.built import ENVIRONMENT

SECONDS = 300  # for a whole script
RUN = """
import os, runpy, sys
script, *logs = sys.argv[1:]
for stream, log in enumerate(logs, start=1):
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT), stream)
runpy.run_path(script, run_name="__main__")
"""


def run_script(script: Path, folder: Path) -> tuple[int | None, str, str]:
    """Run a script in a folder; return its exit status and what it writes to stdout and stderr."""
    logs = [script.with_suffix(suffix) for suffix in (".stdout", ".stderr")]
    logs = [folder.parent / f"{folder.name}-{log.name}" for log in logs]
    command = [sys.executable, "-c", RUN, str(script), *map(str, logs)]
    forked = ForkedProcess(command, ENVIRONMENT, str(folder))
    forked.process.join(SECONDS)
    if forked.poll() is None:
        forked.send_signal(signal.SIGKILL)
    out, err = (log.read_text(encoding="utf-8") for log in logs)
    return forked.wait(), out, err
