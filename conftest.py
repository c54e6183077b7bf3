"""What pytest collects besides tests/: the pages' cells and doctests, the package's docstrings."""

import tensorflow as tf

from tests.examples import docstrings, pages

# The page on devices asks for two CPUs, which TensorFlow grants only before its first operation.
# On the site each page has a process of its own; here all share this one, so it is asked for now.
[cpu] = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)

pytest_collect_file = (pages + docstrings).pytest()
