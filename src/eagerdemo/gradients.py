"""Turn a Python function into the function that computes its gradients.

Every call records the function's forward pass on a `tf.GradientTape`, replays the tape backward
and throws it away. The two ``*_function`` makers differentiate with respect to the *arguments* of
the call, the two ``implicit_*`` makers with respect to the *variables* that the call touched.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import tensorflow as tf

from eagerdemo._parameters import (
    CONVERSION_ERRORS,
    DIFFERENTIABLE,
    Function,
    Params,
    made_from,
    name_of,
    notes_on_lists,
    positions_of,
    prepare_arguments,
)
from eagerdemo._weights import output_weights

__all__ = [
    "gradients_function",
    "implicit_gradients",
    "implicit_value_and_gradients",
    "value_and_gradients_function",
]

# Quoted, for Sphinx reads this module without TensorFlow.
Gradients: TypeAlias = "list[tf.Tensor | None]"
GradientsAndVariables: TypeAlias = "list[tuple[tf.Tensor | None, tf.Variable]]"


def gradients_function(f: Function, params: Params | None = None) -> Callable[..., Gradients]:
    """Return a function that computes the gradients of `f` with respect to its arguments.

    The result takes the positional arguments of `f` and returns a gradient for each argument that
    is differentiated, with that argument's shape and dtype. Of an output that is not a scalar, the
    sum is differentiated; of several outputs, the sum of them all.

    Args:
        f: the function to differentiate. Returns tensors: one, or a tuple, list or dict of them,
            nested at will.
        params: the parameters to differentiate with respect to, all names or all positions, in the
            order wanted. By default every argument that the call passes.

    Returns:
        A function of ``(*args, dy=None)``. Of `args`, `f` gets as tensors of their own dtype those
        that `params` chooses, and as they were passed all others: a list among these is a list, so
        pass a tensor if `f` is to see a tensor. Without `params` all are tensors, except Python's
        own ints, bools, strings and bytes, with which `f` can count, decide and choose. A tensor
        that was passed and that `f` also has from elsewhere is a constant there. `dy` weights the
        outputs: it has their structure and their shapes (of which a graph checks the dimensions it
        knows while tracing). A gradient is None where no output depends on the argument
        and, without `params`, for an argument of another dtype than floating or complex next to one
        that has a gradient.

    Raises:
        TypeError: `f` is not callable; or, in the call, an argument to differentiate makes no
            tensor of floating or complex dtype, without `params` any makes no tensor, or `f`
            returns something that makes no tensor. One that `f` raises itself has a note for each
            list that was not made a tensor.
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

    def gradients(*args: Any, **kwargs: Any) -> Gradients:
        return value_and_gradients(*args, **kwargs)[1]

    return made_from(f, gradients)


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
    chosen = None if params is None else positions_of(f, params)

    def value_and_gradients(*args: Any, dy: Any = None, **kwargs: Any) -> tuple[Any, Gradients]:
        if kwargs:
            raise ValueError(
                f"{name_of(f)} was passed the keyword arguments {sorted(kwargs)}; a function made "
                "for gradients takes positional arguments and dy: pass them by position, or fix "
                f"them first with functools.partial({name_of(f)}, ...)"
            )
        passed, watched = prepare_arguments(f, args, chosen)
        sources = [passed[i] for i in watched]
        # Variables are constants here; an outer tape still sees them.
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(sources)
            try:
                value = f(*passed)
            except TypeError as error:
                for note in notes_on_lists(f, args, passed):
                    error.add_note(note)
                raise
            value = _outputs(f, value)
        gradients = _gradients(tape, value, dy, sources)
        for i, gradient in enumerate(gradients):
            if isinstance(gradient, tf.IndexedSlices):
                gradients[i] = tf.convert_to_tensor(gradient)
        if chosen is None and len(watched) == len(args):
            return value, gradients
        wanted = range(len(args)) if chosen is None else chosen
        return value, [gradients[watched.index(i)] if i in watched else None for i in wanted]

    return made_from(f, value_and_gradients)


def implicit_gradients(f: Function) -> Callable[..., GradientsAndVariables]:
    """Return a function that computes the gradients of `f` with respect to the variables it uses.

    The variables are found at the call: every trainable `tf.Variable` that it touched. A layer of
    Keras that is frozen (``layer.trainable = False``), and a `keras.Variable` frozen once it is
    made, are found all the same, because the `tf.Variable` inside stays trainable; keep the pairs
    that are to be trained:

    >>> import keras
    >>> import tensorflow as tf
    >>> import eagerdemo as tfe
    >>> model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1), keras.layers.Dense(1)])
    >>> model.layers[0].trainable = False
    >>> pairs = tfe.implicit_gradients(model)(tf.ones([1, 1]))
    >>> trained = {variable.value.ref() for variable in model.trainable_variables}
    >>> len(pairs), len([pair for pair in pairs if pair[1].ref() in trained])
    (4, 2)

    Args:
        f: the function to differentiate. Returns tensors, as for `gradients_function`.

    Returns:
        A function that takes what `f` takes, keyword arguments too, passes all of it to `f` as it
        is, and returns a list of ``(gradient, variable)`` in the order in which the variables were
        created: what an optimizer's ``apply_gradients`` takes. A gradient has its variable's shape
        and dtype (a `tf.IndexedSlices` where only some rows were read, as by `tf.gather`); it is
        None where no output depends on a variable that was touched. `tf.stop_gradient` does not
        touch a variable that it is given itself, and so leaves it out; of ``variable * 2`` in its
        place the gradient is None.

    Raises:
        TypeError: `f` is not callable, or returns something that makes no tensor.
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

    def gradients(*args: Any, **kwargs: Any) -> GradientsAndVariables:
        return value_and_gradients(*args, **kwargs)[1]

    return made_from(f, gradients)


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

    def value_and_gradients(*args: Any, **kwargs: Any) -> tuple[Any, GradientsAndVariables]:
        with tf.GradientTape() as tape:
            value = _outputs(f, f(*args, **kwargs))
        variables = tape.watched_variables()
        if not variables:
            raise ValueError(
                f"{name_of(f)} touched no trainable variable: use a tf.Variable in it, or "
                "gradients_function to differentiate with respect to its arguments"
            )
        gradients = _gradients(tape, value, None, variables)
        return value, list(zip(gradients, variables, strict=True))

    return made_from(f, value_and_gradients)


def _check_callable(f: object) -> None:
    if not callable(f):
        raise TypeError(
            f"expected a function to differentiate, got {f!r} of type {type(f).__name__}: "
            "pass the function itself, as in gradients_function(square)"
        )


def _outputs(f: Function, value: Any) -> Any:
    """Return what `f` returned, its leaves turned into tensors."""
    if isinstance(value, tf.Tensor):
        return value
    if value is None:
        raise ValueError(
            f"{name_of(f)} returned None, which has no gradient: was the return forgotten?"
        )
    kind = type(value).__name__
    return tf.nest.map_structure(functools.partial(_output, f, kind), value)


def _output(f: Function, kind: str, leaf: Any) -> tf.Tensor:
    if leaf is None:
        raise ValueError(
            f"{name_of(f)} returned None inside its {kind}, which has no gradient: leave it out of "
            "what is returned (a forgotten return, or the gradient of an argument that is not "
            "used, is None)"
        )
    try:
        return tf.convert_to_tensor(leaf)
    except CONVERSION_ERRORS as error:
        raise TypeError(
            f"{name_of(f)} returned a value of type {type(leaf).__name__}, which does not make a "
            f"tensor: return dense tensors ({error})"
        ) from error


def _gradients(
    tape: tf.GradientTape, value: Any, dy: Any, sources: Sequence[tf.Tensor | tf.Variable]
) -> list[Any]:
    """Differentiate the sum of the outputs, weighted by `dy`, with respect to `sources`."""
    targets = outputs = [value] if isinstance(value, tf.Tensor) else tf.nest.flatten(value)
    weights = None if dy is None else output_weights(value, dy)
    if not DIFFERENTIABLE.issuperset([output.dtype for output in outputs]):
        # Integer outputs have no gradient, and TensorFlow would warn of each.
        kept = [i for i, output in enumerate(outputs) if output.dtype in DIFFERENTIABLE]
        targets = [outputs[i] for i in kept]
        weights = weights and [weights[i] for i in kept]
    if len(sources) == 1:  # without a list around it, TensorFlow is a twentieth faster
        return [tape.gradient(targets, sources[0], weights)]
    return tape.gradient(targets, sources, weights)
