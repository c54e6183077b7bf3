"""Where the nodes of a graph stand, in layers from the inputs down, and how its edges run."""

from __future__ import annotations

from typing import Any

LINE, LETTER = 20, 8.5  # of the text: the height of a line, and the width of a letter
PADDING, GAP, NARROWEST = 10, 18, 92  # in a box, between boxes, and the width of a box at least
LANE = 12  # the width that edges take in a layer that they pass
RISE = 34  # between layers, where edges run across


class Box:
    """A node's place in its layer, or the lane in which edges from a node pass the layer."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.left = self.top = 0.0
        self.before: list[Box] = []  # from which edges come, in the layer above

    def middle(self) -> float:
        """Return where the middle of the box is."""
        return self.left + self.width / 2


class Layout:
    """The boxes of a graph, by layers, and the ways of its edges through them."""

    def __init__(self, nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> None:
        """Place the nodes, whose inputs stand before them in the list."""
        self.layers: list[list[Box]] = []
        self.lanes: dict[tuple[Box, int], Box] = {}
        self.depths: dict[Box, int] = {}
        self.boxes: list[Box] = []
        self.ways: list[list[Box]] = []
        for i, node in enumerate(nodes):
            before = [self.boxes[edge["from"]] for edge in edges if edge["to"] == i]
            self.add_box(measure(node), before)
        for edge in edges:
            self.ways.append(self.find_way(self.boxes[edge["from"]], self.boxes[edge["to"]]))
        for way in self.ways:
            way[-1].before.append(way[-2])
        self.place_boxes()

    def add_box(self, box: Box, before: list[Box]) -> None:
        """Add a box to the first layer that is below all its inputs."""
        depth = max([self.depths[other] + 1 for other in before], default=0)
        self.boxes.append(box)
        self.depths[box] = depth
        self.add_to_layer(box, depth)

    def add_to_layer(self, box: Box, depth: int) -> None:
        """Add a box, or a lane, to a layer."""
        while len(self.layers) <= depth:
            self.layers.append([])
        self.layers[depth].append(box)

    def find_way(self, start: Box, end: Box) -> list[Box]:
        """Return the boxes from one to another, with a lane in each layer between them."""
        way = [start]
        for depth in range(self.depths[start] + 1, self.depths[end]):
            if (start, depth) not in self.lanes:
                lane = self.lanes[start, depth] = Box(LANE, 0)
                lane.before.append(way[-1])
                self.add_to_layer(lane, depth)
            way.append(self.lanes[start, depth])
        return [*way, end]

    def place_boxes(self) -> None:
        """Place the layers below each other, in each the boxes in the order of their inputs."""
        width, top = self.width(), 1.0
        for layer in self.layers:
            layer.sort(key=mean_of_inputs)
            left = 1 + (width - measure_layer(layer)) / 2
            height = max(box.height for box in layer)
            for box in layer:
                box.left, box.top = left, top
                box.height = box.height or height  # a lane is as high as its layer
                left += box.width + GAP
            top += height + RISE

    def width(self) -> float:
        """Return the width of the widest layer."""
        return max(measure_layer(layer) for layer in self.layers)

    def height(self) -> float:
        """Return where the last layer ends."""
        return max(box.top + box.height for box in self.layers[-1])

    def draw_way(self, way: list[Box]) -> str:
        """Draw an edge, as the path of an SVG: ends at one box stand side by side."""
        last = way[-1]
        arrivals = [other for other in self.ways if other[-1] is last]
        position = next(i for i, other in enumerate(arrivals, start=1) if other is way)
        x, y = way[0].middle(), way[0].top + way[0].height
        path = f"M{int(x)} {int(y)}"
        for box in way[1:]:
            end = box.middle()
            if box is last:
                end = box.left + box.width * position / (len(arrivals) + 1)
            half = (y + box.top) / 2
            path += f"C{int(x)} {int(half)} {int(end)} {int(half)} {int(end)} {int(box.top)}"
            x, y = end, box.top
            if box is not last:
                y = box.top + box.height
                path += f"V{int(y)}"
        return path


def measure(node: dict[str, Any]) -> Box:
    """Make a box for a node's title, its condition if it has one, its value and its gradient."""
    lines = [node["title"], node["condition"], f"↓ {node['shown']}", f"↑ {node['sent']}"]
    letters = max(count_columns(line) for line in lines)
    width = max(NARROWEST, 2 * PADDING + LETTER * letters)
    return Box(width, LINE * (4 if node["condition"] else 3) + PADDING)


def count_columns(text: str) -> int:
    """Count letters, those of Hangul twice, as they are wide."""
    return sum(2 if "가" <= letter <= "힣" else 1 for letter in text)


def measure_layer(layer: list[Box]) -> float:
    """Return the width of a layer."""
    return sum(box.width for box in layer) + GAP * (len(layer) - 1)


def mean_of_inputs(box: Box) -> float:
    """Return above where a box had best stand; a box without inputs stands as it stood."""
    middles = [other.middle() for other in box.before]
    return sum(middles) / len(middles) if middles else 0.0


def lay_out(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> dict[str, float]:
    """Give each node its place and size, and each edge its path; return the size of it all."""
    layout = Layout(nodes, edges)
    for node, box in zip(nodes, layout.boxes, strict=True):
        node.update(left=box.left, top=box.top, width=box.width, height=box.height)
    for edge, way in zip(edges, layout.ways, strict=True):
        edge["path"] = layout.draw_way(way)
    return {"width": layout.width() + 2, "height": layout.height() + 1}
