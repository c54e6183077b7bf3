"""The arguments to differentiate with respect to: `params` of the gradient functions."""

from __future__ import annotations

import functools
import inspect
import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import tensorflow as tf

Function = Callable[..., Any]
Params = Sequence[str] | Sequence[int]
Made = TypeVar("Made", bound=Function)

DIFFERENTIABLE = (
    *(tf.float16, tf.bfloat16, tf.float32, tf.float64),
    *(tf.complex64, tf.complex128),
)
CONVERSION_ERRORS = (TypeError, ValueError, OverflowError, tf.errors.InvalidArgumentError)


def made_from(f: Function, made: Made) -> Made:
    """Remember that `made` takes the parameters of `f`, for the names in nested `params`.

    Not with ``functools.wraps``: `tf.function` would take the defaults of `f` for arguments passed.
    """
    vars(made)["differentiated"] = f
    return made


def name_of(f: Function) -> str:
    """Name `f` for a message, without the address that its repr has."""
    if isinstance(f, functools.partial):
        return name_of(f.func)
    if hasattr(f, "differentiated"):
        return f"gradients of {name_of(f.differentiated)}"
    return getattr(f, "__name__", type(f).__name__)


def _signature(f: Function) -> inspect.Signature | None:
    """Return the signature of `f`; None where `f` does not tell, as some written in C."""
    if hasattr(f, "differentiated"):
        return _signature(f.differentiated)
    try:
        return inspect.signature(f)
    except (TypeError, ValueError):
        return None


def _positional_names(f: Function) -> tuple[list[str], bool]:
    """Return the parameters that `f` takes by position, and whether it may take more of them."""
    signature = _signature(f)
    if signature is None:
        return [], True
    parameters = signature.parameters.values()
    named = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [parameter.name for parameter in parameters if parameter.kind in named]
    return names, any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters)


def _parameters_of(f: Function) -> str:
    return f"the parameters of {name_of(f)} are {_signature(f) or 'not known'}"


def positions_of(f: Function, params: Params) -> list[int]:
    """Return the positions that `params` stands for, checked as far as `f` tells its parameters."""
    if isinstance(params, str) or not isinstance(params, Iterable):
        raise ValueError(
            f"params is {params!r}, not a list: write params=[{params!r}]; {_parameters_of(f)}"
        )
    chosen: list[Any] = list(params)
    names, open_ended = _positional_names(f)
    if all(isinstance(p, str) for p in chosen):
        unknown = [p for p in chosen if p not in names]
        if unknown:
            raise ValueError(
                f"params names {unknown}, which {name_of(f)} does not take by position; "
                f"{_parameters_of(f)}"
            )
        return [names.index(p) for p in chosen]
    try:
        positions = [operator.index(p) for p in chosen]
    except TypeError:
        raise ValueError(
            f"params is {chosen}: give all names or all positions; {_parameters_of(f)}"
        ) from None
    outside = [p for p in positions if p < 0 or not (open_ended or p < len(names))]
    if outside:
        raise ValueError(f"params has the positions {outside}, out of range; {_parameters_of(f)}")
    return positions


def inputs_to_watch(
    f: Function, args: tuple[Any, ...], chosen: list[int] | None
) -> dict[int, tf.Tensor]:
    """Return the arguments to differentiate as tensors of their own, by position."""
    names, _ = _positional_names(f)

    def label(position: int) -> str:
        named = repr(names[position]) if position < len(names) else position
        return f"argument {named} of {name_of(f)}"

    missing = [label(i) for i in chosen or () if i >= len(args)]
    if missing:
        raise ValueError(
            f"params asks for {', '.join(missing)}, but only {len(args)} were passed: pass it by "
            f"position; {_parameters_of(f)}"
        )
    positions = range(len(args)) if chosen is None else sorted(set(chosen))
    tensors = {i: _tensor(args[i], label(i)) for i in positions}
    differentiable = {i: t for i, t in tensors.items() if t.dtype in DIFFERENTIABLE}
    # An integer next to a float is a constant of the call; one that was named, or stands alone, is
    # a mistake.
    required = tensors if chosen is not None or not differentiable else differentiable
    for i, tensor in required.items():
        if i not in differentiable:
            raise TypeError(
                f"{label(i)} is {tensor.dtype.name}, which has no gradient: "
                f"{_floating_form(args[i], tensor)}, or leave it out with params=[...]"
            )
    # The identity makes one tensor passed twice two independent parameters.
    return {i: tf.identity(tensor) for i, tensor in differentiable.items()}


def _tensor(argument: Any, label: str) -> tf.Tensor:
    try:
        return tf.convert_to_tensor(argument)
    except CONVERSION_ERRORS as error:
        raise TypeError(
            f"{label} is of type {type(argument).__name__} and does not make a tensor: pass "
            f"numbers, an array or a tensor, or leave it out with params=[...] ({error})"
        ) from error


def _floating_form(argument: Any, tensor: tf.Tensor) -> str:
    """Say what to write instead of an argument that has no gradient."""
    if isinstance(argument, int) and not isinstance(argument, bool):
        return f"write {argument}. for {argument}"
    if tensor.dtype.is_integer:
        return "convert it with tf.cast(..., tf.float32)"
    return "pass a floating-point number or tensor"
