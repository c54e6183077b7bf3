"""Ask TensorFlow 1.8.0 every case and what tf.contrib.eager has: `python3.6 record.py FILE`."""

import json
import os
import platform
import sys

import numpy as np
import tensorflow as tf
import tensorflow.contrib.eager as tfe

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from answers import answer
from cases import CASES


def ask_alone(name, source):
    """Ask one case in a process of its own: 1.8.0 aborts the whole process at some."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        if not name.startswith("graph_"):
            tf.enable_eager_execution()
        with os.fdopen(write_end, "w") as pipe:
            json.dump(answer(source, tf, tfe), pipe)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        written = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"aborts": "signal {}".format(os.WTERMSIG(status))}
    return json.loads(written)


def main(path):
    """Write the record of all cases, and of the names of tf.contrib.eager, to `path`."""
    # No operation runs in this process, so that forking it is safe.
    versions = (tf.VERSION, platform.python_version(), np.__version__)
    record = {
        "recorded_on": "TensorFlow {}, Python {}, NumPy {}".format(*versions),
        "names": [name for name in dir(tfe) if not name.startswith("_")],
        "cases": {
            name: dict(source=source, **ask_alone(name, source)) for name, source in CASES.items()
        },
    }
    with open(path, "w") as file:
        json.dump(record, file, indent=1, sort_keys=True)
        file.write("\n")


main(sys.argv[1])
