"""The chapter's regression on several replicas, and on several processes of this machine.

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

from eagerdemo import regression

COUNT, RATE, UPDATES = 1000, 0.01, 200


def train(strategy: tf.distribute.Strategy) -> dict[str, list]:
    """Train from W = 5, B = 10; return the first gradients and every copy of W and B at the end."""
    points = regression.noisy_line(COUNT)

    def share(replica: tf.distribute.experimental.ValueContext) -> list[tf.Tensor]:
        first, every = replica.replica_id_in_sync_group, replica.num_replicas_in_sync
        return [values[first::every] for values in points]

    shares = strategy.experimental_distribute_values_from_function(share)
    with strategy.scope():
        W, B = tf.Variable(5.0), tf.Variable(10.0)

    def gradient(inputs: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            losses = tf.square(inputs * W + B - outputs)
            loss = tf.nn.compute_average_loss(losses, global_batch_size=COUNT)
        return tf.stack(tape.gradient(loss, [W, B]))

    @tf.function
    def update() -> tuple[tf.distribute.DistributedValues, tf.Tensor]:
        parts = strategy.run(gradient, args=shares)
        total = strategy.reduce("SUM", parts, axis=None)
        W.assign_sub(RATE * total[0])
        B.assign_sub(RATE * total[1])
        return parts, total

    parts, total = update()
    for _ in range(UPDATES - 1):
        update()
    copies = zip(*map(strategy.experimental_local_results, [W, B]), strict=True)
    return {
        "parts": [part.numpy().tolist() for part in strategy.experimental_local_results(parts)],
        "total": total.numpy().tolist(),
        "copies": [[float(weight), float(bias)] for weight, bias in copies],
    }


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
    with log.open("w") as stderr:
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
    return f"worker {index} {state}; its stderr:\n{log.read_text(errors='replace')}"


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
    print(json.dumps(train(tf.distribute.MultiWorkerMirroredStrategy())))
