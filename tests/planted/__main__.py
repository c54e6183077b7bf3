"""Plant a fault for every gate, in a copy, and list which gates see theirs.

`python -m tests.planted COPY [WORD...]` makes the copy; words choose gates by their names. A gate
is red when its command fails and says why: one that fails of something else has not seen its fault.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.project import copy_project
from tests.planted.gates import GATES, SITE, Gate

EXECUTION = Path("docs", "_build", "execution")  # outputs that are right are not computed again


def main(copy: Path, *words: str) -> int:
    """Try the gates, print a table of them, and return how many did not see their fault."""
    shutil.rmtree(copy, ignore_errors=True)
    copy_project(copy)
    if EXECUTION.exists():
        shutil.copytree(EXECUTION, copy / EXECUTION)
    failed, told = run(SITE, copy)
    if failed:
        sys.exit(f"the copy is to be sound before a fault is planted in it:\n{told}")
    chosen = [gate for gate in GATES if not words or any(word in gate.name for word in words)]
    missed = 0
    print(f"{'gate':20} | {'fault':36} | red?", flush=True)
    for gate in chosen:
        red, told = try_gate(gate, copy)
        print(f"{gate.name:20} | {gate.fault:36} | {'red' if red else 'NO'}", flush=True)
        if not red:
            missed += 1
            print(told[-3000:], flush=True)
    return missed


def try_gate(gate: Gate, copy: Path) -> tuple[bool, str]:
    """Plant a gate's fault and take it back; tell whether the gate is red, and what it says."""
    path = copy / gate.path
    text = path.read_text(encoding="utf-8")
    before, found, after = text.rpartition(gate.sound)
    if not found:
        return False, f"{gate.path} has no {gate.sound!r} any more"
    path.write_text(before + gate.planted + after, encoding="utf-8")
    try:
        failed, told = run(gate.command, copy)
    finally:
        path.write_text(text, encoding="utf-8")
    return failed and re.search(gate.says, told) is not None, told


def run(command: list[str], folder: Path) -> tuple[bool, str]:
    """Run a command on the copy; tell whether it fails, and what it says, without colours."""
    # In CI a missing browser fails, and here nobody would see that the tests are skipped.
    settings = {"PYTHONPATH": str(folder / "src"), "CI": "true"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode != 0, re.sub(r"\x1b\[[\d;]*m", "", done.stdout)


if __name__ == "__main__":
    copy, *words = sys.argv[1:]
    sys.exit(bool(main(Path(copy), *words)))
