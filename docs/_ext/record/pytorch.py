"""The directive ``{pytorch}``: code in PyTorch and what it printed, quoted from the record.

PyTorch's wheel for Linux brings gigabytes, so the site is built without it.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive; `pytorch_record` is the path of the record."""
    app.add_config_value("pytorch_record", "", "env", frozenset({str}))
    app.add_directive("pytorch", RecordedPart)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class RecordedPart(SphinxDirective):
    """``{pytorch} part``: a caption with the version, the code and, unless nothing, its output."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Look the part up; a name that the record does not have is an error of the page."""
        path = Path(self.config.pytorch_record)
        self.env.note_dependency(str(path))
        record = json.loads(path.read_text(encoding="utf-8"))
        [name] = self.arguments
        if name not in record["parts"]:
            known = ", ".join(sorted(record["parts"]))
            raise self.error(f"no part {name!r} in {path.name}: write one of {known}")
        part = record["parts"][name]
        caption = f"PyTorch {record['version']}에서 실행한 기록"
        # Not "cell", which is executed when the site is built.
        recorded = nodes.container("", classes=["recorded"])
        recorded += nodes.paragraph(caption, caption, classes=["recorded-caption"])
        recorded += make_block("cell_input", part["source"], language="python")
        if part["out"]:
            classes = ["output", "stream"]
            recorded += make_block("cell_output", part["out"], language="none", classes=classes)
        return [recorded]


def make_block(kind: str, text: str, **attributes: Any) -> nodes.container:
    """Make a block that looks like the input or the output of a cell."""
    return nodes.container("", nodes.literal_block(text, text, **attributes), classes=[kind])
