"""The graph of a formula at a point: its operations, and the steps forward over them and back."""

from __future__ import annotations

from typing import Any

from .formula import Step, Tree, compare, compute
from .layout import lay_out
from .tape import Number, gradient, tape


def describe_graph(tree: Tree, at: dict[str, float]) -> dict[str, Any]:
    """Return nodes, edges and steps as plain data, with all texts and places."""
    graph = Graph(tree, at)
    nodes, edges = graph.list_nodes(), graph.list_edges()
    size = lay_out(nodes, edges)
    return {
        "nodes": nodes,
        "edges": edges,
        "output": graph.numbers.index(graph.output),
        "steps": [*graph.go_forward(), *graph.go_back()],
        **size,
    }


class Graph:
    """The numbers of a formula, computed forward on the tape, with their gradients."""

    def __init__(self, tree: Tree, at: dict[str, float]) -> None:
        """Compute; `numbers` are the inputs and then the results, in their order."""
        tape.clear()
        self.at = at
        self.steps: list[Step] = []
        inputs = {name: Number(value) for name, value in at.items()}
        self.output = compute(tree, inputs, self.steps)
        self.names = {number: name for name, number in inputs.items()}
        if not self.steps and self.output not in self.names:  # the formula is a number
            self.names[self.output] = write_value(self.output.value, "-")
        self.given = len(self.names)
        for count, step in enumerate(self.steps, start=1):
            self.names[step.result] = f"v{count}"
        self.numbers = list(self.names)
        self.ways = dict(tape)
        self.gradients = {number: self.find_gradient(number) for number in self.numbers}

    def find_gradient(self, number: Number) -> float | None:
        """Differentiate the output, and take off the tape what that recorded."""
        length = len(tape)
        found = gradient(self.output, number)
        del tape[length:]
        return None if found is None else found.value

    def list_nodes(self) -> list[dict[str, Any]]:
        """List the numbers; of the results, with what computed them."""
        conditions = {step.result: self.write_condition(step) for step in self.steps}
        titles = {step.result: self.write_title(step) for step in self.steps}
        return [
            {
                "name": name,
                "title": titles.get(number, name),
                "condition": conditions.get(number, ""),
                "value": number.value,
                "shown": write_value(number.value),
                "gradient": self.gradients[number],
                "sent": write_gradient(self.gradients[number]),
            }
            for number, name in self.names.items()
        ]

    def list_edges(self) -> list[dict[str, Any]]:
        """List the ways from number to number; over a comparison no gradient comes back."""
        return [
            {
                "from": self.numbers.index(number),
                "to": self.numbers.index(step.result),
                "carries": carries,
            }
            for step in self.steps
            for numbers, carries in [(step.compared, False), (step.inputs, True)]
            for number in numbers
            if number in self.names
        ]

    def go_forward(self) -> list[dict[str, Any]]:
        """Tell what is given, and then each result."""
        given = [f"{name} = {write_value(value)}" for name, value in self.at.items()]
        shown = [self.make_step(f"입력: {', '.join(given) or '없음'}", None, self.given, {})]
        for count, step in enumerate(self.steps, start=1):
            condition = self.write_condition(step)
            because = f" ({condition})" if condition else ""
            result = f"{self.write_title(step)}{because} = {write_value(step.result.value)}"
            text = f"순방향 {count}/{len(self.steps)}: {result}"
            shown.append(self.make_step(text, step.result, self.given + count, {}))
        return shown

    def go_back(self) -> list[dict[str, Any]]:
        """Tell what each operation sends back, in the order in which the tape is read."""
        everything = len(self.numbers)
        sums = {self.output: 1.0}
        text = f"역방향: 출력 {self.names[self.output]}에서 그래디언트 1로 시작"
        shown = [self.make_step(text, self.output, everything, sums)]
        for count, step in enumerate(reversed(self.steps), start=1):
            told = f"역방향 {count}/{len(self.steps)}: {self.send_back(step, sums)}"
            received = {number: sums[number] for number in step.inputs if number in sums}
            shown.append(self.make_step(told, step.result, everything, received))
        return shown

    def send_back(self, step: Step, sums: dict[Number, float]) -> str:
        """Add what an operation sends to its inputs to the sums there, and tell it."""
        name = self.names[step.result]
        if step.result not in sums:
            return f"{name}에서 출력으로 가는 길이 없어 그래디언트는 None"
        told = []
        for number, slope in self.ways[step.result]:
            if number not in self.names:
                continue  # a plain number
            part = sums[step.result] * slope.value
            factors = f"{write_value(sums[step.result])} × {write_value(slope.value)}"
            told.append(f"{self.names[number]}에 {factors} = {write_value(part)}")
            if number in sums:
                told[-1] += f", 더하여 모두 {write_value(sums[number] + part)}"
            sums[number] = sums[number] + part if number in sums else part
        if not told:
            return f"{name}의 입력은 모두 상수라 보낼 곳이 없음"
        return f"{name}에서 보냄: {'; '.join(told)}"

    def make_step(
        self, text: str, active: Number | None, computed: int, received: dict[Number, float]
    ) -> dict[str, Any]:
        """Return what is told at a step, and what is new: gradients, by the places of nodes."""
        return {
            "text": text,
            "active": None if active is None else self.numbers.index(active),
            "computed": computed,
            "gradients": [
                [self.numbers.index(number), write_value(value)]
                for number, value in received.items()
                if number in self.names
            ],
        }

    def write_title(self, step: Step) -> str:
        """Write an operation with the names of its inputs."""
        parts = [self.write_operand(number) for number in step.inputs]
        operation = step.tree.operation
        if len(parts) == 2:
            written = f"{parts[0]} {operation} {parts[1]}"
        else:
            written = {"if": parts[0], "negate": f"-{parts[0]}"}.get(
                operation, f"{operation}({parts[0]})"
            )
        return f"{self.names[step.result]} = {written}"

    def write_condition(self, step: Step) -> str:
        """Write the comparison of a conditional, and whether it holds."""
        if step.tree.operation != "if":
            return ""
        comparison = step.tree.parts[1].operation
        left, right = [self.write_operand(number) for number in step.compared]
        holds = "참" if compare(comparison, step.compared) else "거짓"
        return f"{left} {comparison} {right}: {holds}"

    def write_operand(self, number: Number) -> str:
        """Write the name of a number, or a plain number itself."""
        return self.names.get(number) or write_value(number.value, "-")


def write_value(value: float, minus: str = "−") -> str:
    """Write a number in six digits."""
    return f"{value:.6g}".replace("-", minus)


def write_gradient(value: float | None) -> str:
    """Write a gradient, or that there is none."""
    return "None" if value is None else write_value(value)
