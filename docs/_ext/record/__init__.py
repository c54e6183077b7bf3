"""What the pages quote of the records and tell of themselves.

`tf18.py` has the role ``{tf18}`` (what TensorFlow 1.8.0 gave), `pytorch.py` the directive
``{pytorch}`` (code in PyTorch and what it printed), `status.py` the directives ``{versions}`` (what
the site was built with), ``{passed}`` (when all weekly checks last passed) and ``{status}`` (what
each page runs and quotes).
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the role and the directives."""
    for part in ["record.tf18", "record.pytorch", "record.status"]:
        app.setup_extension(part)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
