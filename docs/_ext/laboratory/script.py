"""The same Python for the browser: one source that needs nothing of this package.

Annotations name types that the browser's Python would have to load; they and the docstrings are
left out.
"""

import ast
from pathlib import Path

# What the browser runs, in the order in which they need each other.
MODULES = ["tape", "formula", "layout", "graph", "answer"]
# What the modules import beside each other, for the browser to do the same.
IMPORTS = "import math\n"


def join_modules() -> str:
    """Join the modules into one source."""
    folder = Path(__file__).parent
    sources = [(folder / f"{name}.py").read_text(encoding="utf-8") for name in MODULES]
    return IMPORTS + "\n".join(ast.unparse(strip(ast.parse(source))) for source in sources)


class Stripper(ast.NodeTransformer):
    """Takes out imports, annotations and docstrings."""

    def visit_Import(self, node: ast.Import) -> None:
        """Leave out an import."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Leave out an import."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.Assign | None:
        """Make a plain assignment of one with an annotation."""
        return ast.Assign([node.target], node.value, lineno=node.lineno) if node.value else None

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """Leave out a parameter's annotation."""
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Leave out what a function returns, and its docstring."""
        node.returns = None
        return self.visit_documented(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Leave out a class's docstring."""
        return self.visit_documented(node)

    def visit_documented(self, node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
        """Leave out a docstring, and go on inside."""
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return self.generic_visit(node)


def strip(module: ast.Module) -> ast.Module:
    """Take out of a module what only its readers and its checks need."""
    if ast.get_docstring(module) is not None:
        module.body = module.body[1:]
    Stripper().visit(module)
    return module
