"""Execute several pages at once, before Sphinx reads them one by one.

MyST-NB executes a page where it reads it. What is executed here it finds in the cache; what fails
here, or asks for something else than the cache, it executes itself, and tells what is wrong.
"""

import asyncio
import os
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util import logging

MOST = 4  # kernels at once: each takes about half a gigabyte

logger = logging.getLogger(__name__)


def execute_pages(app: Sphinx, env: Any, names: list[str]) -> None:
    """Execute the pages that Sphinx is about to read, but those whose outputs are kept."""
    if app.config.nb_execution_mode != "cache":
        return
    cache = get_cache(app.config.nb_execution_cache_path)
    pages = {name: read_notebook(env, name) for name in names}
    free = asyncio.Semaphore(min(MOST, os.cpu_count() or 1))
    executions = [
        execute(cache, notebook, Path(env.doc2path(name)), app.config.nb_execution_timeout, free)
        for name, notebook in pages.items()
        if notebook and not is_kept(cache, notebook)
    ]
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(finish(executions))
    cache.db.dispose()


def read_notebook(env: Any, name: str) -> NotebookNode | None:
    """Read a page as MyST-NB does; None of one without cells, or with settings of its own."""
    path, config = Path(env.doc2path(name)), env.mystnb_config
    text = path.read_text(encoding="utf-8")
    reader = create_nb_reader(str(path), env.myst_config, config, text)
    notebook = reader and reader.read(text)
    return None if notebook and config.metadata_key in notebook.metadata else notebook


def is_kept(cache: Any, notebook: NotebookNode) -> bool:
    """Tell whether the cache has the outputs of these cells."""
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


class Loop(asyncio.SelectorEventLoop):
    """Leaves Ctrl-C to asyncio, which ends all pages; nbclient would end one and begin the next."""

    def add_signal_handler(self, *args: object) -> None:
        """Refuse, as a loop outside the main thread does; nbclient goes on without."""
        raise RuntimeError("Ctrl-C is asyncio's")


async def finish(executions: list[Coroutine[Any, Any, None]]) -> None:
    """Wait for all executions, whatever becomes of one."""
    await asyncio.gather(*executions, return_exceptions=True)


async def execute(
    cache: Any, notebook: NotebookNode, path: Path, timeout: int, free: asyncio.Semaphore
) -> None:
    """Execute a page's cells in a kernel of its own, and keep their outputs."""
    place = {"metadata": {"path": str(path.parent)}}
    # A time in a cell's metadata would be part of the key under which its outputs are kept.
    client = NotebookClient(notebook, timeout=timeout, resources=place, record_timing=False)
    async with free:
        logger.info("executing %s", path.name)
        begin = time.monotonic()
        await client.async_execute()
        seconds = time.monotonic() - begin
        logger.info("executed %s in %.1f seconds", path.name, seconds)
    kept = CacheBundleIn(notebook, str(path), data={"execution_seconds": seconds})
    cache.cache_notebook_bundle(kept, check_validity=False, overwrite=True)
