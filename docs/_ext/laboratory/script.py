"""The same Python for the browser: one source that needs nothing of this package."""

import ast
from pathlib import Path

# What the browser runs, in the order in which they need each other.
MODULES = ["tape", "formula", "layout", "graph", "answer"]
# All that they import beside each other and types, which annotations name and Brython never asks.
IMPORTS = "import math\n"


def join_modules() -> str:
    """Join the modules into one source."""
    folder = Path(__file__).parent
    sources = [(folder / f"{name}.py").read_text(encoding="utf-8") for name in MODULES]
    return IMPORTS + "".join(map(adapt, sources))


def adapt(source: str) -> str:
    """Leave out imports, and the annotations of a module's names, which Brython takes only once."""
    lines = source.splitlines(keepends=True)
    for part in ast.parse(source).body:
        first, last = part.lineno - 1, part.end_lineno or part.lineno
        if isinstance(part, ast.Import | ast.ImportFrom):
            lines[first:last] = [""] * (last - first)
        elif isinstance(part, ast.AnnAssign):
            line = lines[first]
            name, value = part.target.end_col_offset, part.annotation.end_col_offset
            lines[first] = line[:name] + line[value:]
    return "".join(lines)
