"""How the pages' cells are executed: in which kernel, and when their outputs are still right.

`kernels/` has the specification of the kernel, whatever kernels and start-up files the user has. It
does without a GPU, sends what a cell prints in one piece, tells the processes that a cell starts to
print without colours, and keeps TensorFlow's start-up messages, which no setting silences, out of
the cells: what still reaches a cell's stderr fails the build. It ends without ipykernel's closing
of its sockets, which sometimes waits for itself until it is killed. `forked.py` starts the kernels,
`parallel.py` several at once.
"""

import hashlib
import os
from pathlib import Path

from jupyter_cache import get_cache
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from versions import find_version

from .forked import register_provisioner
from .parallel import execute_pages

HERE = Path(__file__).parent


def setup(app: Sphinx) -> ExtensionMetadata:
    """Execute the pages in the kernel of this folder.

    Settings: `execution_preloaded` are modules with which every kernel begins, `execution_folder`
    is where outputs are kept, `execution_inputs` are patterns of files on which they depend. Both
    are seen from `conf.py`.
    """
    app.add_config_value("execution_preloaded", [], "", frozenset({list}))
    app.add_config_value("execution_folder", "", "", frozenset({str}))
    app.add_config_value("execution_inputs", [], "env", frozenset({list}))
    app.connect("config-inited", prepare_kernel)
    app.connect("config-inited", choose_cache)
    app.connect("env-before-read-docs", execute_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def prepare_kernel(app: Sphinx, config: Config) -> None:
    """Let MyST-NB find this folder's kernel, and fork it."""
    os.environ["JUPYTER_PATH"] = str(HERE)
    settings = app.confdir / config.execution_folder / "ipython"  # none, whatever the user's are
    settings.mkdir(parents=True, exist_ok=True)
    os.environ["IPYTHONDIR"] = str(settings)
    register_provisioner(config.execution_preloaded)


def choose_cache(app: Sphinx, config: Config) -> None:
    """Keep outputs under a digest of all that they depend on besides the cells themselves."""
    digest = hashlib.sha256(find_version("TensorFlow").encode())
    inputs = [*HERE.rglob("*.json"), *HERE.rglob("*.py")]
    inputs += [path for pattern in config.execution_inputs for path in app.confdir.glob(pattern)]
    for path in sorted(inputs):
        digest.update(path.read_bytes())
    cells = app.confdir / config.execution_folder / "cells"
    config.nb_execution_cache_path = str(cells / digest.hexdigest()[:16])
    # Made now, for of processes that read pages at once each would make it.
    get_cache(config.nb_execution_cache_path).db.dispose()
