"""Fork the kernels of the pages from one process that has imported TensorFlow.

Importing it takes longer than what most pages do with it. Each page still has a process of its own,
which begins with the same modules and with nothing that another page did: importing TensorFlow runs
no operation and starts no thread of its runtime, so that forking afterwards is safe.
"""

import atexit
import gc
import multiprocessing
import os
import runpy
import subprocess
import sys
import threading
from importlib.metadata import EntryPoint
from multiprocessing import forkserver
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner


def register_provisioner(modules: list[str]) -> None:
    """Let Jupyter fork its kernels from now on, where the system can; elsewhere each imports anew.

    Args:
        modules: what the process from which they are forked imports.
    """
    if not can_fork():
        return
    # Not ipykernel: when it is imported, it looks up with which process a kernel is to end.
    multiprocessing.set_forkserver_preload([*modules, "sphinx.cmd.build"])
    factory = KernelProvisionerFactory.instance()
    name, group = "forked-provisioner", KernelProvisionerFactory.GROUP_NAME
    factory.provisioners[name] = EntryPoint(name, "execution.forked:ForkedProvisioner", group)
    factory.default_provisioner_name = name


def can_fork() -> bool:
    """Tell whether a process may be forked: Windows cannot, libraries of macOS start threads."""
    return hasattr(os, "fork") and sys.platform != "darwin"


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel as a fork."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel and return how to reach it."""
        process = ForkedProcess(cmd, kwargs["env"], kwargs.get("cwd"))
        self.process = cast(subprocess.Popen[bytes], process)
        self.pid = self.pgid = process.pid
        return self.connection_info


class ForkedProcess:
    """A process of the server, with the part of `subprocess.Popen` that Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, command: list[str], env: dict[str, str], cwd: str | None) -> None:
        """Start the process; the command is that of a kernel's specification."""
        start_server(env)
        context = multiprocessing.get_context("forkserver")
        self.process = context.Process(target=run_command, args=(command, env, cwd))
        self.process.start()
        self.pid = self.process.pid

    def poll(self) -> int | None:
        """Return the exit status, if the process has ended."""
        return self.process.exitcode

    def wait(self) -> int | None:
        """Wait for the process to end and return its exit status."""
        self.process.join()
        return self.process.exitcode

    def send_signal(self, signum: int) -> None:
        """Send a signal to the process."""
        if self.pid is not None:
            os.kill(self.pid, signum)


def start_server(env: dict[str, str]) -> None:
    """Start the process that imports TensorFlow, unless it runs; it ends with this one."""
    before = dict(os.environ)
    os.environ.update(env)  # what TensorFlow reads when it is imported
    try:
        forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)


def run_command(command: list[str], env: dict[str, str], cwd: str | None) -> None:
    """Do in the forked process what the command says, as a process of its own would."""
    gc.freeze()  # or collecting garbage would copy all memory that the processes share
    threading.Thread(target=end_with_parent, daemon=True).start()
    os.setsid()  # so that a signal reaches the processes that the page starts
    os.environ.clear()
    os.environ.update(env, JPY_PARENT_PID=str(os.getppid()))
    if cwd:
        os.chdir(cwd)
    _, option, code, *arguments = command
    sys.argv = [option, *arguments]
    try:
        if option == "-m":
            runpy.run_module(code, run_name="__main__", alter_sys=True)
        else:
            exec(code, {"__name__": "__main__"})  # noqa: S102 - as `python -c` does
    finally:
        # A fork of multiprocessing ends without, and would leave the files of AutoGraph behind.
        atexit._run_exitfuncs()


def end_with_parent() -> None:
    """End this process with the one that asked for it, were that killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
