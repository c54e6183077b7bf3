"""The questions that TensorFlow 1.8 and today's TensorFlow are both asked."""

CASES = {
    # The seed's listings, and what its errata rest on.
    "seed_matmul": "out = tf.matmul([[1, 2], [3, 4]], [[4, 5], [6, 7]])",
    "seed_add": "out = tf.add(tf.matmul([[1, 2], [3, 4]], [[4, 5], [6, 7]]), 1)",
    "seed_numpy": "out = tf.matmul([[1, 2], [3, 4]], [[4, 5], [6, 7]]).numpy()",
    "seed_constant": "out = tf.constant(np.array(10., dtype=np.float32))",
    "seed_variable_fresh": "x = Variable(0.)\nout = x.read_value()",
    "seed_variable_assigned": "x = Variable(0.)\nx.assign(42)\nout = x.read_value()",
    "seed_variable_added": """
x = Variable(0.)
x.assign(42)
x.assign_add(3)
out = [x.read_value(), x + 3, x * [1, 2, 4]]
""",
    "seed_cell_run_twice": """
x = Variable(0.)
out = []
for _ in range(2):
    out.append(x.read_value())
    x.assign(42)
    x.assign_add(3)
""",
    "seed_print_assign": "x = Variable(0.)\nout = type(x.assign).__name__",
    "seed_square_value": "out = tf.multiply(3., 3.)",
    "seed_pasted_output": "compile('print(1)  # [1,\\n       2]', 'seed', 'exec')",
    "seed_numpy_not_imported": "exec('np.array(10.)', {})",
    "seed_builtin_name": "def f(input):\n    return input * 2\nout = f(3)",
    "seed_caret": "out = 3 ^ 2",
    "seed_tensorrt": "import tensorflow.contrib.tensorrt",
    "seed_rebound": """
grad = tfe.gradients_function(lambda x: tf.multiply(x, x))
grad2 = tfe.value_and_gradients_function(lambda x: grad(x)[0])
grad = tfe.gradients_function(lambda x: x if x > 0. else -x)
out = grad2(3.)
""",
    "eager_inside_a_graph": """
with tf.Graph().as_default():
    out = tf.executing_eagerly()
""",
    # Gradients of one argument.
    "square": "out = tfe.gradients_function(lambda x: tf.multiply(x, x))(3.)",
    "square_tensor_arg": "out = tfe.gradients_function(lambda x: x * x)(tf.constant(3.))",
    "value_and_square": "out = tfe.value_and_gradients_function(lambda x: x * x)(3.)",
    "constant_function": "out = tfe.gradients_function(lambda x: tf.constant(1.))(3.)",
    "stop_gradient": "out = tfe.gradients_function(lambda x: x * tf.stop_gradient(x))(3.)",
    "vector_output_is_summed": "out = tfe.gradients_function(lambda x: x * x)(tf.constant([1., 2., 3.]))",
    "tanh": "out = tfe.gradients_function(lambda x: tf.tanh(x))(0.5)",
    "sigmoid": "out = tfe.gradients_function(lambda x: tf.sigmoid(x))(-1.)",
    "sqrt_at_zero": "out = tfe.gradients_function(lambda x: tf.sqrt(x))(0.)",
    "log_at_zero": "out = tfe.gradients_function(lambda x: log(x))(0.)",
    "norm_at_zero": "out = tfe.gradients_function(lambda x: tf.norm(x))([0., 0.])",
    "tf_abs_at_zero": "out = tfe.gradients_function(lambda x: tf.abs(x))(0.)",
    "relu_at_zero": "out = tfe.gradients_function(lambda x: tf.nn.relu(x))([-1., 0., 1.])",
    "round": "out = tfe.gradients_function(lambda x: tf.round(x))(2.6)",
    "floor": "out = tfe.gradients_function(lambda x: tf.floor(x))(2.6)",
    "sign": "out = tfe.gradients_function(lambda x: tf.sign(x))(2.6)",
    "argmax": "out = tfe.gradients_function(lambda x: tf.argmax(x, axis=0))([0., 1.])",
    "cast_to_int_and_back": """
out = tfe.gradients_function(lambda x: tf.cast(tf.cast(x, tf.int32), tf.float32))(2.6)
""",
    "maximum_tie": "out = tfe.gradients_function(lambda x, y: tf.maximum(x, y))(1., 1.)",
    "reduce_max_tie": "out = tfe.gradients_function(lambda x: tf.reduce_max(x))([1., 3., 3.])",
    "reduce_prod_with_zero": "out = tfe.gradients_function(lambda x: tf.reduce_prod(x))([2., 0., 5.])",
    "power_of_negative": "out = tfe.gradients_function(lambda x: x ** 3)(-2.)",
    "division": "out = tfe.gradients_function(lambda x, y: x / y)(6., 4.)",
    "matmul_both": """
out = tfe.gradients_function(lambda x, y: tf.matmul(x, y))([[1., 2.], [3., 4.]], [[5., 6.], [7., 8.]])
""",
    "broadcast_sums_back": """
out = tfe.gradients_function(lambda m, r: m * r)([[1., 2.], [3., 4.]], [10., 20.])
""",
    "slice": "out = tfe.gradients_function(lambda x: x[1] * x[1])([1., 2., 3.])",
    "concat": "out = tfe.gradients_function(lambda x, y: tf.concat([x, y, x], 0))([1.], [2., 3.])",
    "stack": "out = tfe.gradients_function(lambda x, y: tf.stack([x, y * y]))(1., 3.)",
    "cumsum": "out = tfe.gradients_function(lambda x: tf.cumsum(x))([1., 2., 3.])",
    "where_hides_nan": """
f = lambda x: (tf.where(x > 0., log(x), tf.zeros_like(x)))
out = tfe.gradients_function(f)([0., 1.])
""",
    "log1pexp_large": "out = tfe.gradients_function(lambda x: log(1 + tf.exp(x)))(100.)",
    "softmax_cross_entropy": """
f = lambda logits: tf.nn.softmax_cross_entropy_with_logits(labels=[1., 0., 0.], logits=logits)
out = tfe.gradients_function(f)([1., 2., 3.])
""",
    # Higher orders.
    "second_order": """
g = tfe.gradients_function(lambda x: x * x)
out = tfe.gradients_function(lambda x: g(x)[0])(3.)
""",
    "value_of_first_order": """
g = tfe.gradients_function(lambda x: x * x)
out = tfe.value_and_gradients_function(lambda x: g(x)[0])(3.)
""",
    "seed_third_as_printed": """
g = tfe.gradients_function(lambda x: x * x)
g2 = tfe.value_and_gradients_function(lambda x: g(x)[0])
out = tfe.gradients_function(lambda x: g2(x)[0])(3.)
""",
    "true_third_of_square": """
g = tfe.gradients_function(lambda x: x * x)
g2 = tfe.gradients_function(lambda x: g(x)[0])
out = tfe.gradients_function(lambda x: g2(x)[0])(3.)
""",
    "orders_of_cube": """
f, out = (lambda x: x * x * x), []
for _ in range(4):
    f = functools.partial(lambda g, x: g(x)[0], tfe.gradients_function(lambda x, f=f: f(x), params=[0]))
    out.append(f(3.))
""",
    "orders_of_power": """
f, out = (lambda x: x ** 3), []
for _ in range(4):
    f = functools.partial(lambda g, x: g(x)[0], tfe.gradients_function(lambda x, f=f: f(x), params=[0]))
    out.append(f(3.))
""",
    "orders_of_sine": """
f, out = tf.sin, []
for _ in range(4):
    f = functools.partial(lambda g, x: g(x)[0], tfe.gradients_function(lambda x, f=f: f(x), params=[0]))
    out.append(f(1.))
""",
    "orders_of_reciprocal_float64": """
f, out = (lambda x: 1 / x), []
for _ in range(4):
    f = functools.partial(lambda g, x: g(x)[0], tfe.gradients_function(lambda x, f=f: f(x), params=[0]))
    out.append(f(tf.constant(2., tf.float64)))
""",
    "mixed_second_order": """
g = tfe.gradients_function(lambda x, y: x * x * y * y * y)
out = tfe.gradients_function(lambda x, y: g(x, y)[0])(2., 3.)
""",
    "second_order_of_vector": """
g = tfe.gradients_function(lambda x: tf.reduce_sum(x) ** 3)
out = tfe.gradients_function(lambda x: g(x)[0])([1., 2.])
""",
    "second_order_through_matmul": """
g = tfe.gradients_function(lambda m: tf.matmul(m, tf.matmul(m, m)))
out = tfe.gradients_function(lambda m: g(m)[0])([[1., 2.], [3., 4.]])
""",
    "stop_gradient_second_order": """
g = tfe.gradients_function(lambda x: x * x * tf.stop_gradient(x))
out = tfe.gradients_function(lambda x: g(x)[0])(3.)
""",
    # Dtypes.
    "float64_tensor": "out = tfe.gradients_function(lambda x: x * x)(tf.constant(3., tf.float64))",
    "float64_array": "out = tfe.gradients_function(lambda x: x * x)(np.array([1., 2.]))",
    "float64_scalar": "out = tfe.gradients_function(lambda x: x * x)(np.float64(3.))",
    "float32_array": "out = tfe.gradients_function(lambda x: x * x)(np.array([1, 2], np.float32))",
    "float16_tensor": "out = tfe.gradients_function(lambda x: x * x)(tf.constant(3., tf.float16))",
    "complex_tensor": "out = tfe.gradients_function(lambda x: x * x)(tf.constant(1 + 2j, tf.complex64))",
    "nested_list": "out = tfe.gradients_function(lambda x: x * x)([[1., 2.], [3., 4.]])",
    "int_python": "out = tfe.gradients_function(lambda x: x * x)(3)",
    "int_tensor": "out = tfe.gradients_function(lambda x: x + x)(tf.constant(1))",
    "int_unused": "out = tfe.gradients_function(lambda x, i: x * tf.cast(i, tf.float32))(2., 3)",
    "int_output": "out = tfe.gradients_function(lambda x: tf.cast(x, tf.int32))(2.)",
    "bool_argument": "out = tfe.gradients_function(lambda x, b: x * tf.cast(b, tf.float32))(2., True)",
    "string_argument": "out = tfe.gradients_function(lambda s: s)('a')",
    "float_and_double": "out = tfe.gradients_function(lambda x, y: x * y)(tf.constant(1.), np.float64(2.))",
    # Several arguments, and which of them.
    "two_parameters": "out = tfe.gradients_function(lambda x, y: x * x * x * y - x * y * y)(2., 3.)",
    "params_by_index": """
out = tfe.gradients_function(lambda x, y: x * x * x * y - x * y * y, params=[1])(2., 3.)
""",
    "params_by_name": """
out = tfe.gradients_function(lambda x, y: x * x * x * y - x * y * y, params=['y'])(2., 3.)
""",
    "params_reordered": "out = tfe.gradients_function(lambda x, y: x * x * y, params=['y', 'x'])(2., 3.)",
    "params_repeated": "out = tfe.gradients_function(lambda x, y: x * x * y, params=[1, 1])(2., 3.)",
    "params_empty": "out = tfe.gradients_function(lambda x, y: x * y, params=[])(2., 3.)",
    "params_unknown": "out = tfe.gradients_function(lambda x, y: x * y, params=['z'])(2., 3.)",
    "params_mixed": "out = tfe.gradients_function(lambda x, y: x * y, params=['x', 1])(2., 3.)",
    "params_out_of_range": "out = tfe.gradients_function(lambda x, y: x * y, params=[2])(2., 3.)",
    "params_negative": "out = tfe.gradients_function(lambda x, y: x * y, params=[-1])(2., 3.)",
    "other_argument_left_alone": """
out = tfe.gradients_function(lambda x, n: sum([x for _ in range(n)]), params=[0])(2., 3)
""",
    "same_float_twice": "out = tfe.gradients_function(lambda x, y: x * y)(1., 1.)",
    "same_tensor_twice": "t = tf.constant(3.)\nout = tfe.gradients_function(lambda x, y: x * x * y)(t, t)",
    "default_argument_given": """
def f(x, k=3.):
    return x * k
out = tfe.gradients_function(f)(2., 5.)
""",
    "default_argument_not_given": """
def f(x, k=3.):
    return x * k
out = tfe.gradients_function(f)(2.)
""",
    "star_arguments": "out = tfe.gradients_function(lambda *xs: xs[0] * xs[1])(2., 7.)",
    "bound_method": """
class Scale(object):
    def times(self, x):
        return 4. * x
out = tfe.gradients_function(Scale().times)(2.)
""",
    "callable_object": """
class Scale(object):
    def __call__(self, x):
        return 4. * x
out = tfe.gradients_function(Scale())(2.)
""",
    "partial": "out = tfe.gradients_function(functools.partial(lambda k, x: k * x, 4.))(2.)",
    "keyword_argument": "out = tfe.gradients_function(lambda x, y: x * y)(2., y=3.)",
    "no_arguments": "out = tfe.value_and_gradients_function(lambda: tf.constant(1.))()",
    "variable_argument": "out = tfe.gradients_function(lambda x: x * x)(Variable(3.))",
    # What f sees of the arguments: all become tensors, or those that params chooses.
    "list_of_integers": """
f = lambda x, n: x * tf.reduce_mean(tf.cast(n * 2, tf.float32))
out = tfe.gradients_function(f)(1., [1, 3])[0]
""",
    "tuple_of_integers": """
f = lambda x, n: x * tf.reduce_mean(tf.cast(n * 2, tf.float32))
out = tfe.gradients_function(f)(1., (1, 3))[0]
""",
    "nested_list_of_integers": """
f = lambda x, n: x * tf.reduce_mean(tf.cast(n * 2, tf.float32))
out = tfe.gradients_function(f)(1., [[1, 3], [5, 7]])[0]
""",
    "nested_tuples_of_integers": """
f = lambda x, n: x * tf.reduce_mean(tf.cast(n + n, tf.float32))
out = tfe.gradients_function(f)(1., ((1, 3), [5, 7]))[0]
""",
    "lists_of_integers_added": """
f = lambda x, a, b: x * tf.reduce_max(tf.cast(a + b, tf.float32))
out = tfe.gradients_function(f)(1., [2, 4], [4, 2])[0]
""",
    "list_of_integers_negated": """
f = lambda x, n: x * tf.reduce_sum(tf.cast(-n, tf.float32))
out = tfe.gradients_function(f)(1., [1, 3])[0]
""",
    "list_of_bools": """
f = lambda x, keep: tf.reduce_sum(x * tf.cast(~keep, tf.float32))
out = tfe.gradients_function(f)([1., 2.], [True, False])[0]
""",
    "integers_are_tensors": """
seen = []
def f(x, a, b, c, d, e, g):
    seen.extend([a, b, c, d, e, g])
    return x * x
given = [1, 3], ((1, 3),), [True, False], np.array([1, 3]), np.array([True]), tf.constant(3)
out = [tfe.gradients_function(f)(3., *given)[0], [isinstance(a, tf.Tensor) for a in seen]]
""",
    "numpy_scalars_are_tensors": """
seen = []
def f(x, a, b):
    seen.extend([a, b])
    return x * x
given = np.int64(3), np.bool_(True)
out = [tfe.gradients_function(f)(3., *given)[0], [isinstance(a, tf.Tensor) for a in seen]]
""",
    "plain_integer_counts": """
out = tfe.gradients_function(lambda x, n: sum([x] * n))(2., 3)[0]
""",
    "plain_integer_multiplies": "out = tfe.gradients_function(lambda x, n: x * n)(2., 3)[0]",
    "plain_integer_is_a_tensor": """
seen = []
def f(x, n):
    seen.append(n)
    return x * x
tfe.gradients_function(f)(2., 3)
out = isinstance(seen[0], tf.Tensor)
""",
    "plain_bool_decides": """
out = tfe.gradients_function(lambda x, flag: x if flag else -x)(2., False)[0]
""",
    "plain_bool_is_a_tensor": """
seen = []
def f(x, flag):
    seen.append(flag)
    return x * x
tfe.gradients_function(f)(2., True)
out = isinstance(seen[0], tf.Tensor)
""",
    "plain_string_chooses": """
out = tfe.gradients_function(lambda x, mode: x * x if mode == 'square' else x)(3., 'square')[0]
""",
    "plain_bytes_choose": """
out = tfe.gradients_function(lambda x, mode: x * x if mode == b'square' else x)(3., b'square')[0]
""",
    "list_with_params_none": """
out = tfe.gradients_function(lambda a, n: a * tf.reduce_mean(n * 2))(1., [1., 3.])[0]
""",
    "list_not_in_params": """
out = tfe.gradients_function(lambda a, n: a * tf.reduce_mean(n * 2), params=['a'])(1., [1., 3.])
""",
    "tuple_not_in_params": """
out = tfe.gradients_function(lambda a, n: a * tf.reduce_mean(n * 2), params=[0])(1., (1., 3.))
""",
    "lists_not_in_params_added": """
f = lambda x, a, b: x * tf.reduce_max(a + b)
out = tfe.gradients_function(f, params=['x'])(1., [2., 4.], [4., 2.])
""",
    "list_not_in_params_negated": """
out = tfe.gradients_function(lambda a, n: a * tf.reduce_sum(-n), params=['a'])(1., [1., 3.])
""",
    "array_not_in_params": """
seen = []
def f(a, n):
    seen.append(n)
    return a * n.sum()
given = np.array([1., 3.], 'f')
out = [tfe.gradients_function(f, params=['a'])(1., given), seen[0] is given]
""",
    "tensor_in_f_too": """
x = tf.constant(3.)
out = tfe.gradients_function(lambda y: x * y)(x)
""",
    "argument_of_outer_function_too": """
inner = lambda x: tfe.gradients_function(lambda y: x * y)(x)[0]
out = tfe.gradients_function(lambda x: x * inner(x))(3.)
""",
    "params_a_string": "out = tfe.gradients_function(lambda a, b: a * b * b, params='b')(2., 3.)",
    "dy_in_a_list": "out = tfe.gradients_function(lambda x: x * x)(3., dy=[3.])",
    # Outputs and their weights.
    "output_tuple": "out = tfe.value_and_gradients_function(lambda x: (x, x * x))(3.)",
    "output_dict": "out = tfe.value_and_gradients_function(lambda x: {'a': x, 'b': x * x})(3.)",
    "output_nested": "out = tfe.value_and_gradients_function(lambda x: (x, [x * x, (x,)]))(3.)",
    "output_empty": "out = tfe.value_and_gradients_function(lambda x: ())(3.)",
    "output_python_number": "out = tfe.gradients_function(lambda x: 1.)(3.)",
    "output_argument_itself": "out = tfe.value_and_gradients_function(lambda x: x)(3.)",
    "returns_none": "out = tfe.gradients_function(lambda x: None)(3.)",
    "dy_scalar": "out = tfe.gradients_function(lambda x: x * x)(3., dy=2.)",
    "dy_vector": "out = tfe.gradients_function(lambda x: x * x)([1., 2., 3.], dy=[1., 0., 0.])",
    "dy_vector_tensor": """
out = tfe.gradients_function(lambda x: x * x)([1., 2., 3.], dy=tf.constant([1., 0., 0.]))
""",
    "dy_value": "out = tfe.value_and_gradients_function(lambda x: x * x)(3., dy=2.)",
    "dy_tuple": """
dy = (tf.constant(10.), tf.constant(1.))
out = tfe.gradients_function(lambda x: (x, x * x))(3., dy=dy)
""",
    "dy_wrong_shape": """
out = tfe.gradients_function(lambda x: x * x)([1., 2., 3.], dy=tf.constant([1.]))
""",
    "dy_scalar_for_vector": """
out = tfe.gradients_function(lambda x: x * x)([1., 2., 3.], dy=tf.constant(1.))
""",
    # Sparse gradients.
    "gather": "out = tfe.gradients_function(lambda p: tf.gather(p, [0, 0, 2]))([1., 2., 3.])",
    "gather_rows": "out = tfe.gradients_function(lambda p: tf.gather(p, [1]))([[1., 2.], [3., 4.]])",
    "gather_then_square": """
out = tfe.gradients_function(lambda p: tf.square(tf.gather(p, [0, 2, 2])))([1., 2., 3.])
""",
    "implicit_embedding": """
table = Variable([[1., 2.], [3., 4.], [5., 6.]])
out = [g for g, _ in tfe.implicit_gradients(lambda: tf.nn.embedding_lookup(table, [2, 0, 2]))()]
""",
    # Control flow.
    "abs_positive": "out = tfe.gradients_function(lambda x: x if x > 0. else -x)(2.)",
    "abs_negative": "out = tfe.gradients_function(lambda x: x if x > 0. else -x)(-2.)",
    "abs_at_zero": "out = tfe.gradients_function(lambda x: x if x > 0. else -x)(0.)",
    "python_while": """
def f(x):
    while x < 100.:
        x = x * x
    return x
out = tfe.value_and_gradients_function(f)(3.)
""",
    "python_for": """
def f(x):
    total = 0.
    for power in range(1, 4):
        total += x ** power
    return total
out = tfe.gradients_function(f)(2.)
""",
    "recursion": """
def f(x, n):
    return x if n == 0 else x * f(x, n - 1)
out = tfe.gradients_function(f, params=['x'])(2., 3)
""",
    "tf_cond": """
f = lambda x: tf.cond(x > 0., lambda: x * x, lambda: -x)
out = [tfe.gradients_function(f)(x) for x in (3., -3.)]
""",
    "tf_while_loop": """
f = lambda x: tf.while_loop(lambda y: tf.reduce_all(y < 100.), lambda y: [y * y], [x])
out = tfe.gradients_function(f)(3.)
""",
    "control_flow_second_order": """
g = tfe.gradients_function(lambda x: x ** 3 if x > 0. else x)
out = [tfe.gradients_function(lambda x: g(x)[0])(x) for x in (2., -2.)]
""",
    # Custom gradients.
    "custom_gradient_identity": """
out = tfe.gradients_function(custom_gradient(lambda x: (x, lambda dy: 2. * dy)))(1.)
""",
    "log1pexp_custom": """
def f(x):
    e = tf.exp(x)
    def grad(dy):
        return dy * (1 - 1 / (1 + e))
    return log(1 + e), grad
out = tfe.gradients_function(custom_gradient(f))(100.)
""",
    "custom_gradient_clipped": """
def f(x):
    return tf.identity(x), lambda dy: tf.clip_by_value(dy, -1., 1.)
clipped = custom_gradient(f)
out = tfe.gradients_function(lambda x: 10. * clipped(x))(3.)
""",
    "custom_gradient_straight_through": """
def f(x):
    return tf.round(x), lambda dy: dy
rounded = custom_gradient(f)
out = tfe.value_and_gradients_function(lambda x: rounded(x) ** 2)(2.6)
""",
    "custom_gradient_two_arguments": """
def f(x, y):
    return x * y, lambda dy: (dy * 10., dy * 20.)
out = tfe.gradients_function(custom_gradient(f))(1., 2.)
""",
    "custom_gradient_second_order": """
def f(x):
    return x * x, lambda dy: dy * 3. * x
g = tfe.gradients_function(custom_gradient(f))
out = tfe.gradients_function(lambda x: g(x)[0])(5.)
""",
    # Variables.
    "implicit_seed": """
x = Variable(2.0)
out = [(g, v is x) for g, v in tfe.implicit_gradients(lambda y: (y - x ** 2) ** 2)(7.)]
""",
    "implicit_value_seed": """
x = Variable(2.0)
val, gv = tfe.implicit_value_and_gradients(lambda y: (y - x ** 2) ** 2)(7.)
out = (val, [(g, v is x) for g, v in gv])
""",
    "implicit_none_used": "out = tfe.implicit_gradients(lambda x: x * x)(3.)",
    "implicit_returns_none": """
a = Variable(3.0)
def f():
    a.read_value()
out = tfe.implicit_gradients(f)()
""",
    "implicit_twice_used": """
a = Variable(3.0)
out = [g for g, v in tfe.implicit_gradients(lambda: a * a * a)()]
""",
    "implicit_order_of_creation": """
made = [Variable(float(i + 1)) for i in range(5)]
pairs = tfe.implicit_gradients(lambda: made[3] * made[0] * made[4] * made[1])()
out = [(g, [v is m for m in made].index(True)) for g, v in pairs]
""",
    "implicit_not_trainable": """
a, b = Variable(2.), Variable(3., trainable=False)
out = [(g, v is a) for g, v in tfe.implicit_gradients(lambda: a * b)()]
""",
    "implicit_unconnected": """
a, b = Variable(2.), Variable(3.)
def f():
    b.read_value()
    return a * a
out = [g for g, v in tfe.implicit_gradients(f)()]
""",
    "implicit_keyword_argument": """
a = Variable(2.)
out = [g for g, v in tfe.implicit_gradients(lambda x, k: a * x * k)(3., k=5.)]
""",
    "implicit_tuple": """
a = Variable(2.)
val, pairs = tfe.implicit_value_and_gradients(lambda: (a * 1., a * a))()
out = (val, [g for g, v in pairs])
""",
    "implicit_float64_matrix": """
a = Variable(np.array([[1., 2.], [3., 4.]]))
out = [g for g, v in tfe.implicit_gradients(lambda: tf.reduce_sum(tf.matmul(a, a)))()]
""",
    "implicit_nested": """
a = Variable(3.)
inner = tfe.implicit_gradients(lambda: a ** 3)
out = [g for g, v in tfe.implicit_gradients(lambda: inner()[0][0])()]
""",
    "implicit_of_explicit": """
a = Variable(3.)
inner = tfe.gradients_function(lambda x: a * x ** 2)
out = [g for g, v in tfe.implicit_gradients(lambda: inner(5.)[0])()]
""",
    "variable_changed_between_calls": """
a = Variable(2.)
g = tfe.implicit_gradients(lambda: a * a)
first = g()[0][0]
a.assign(5.)
out = [first, g()[0][0]]
""",
    "implicit_list": """
a = Variable(2.)
out = [g for g, v in tfe.implicit_gradients(lambda n: a * tf.reduce_mean(n * 2))([1., 3.])]
""",
    "implicit_lists_added": """
a = Variable(2.)
out = [g for g, v in tfe.implicit_gradients(lambda m, n: a * tf.reduce_max(m + n))([2., 4.], [4., 2.])]
""",
    "implicit_arguments_are_those_passed": """
a, seen = Variable(2.), []
def f(*args):
    seen.extend(args)
    return a * a
given = [1, 3], (1., 3.), 3., 3, True, 'mode', None, np.array([1., 3.])
tfe.implicit_gradients(f)(*given)
tfe.implicit_value_and_gradients(f)(*given)
out = [argument is other for argument, other in zip(seen, given * 2)]
""",
    "implicit_stop_gradient": """
a, b = Variable(2.), Variable(3.)
pairs = tfe.implicit_gradients(lambda: a * a * tf.stop_gradient(b))()
out = [(g, v is a, v is b) for g, v in pairs]
""",
    "implicit_stop_gradient_of_a_product": """
a, b = Variable(2.), Variable(3.)
pairs = tfe.implicit_gradients(lambda: a * a * tf.stop_gradient(b * b))()
out = [(g, v is a, v is b) for g, v in pairs]
""",
    "implicit_model": """
class Model(object):
    def __init__(self):
        self.W = Variable(5., name='weight')
        self.B = Variable(10., name='bias')
    def predict(self, inputs):
        return inputs * self.W + self.B
m = Model()
xs = tf.constant([1., 2., 3.])
ys = tf.constant([5., 8., 11.])
out = [g for g, v in tfe.implicit_gradients(lambda: tf.reduce_mean(tf.square(m.predict(xs) - ys)))()]
""",
    # Without eager execution: 1.8.0 is asked these in a process that does not enable it.
    "graph_is_not_eager": """
with tf.Graph().as_default():
    out = tf.executing_eagerly()
""",
    "graph_gradients": """
with tf.Graph().as_default():
    grads = tfe.gradients_function(lambda x: x * x)(tf.constant(3.))
    out = Session().run(grads)
""",
    "graph_value_and_gradients": """
with tf.Graph().as_default():
    both = tfe.value_and_gradients_function(lambda x: x * x)(tf.constant(3.))
    out = Session().run(both)
""",
    "graph_implicit_gradients": """
with tf.Graph().as_default():
    x = Variable(2.)
    grads = [g for g, v in tfe.implicit_gradients(lambda y: (y - x ** 2) ** 2)(tf.constant(7.))]
    session = Session()
    session.run(initializer())
    out = session.run(grads)
""",
    "graph_implicit_value_and_gradients": """
with tf.Graph().as_default():
    x = Variable(2.)
    value, pairs = tfe.implicit_value_and_gradients(lambda y: (y - x ** 2) ** 2)(tf.constant(7.))
    session = Session()
    session.run(initializer())
    out = session.run((value, [g for g, v in pairs]))
""",
    "function_inside": """
square = function(lambda x: x * x)
out = tfe.gradients_function(lambda x: square(x) * x)(3.)
""",
    # Failures.
    "not_callable": "out = tfe.gradients_function(3.)(3.)",
    "raises": """
def f(x):
    raise KeyError('from f')
out = tfe.gradients_function(f)(3.)
""",
    # Both regressions of the seed, on fixed data.
    "regression_functional": """
xs = tf.constant(np.linspace(-1, 1, 1000).astype('f'))
ys = xs * 3 + 2 + tf.constant(np.sin(np.arange(1000)).astype('f'))
def loss(w, b):
    return tf.reduce_mean(tf.square(xs * w + b - ys))
g = tfe.gradients_function(loss)
W, B = 5., 10.
out = [loss(W, B)]
for i in range(200):
    dW, dB = g(W, B)
    W -= dW * 0.01
    B -= dB * 0.01
    if i % 20 == 0:
        out.append(loss(W, B))
out = (out, loss(W, B), W, B)
""",
    "regression_model": """
xs = tf.constant([-1., 1.])
ys = xs * 3 + 2
W, B = Variable(5.), Variable(10.)
def loss():
    return tf.reduce_mean(tf.square(xs * W + B - ys))
g = tfe.implicit_gradients(loss)
opt = optimizer(0.01)
out = [loss()]
for i in range(201):
    opt.apply_gradients(g())
    if i % 20 == 0:
        out.append(loss())
out = (out, W.read_value(), B.read_value())
""",
}
