"""Gradient functions under load: many threads at once, many calls in a row."""

import contextlib
import gc
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import tensorflow as tf

import eagerdemo as tfe


def polynomial(x, y):
    return x**3 * y - x * y * y


def test_eight_threads_get_the_answers_of_one():
    variable = tf.Variable(2.0)
    explicit = tfe.value_and_gradients_function(polynomial)
    second = tfe.gradients_function(lambda x, y: tfe.gradients_function(polynomial)(x, y)[0])
    implicit = tfe.implicit_value_and_gradients(lambda y: (y - variable**2) ** 2)

    def answers(i):
        x, y = float(i % 7), float(i % 5)
        value, pairs = implicit(x)
        return tf.nest.map_structure(
            float, [explicit(x, y), second(x, y), value, [gradient for gradient, _ in pairs]]
        )

    alone = [answers(i) for i in range(400)]
    with ThreadPoolExecutor(max_workers=8) as threads:
        together = list(threads.map(answers, range(400)))
    assert together == alone


def growth(call, times):
    """What `times` calls leave behind: how many objects, and how many bytes."""

    def held():
        gc.collect()
        return len(gc.get_objects()), tracemalloc.get_traced_memory()[0]

    for _ in range(100):  # fill every cache
        call()
    tracemalloc.start()
    try:
        objects, memory = held()
        for _ in range(times):
            call()
        objects_after, memory_after = held()
    finally:
        tracemalloc.stop()
    return objects_after - objects, memory_after - memory


OBJECTS, BYTES = 0.1, 50.0  # a call may leave fewer; a tensor takes more
CALLS = 1000


def test_many_calls_leave_no_growth():
    variable = tf.Variable(2.0)
    explicit = tfe.gradients_function(polynomial)
    implicit = tfe.implicit_gradients(lambda y: (y - variable**2) ** 2)

    def call():
        explicit(2.0, 3.0)
        implicit(7.0)
        with contextlib.suppress(TypeError):
            explicit(2, 3)

    def bare():
        """The same without `eagerdemo`: TensorFlow 2.16 itself loses bytes at every constant."""
        x, y = tf.constant(2.0), tf.constant(3.0)
        with tf.GradientTape() as tape:
            tape.watch([x, y])
            value = polynomial(x, y)
        tape.gradient(value, [x, y])
        with tf.GradientTape() as tape:
            value = (7.0 - variable**2) ** 2
        tape.gradient(value, tape.watched_variables())
        tf.constant(2), tf.constant(3)

    objects, memory = growth(call, CALLS)
    assert objects < OBJECTS * CALLS
    assert memory - growth(bare, CALLS)[1] < BYTES * CALLS


def test_a_leak_of_one_tensor_a_call_is_seen():
    explicit, leaked = tfe.gradients_function(polynomial), []
    objects, memory = growth(lambda: leaked.append(explicit(2.0, 3.0)), CALLS)
    assert objects > OBJECTS * CALLS
    assert memory > BYTES * CALLS
