"""The weights of the outputs: `dy` of the gradient functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from eagerdemo._parameters import CONVERSION_ERRORS, DIFFERENTIABLE


def output_weights(value: Any, dy: Any, path: str = "dy") -> list[tf.Tensor]:
    """Return `dy` as one tensor for each output, in the order of ``tf.nest.flatten(value)``."""
    if isinstance(value, Mapping):
        if not isinstance(dy, Mapping) or set(dy) != set(value):
            raise ValueError(_misfit(value, dy, path))
        parts = [(f"{path}[{key!r}]", value[key], dy[key]) for key in sorted(value)]
    elif isinstance(value, list | tuple):
        if not isinstance(dy, list | tuple) or len(dy) != len(value):
            raise ValueError(_misfit(value, dy, path))
        parts = [(f"{path}[{i}]", *pair) for i, pair in enumerate(zip(value, dy, strict=True))]
    else:
        return [_weight(value, dy, path)]
    return [
        weight for name, part, part_dy in parts for weight in output_weights(part, part_dy, name)
    ]


def _weight(output: tf.Tensor, dy: Any, path: str) -> tf.Tensor:
    dtype = output.dtype if output.dtype in DIFFERENTIABLE else None  # else it is not used
    # TensorFlow would cast an array to any dtype, and drop imaginary parts.
    if dtype and isinstance(dy, np.ndarray | np.generic):
        array_dtype = dtype.as_numpy_dtype
        if not np.can_cast(dy.dtype, array_dtype, "same_kind"):
            raise ValueError(_misfit(output, dy, path))
    try:
        weight = tf.convert_to_tensor(dy, dtype=dtype)
    except CONVERSION_ERRORS as error:
        raise ValueError(f"{_misfit(output, dy, path)} ({error})") from error
    if not weight.shape.is_compatible_with(output.shape):
        raise ValueError(_misfit(output, weight, path))
    return weight


def _misfit(value: Any, dy: Any, path: str) -> str:
    return (
        f"{path} has shape and dtype {_shapes(dy)} where the output has {_shapes(value)}: "
        "give dy the structure, shapes and dtypes of the output"
    )


def _shapes(structure: Any) -> str:
    """Describe tensors, and what should be tensors, by shape and dtype in their structure."""
    if isinstance(structure, Mapping):
        return f"{{{', '.join(f'{k!r}: {_shapes(part)}' for k, part in structure.items())}}}"
    if isinstance(structure, list | tuple):
        return f"[{', '.join(map(_shapes, structure))}]"
    dtype = getattr(structure, "dtype", type(structure))
    return f"{getattr(structure, 'shape', ())} {getattr(dtype, 'name', None) or dtype.__name__}"
