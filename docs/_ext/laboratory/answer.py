"""What the laboratory shows of a formula: its graph, the steps through it, and its curve."""

from __future__ import annotations

import math
from typing import Any

from .formula import FormulaError, Step, Tree, compare, compute, find_variables, read_formula
from .graph import describe_graph
from .tape import Number, tape

STEP = 1e-5  # of the finite difference, as on the page of the tape
SAMPLES = 200  # of the curve
FIRST, LAST = -4.0, 4.0  # where the curve begins and ends, and the sliders


def answer(text: str, values: dict[str, float], plotted: str) -> dict[str, Any]:
    """Answer with all there is to show of a formula, or with what is wrong with it.

    Args:
        text: the formula, in which the letters of what is wrong are those from `start` to `end`.
        values: where to differentiate; a variable that is missing is 1.
        plotted: the variable of the curve; where the formula has it not, its first one is.
    """
    try:
        tree = read_formula(text)
    except FormulaError as error:
        where = "식의 끝" if error.start == len(text) else f"{error.start + 1}번째 글자"
        return {"error": f"{where}: {error.message}", "start": error.start, "end": error.end}
    at = {name: float(values.get(name, 1)) for name in find_variables(tree)}
    shown = describe_graph(tree, at)
    shown["inputs"] = at
    shown["differences"] = {name: find_difference(tree, at, name) for name in at}
    if at:
        shown["curve"] = draw_curve(tree, at, plotted if plotted in at else min(at))
    return shown


def evaluate(tree: Tree, at: dict[str, float], steps: list[Step]) -> float:
    """Compute the value of a formula alone."""
    result = compute(tree, {name: Number(value) for name, value in at.items()}, steps)
    tape.clear()
    return result.value


def find_difference(tree: Tree, at: dict[str, float], name: str) -> float:
    """Estimate a derivative by a finite difference."""
    after = evaluate(tree, {**at, name: at[name] + STEP}, [])
    before = evaluate(tree, {**at, name: at[name] - STEP}, [])
    return (after - before) / (2 * STEP)


def draw_curve(tree: Tree, at: dict[str, float], name: str) -> dict[str, Any]:
    """Return points of a formula as a function of one variable, around where that is.

    The curve breaks before the points at which conditions choose otherwise.
    """
    first, last = min(FIRST, at[name] - 1), max(LAST, at[name] + 1)
    xs = [first + (last - first) * i / SAMPLES for i in range(SAMPLES + 1)]
    ys, ways = [], []
    for x in xs:
        steps: list[Step] = []
        ys.append(evaluate(tree, {**at, name: x}, steps))
        ways.append(list_choices(steps))
    breaks = [i for i in range(1, len(xs)) if ways[i] != ways[i - 1]]
    return {"variable": name, "xs": xs, "ys": ys, "breaks": breaks}


def list_choices(steps: list[Step]) -> list[bool]:
    """List whether each comparison holds."""
    return [compare(step.tree.parts[1].operation, step.compared) for step in steps if step.compared]


def write_json(data: Any) -> str:
    """Write plain data as JSON, where a number that is not finite is a text."""
    if isinstance(data, dict):
        pairs = [f"{write_json(name)}:{write_json(value)}" for name, value in data.items()]
        return "{" + ",".join(pairs) + "}"
    if isinstance(data, list):
        return "[" + ",".join([write_json(value) for value in data]) + "]"
    if isinstance(data, str):
        return '"' + data.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if data is None:
        return "null"
    if isinstance(data, bool):
        return "true" if data else "false"
    return repr(data) if math.isfinite(data) else f'"{data}"'
