"""The role ``{tf18}``: what TensorFlow 1.8.0 answered to a case, quoted from the record.

The record is JSON, which has no tuples; and where a case gives a pair of a gradient and a variable,
it tells only whether that is the variable which was expected. Both are written as in Python here.
"""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata

WORDS = {"method": "메서드"}  # the types that a case tells by their names


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the role; `tf18_record` is the path of the record."""
    app.add_config_value("tf18_record", "", "env", frozenset({str}))
    app.add_role("tf18", RecordedAnswer())
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class RecordedAnswer(SphinxRole):
    """``{tf18}`case``` as code, as Python would print it, or in a word."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Look the case up; a name that the record does not have is an error of the page."""
        record = Path(self.config.tf18_record)
        self.env.note_dependency(str(record))
        cases = json.loads(record.read_text(encoding="utf-8"))["cases"]
        if self.text not in cases:
            message = self.inliner.reporter.error(
                f"no case {self.text!r} in {record.name}: write one of {', '.join(sorted(cases))}",
                line=self.lineno,
            )
            return [], [message]
        answer = write_answer(cases[self.text])
        kind = nodes.inline if answer in WORDS.values() else nodes.literal
        return [kind(text=answer, classes=["tf18"], case=self.text)], []


def write_answer(answer: dict[str, Any]) -> str:
    """Write an answer of the record in a word or a line."""
    if "raises" in answer:
        return str(answer["raises"])
    if "aborts" in answer:
        return f"프로세스 중단({answer['aborts']})"
    if isinstance(answer["out"], str):
        return WORDS[answer["out"]]
    variable = re.search(r"\(g, v is (\w+)\)", answer["source"])
    return write_value(answer["out"], variable[1] if variable else "True")


def write_value(out: Any, true: str) -> str:
    """Write a recorded value without its dtype, and `true` in place of True."""
    if isinstance(out, list):
        parts = ", ".join(write_value(part, true) for part in out)
        return f"({parts})" if is_tuple(out) else f"[{parts}]"
    if isinstance(out, dict) and "dtype" in out:
        items = [write_number(item, out["dtype"]) for item in out["value"]]
        return str(np.array(items, object).reshape(out["shape"]).tolist()).replace("'", "")
    if isinstance(out, dict):
        out = out.get("dict", out)
        parts = ", ".join(f"{key!r}: {write_value(part, true)}" for key, part in out.items())
        return f"{{{parts}}}"
    return true if out is True else str(out)


def is_tuple(out: list[Any]) -> bool:
    """Whether a recorded list is (value, gradients) or (gradient, variable)."""
    return len(out) == 2 and isinstance(out[0], dict) and isinstance(out[1], list | bool)


def write_number(text: str, dtype: str) -> str:
    """Write a float as Python prints it: the record has 6 for 6.0."""
    return str(float(text)) if dtype.startswith("float") else text
