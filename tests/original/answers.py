"""How a case is asked and its answer written down, on Python 3.6 and TensorFlow 1.8 too.

A case is Python source that leaves its answer in `out`. It finds these names: `tf`, `np`, `tfe`
(the gradient functions), and what moved since 1.8 under one name: `Variable`, `Session`,
`initializer`, `function` (tfe.defun, tf.function), `log`, `custom_gradient`, `optimizer`.
"""

import collections
import functools
import math

import numpy as np


def namespace(tf, tfe):
    """The names that a case finds, on whichever TensorFlow this is."""
    old = hasattr(tfe, "Variable")  # tf.contrib.eager itself
    compat = tf if old else tf.compat.v1
    names = {
        "Session": compat.Session,
        "initializer": compat.global_variables_initializer,
        "Variable": tfe.Variable if old else tf.Variable,
        "custom_gradient": tfe.custom_gradient if old else tf.custom_gradient,
        "function": tfe.defun if old else tf.function,
        "log": tf.log if old else tf.math.log,
        "optimizer": compat.train.GradientDescentOptimizer,
    }
    modules = {"tf": tf, "np": np, "tfe": tfe, "functools": functools, "collections": collections}
    return dict(names, **modules)


def answer(source, tf, tfe):
    """Run a case: {"out": what it left}, or {"raises": the exception, "message": its text}."""
    names = namespace(tf, tfe)
    try:
        exec(source, names)  # noqa: S102 the cases are the project's own
    except Exception as error:
        return {"raises": type(error).__name__, "message": str(error)}
    return {"out": encode(names["out"], tf)}


def encode(value, tf):
    """Write a value as JSON that tells tensors, arrays and plain Python apart."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return text(value, np.float64)
    if isinstance(value, dict):
        return {"dict": {str(key): encode(part, tf) for key, part in value.items()}}
    if isinstance(value, (list, tuple)) and not isinstance(value, tf.IndexedSlices):
        return [encode(part, tf) for part in value]
    if isinstance(value, tf.IndexedSlices):
        return {"values": encode(value.values, tf), "indices": encode(value.indices, tf)}
    array = value if isinstance(value, (np.ndarray, np.generic)) else value.numpy()
    array = np.asarray(array)
    items = [text(item, array.dtype) for item in array.ravel()]
    return {"dtype": array.dtype.name, "shape": list(array.shape), "value": items}


def text(number, dtype):
    """Write a number with the digits that its dtype vouches for on every processor."""
    if isinstance(number, (complex, np.complexfloating)):
        return "{} {}".format(text(number.real, np.float32), text(number.imag, np.float32))
    if not isinstance(number, (float, np.floating)):
        return str(number)
    if not math.isfinite(number):
        return str(float(number))
    digits = {2: 3, 4: 6, 8: 12}[np.dtype(dtype).itemsize]
    return "{:.{}g}".format(float(number) + 0.0, digits)
