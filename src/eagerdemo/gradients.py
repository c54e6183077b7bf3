"""Turn a Python function into the function that computes its gradients.

Every call records the function's forward pass on a `tf.GradientTape`, replays the tape backward
and throws it away. The two ``*_function`` makers differentiate with respect to the *arguments* of
the call, the two ``implicit_*`` makers with respect to the *variables* that the call touched.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

__all__ = [
    "gradients_function",
    "implicit_gradients",
    "implicit_value_and_gradients",
    "value_and_gradients_function",
]

Function = Callable[..., Any]
Params = Sequence[str] | Sequence[int]
Gradients = list[tf.Tensor | None]
GradientsAndVariables = list[tuple[tf.Tensor | None, tf.Variable]]


def gradients_function(f: Function, params: Params | None = None) -> Callable[..., Gradients]:
    """Return a function that computes the gradients of `f` with respect to its arguments.

    The result takes the positional arguments of `f` and returns one gradient for each differentiated
    argument, each with that argument's shape and dtype. Of an output that is not a scalar, the sum
    is differentiated; of several outputs, the sum of them all.

    Args:
        f: the function to differentiate. Returns tensors: one, or a tuple, list or dict of them,
            nested at will.
        params: the parameters to differentiate with respect to, all names or all positions, in the
            order wanted. By default every argument that the call passes.

    Returns:
        A function of ``(*args, dy=None)``. Floats, lists, arrays and variables among `args` become
        tensors of their own dtype before `f` sees them; arguments that are not differentiated reach
        `f` as they are. `dy` weights the outputs: it has their structure and their shapes (of which
        a graph checks the dimensions it knows while tracing). A gradient is None where no output
        depends on the argument, and for integer, bool and string arguments next to others.

    Raises:
        TypeError: `f` is not callable; or, in the call, an argument to differentiate is not a tensor
            of floating or complex dtype.
        ValueError: `params` names or counts something that `f` does not have; or, in the call, a
            keyword other than `dy` is passed, `dy` does not fit the output, or `f` returns None.

    Source:
        ``tf.contrib.eager.gradients_function`` of TensorFlow 1.8.

    >>> import eagerdemo as tfe
    >>> gradient = tfe.gradients_function(lambda x, y: x * x * y)
    >>> [float(g) for g in gradient(3.0, 2.0)]
    [12.0, 9.0]
    >>> [float(g) for g in gradient(3.0, 2.0, dy=10.0)]
    [120.0, 90.0]
    """
    value_and_gradients = value_and_gradients_function(f, params)

    @functools.wraps(f, assigned=(), updated=())
    def gradients(*args: Any, **kwargs: Any) -> Gradients:
        return value_and_gradients(*args, **kwargs)[1]

    return gradients


def value_and_gradients_function(
    f: Function, params: Params | None = None
) -> Callable[..., tuple[Any, Gradients]]:
    """Return a function that computes the value of `f` and its gradients in one forward pass.

    Takes and raises what `gradients_function` does. The result returns ``(value, gradients)``:
    `value` with the structure that `f` returned, its leaves turned into tensors, and `gradients` as
    `gradients_function` has them.

    Source:
        ``tf.contrib.eager.value_and_gradients_function`` of TensorFlow 1.8.

    >>> import eagerdemo as tfe
    >>> value, gradients = tfe.value_and_gradients_function(lambda x: x * x)(3.0)
    >>> float(value), float(gradients[0])
    (9.0, 6.0)
    """
    _check_callable(f)
    parameters = _positional_parameters(f)
    chosen = None if params is None else _positions(f, parameters, params)

    # With __wrapped__ the result has the signature of f, so that names work in nested `params` too.
    @functools.wraps(f, assigned=(), updated=())
    def value_and_gradients(*args: Any, dy: Any = None, **kwargs: Any) -> tuple[Any, Gradients]:
        if kwargs:
            raise ValueError(
                f"{_name(f)} was passed the keyword arguments {sorted(kwargs)}; a function made for "
                "gradients takes positional arguments and dy: pass them by position, or fix them "
                f"first with functools.partial({_name(f)}, ...)"
            )
        inputs = _inputs(f, parameters, args, chosen)
        # Variables are constants here; an outer tape still sees them.
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(list(inputs.values()))
            value = _outputs(f, f(*(inputs.get(i, arg) for i, arg in enumerate(args))))
        wanted = range(len(args)) if chosen is None else chosen
        gradients = _gradients(tape, value, dy, list(inputs.values()))
        by_position = dict(zip(inputs, map(_dense, gradients), strict=True))
        return value, [by_position.get(i) for i in wanted]

    return value_and_gradients


def implicit_gradients(f: Function) -> Callable[..., GradientsAndVariables]:
    """Return a function that computes the gradients of `f` with respect to the variables it uses.

    The variables are found at the call: every trainable `tf.Variable` that it touched.

    Args:
        f: the function to differentiate. Returns tensors, as for `gradients_function`.

    Returns:
        A function that takes what `f` takes, keyword arguments too, and returns a list of
        ``(gradient, variable)`` in the order in which the variables were created: what an
        optimizer's ``apply_gradients`` takes. A gradient has its variable's shape and dtype (a
        `tf.IndexedSlices` where only some rows were read, as by `tf.gather`); it is None where no
        output depends on a variable that was touched.

    Raises:
        TypeError: `f` is not callable, or returns something that is not a tensor.
        ValueError: in the call, `f` returns None or touches no trainable variable.

    Source:
        ``tf.contrib.eager.implicit_gradients`` of TensorFlow 1.8.

    >>> import eagerdemo as tfe
    >>> import tensorflow as tf
    >>> x = tf.Variable(2.0)
    >>> [(gradient, variable)] = tfe.implicit_gradients(lambda y: (y - x**2) ** 2)(7.0)
    >>> float(gradient), variable is x
    (-24.0, True)
    """
    value_and_gradients = implicit_value_and_gradients(f)

    @functools.wraps(f, assigned=(), updated=())
    def gradients(*args: Any, **kwargs: Any) -> GradientsAndVariables:
        return value_and_gradients(*args, **kwargs)[1]

    return gradients


def implicit_value_and_gradients(
    f: Function,
) -> Callable[..., tuple[Any, GradientsAndVariables]]:
    """Return a function that computes the value of `f` and its gradients for the variables it uses.

    Takes and raises what `implicit_gradients` does. The result returns ``(value, gradients)``:
    `value` with the structure that `f` returned, its leaves turned into tensors, and `gradients` as
    `implicit_gradients` has them.

    Source:
        ``tf.contrib.eager.implicit_value_and_gradients`` of TensorFlow 1.8.

    >>> import eagerdemo as tfe
    >>> import tensorflow as tf
    >>> x = tf.Variable(2.0)
    >>> value, gradients = tfe.implicit_value_and_gradients(lambda y: (y - x**2) ** 2)(7.0)
    >>> float(value), float(gradients[0][0])
    (9.0, -24.0)
    """
    _check_callable(f)

    @functools.wraps(f, assigned=(), updated=())
    def value_and_gradients(*args: Any, **kwargs: Any) -> tuple[Any, GradientsAndVariables]:
        with tf.GradientTape() as tape:
            value = _outputs(f, f(*args, **kwargs))
        variables = tape.watched_variables()
        if not variables:
            raise ValueError(
                f"{_name(f)} touched no trainable variable: use a tf.Variable in it, or "
                "gradients_function to differentiate with respect to its arguments"
            )
        gradients = _gradients(tape, value, None, variables)
        return value, list(zip(gradients, variables, strict=True))

    return value_and_gradients


def _check_callable(f: object) -> None:
    if not callable(f):
        raise TypeError(
            f"expected a function to differentiate, got {f!r} of type {type(f).__name__}: "
            "pass the function itself, as in gradients_function(square)"
        )


def _name(f: Function) -> str:
    """Name `f` for a message, without the address that its repr has."""
    if isinstance(f, functools.partial):
        return _name(f.func)
    return getattr(f, "__name__", type(f).__name__)


def _positional_parameters(f: Function) -> list[inspect.Parameter] | None:
    """Return what `f` takes by position, ``*args`` included; None where `f` does not tell."""
    try:
        parameters = inspect.signature(f).parameters.values()
    except (TypeError, ValueError):  # some functions written in C have no signature
        return None
    positional = (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.VAR_POSITIONAL,
    )
    return [parameter for parameter in parameters if parameter.kind in positional]


def _described(f: Function, parameters: list[inspect.Parameter] | None) -> str:
    known = "not known" if parameters is None else f"({', '.join(map(str, parameters))})"
    return f"the parameters of {_name(f)} are {known}"


def _positions(
    f: Function, parameters: list[inspect.Parameter] | None, params: Params
) -> list[int]:
    """Return the positions that `params` stands for, checked as far as the signature of `f` tells."""
    takes = _described(f, parameters)
    if isinstance(params, str | int):
        raise ValueError(f"params is {params!r}, not a list: write params=[{params!r}]; {takes}")
    params = list(params)
    if all(isinstance(p, str) for p in params):
        names = [p.name for p in parameters or () if p.kind is not p.VAR_POSITIONAL]
        unknown = [p for p in params if p not in names]
        if unknown:
            raise ValueError(f"params names {unknown}, which {_name(f)} does not take; {takes}")
        return [names.index(p) for p in params]
    if not all(isinstance(p, int) and not isinstance(p, bool) for p in params):
        raise ValueError(f"params is {params}: give all names or all positions; {takes}")
    open_ended = parameters is None or any(p.kind is p.VAR_POSITIONAL for p in parameters)
    outside = [p for p in params if p < 0 or not (open_ended or p < len(parameters or ()))]
    if outside:
        raise ValueError(f"params has the positions {outside}, out of range; {takes}")
    return params


def _inputs(
    f: Function,
    parameters: list[inspect.Parameter] | None,
    args: tuple[Any, ...],
    chosen: list[int] | None,
) -> dict[int, tf.Tensor]:
    """Return the arguments to differentiate as tensors of their own, by position."""

    def label(position: int) -> str:
        if parameters and position < len(parameters):
            parameter = parameters[position]
            if parameter.kind is not parameter.VAR_POSITIONAL:
                return f"argument {parameter.name!r} of {_name(f)}"
        return f"argument {position} of {_name(f)}"

    missing = [label(i) for i in chosen or () if i >= len(args)]
    if missing:
        raise ValueError(
            f"params asks for {', '.join(missing)}, but only {len(args)} were passed: pass it by "
            f"position; {_described(f, parameters)}"
        )
    positions = range(len(args)) if chosen is None else sorted(set(chosen))
    tensors = {i: _tensor(args[i], label(i)) for i in positions}
    differentiable = {i: t for i, t in tensors.items() if _is_differentiable(t)}
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
    except (TypeError, ValueError, OverflowError, tf.errors.InvalidArgumentError) as error:
        raise TypeError(
            f"{label} is of type {type(argument).__name__} and does not make a tensor: pass numbers, "
            f"an array or a tensor, or leave it out with params=[...] ({error})"
        ) from error


def _dense(gradient: tf.Tensor | tf.IndexedSlices | None) -> tf.Tensor | None:
    return None if gradient is None else tf.convert_to_tensor(gradient)


def _is_differentiable(tensor: tf.Tensor) -> bool:
    return bool(tensor.dtype.is_floating or tensor.dtype.is_complex)


def _floating_form(argument: Any, tensor: tf.Tensor) -> str:
    """Say what to write instead of an argument that has no gradient."""
    if isinstance(argument, int) and not isinstance(argument, bool):
        return f"write {argument}. for {argument}"
    if tensor.dtype.is_integer:
        return "convert it with tf.cast(..., tf.float32)"
    return "pass a floating-point number or tensor"


def _outputs(f: Function, value: Any) -> Any:
    """Return what `f` returned, its leaves turned into tensors."""

    def tensor(leaf: Any) -> tf.Tensor:
        if leaf is None:
            where = "" if value is None else f" inside {type(value).__name__}"
            raise ValueError(
                f"{_name(f)} returned None{where}, which has no gradient: was the return forgotten?"
            )
        try:
            return tf.convert_to_tensor(leaf)
        except (TypeError, ValueError) as error:
            raise TypeError(
                f"{_name(f)} returned a {type(leaf).__name__}, which does not make a tensor: return "
                f"dense tensors ({error})"
            ) from error

    return tf.nest.map_structure(tensor, value)


def _gradients(
    tape: tf.GradientTape, value: Any, dy: Any, sources: Sequence[tf.Tensor | tf.Variable]
) -> list[tf.Tensor | None]:
    """Differentiate the sum of the outputs, weighted by `dy`, with respect to `sources`."""
    outputs = tf.nest.flatten(value)
    weights = [None] * len(outputs) if dy is None else _weights(value, dy)
    # Integer outputs have no gradient, and TensorFlow would warn of each.
    pairs = [pair for pair in zip(outputs, weights, strict=True) if _is_differentiable(pair[0])]
    if not pairs:
        return [None] * len(sources)
    targets, target_weights = zip(*pairs, strict=True)
    return tape.gradient(  # type: ignore[no-any-return]
        list(targets), list(sources), output_gradients=None if dy is None else list(target_weights)
    )


def _weights(value: Any, dy: Any, path: str = "dy") -> list[tf.Tensor]:
    """Return `dy` as one tensor for each output, in the order of ``tf.nest.flatten(value)``."""
    if isinstance(value, Mapping):
        if not isinstance(dy, Mapping) or set(dy) != set(value):
            raise ValueError(_misfit(value, dy, path))
        return [
            w for key in sorted(value) for w in _weights(value[key], dy[key], f"{path}[{key!r}]")
        ]
    if isinstance(value, list | tuple):
        if not isinstance(dy, list | tuple) or len(dy) != len(value):
            raise ValueError(_misfit(value, dy, path))
        return [
            w
            for i, (part, weight) in enumerate(zip(value, dy, strict=True))
            for w in _weights(part, weight, f"{path}[{i}]")
        ]
    try:
        weight = tf.convert_to_tensor(dy, dtype=value.dtype)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{_misfit(value, dy, path)} ({error})") from error
    if not weight.shape.is_compatible_with(value.shape):
        raise ValueError(_misfit(value, weight, path))
    return [weight]


def _misfit(value: Any, dy: Any, path: str) -> str:
    return (
        f"{path} has shape {_shapes(dy)} where the output has {_shapes(value)}: "
        "give dy one weight for each number of the output"
    )


def _shapes(structure: Any) -> str:
    def shape(leaf: Any) -> str:
        return f"{leaf.shape} {leaf.dtype.name}" if tf.is_tensor(leaf) else type(leaf).__name__

    return str(tf.nest.map_structure(shape, structure))
