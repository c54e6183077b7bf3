"""The regression of `devices_worker.py` on several processes of this machine.

`run` starts the processes; each of them executes this file.
"""

import contextlib
import faulthandler
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import tensorflow as tf

import devices_worker


def run(count: int = 2, timeout: float = 240) -> list[dict[str, list]]:
    """Train on `count` processes and return what each of them found, leaving none behind.

    Raises:
        RuntimeError: a process failed, or still runs after `timeout` seconds.
    """
    with contextlib.ExitStack() as stack:
        ports = stack.enter_context(reserved_ports(count))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        addresses = [f"127.0.0.1:{port}" for port in ports]
        logs = [folder / f"{index}.log" for index in range(count)]
        workers = [
            stack.enter_context(worker(addresses, index, timeout, log))
            for index, log in enumerate(logs)
        ]
        deadline = time.monotonic() + timeout
        while None in (codes := [process.poll() for process in workers]):
            if any(codes) or time.monotonic() > deadline:
                break  # the others would wait without end
            time.sleep(0.1)
        if codes != [0] * count:
            raise RuntimeError("\n".join(map(report, range(count), codes, logs)))
        return [json.load(process.stdout) for process in workers]


@contextlib.contextmanager
def worker(
    addresses: list[str], index: int, timeout: float, log: Path
) -> Iterator[subprocess.Popen]:
    """Start a process that answers on stdout and writes all else to `log`; kill it at the end."""
    place = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": index}}
    settings = {
        "TF_CONFIG": json.dumps(place),
        "TF_GRPC_REUSE_PORT": "1",  # to open the port that `reserved_ports` holds
        "CUDA_VISIBLE_DEVICES": "-1",  # a CPU each, whatever else this machine has
        "no_grpc_proxy": "127.0.0.1",  # no proxy knows the way to this machine itself
    }
    with log.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(  # noqa: S603 - it runs this very file
            [sys.executable, __file__, str(timeout)],
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=os.environ | settings,
        )
    with process:
        try:
            yield process
        finally:
            process.kill()
            process.wait()  # which leaving `with process` omits after Ctrl-C


def report(index: int, code: int | None, log: Path) -> str:
    """Say how a process stands, with what it wrote to stderr."""
    state = "is still running" if code is None else f"ended with exit status {code}"
    text = log.read_text(encoding="utf-8", errors="replace")
    return f"worker {index} {state}; its stderr:\n{text}"


@contextlib.contextmanager
def reserved_ports(count: int) -> Iterator[list[int]]:
    """Find free ports, and keep them from being given to any program but the workers."""
    reuse = getattr(socket, "SO_REUSEPORT", None)
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for held in sockets:
            if reuse:
                held.setsockopt(socket.SOL_SOCKET, reuse, 1)
            held.bind(("127.0.0.1", 0))
        ports = [held.getsockname()[1] for held in sockets]
        if not reuse:  # on Windows no port can be held and opened, so there it is free again
            stack.close()
        yield ports


if __name__ == "__main__":
    # TensorFlow waits without end for a worker that hangs or never comes, and whoever started this
    # one may be gone.
    faulthandler.dump_traceback_later(float(sys.argv[1]), exit=True)
    print(json.dumps(devices_worker.train(tf.distribute.MultiWorkerMirroredStrategy())))
