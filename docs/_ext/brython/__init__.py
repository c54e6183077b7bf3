"""Python in the page: an interpreter, Brython, that a page's script loads when a reader wants it.

`static/python.js` has `loadPython()`, which fetches `python.worker.js` at its first call. That file
is written here: a string with all that a worker needs, because only a string can be made into a
worker on a page that was opened from a disk. It consists of Brython, the modules that Python may
import, and `worker/`, which runs what the page asks for.
"""

import json
from importlib.metadata import distribution
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from assets import add_static, write_static

HERE = Path(__file__).parent
MODULES = ["math", "sys"]  # math is the readers', sys is for run.py

FILE = """\
/* Brython (brython.info), with its licence:

{licence}*/
globalThis.pythonWorker = {worker};
"""
WORKER = """\
globalThis.__BRYTHON__ = {{ brython_path: "python:/" }};
{brython}
__BRYTHON__.loadBrythonPackage({modules});
globalThis.runner = {runner};
{main}"""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add `python.js` to the site's files, for extensions to load, and write the interpreter."""
    add_static(app, HERE / "static")
    write_static(app, "python.worker.js", make_interpreter)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def make_interpreter() -> str:
    """Return what python.js loads."""
    licence = (HERE / "licence.txt").read_text(encoding="utf-8")
    return FILE.format(licence=licence, worker=dump(make_worker()))


def make_worker() -> str:
    """Put the worker's program together."""
    # Not imported: the package of this name is, where Sphinx runs, this extension.
    data = Path(str(distribution("brython").locate_file("brython/data")))
    return WORKER.format(
        brython=(data / "brython.js").read_text(encoding="utf-8"),
        modules=dump(read_modules((data / "brython_stdlib.js").read_text(encoding="utf-8"))),
        runner=dump((HERE / "worker" / "run.py").read_text(encoding="utf-8")),
        main=(HERE / "worker" / "main.js").read_text(encoding="utf-8"),
    )


def read_modules(library: str) -> dict[str, object]:
    """Take the modules that are needed out of the library, which is an object in a script."""
    start = library.index("{", library.index("var scripts"))
    scripts, _ = json.JSONDecoder().raw_decode(library, start)
    return {name: scripts[name] for name in MODULES}


def dump(value: object) -> str:
    """Write a value as JavaScript."""
    return json.dumps(value, ensure_ascii=False)
