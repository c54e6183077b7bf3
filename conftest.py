"""What pytest collects besides tests/: the pages' cells and doctests, the package's docstrings."""

import tensorflow as tf
from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

# The page on devices asks for two CPUs, which TensorFlow grants only before its first operation.
# On the site each page has a process of its own; here all share this one, so it is asked for now.
[cpu] = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)

pages = Sybil([PythonCodeBlockParser(), DocTestDirectiveParser()], path="docs", pattern="*.md")
docstrings = Sybil([DocTestParser()], path="src", pattern="*.py")

pytest_collect_file = (pages + docstrings).pytest()
