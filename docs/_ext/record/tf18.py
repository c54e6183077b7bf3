"""The role ``{tf18}``: what TensorFlow 1.8.0 answered to a case, quoted from the record."""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the role; `tf18_record` is the path of the record."""
    app.add_config_value("tf18_record", "", "env", frozenset({str}))
    app.add_role("tf18", RecordedAnswer())
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class RecordedAnswer(SphinxRole):
    """``{tf18}`case``` as code, as Python would print it."""

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
        return [nodes.literal(text=answer, classes=["tf18"], case=self.text)], []


def write_answer(answer: dict[str, Any]) -> str:
    """Write an answer of the record in a word or a line."""
    if "raises" in answer:
        return str(answer["raises"])
    if "aborts" in answer:
        return f"abort ({answer['aborts']})"
    return write_value(answer["out"])


def write_value(out: Any) -> str:
    """Write a recorded value without its dtype and shape."""
    if isinstance(out, list):
        return f"[{', '.join(map(write_value, out))}]"
    if isinstance(out, dict) and "dtype" in out:
        items = [write_number(item, out["dtype"]) for item in out["value"]]
        return items[0] if out["shape"] == [] else f"[{', '.join(items)}]"
    if isinstance(out, dict):
        out = out.get("dict", out)
        return f"{{{', '.join(f'{key}: {write_value(part)}' for key, part in out.items())}}}"
    return str(out)


def write_number(text: str, dtype: str) -> str:
    """Write a float as Python prints it: the record has 6 for 6.0."""
    return str(float(text)) if dtype.startswith("float") else text
