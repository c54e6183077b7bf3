"""Draw a graph as an SVG, as `static/laboratory-drawing.js` does, for whoever has no script."""

from html import escape
from typing import Any

from .layout import LINE, PADDING

FIGURE = """\
<svg class="laboratory-figure" role="img" aria-label="{label}" viewBox="0 0 {width:.0f} \
{height:.0f}" width="{width:.0f}" height="{height:.0f}" xmlns="http://www.w3.org/2000/svg" \
font-family="monospace" font-size="14" fill="currentColor">
{parts}
</svg>"""
EDGE = '<path d="{path}" fill="none" stroke="currentColor"{dashes}/>'
NODE = """\
<rect x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}" rx="6" fill="none" \
stroke="currentColor"{wide}/>"""
TEXT = '<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle"{kind}>{text}</text>'


def draw_figure(formula: str, shown: dict[str, Any]) -> str:
    """Draw the answer to a formula."""
    edges = [
        EDGE.format(path=edge["path"], dashes="" if edge["carries"] else ' stroke-dasharray="4 3"')
        for edge in shown["edges"]
    ]
    nodes = [
        draw_node(node, is_output=place == shown["output"])
        for place, node in enumerate(shown["nodes"])
    ]
    label = f"{formula}의 계산 그래프. {'. '.join(map(describe_node, shown['nodes']))}."
    return FIGURE.format(
        label=escape(label),
        width=shown["width"],
        height=shown["height"],
        parts="\n".join([*edges, *nodes]),
    )


def draw_node(node: dict[str, Any], *, is_output: bool) -> str:
    """Draw a node with its title, its condition, its value and its gradient, a line each."""
    lines = [
        (node["title"], ""),
        (node["condition"], ""),
        (f"↓ {node['shown']}", ' class="forward"'),
        (f"↑ {node['sent']}", ' class="backward"'),
    ]
    x = node["left"] + node["width"] / 2
    texts = [
        TEXT.format(
            x=x, y=node["top"] + PADDING / 2 + LINE * count - 5, kind=kind, text=escape(text)
        )
        for count, (text, kind) in enumerate(filter(lambda line: line[0], lines), start=1)
    ]
    box = NODE.format(**node, wide=' stroke-width="2.5"' if is_output else "")
    return "\n".join([box, *texts])


def describe_node(node: dict[str, Any]) -> str:
    """Say what a node shows."""
    condition = f" ({node['condition']})" if node["condition"] else ""
    return f"{node['title']}{condition} = {node['shown']}, 그래디언트 {node['sent']}"
