"""What the four gradient functions promise: each row of their contract, and the errors."""

import collections
import enum
import functools

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.python import pywrap_tfe  # only it tells whether a tape is recording

import eagerdemo as tfe

MAKERS = [
    tfe.gradients_function,
    tfe.value_and_gradients_function,
    tfe.implicit_gradients,
    tfe.implicit_value_and_gradients,
]


def square(x):
    return x * x


def product(x, y):
    return x * x * y


def scale(x, k=3.0):
    return x * k


def numbers(gradients):
    """Turn scalar gradients into floats, and leave None."""
    return [None if gradient is None else float(gradient) for gradient in gradients]


# params=None


def test_one_gradient_for_each_argument_passed():
    assert numbers(tfe.gradients_function(product)(3.0, 2.0)) == [12.0, 9.0]


def test_default_arguments_that_are_not_passed_are_not_differentiated():
    assert numbers(tfe.gradients_function(scale)(2.0)) == [3.0]
    assert numbers(tfe.gradients_function(scale)(2.0, 5.0)) == [5.0, 2.0]


def test_any_callable_is_differentiated():
    class Scale:
        def method(self, x):
            return 4.0 * x

        def __call__(self, x):
            return 5.0 * x

    assert numbers(tfe.gradients_function(Scale().method)(1.0)) == [4.0]
    assert numbers(tfe.gradients_function(Scale())(1.0)) == [5.0]
    assert numbers(tfe.gradients_function(functools.partial(scale, k=6.0))(1.0)) == [6.0]
    assert numbers(tfe.gradients_function(functools.partial(product, 3.0))(2.0)) == [9.0]
    assert numbers(tfe.gradients_function(lambda *xs: xs[0] * xs[1])(2.0, 7.0)) == [7.0, 2.0]
    assert numbers(tfe.gradients_function(tf.function(square))(3.0)) == [6.0]
    assert numbers(tfe.gradients_function(tf.square)(3.0)) == [6.0]


def test_no_arguments_give_no_gradients():
    value, gradients = tfe.value_and_gradients_function(lambda: tf.constant(1.0))()
    assert (float(value), gradients) == (1.0, [])


# params


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        (["x", "y"], [12.0, 9.0]),
        (["y", "x", "y"], [9.0, 12.0, 9.0]),
        ([1], [9.0]),
        ([1, 0, 0], [9.0, 12.0, 12.0]),
        (("y",), [9.0]),
        (np.array([1, 0]), [9.0, 12.0]),
        ([], []),
    ],
)
def test_params_choose_order_and_repeat(params, expected):
    assert numbers(tfe.gradients_function(product, params)(3.0, 2.0)) == expected


@pytest.mark.parametrize(
    ("f", "params", "message"),
    [
        (product, ["x", 1], "params is ['x', 1]: give all names or all positions"),
        (product, [0.0], "params is [0.0]: give all names or all positions"),
        (product, ["z"], "params names ['z'], which product does not take by position"),
        (product, [2], "params has the positions [2], out of range"),
        (product, [-1], "params has the positions [-1], out of range"),
        (product, [5], "params has the positions [5], out of range"),
        (lambda x, *, k=1.0: x * k, [1], "params has the positions [1], out of range"),
        (product, "x", "params is 'x', not a list: write params=['x']"),
        (product, 0, "params is 0, not a list: write params=[0]"),
        (lambda x, *, k=1.0: x * k, ["k"], "params names ['k'], which <lambda> does not take by"),
    ],
)
def test_wrong_params_are_told_with_the_parameters_of_f(f, params, message):
    with pytest.raises(ValueError) as caught:
        tfe.gradients_function(f, params)
    assert message in str(caught.value)
    known = "product are (x, y)" if f is product else "<lambda> are (x, *, k=1.0)"
    assert f"the parameters of {known}" in str(caught.value)


@pytest.mark.parametrize(
    ("f", "params", "message"),
    [
        (scale, ["k"], "argument 'k' of scale, but only 1 were passed"),
        (lambda *xs: xs[0], [1], "argument 1 of <lambda>, but only 1 were passed"),
        (lambda *xs: xs[0], [3], "argument 3 of <lambda>, but only 1 were passed"),
    ],
)
def test_params_that_the_call_does_not_pass_are_told(f, params, message):
    with pytest.raises(ValueError) as caught:
        tfe.gradients_function(f, params)(2.0)
    assert message in str(caught.value)
    assert "the parameters of " in str(caught.value)


def test_positions_work_where_a_function_hides_its_parameters():
    assert numbers(tfe.gradients_function(max, [1])(tf.constant(1.0), 2.0)) == [1.0]
    with pytest.raises(
        ValueError, match=r"give positions, as in params=\[0\]; the parameters of max"
    ):
        tfe.gradients_function(max, ["a"])


def test_names_are_no_parameters_of_a_keras_model():
    model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1, use_bias=False)])
    with pytest.raises(
        ValueError,
        match=r"by position: give positions, as in params=\[0\]; .* are \(\*args, \*\*kwargs\)",
    ):
        tfe.gradients_function(model, ["x"])
    [gradient] = tfe.gradients_function(model, [0])(tf.ones([1, 1]))
    assert gradient == model.layers[0].kernel


# Arguments


def test_same_tensor_twice_counts_as_two_parameters():
    x = tf.constant(3.0)
    assert numbers(tfe.gradients_function(product)(x, x)) == [18.0, 9.0]


@pytest.mark.parametrize(
    ("argument", "dtype"),
    [
        (3.0, tf.float32),
        ([3.0, 4.0], tf.float32),
        (np.float32(3.0), tf.float32),
        (np.array([3.0, 4.0]), tf.float64),
        (np.float16(3.0), tf.float16),
        (tf.constant(3.0, tf.float64), tf.float64),
        (tf.constant(3.0, tf.bfloat16), tf.bfloat16),
        (tf.constant(3.0 + 1.0j, tf.complex64), tf.complex64),
        (tf.Variable(3.0, dtype=tf.float64), tf.float64),
    ],
)
def test_arguments_become_tensors_of_their_own_dtype(argument, dtype):
    seen = []

    def f(x):
        seen.append(x)
        return x * x

    [gradient] = tfe.gradients_function(f)(argument)
    assert tf.is_tensor(seen[0])
    assert seen[0].dtype == gradient.dtype == dtype
    assert gradient.shape == seen[0].shape


def test_unconnected_argument_gets_none():
    assert numbers(tfe.gradients_function(lambda x, y: x * 2.0)(1.0, 1.0)) == [2.0, None]
    assert tfe.gradients_function(lambda x: 1.0)(3.0) == [None]


def test_gradient_of_a_lookup_has_the_shape_of_the_table():
    [gradient] = tfe.gradients_function(lambda table: tf.gather(table, [0, 0, 2]))([1.0, 2.0, 3.0])
    assert gradient.numpy().tolist() == [2.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        (3, "is int32, which has no gradient: write 3. for 3"),
        (-3, "is int32, which has no gradient: write -3. for -3"),
        (tf.constant([3]), "is int32, which has no gradient: convert it with tf.cast"),
        (np.int64(3), "is int64, which has no gradient: convert it with tf.cast"),
        (True, "is bool, which has no gradient: pass a floating-point number"),
        ("three", "is string, which has no gradient: pass a floating-point number"),
        (
            tf.cast(3.0, tf.dtypes.experimental.float8_e5m2),
            "is float8_e5m2, which has no gradient: pass a floating",
        ),
    ],
)
def test_argument_without_gradient_is_an_error_named_or_alone_and_none_beside_others(
    argument, message
):
    with pytest.raises(TypeError) as caught:
        tfe.gradients_function(lambda x: x)(argument)
    assert f"argument 'x' of <lambda> {message}" in str(caught.value)

    with pytest.raises(TypeError) as caught:
        tfe.gradients_function(lambda y, x: y, params=["x"])(1.0, argument)
    assert f"argument 'x' of <lambda> {message}" in str(caught.value)

    assert numbers(tfe.gradients_function(lambda y, x: y * 2.0)(1.0, argument)) == [2.0, None]


class Mode(enum.IntEnum):
    SQUARE = 1


@pytest.mark.parametrize(
    ("argument", "dtype"),
    [
        ([1, 3], tf.int32),
        ((1, 3), tf.int32),
        ([[1, 3], (5, 7)], tf.int32),
        ([True, False], tf.bool),
        (["a"], tf.string),
        (np.array([1, 3]), tf.int64),
        (np.int64(3), tf.int64),
        (np.bool_(True), tf.bool),
        (np.str_("a"), tf.string),
        (np.bytes_(b"a"), tf.string),
        (tf.Variable(3), tf.int32),
        (tf.constant("a"), tf.string),
    ],
)
def test_without_params_what_makes_a_tensor_without_gradient_is_one_too(argument, dtype):
    seen = []

    def f(x, other):
        seen.append(other)
        return x * x

    assert numbers(tfe.gradients_function(f)(3.0, argument)) == [6.0, None]
    assert isinstance(seen[0], tf.Tensor)
    assert seen[0].dtype == dtype


@pytest.mark.parametrize("argument", [3, 10**9, True, "mode", b"mode", Mode.SQUARE])
def test_scalars_of_python_without_gradient_stay_as_they_are(argument):
    seen = []

    def f(x, other):
        seen.append(other)
        return x * x

    assert numbers(tfe.gradients_function(f)(3.0, argument)) == [6.0, None]
    assert seen[0] is argument
    assert numbers(tfe.gradients_function(lambda x, n: sum([x] * n))(2.0, 3)) == [3.0, None]


@pytest.mark.parametrize("argument", [[1.0, 3.0], (1, 3), 3, 3.0, {"k": 5.0}, None, np.ones(2)])
def test_arguments_that_params_leaves_out_reach_f_as_they_are(argument):
    seen = []

    def f(x, other):
        seen.append(other)
        return x * x

    for params in (["x"], [0]):
        assert numbers(tfe.gradients_function(f, params)(3.0, argument)) == [6.0]
    assert seen[0] is seen[1] is argument


def product_with_mean(a, n):
    return a * tf.reduce_mean(-n)


@pytest.mark.parametrize("argument", [[1.0, 3.0], (1.0, 3.0)])
def test_type_error_of_f_says_which_list_was_not_made_a_tensor(argument):
    assert float(tfe.gradients_function(product_with_mean)(1.0, argument)[0]) == -2.0
    with pytest.raises(TypeError, match="bad operand type for unary -") as caught:
        tfe.gradients_function(product_with_mean, params=["a"])(1.0, argument)
    assert caught.value.__notes__ == [
        f"argument 'n' of product_with_mean reached it as the {type(argument).__name__} that was "
        "passed, because params does not name it: pass tf.constant(...) if it is to be a tensor"
    ]


@pytest.mark.parametrize("raised", [TypeError("of f"), ValueError("of f")])
@pytest.mark.parametrize("params", [None, ["a"], ["a", "n"]])
@pytest.mark.parametrize("argument", [[1.0], 2.0])
def test_exception_of_f_is_the_same_and_has_a_note_of_a_list_only(raised, params, argument):
    raised = type(raised)(*raised.args)  # without the notes of the other rows

    def failing(a, n):
        raise raised

    with pytest.raises(type(raised)) as caught:
        tfe.gradients_function(failing, params)(1.0, argument)
    assert caught.value is raised
    noted = isinstance(raised, TypeError) and params == ["a"] and isinstance(argument, list)
    assert len(getattr(raised, "__notes__", [])) == noted


def test_tensor_that_f_finds_elsewhere_is_a_constant_there():
    x = tf.constant(3.0)
    assert numbers(tfe.gradients_function(lambda y: x * y)(x)) == [3.0]
    inner = lambda x: tfe.gradients_function(lambda y: x * y)(x)[0]  # noqa: E731
    assert numbers(tfe.gradients_function(lambda x: x * inner(x))(3.0)) == [6.0]


@pytest.mark.parametrize("trace", [lambda f: f, tf.function])
@pytest.mark.parametrize(
    "argument", [3.0, [3.0], (3.0,), np.float32(3.0), np.array([3.0]), tf.Variable(3.0)]
)
def test_one_object_twice_counts_as_two_parameters(argument, trace):
    traced = trace(lambda: tfe.gradients_function(product)(argument, argument))
    assert [float(tf.reduce_sum(gradient)) for gradient in traced()] == [18.0, 9.0]


def test_object_that_stands_for_a_tensor_twice_counts_as_two_parameters():
    class Held:
        tensor = tf.constant(3.0)

        def __tf_tensor__(self, dtype=None, name=None):
            return self.tensor

    held = Held()
    assert numbers(tfe.gradients_function(product)(held, held)) == [18.0, 9.0]


@pytest.mark.parametrize("argument", [None, object(), {"a": 1.0}, [[1.0], [1.0, 2.0]], 10**40])
def test_argument_that_makes_no_tensor_is_told(argument):
    with pytest.raises(TypeError) as caught:
        tfe.gradients_function(product)(1.0, argument)
    kind = type(argument).__name__
    assert f"argument 'y' of product is of type {kind} and does not make a tensor" in str(
        caught.value
    )
    assert "leave it out with params=[...]" in str(caught.value)


def test_other_keyword_arguments_are_an_error():
    with pytest.raises(ValueError, match=r"product was passed the keyword arguments \['y'\]"):
        tfe.gradients_function(product)(2.0, y=3.0)


# Outputs


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (lambda x: (x, x * x), (3.0, 9.0)),
        (lambda x: [x, [x * x]], [3.0, [9.0]]),
        (lambda x: {"b": x, "a": (x * x,)}, {"b": 3.0, "a": (9.0,)}),
        (lambda x: (x * x, (x, 1.0)), (9.0, (3.0, 1.0))),
        (lambda x: (x * x + x, tf.constant(1)), (12.0, 1.0)),
    ],
)
def test_value_keeps_the_structure_and_the_sum_is_differentiated(f, expected):
    value, gradients = tfe.value_and_gradients_function(f)(3.0)
    assert tf.nest.map_structure(float, value) == expected
    assert numbers(gradients) == [7.0]


def test_sum_of_a_vector_is_differentiated():
    [gradient] = tfe.gradients_function(square)([1.0, 2.0, 3.0])
    assert gradient.numpy().tolist() == [2.0, 4.0, 6.0]


def test_integer_output_alone_gives_none():
    assert tfe.gradients_function(lambda x: tf.argmax(x))([0.0, 1.0]) == [None]


@pytest.mark.parametrize("maker", MAKERS)
def test_none_returned_asks_for_the_return(maker):
    def forgetful(x):
        x * x

    with pytest.raises(ValueError, match=r"forgetful returned None.*was the return forgotten\?"):
        maker(forgetful)(3.0)


@pytest.mark.parametrize("maker", MAKERS)
def test_none_among_the_outputs_is_told(maker):
    with pytest.raises(ValueError, match=r"<lambda> returned None inside its tuple.*leave it out"):
        maker(lambda x: (x, None))(3.0)


def test_nested_functions_are_named_by_what_they_differentiate():
    with pytest.raises(ValueError, match="gradients of <lambda> returned None inside its list"):
        tfe.gradients_function(tfe.gradients_function(lambda x, y: x * x))(3.0, 2.0)
    with pytest.raises(TypeError, match="argument 'x' of gradients of square is int32"):
        tfe.gradients_function(tfe.gradients_function(square))(3)


@pytest.mark.parametrize("maker", MAKERS)
def test_output_that_makes_no_tensor_is_told(maker):
    with pytest.raises(
        TypeError, match="<lambda> returned a value of type object, which does not make a tensor"
    ):
        maker(lambda x: object())(3.0)


# dy


@pytest.mark.parametrize(
    ("f", "dy", "expected"),
    [
        (lambda x: tf.reduce_sum(x * x), 2.0, [4.0, 8.0]),
        (square, [1.0, 0.0], [2.0, 0.0]),
        (square, np.array([0.0, 10.0]), [0.0, 40.0]),
        (square, np.array([0, 10]), [0.0, 40.0]),
        (lambda x: (x, tf.constant(3)), ([1.0, 0.0], 1.0), [1.0, 0.0]),
        (lambda x: (tf.constant(3), x), (1.0, [1.0, 0.0]), [1.0, 0.0]),
        (lambda x: (x, x * x), ([1.0, 0.0], [0.0, 1.0]), [1.0, 4.0]),
        (lambda x: {"b": x, "a": [x * x]}, {"a": [[1.0, 1.0]], "b": [5.0, 5.0]}, [7.0, 9.0]),
        # Python has one object for each small number only.
        (lambda x: [x] * 300, [[1.0, 0.0]] * 300, [300.0, 0.0]),
    ],
)
def test_dy_weights_the_outputs(f, dy, expected):
    [gradient] = tfe.gradients_function(f)([1.0, 2.0], dy=dy)
    assert gradient.numpy().tolist() == expected


@pytest.mark.parametrize(
    ("f", "dy", "dy_shape", "output_shape"),
    [
        (square, 1.0, "()", "(2,)"),
        (square, [1.0], "(1,)", "(2,)"),
        (square, [[1.0, 1.0]], "(1, 2)", "(2,)"),
        (lambda x: tf.reduce_sum(x), [1.0, 1.0], "(2,)", "()"),
        (square, tf.constant([1.0, 1.0], tf.float64), "(2,) float64", "(2,) float32"),
        (square, "one", "() str", "(2,)"),
        (square, np.array([1j, 1j]), "(2,) complex128", "(2,) float32"),
        (square, np.array(["1", "1"]), "(2,) str", "(2,)"),
        (square, {1: 1.0, "a": 2.0}, "{1: () float, 'a': () float}", "(2,)"),
        (square, [tf.ones(2), tf.ones(3)], "[(2,) float32, (3,) float32]", "(2,) float32"),
        (lambda x: (x, x), [1.0, 1.0], "()", "(2,)"),
        (lambda x: (x, x), ([1.0, 1.0],), "float", "(2,)"),
        (lambda x: (x, x), ([1.0, 1.0],) * 3, "[[() float, () float], [", "(2,)"),
        (lambda x: (x, x), 1.0, "float", "(2,)"),
        (lambda x: {"a": x}, {"b": [1.0, 1.0]}, "'b'", "'a'"),
        (lambda x: {"a": x}, [1.0, 1.0], "float", "'a'"),
    ],
)
def test_dy_that_does_not_fit_is_told_with_both_shapes(f, dy, dy_shape, output_shape):
    with pytest.raises(ValueError) as caught:
        tfe.gradients_function(f)([1.0, 2.0], dy=dy)
    before, after = str(caught.value).split(" where the output has ")
    assert dy_shape in before
    assert output_shape in after


# Failures


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("thing", [3.0, None, "square", tf.constant(9.0)])
def test_what_is_not_callable_is_refused_when_wrapped(maker, thing):
    with pytest.raises(TypeError, match=f"got .* of type {type(thing).__name__}"):
        maker(thing)


@pytest.mark.parametrize("maker", MAKERS)
def test_exception_of_f_comes_out_unchanged_and_leaves_no_tape(maker):
    raised = KeyError("from f")

    def failing(x):
        raise raised

    with pytest.raises(KeyError) as caught:
        maker(failing)(3.0)
    assert caught.value is raised
    assert pywrap_tfe.TFE_Py_TapeSetIsEmpty()


# Nesting and other contexts


def test_nested_to_the_fourth_order():
    f = lambda x: x**4  # noqa: E731
    values = []
    for _ in range(4):
        f = functools.partial(lambda g, x: g(x)[0], tfe.gradients_function(f))
        values.append(float(f(2.0)))
    assert values == [32.0, 48.0, 48.0, 24.0]


def test_result_has_the_parameters_of_f():
    second = tfe.gradients_function(tfe.gradients_function(product), params=["x"])
    assert numbers(second(3.0, 2.0)) == [2 * 2.0 + 2 * 3.0]


@pytest.mark.parametrize("jit_compile", [False, True])
def test_inside_tf_function(jit_compile):
    variable = tf.Variable(2.0)

    def second_order(x):
        return tfe.gradients_function(lambda x: tfe.gradients_function(square)(x)[0])(x)

    def seed_loss(y):
        return (y - variable**2) ** 2

    traced = tf.function(second_order, jit_compile=jit_compile)
    assert numbers(traced(tf.constant(3.0))) == [2.0]
    traced = tf.function(tfe.gradients_function(product), jit_compile=jit_compile)
    assert numbers(traced(tf.constant(3.0), tf.constant(2.0))) == [12.0, 9.0]
    traced = tf.function(
        lambda y: tfe.implicit_gradients(seed_loss)(y)[0][0], jit_compile=jit_compile
    )
    assert float(traced(tf.constant(7.0))) == -24.0


class Absolute:
    """AutoGraph has to find the source of a method, whatever was traced before."""

    def __call__(self, x):
        if x > 0.0:
            return x
        return -x


def absolute(x):
    return x if x > 0.0 else -x


@pytest.mark.parametrize("f", [Absolute(), absolute, functools.partial(absolute)])
def test_python_control_flow_inside_tf_function(f):
    traced = tf.function(lambda x: tfe.gradients_function(f)(x))
    assert numbers(traced(tf.constant(-2.0)) + traced(tf.constant(2.0))) == [-1.0, 1.0]


def test_tf_function_of_the_result_leaves_defaults_and_dy_alone():
    assert numbers(tf.function(tfe.gradients_function(scale))(tf.constant(2.0))) == [3.0]
    traced = tf.function(tfe.gradients_function(scale))
    assert numbers(traced(tf.constant(2.0), dy=tf.constant(2.0))) == [6.0]


def test_inside_a_graph():
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        variable = tf.Variable(2.0)
        second_order = tfe.gradients_function(lambda x: tfe.gradients_function(square)(x)[0])
        [(gradient, found)] = tfe.implicit_gradients(lambda y: (y - variable**2) ** 2)(7.0)
        session.run(tf.compat.v1.global_variables_initializer())
        assert session.run([second_order(3.0), gradient]) == [[2.0], -24.0]
        assert found is variable


def test_inside_a_custom_gradient():
    @tf.custom_gradient
    def doubled(x):
        value, [slope] = tfe.value_and_gradients_function(square)(x)
        return value, lambda dy: 2.0 * dy * slope

    assert numbers(tfe.gradients_function(doubled)(3.0)) == [12.0]


def test_under_an_outer_tape():
    x, variable = tf.constant(3.0), tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        slope = tfe.gradients_function(lambda x: x**3)(x)[0]
        [(gradient, _)] = tfe.implicit_gradients(lambda: variable**3)()
        by_variable = tfe.gradients_function(lambda x: x**3)(variable)[0]
    assert float(tape.gradient(slope, x)) == 18.0
    assert float(tape.gradient(gradient, variable)) == 12.0
    assert float(tape.gradient(by_variable, variable)) == 12.0


@pytest.mark.parametrize("pack", [list, tuple, lambda parts: [list(parts)]])
def test_tensors_in_a_list_are_seen_by_an_outer_tape(pack):
    inner = tfe.gradients_function(lambda parts: tf.reduce_sum(parts) ** 3)
    outer = tfe.gradients_function(lambda x: tf.reduce_sum(inner(pack([x, 1.0]))[0]))
    assert numbers(outer(2.0)) == [2 * 6 * 3.0]


# implicit_gradients


def test_variables_come_in_order_of_creation_whatever_the_order_of_use():
    variables = [tf.Variable(float(i + 1), name=name) for i, name in enumerate("zmakx")]

    def f():
        return variables[3] * variables[0] * variables[4] * variables[1]

    pairs = tfe.implicit_gradients(f)()
    assert [variable.name for _, variable in pairs] == ["z:0", "m:0", "k:0", "x:0"]
    assert numbers(gradient for gradient, _ in pairs) == [40.0, 20.0, 10.0, 8.0]


def test_variable_used_twice_comes_once():
    variable = tf.Variable(3.0)
    [(gradient, found)] = tfe.implicit_gradients(lambda: variable * variable * variable)()
    assert (float(gradient), found is variable) == (27.0, True)


def test_touched_but_unconnected_variable_gets_none():
    used, read = tf.Variable(2.0, name="used"), tf.Variable(1.0, name="read")

    def f():
        read.read_value()
        return used * used

    pairs = tfe.implicit_gradients(f)()
    assert [(v.name, g is None) for g, v in pairs] == [("used:0", False), ("read:0", True)]


@pytest.mark.parametrize(
    ("stopped", "others"),
    [
        (lambda v: tf.stop_gradient(v), []),  # which reads it while no tape records
        (lambda v: tf.stop_gradient(v * 2.0), [("stopped:0", None)]),
        (lambda v: tf.stop_gradient(v.read_value()), [("stopped:0", None)]),
        (lambda v: tf.stop_gradient(v) + v, [("stopped:0", 4.0)]),
    ],
)
def test_variable_under_stop_gradient(stopped, others):
    used, variable = tf.Variable(2.0, name="used"), tf.Variable(3.0, name="stopped")
    pairs = tfe.implicit_gradients(lambda: used * used + 4.0 * stopped(variable))()
    found = [(v.name, g if g is None else float(g)) for g, v in pairs]
    assert found == [("used:0", 4.0), *others]


def frozen_layer(model):
    model.layers[0].trainable = False


def frozen_variables(model):
    for variable in model.layers[0].variables:
        variable.trainable = False


@pytest.mark.parametrize("freeze", [frozen_layer, frozen_variables])
@pytest.mark.parametrize(
    "first",
    [
        lambda: keras.layers.Dense(1),
        lambda: keras.layers.Dense(1, trainable=False),
        lambda: keras.layers.BatchNormalization(),
    ],
)
def test_frozen_layer_is_found_and_can_be_filtered_out(freeze, first):
    model = keras.Sequential([keras.Input([1]), first(), keras.layers.Dense(1)])
    freeze(model)
    pairs = tfe.implicit_gradients(model)(tf.ones([1, 1]))
    assert [v.name for _, v in pairs[-2:]] == [v.value.name for v in model.layers[1].variables]
    assert len(pairs) == 4

    trained = {variable.value.ref() for variable in model.trainable_variables}
    kept = [(gradient, variable) for gradient, variable in pairs if variable.ref() in trained]
    assert [v is w.value for (_, v), w in zip(kept, model.layers[1].variables)] == [True, True]
    assert len(kept) == 2

    before = model.get_weights()
    keras.optimizers.SGD(1.0).apply_gradients(kept)
    moved = [not np.array_equal(*both) for both in zip(before, model.get_weights())]
    assert [moved[:-2].count(True), moved[-2:]] == [0, [True, True]]


def test_variable_of_keras_is_found_unless_it_was_made_frozen():
    variable, constant = keras.Variable(2.0), keras.Variable(3.0, trainable=False)
    variable.trainable = False
    [(_, found)] = tfe.implicit_gradients(lambda: variable * constant)()
    assert found is variable.value


def test_keyword_arguments_go_to_f():
    variable = tf.Variable(2.0)

    def f(x, *, dy, params):
        return variable * x * dy * params

    value, [(gradient, _)] = tfe.implicit_value_and_gradients(f)(3.0, dy=5.0, params=7.0)
    assert (float(value), float(gradient)) == (210.0, 105.0)


@pytest.mark.parametrize("maker", [tfe.implicit_gradients, tfe.implicit_value_and_gradients])
def test_no_trainable_variable_is_an_error(maker):
    frozen = tf.Variable(2.0, trainable=False)
    for f in [square, lambda x: x * frozen]:
        with pytest.raises(ValueError, match=r"touched no trainable variable: use a tf\.Variable"):
            maker(f)(3.0)


def test_value_of_implicit_keeps_its_structure():
    variable = tf.Variable(3.0)
    Pair = collections.namedtuple("Pair", ["loss", "aux"])
    value, [(gradient, _)] = tfe.implicit_value_and_gradients(
        lambda: Pair(variable * variable, {"n": 1})
    )()
    assert isinstance(value, Pair)
    assert (float(value.loss), int(value.aux["n"]), float(gradient)) == (9.0, 1, 6.0)
