"""`import eagerdemo as tfe` makes the seed's listings print what TensorFlow 1.8.0 printed.

`seed-run.txt` is what TensorFlow 1.8.0 printed for them.
"""

import re
from pathlib import Path

import numpy as np
import tensorflow as tf

import eagerdemo as tfe

RECORD = Path(__file__).with_name("seed-run.txt")


def square(x):
    return tf.multiply(x, x)


def absolute(x):
    return x if x > 0.0 else -x


def run_listings():
    """The deterministic listings of the seed, L1 to L13, in its order."""
    print(f"TensorFlow version: {tf.__version__}")
    print(f"Eager execution: {tf.executing_eagerly()}")

    x = tf.matmul([[1, 2], [3, 4]], [[4, 5], [6, 7]])
    print(x)
    print(tf.add(x, 1))
    print(repr(x.numpy()))
    np_val = np.array(10.0, dtype=np.float32)
    print(np_val, tf.constant(np_val))

    x = tf.Variable(0.0, name="x")
    print(x)
    print(x.read_value().numpy())
    x.assign(42)
    print(x.assign)
    x.assign_add(3)
    print(x.read_value())
    print(x + 3)
    print(x * [1, 2, 4])

    grad = tfe.gradients_function(square)
    print(square(3.0))
    print(grad(3.0))
    grad2 = tfe.value_and_gradients_function(lambda x: grad(x)[0])
    print(f"2nd grad: {grad2(3.0)}")
    print(tfe.gradients_function(lambda x: grad2(x)[0])(3.0))
    print(tfe.gradients_function(lambda x: grad2(x)[1][0])(3.0))
    absolute_grad = tfe.gradients_function(absolute)
    for point in [2.0, -2.0, 0.0]:
        print(absolute_grad(point))

    x = tf.Variable(2.0)

    def loss(y):
        return (y - x**2) ** 2

    print(loss(7.0))
    print(tfe.implicit_gradients(loss)(7.0))
    print(tfe.implicit_value_and_gradients(loss)(7.0))


def comparable(printed: str) -> list[str]:
    """Leave out what is not a number: tensor ids, the version, TensorFlow's class names."""
    printed = re.sub(r"id=…, ", "", printed)
    printed = re.sub(r"version: .*", "version", printed)
    printed = re.sub(r"(Base)?ResourceVariable\.", "ResourceVariable.", printed)
    return printed.splitlines()


def test_listings_print_what_tensorflow_1_8_printed(capsys):
    run_listings()
    assert comparable(capsys.readouterr().out) == comparable(RECORD.read_text(encoding="utf-8"))
