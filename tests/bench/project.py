"""How long the site takes to build, beside what it would take at least, and what a page weighs.

Builds are of a copy of the sources, so that nothing is cached but what is meant to be.
"""

import gzip
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
LESSON = "chapter/gradients"  # that an author edits
BUILD = [sys.executable, "-m", "sphinx", "-q", "-c", ".", "-d", "out/doctrees", "docs", "out/html"]
CELLS = [sys.executable, "-m", "tests.bench.cells"]
NOX = [sys.executable, "-m", "nox", "-R", "-s", "docs"]
ROUNDS = 3


def copy_project(folder: Path) -> Path:
    """Copy what git knows of the project."""
    tracked = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    for name in tracked.split("\0"):
        if name and (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def seconds(folder: Path, *command: str) -> float:
    """Run a command in a folder, and return how long it took."""
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    elapsed = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return elapsed


def forget(folder: Path) -> None:
    """Remove all that a build has left."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    shutil.rmtree(folder / "docs" / "_build", ignore_errors=True)


def change_cell(text: str) -> str:
    """Change the first cell of a page, so that all of its cells are executed anew."""
    cell = r"(?s)(```{code-cell} python\n.*?)(\n```\n)"
    return re.sub(cell, rf"\1\n# {time.time_ns()}\2", text, count=1)


def edit(folder: Path) -> None:
    """Change the page that an author edits."""
    path = folder / "docs" / f"{LESSON}.md"
    path.write_text(change_cell(path.read_text(encoding="utf-8")), encoding="utf-8")


def time_builds(folder: Path) -> dict[str, float]:
    """Time each kind of build once, in one order: the later ones need the cache of the earlier."""
    seconds(ROOT, *NOX)  # so that nothing changes the next time
    forget(folder)
    found = {"cold": seconds(folder, *BUILD)}
    found["nothing changed"] = seconds(folder, *BUILD)
    found["nothing changed, by nox"] = seconds(ROOT, *NOX)
    edit(folder)
    found["one page edited"] = seconds(folder, *BUILD)
    found["all pages from the cache"] = seconds(folder, *BUILD, "-E", "-a")
    found["all cells in one process"] = seconds(folder, *CELLS)
    found["the page's cells alone"] = seconds(folder, *CELLS, LESSON)
    return found


def multiply(folder: Path, times: int) -> None:
    """Add copies of lessons, under names of their own, until there are so many times the pages."""
    docs = folder / "docs"
    lessons = sorted([*docs.glob("chapter/*.md"), *docs.glob("beyond/*.md")])
    for i in range((times - 1) * len(list(docs.rglob("*.md")))):
        path, mark = lessons[i % len(lessons)], f"copy{i}-"
        text = change_cell(path.read_text(encoding="utf-8"))
        text = re.sub(r"(?m)^\((.+)\)=$", rf"({mark}\1)=", text)
        text = re.sub(r"(?m)^:label: |```{predict} ", rf"\g<0>{mark}", text)
        path.with_name(mark + path.name).write_text(text, encoding="utf-8")


def time_growth(folder: Path, times: int = 4) -> float:
    """Time a cold build of so many times the pages."""
    forget(folder)
    multiply(folder, times)
    return seconds(folder, *BUILD)


def weigh(html: Path) -> dict[str, float]:
    """Return the kilobytes of the pages' HTML as it is sent: of the median page, of the largest."""
    sizes = sorted(len(gzip.compress(path.read_bytes(), 6)) for path in html.rglob("*.html"))
    return {"median page": statistics.median(sizes) / 1000, "largest page": sizes[-1] / 1000}
