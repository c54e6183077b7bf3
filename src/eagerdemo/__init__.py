"""The gradient functions of ``tf.contrib.eager``, on the public API of today's TensorFlow.

``import eagerdemo as tfe`` stands where ``import tensorflow.contrib.eager as tfe`` stood in 2018:

>>> import eagerdemo as tfe
>>> square_gradient = tfe.gradients_function(lambda x: x * x)
>>> [float(gradient) for gradient in square_gradient(3.0)]
[6.0]
"""

from eagerdemo.gradients import (
    gradients_function,
    implicit_gradients,
    implicit_value_and_gradients,
    value_and_gradients_function,
)

__all__ = [
    "gradients_function",
    "implicit_gradients",
    "implicit_value_and_gradients",
    "value_and_gradients_function",
]
