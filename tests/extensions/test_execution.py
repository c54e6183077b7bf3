"""The kernel that executes the pages, how it is started, and which outputs are used again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient

import execution
from execution.forked import can_fork

KERNELS = Path(__file__).parents[2] / "docs" / "_ext" / "execution"


@pytest.fixture
def run_cell(monkeypatch):
    """Return a function that runs a cell in the pages' kernel; it returns what came, by pieces."""
    monkeypatch.setenv("JUPYTER_PATH", str(KERNELS))

    def run_cell(source):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
        return [output.text for output in notebook.cells[0].outputs]

    return run_cell


def test_what_a_cell_prints_comes_in_one_piece(run_cell):
    # MyST-NB starts a line where the next piece begins, and pieces end when the kernel is busy.
    slow = "import sys, time\nsys.stdout.write('하나')\ntime.sleep(0.5)\nprint(' 둘')"
    assert run_cell(slow) == ["하나 둘\n"]


def test_processes_that_a_cell_starts_print_without_colours(run_cell):
    # A kernel asks for colours, and since Python 3.13 tracebacks have them.
    colours = "import os\nprint(os.environ['FORCE_COLOR'], os.environ['NO_COLOR'])"
    assert run_cell(colours) == ["1 1\n"]


# Runs notebooks of one cell each, in forks of a process that has imported NumPy.
BUILD = """
import sys
import nbformat
from execution.forked import register_provisioner
from nbclient import NotebookClient

if __name__ == "__main__":
    register_provisioner(["numpy"])
    for cell in sys.argv[1:]:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
        print(*(output.text for output in notebook.cells[0].outputs), flush=True)
"""


only_forked = pytest.mark.skipif(not can_fork(), reason="kernels are not forked here")


@pytest.fixture
def start_build(tmp_path):
    """Return a function that starts a build of some cells, each a page of its own."""
    script = tmp_path / "build.py"
    script.write_text(BUILD, encoding="utf-8")
    paths = [str(KERNELS.parent), os.environ.get("PYTHONPATH", "")]
    variables = {"JUPYTER_PATH": str(KERNELS), "PYTHONPATH": os.pathsep.join(filter(None, paths))}

    with contextlib.ExitStack() as builds:

        def start(*cells):
            command = [sys.executable, script, *cells]
            settings = {"env": os.environ | variables, "stdout": subprocess.PIPE}
            build = builds.enter_context(subprocess.Popen(command, **settings))
            builds.callback(build.kill)
            return build

        yield start


@only_forked
def test_page_begins_with_the_preloaded_modules_and_nothing_of_another_page(start_build):
    tell = (
        "import os, sys\n"
        "there = sys.modules.get('numpy')\n"
        "print(there is not None, hasattr(there, 'left'), 'LEFT' in os.environ, os.getppid())\n"
    )
    leave = "os.environ['LEFT'] = 'here'\nthere.left = True"
    out, _ = start_build(tell + leave, tell).communicate(timeout=100)
    first, second = (line.split() for line in out.decode().splitlines() if line)
    assert first[:3] == ["True", "False", "False"]
    assert second == first  # of one parent


@only_forked
def test_kernel_does_at_its_end_what_a_page_asked_for(start_build, tmp_path):
    note = tmp_path / "note"
    ask = f"import atexit, pathlib\natexit.register(pathlib.Path({str(note)!r}).touch)"
    build = start_build(ask)
    build.communicate(timeout=100)
    assert note.exists()


@only_forked
def test_kernel_ends_with_a_build_that_is_killed(start_build, tmp_path):
    note = tmp_path / "pid"
    cell = f"import os, pathlib, time\npathlib.Path({str(note)!r}).write_text(str(os.getpid()))\n"
    build = start_build(cell + "time.sleep(100)")
    while not (note.exists() and note.read_text()):
        assert build.poll() is None
        time.sleep(0.1)
    build.kill()
    build.communicate(timeout=10)
    deadline = time.monotonic() + 10
    while exists(int(note.read_text())):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def exists(pid):
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


CONF = """
import sys

sys.path.insert(0, {folder!r})
extensions = ["execution", "myst_nb"]
execution_folder = "kept"
nb_execution_mode = "cache"
nb_execution_show_tb = True
"""
PAGE = """---
file_format: mystnb
kernelspec: {{name: python3}}
---
# 제목

```{{code-cell}} python
{}
```
"""
# Waits until another page has begun as well, and notes that it has run.
MEET = """
import time
from pathlib import Path

with Path("runs").open("a") as runs:
    runs.write("{name} ")
deadline = time.monotonic() + 60  # seconds
while len(set(Path("runs").read_text().split())) < 2:
    assert time.monotonic() < deadline
    time.sleep(0.05)
"""


def write_site(folder, cells):
    """Write a site of pages with a cell each, and return the folder of the pages."""
    docs = folder / "docs"
    docs.mkdir()
    (folder / "conf.py").write_text(CONF.format(folder=str(KERNELS.parent)), encoding="utf-8")
    toctree = "\n".join(["```{toctree}", *cells, "```"])
    (docs / "index.md").write_text(f"# 제목\n\n{toctree}\n", encoding="utf-8")
    for name, cell in cells.items():
        (docs / f"{name}.md").write_text(PAGE.format(cell), encoding="utf-8")
    return docs


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="pages run one by one on one processor")
def test_pages_run_at_once_and_one_that_fails_is_told_and_stops_no_other(tmp_path):
    cells = {name: MEET.format(name=name) for name in ["one", "other"]} | {"failing": "1 / 0"}
    docs = write_site(tmp_path, cells)

    def build():
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-c", ".", "docs", "out"]
        settings = {"cwd": tmp_path, "capture_output": True, "encoding": "utf-8"}
        return subprocess.run(command, **settings, check=False)

    first = build()
    assert sorted((docs / "runs").read_text().split()) == ["one", "other"]
    assert "executed one.md in" in first.stdout
    assert first.returncode == 1
    assert first.stderr.count("Executing notebook failed") == 1
    assert "ZeroDivisionError" in first.stderr
    (docs / "failing.md").write_text(PAGE.format("1 / 1"), encoding="utf-8")
    second = build()
    assert second.returncode == 0, second.stderr
    assert len((docs / "runs").read_text().split()) == 2  # their outputs were kept


# A shell that starts a command in the background has it ignore Ctrl-C.
INTERRUPTIBLE = """
import signal, sys
from sphinx.cmd.build import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main(sys.argv[1:]))
"""


@only_forked
def test_interrupt_ends_the_build_and_every_kernel(tmp_path):
    cell = "import os, time\nopen(str(os.getpid()) + '.pid', 'w').close()\ntime.sleep(300)"
    docs = write_site(tmp_path, dict.fromkeys(["one", "two", "three", "four", "five"], cell))
    command = [sys.executable, "-c", INTERRUPTIBLE, "-c", ".", "docs", "out"]
    with contextlib.ExitStack() as stack:
        build = stack.enter_context(subprocess.Popen(command, cwd=tmp_path))
        stack.callback(build.kill)
        deadline = time.monotonic() + 60
        while not list(docs.glob("*.pid")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        build.send_signal(signal.SIGINT)
        assert build.wait(timeout=60)
    kernels = [int(note.stem) for note in docs.glob("*.pid")]
    assert len(kernels) < 5
    deadline = time.monotonic() + 10
    while any(map(exists, kernels)):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_outputs_are_kept_under_a_digest_of_what_they_depend_on(tmp_path):
    def choose():
        config = SimpleNamespace(execution_inputs=["*.py"], execution_folder="kept")
        execution.choose_cache(SimpleNamespace(confdir=tmp_path), config)
        return config.nb_execution_cache_path

    (tmp_path / "module.py").write_text("x = 1")
    (tmp_path / "page.md").write_text("글")
    first = choose()
    (tmp_path / "page.md").write_text("다른 글")
    assert choose() == first
    (tmp_path / "module.py").write_text("x = 2")
    assert choose() != first
