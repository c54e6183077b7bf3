"""The arguments to differentiate with respect to: `params` of the gradient functions."""

from __future__ import annotations

import functools
import inspect
import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import tensorflow as tf

Function = Callable[..., Any]
Params = Sequence[str] | Sequence[int]
Made = TypeVar("Made", bound=Function)

DIFFERENTIABLE = frozenset(
    {tf.float16, tf.bfloat16, tf.float32, tf.float64, tf.complex64, tf.complex128}
)
CONVERSION_ERRORS = (TypeError, ValueError, OverflowError, tf.errors.InvalidArgumentError)

# Python's own scalars without a gradient: counts, flags and modes, which `f` is to use as such.
PLAIN = (bool, int, str, bytes)
NUMBERS = (float, complex, np.ndarray, np.generic)  # no tensor is among them
MADE_ANEW = (*NUMBERS, list, tuple)  # whenever TensorFlow makes a tensor of them


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
                f"params names {unknown}, which {name_of(f)} does not take by position"
                f"{': give positions, as in params=[0]' if open_ended else ''}; {_parameters_of(f)}"
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


def prepare_arguments(
    f: Function, args: tuple[Any, ...], chosen: list[int] | None
) -> tuple[list[Any], list[int]]:
    """Return the arguments as `f` gets them, and the positions of those to differentiate."""
    if chosen:
        _check_passed(f, args, chosen)
    passed: list[Any] = list(args)
    watched: list[int] = []
    constant: tf.DType | None = None  # of the first argument without a gradient
    for i in range(len(args)) if chosen is None else sorted(set(chosen)):
        tensor = _tensor(f, i, args[i])
        if tensor.dtype in DIFFERENTIABLE:
            watched.append(i)
            passed[i] = _independent(tensor, args[i])
        elif chosen is not None:
            raise TypeError(_no_gradient(f, i, args[i], tensor.dtype))
        else:
            constant = tensor.dtype if constant is None else constant
            if not isinstance(args[i], PLAIN) or isinstance(args[i], np.generic):
                passed[i] = tensor
    # An integer next to a float is a constant of the call; alone it is a mistake.
    if constant is not None and not watched:
        raise TypeError(_no_gradient(f, 0, args[0], constant))
    return passed, watched


def _check_passed(f: Function, args: tuple[Any, ...], chosen: list[int]) -> None:
    missing = [_label(f, i) for i in chosen if i >= len(args)]
    if missing:
        raise ValueError(
            f"params asks for {', '.join(missing)}, but only {len(args)} were passed: pass it by "
            f"position; {_parameters_of(f)}"
        )


def notes_on_lists(f: Function, args: tuple[Any, ...], passed: list[Any]) -> list[str]:
    """Say of each list among `args` that reached `f` as it was why it is no tensor."""
    return [
        f"{_label(f, i)} reached it as the {type(args[i]).__name__} that was passed, because "
        "params does not name it: pass tf.constant(...) if it is to be a tensor"
        for i in range(len(args))
        if isinstance(args[i], list | tuple) and passed[i] is args[i]
    ]


def _label(f: Function, position: int) -> str:
    """Name an argument for a message; not at every call, for a signature takes time."""
    names, _ = _positional_names(f)
    named = repr(names[position]) if position < len(names) else position
    return f"argument {named} of {name_of(f)}"


def _tensor(f: Function, position: int, argument: Any) -> tf.Tensor:
    try:
        if isinstance(argument, tf.Tensor):
            return argument
        # Faster than tf.convert_to_tensor, but no tape would record tensors in a list.
        if isinstance(argument, NUMBERS) or _holds_only_floats(argument):
            return tf.constant(argument)
        return tf.convert_to_tensor(argument)
    except CONVERSION_ERRORS as error:
        raise TypeError(
            f"{_label(f, position)} is of type {type(argument).__name__} and does not make a "
            "tensor: pass numbers, an array or a tensor, or leave it out with params=[...] "
            f"({error})"
        ) from error


def _holds_only_floats(argument: Any) -> bool:
    # Counting takes half of the time of a set of the types.
    return isinstance(argument, list) and list(map(type, argument)).count(float) == len(argument)


def _independent(tensor: tf.Tensor, argument: Any) -> tf.Tensor:
    """Return a tensor that `f` finds nowhere but at this argument.

    A tensor that was passed may be another argument as well, or stand in `f` itself.
    """
    # tf.identity takes twice as long, for resources and composite tensors, which do not come here.
    return tensor if isinstance(argument, MADE_ANEW) else tf.raw_ops.Identity(input=tensor)


def _no_gradient(f: Function, position: int, argument: Any, dtype: tf.DType) -> str:
    return (
        f"{_label(f, position)} is {dtype.name}, which has no gradient: "
        f"{_floating_form(argument, dtype)}, or leave it out with params=[...]"
    )


def _floating_form(argument: Any, dtype: tf.DType) -> str:
    """Say what to write instead of an argument that has no gradient."""
    if isinstance(argument, int) and not isinstance(argument, bool):
        return f"write {argument}. for {argument}"
    if dtype.is_integer:
        return "convert it with tf.cast(..., tf.float32)"
    return "pass a floating-point number or tensor"
