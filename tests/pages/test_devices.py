"""The processes of the page on devices: their answers, and that none of them stays behind."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

import devices_launch
import eagerdemo as tfe
from eagerdemo import regression


@pytest.fixture
def started(monkeypatch):
    """The processes started meanwhile."""
    processes = []

    class Recorded(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            processes.append(self)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    return processes


@pytest.fixture
def plant(monkeypatch, tmp_path):
    """Return a function that lets the workers execute a planted script; `index` is their place."""

    def write(script):
        path = tmp_path / "planted.py"
        place = "index = json.loads(os.environ['TF_CONFIG'])['task']['index']"
        path.write_text(f"import json, os, sys, time\n{place}\n{script}\n")
        monkeypatch.setattr(devices_launch, "__file__", str(path))

    return write


def is_left(process):
    """Whether the operating system still knows the process: nobody has heard how it ended."""
    return process.returncode is None


def test_two_workers_find_what_one_device_finds(started):
    first, second = devices_launch.run()

    inputs, outputs = regression.noisy_line(1000)
    gradients = tfe.gradients_function(lambda W, B: (inputs * W + B - outputs) ** 2 / 1000)
    point = (5.0, 10.0)
    gradient = [float(g) for g in gradients(*point)]
    for _ in range(200):
        point = [float(p - 0.01 * g) for p, g in zip(point, gradients(*point))]

    assert first["total"] == second["total"] == pytest.approx(gradient, rel=1e-5)
    parts = zip(*first["parts"], *second["parts"])
    assert [sum(pair) for pair in parts] == pytest.approx(gradient, rel=1e-5)
    assert first["copies"] == second["copies"] == [pytest.approx(point, rel=1e-5)]
    assert len(started) == 2
    assert not any(map(is_left, started))


def test_failed_worker_is_told_at_once_and_ends_the_others(started, plant):
    plant("if index == 1: raise OSError('planted')\ntime.sleep(600)")
    begin = time.monotonic()
    with pytest.raises(RuntimeError) as error:
        devices_launch.run(timeout=100)
    assert time.monotonic() - begin < 50
    assert str(error.value).startswith("worker 0 is still running; its stderr:\n\nworker 1 ")
    assert "worker 1 ended with exit status 1; its stderr:\nTraceback" in str(error.value)
    assert str(error.value).endswith("OSError: planted\n")
    assert len(started) == 2
    assert not any(map(is_left, started))


def test_hanging_workers_are_ended_in_time(started, plant):
    plant("print('waiting', file=sys.stderr, flush=True)\ntime.sleep(600)")
    with pytest.raises(RuntimeError) as error:
        devices_launch.run(timeout=5)
    state = "is still running; its stderr:\nwaiting\n"
    assert str(error.value) == f"worker 0 {state}\nworker 1 {state}"
    assert len(started) == 2
    assert not any(map(is_left, started))


def test_interrupt_leaves_no_worker(started, plant, monkeypatch):
    def interrupt(seconds):
        raise KeyboardInterrupt

    plant("time.sleep(600)")
    monkeypatch.setattr(time, "sleep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        devices_launch.run()
    assert len(started) == 2
    assert not any(map(is_left, started))


def test_worker_left_alone_ends_by_itself():
    # Whoever started it may be gone, and the other worker never comes.
    with devices_launch.reserved_ports(2) as ports:
        addresses = [f"127.0.0.1:{port}" for port in ports]
        place = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": 1}}
        settings = {"TF_CONFIG": json.dumps(place), "TF_GRPC_REUSE_PORT": "1"}
        alone = subprocess.run(
            [sys.executable, devices_launch.__file__, "1"],
            env=os.environ | settings,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert alone.returncode == 1
    assert "Timeout (0:00:01)!" in alone.stderr


@pytest.mark.skipif(not hasattr(socket, "SO_REUSEPORT"), reason="no port can be held here")
def test_reserved_ports_are_kept_from_others_and_open_to_workers():
    everywhere = "0.0.0.0"  # noqa: S104 - where TensorFlow listens
    with devices_launch.reserved_ports(20) as ports:
        assert len(set(ports)) == 20
        for port in ports:
            with socket.socket() as other, pytest.raises(OSError):
                other.bind((everywhere, port))
            with socket.socket() as of_worker:
                of_worker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                of_worker.bind((everywhere, port))
    for port in ports:
        with socket.socket() as other:
            other.bind(("127.0.0.1", port))


def test_ports_that_cannot_be_held_are_let_go(monkeypatch):
    monkeypatch.delattr(socket, "SO_REUSEPORT", raising=False)
    with devices_launch.reserved_ports(2) as ports:
        for port in ports:
            with socket.socket() as of_worker:
                of_worker.bind(("127.0.0.1", port))
