"""What pytest collects besides tests/: the pages' cells and doctests, the package's docstrings."""

import pytest

from tests.examples import docstrings, pages

pytest_collect_file = (pages + docstrings).pytest()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Divide the CPU in two, before anything uses it, for the page on devices.

    TensorFlow grants that only before its first operation. On the site each page has a process of
    its own; here all share this one.
    """
    if session.config.pluginmanager.hasplugin("dsession"):
        return  # xdist's controller runs no test, and need not import TensorFlow
    import tensorflow as tf

    [cpu] = tf.config.list_physical_devices("CPU")
    halves = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(cpu, halves)
