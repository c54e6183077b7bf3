"""Time the chapter's update in TensorFlow 1.8.0, eagerly and in a session: for Python 3.6.

``python original.py WAY ROUNDS SIZE...`` prints the microseconds of an update, a list a size.
"""

import json
import sys
import timeit

import numpy as np
import tensorflow as tf
import tensorflow.contrib.eager as tfe

CALLS = 5  # a round


def measure_loss(weight, bias, inputs, outputs):
    """Return the mean squared error."""
    return tf.reduce_mean(tf.square(inputs * weight + bias - outputs))


def update_eagerly(inputs, outputs):
    """Return a call that descends one step."""
    weight, bias = tfe.Variable(5.0), tfe.Variable(10.0)
    points = tf.constant(inputs), tf.constant(outputs)

    def call():
        with tf.GradientTape() as tape:
            loss = measure_loss(weight, bias, *points)
        for variable, slope in zip((weight, bias), tape.gradient(loss, [weight, bias])):
            variable.assign_sub(0.01 * slope)

    return call


def update_in_a_session(inputs, outputs):
    """Return a call that runs one step of a graph."""
    graph = tf.Graph()
    with graph.as_default():
        weight, bias = tf.Variable(5.0), tf.Variable(10.0)
        loss = measure_loss(weight, bias, tf.constant(inputs), tf.constant(outputs))
        step = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
        session = tf.Session(graph=graph)
        session.run(tf.global_variables_initializer())
    return lambda: session.run(step)


def time_updates(make, rounds, sizes):
    """Return the microseconds of an update, of every round and size."""
    found = []
    for size in sizes:
        inputs, noise = np.random.RandomState(0).normal(size=(2, size)).astype(np.float32)
        call = make(inputs, 3 * inputs + 2 + noise)
        call()
        spent = timeit.repeat(call, number=CALLS, repeat=rounds)
        found.append([seconds / CALLS * 1e6 for seconds in spent])
    return found


def main(way, rounds, sizes):
    """Print the times of one way: a process runs eagerly or in sessions."""
    if way == "eager":
        tf.enable_eager_execution()
    print(json.dumps(time_updates(WAYS[way], rounds, sizes)))


WAYS = {"eager": update_eagerly, "session": update_in_a_session}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), [int(size) for size in sys.argv[3:]])
