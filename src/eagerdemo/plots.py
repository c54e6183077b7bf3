"""The chapter's figures. Each function takes data and returns a `Figure`.

A figure is shown as inline SVG: its text is text, in the reader's fonts, and what is black here
takes the colour of the page around it, light or dark.
"""

from __future__ import annotations

import html
import io
import itertools
import re
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import matplotlib.figure
import numpy as np
import numpy.typing as npt
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

__all__ = [
    "Figure",
    "broadcast",
    "fitted_line",
    "lines",
    "loss_surface",
    "pictures",
    "tape_steps",
]

Floats = npt.ArrayLike
Curves = Mapping[str, tuple[Floats, Floats]]

# Each of these stands out from a white page and from a dark one, by more than 3 to 1.
BLUE, ORANGE, GREEN, PURPLE = "#3b82f6", "#d97706", "#059669", "#a855f7"
COLOURS = [BLUE, ORANGE, GREEN, PURPLE]
INK = "#010203"  # stands for the page's own text colour until the figure is shown

STYLE: dict[Any, Any] = {  # Matplotlib's own type lists every name there is
    "axes.edgecolor": INK,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.prop_cycle": cycler(color=COLOURS),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "font.size": 12,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


class Figure(matplotlib.figure.Figure):
    """A Matplotlib figure that a notebook shows as accessible inline SVG."""

    def __init__(self, alt: str, width: float = 6.4, height: float = 3.8) -> None:
        """Make an empty figure of `width` by `height` inches; `alt` states what it shows."""
        super().__init__(figsize=(width, height))
        self.alt = alt

    def row_of_axes(self, count: int) -> list[Axes]:
        """Return `count` new axes side by side."""
        return list(np.ravel(self.subplots(1, count)))

    def _repr_html_(self) -> str:
        buffer = io.StringIO()
        # The alternative text as salt keeps the ids of two figures on one page apart.
        style = STYLE | {"svg.hashsalt": self.alt}
        with mpl.rc_context(style), warnings.catch_warnings():
            # The browser has the glyphs that the fonts here lack.
            warnings.filterwarnings("ignore", "Glyph .* missing from font")
            self.draw_without_rendering()
            self.set_layout_engine("none")  # laying it out again would move it by a hair
            self.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        svg = buffer.getvalue()
        svg = svg[svg.index("<svg") :].replace(INK, "currentColor")
        svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
        svg = re.sub(r'<g id="[^"]*"', "<g", svg)  # the same in every figure
        label = html.escape(self.alt, quote=True)
        return svg.replace("<svg ", f'<svg class="figure" role="img" aria-label="{label}" ')


class Descent(Figure):
    """A figure with a path over its only axes, in their units: a script can draw it anew."""

    def __init__(self, path: tuple[Floats, Floats], alt: str) -> None:
        """Take the path as ``(x, y)``, shape (k,) each."""
        super().__init__(alt, height=4.6)
        self.path = path

    def _repr_html_(self) -> str:
        svg = super()._repr_html_()
        [axes] = self.axes
        (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
        width, height = 72 * self.get_size_inches()  # the SVG's unit is the point
        box = axes.get_position()  # in fractions of the figure, from its lower left corner
        overlay = (
            f'<svg class="path" x="{width * box.x0:g}" y="{height * (1 - box.y1):g}" '
            f'width="{width * box.width:g}" height="{height * box.height:g}" '
            f'viewBox="{left:g} {-top:g} {right - left:g} {top - bottom:g}" '
            f'preserveAspectRatio="none" fill="none" stroke="{BLUE}">'
        )
        # In SVG y grows downwards. A round cap makes a line of no length a dot.
        points = [f"{round(x, 4):g} {round(-y, 4):g}" for x, y in np.column_stack(self.path)]
        dots = [f"M{point}h0" for point in points]
        for stroke, d in [(1, f"M{'L'.join(points)}"), (4, "".join(dots)), (11, dots[-1])]:
            style = f"stroke-linecap: round; stroke-width: {stroke}"
            overlay += f'<path vector-effect="non-scaling-stroke" style="{style}" d="{d}"/>'
        end = svg.rindex("</svg>")
        return f"{svg[:end]}{overlay}</svg>{svg[end:]}"


@mpl.rc_context(STYLE)
def lines(
    curves: Curves,
    alt: str,
    *,
    xlabel: str,
    ylabel: str,
    xscale: str = "linear",
    yscale: str = "linear",
    dots: Curves | None = None,
) -> Figure:
    """Draw curves, and points beside them.

    Args:
        curves: from a curve's name to ``(x, y)``, shape (n,) each.
        alt: what the figure shows, in a sentence.
        xlabel: the name of the x axis.
        ylabel: the name of the y axis.
        xscale: ``"linear"`` or ``"log"``.
        yscale: ``"linear"`` or ``"log"``.
        dots: what is drawn as points, in the form of `curves`.
    """
    figure = Figure(alt)
    [axes] = figure.row_of_axes(1)
    for name, (x, y) in curves.items():
        axes.plot(x, y, label=name, linewidth=2)
    for name, (x, y) in (dots or {}).items():
        axes.plot(x, y, "o", label=name)
    axes.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale, yscale=yscale)
    axes.legend()
    return figure


@mpl.rc_context(STYLE)
def broadcast(left: Floats, right: Floats, alt: str) -> Figure:
    """Draw the sum of two arrays as grids of cells, the cells that broadcasting repeats faint.

    Args:
        left: at most two dimensions.
        right: at most two dimensions, of a shape that fits `left`.
        alt: what the figure shows, in a sentence.

    Raises:
        ValueError: an array has more dimensions, or the shapes do not fit.
    """
    left, right = np.atleast_2d(left), np.atleast_2d(right)
    if max(left.ndim, right.ndim) > 2:
        raise ValueError(
            f"the arrays have shapes {left.shape} and {right.shape}: give at most two dimensions"
        )
    total = left + right
    figure = Figure(alt, width=1.1 + 1.5 * total.shape[1], height=0.3 + 0.45 * total.shape[0])
    grids = zip(figure.row_of_axes(3), [left, right, total], ["", "+", "="], strict=True)
    for axes, grid, sign in grids:
        repeated = np.broadcast_to(grid, total.shape)
        for (row, column), value in np.ndenumerate(repeated):
            own = row < grid.shape[0] and column < grid.shape[1]
            line, alpha = ("-", 1.0) if own else (":", 0.55)
            axes.add_patch(
                Rectangle((column, row), 1, 1, fill=False, edgecolor=INK, linestyle=line)
            )
            centre = (column + 0.5, row + 0.5)
            axes.text(*centre, f"{value:g}", ha="center", va="center", color=INK, alpha=alpha)
        axes.text(-0.35, total.shape[0] / 2, sign, ha="center", va="center", fontsize=16)
        axes.set(xlim=(-0.7, total.shape[1] + 0.1), ylim=(total.shape[0] + 0.1, -0.1))
        axes.set_aspect("equal")
        axes.set_axis_off()
    return figure


@mpl.rc_context(STYLE)
def loss_surface(
    weights: Floats,
    biases: Floats,
    losses: Floats,
    path: tuple[Floats, Floats],
    optimum: tuple[float, float],
    alt: str,
) -> Figure:
    """Draw the contours of a loss over weight and bias, and the path of gradient descent on it.

    Args:
        weights: shape (n,).
        biases: shape (m,).
        losses: shape (m, n), positive.
        path: ``(weights, biases)`` after each update, shape (k,) each.
        optimum: ``(weight, bias)`` of the least loss.
        alt: what the figure shows, in a sentence.
    """
    figure = Descent(path, alt)
    [axes] = figure.row_of_axes(1)
    levels = np.geomspace(np.min(losses) * 3, np.max(losses), 6)
    contours = axes.contour(weights, biases, losses, levels=levels, colors=INK, alpha=0.45)
    axes.clabel(contours, fmt="%.3g")
    axes.plot([], [], "o-", color=BLUE, markersize=4, linewidth=1, label="경사 하강법")
    axes.plot(*optimum, "*", color=ORANGE, markersize=14, label="손실이 가장 작은 곳")
    axes.set(xlabel="W", ylabel="B", aspect="equal")  # so that descent crosses contours squarely
    figure.legend(loc="outside upper center", ncols=2)  # no contour crosses it there
    return figure


@mpl.rc_context(STYLE)
def fitted_line(
    inputs: Floats, outputs: Floats, fits: Mapping[str, tuple[float, float]], alt: str
) -> Figure:
    """Draw points and the lines fitted to them.

    Args:
        inputs: shape (n,).
        outputs: shape (n,).
        fits: from a name to ``(weight, bias)``.
        alt: what the figure shows, in a sentence.
    """
    figure = Figure(alt)
    [axes] = figure.row_of_axes(1)
    axes.plot(inputs, outputs, ".", color=INK, alpha=0.35, markersize=4)
    ends = np.array([np.min(inputs), np.max(inputs)])
    for (name, (weight, bias)), style in zip(fits.items(), itertools.cycle(["-", "--", ":"])):
        axes.plot(ends, weight * ends + bias, style, label=name, linewidth=2.5)
    axes.set(xlabel="x", ylabel="y")
    axes.legend()
    return figure


class Pictures:
    """Pictures of few pixels, at most five in a row, as inline SVG in the page's colour."""

    def __init__(self, images: npt.NDArray[np.floating], titles: Sequence[str], alt: str) -> None:
        """Take the images, shape (n, height, width), a title for each, and `alt` for them all."""
        self.images, self.titles, self.alt = images, titles, alt

    def _repr_html_(self) -> str:
        count, height, width = self.images.shape
        columns, side, pitch = min(count, 5), 90 * height / width, 90 * height / width + 34
        drawn = ""
        for i, (image, title) in enumerate(zip(self.images, self.titles, strict=True)):
            row, column = divmod(i, columns)
            drawn += (
                f'<g transform="translate({100 * column + 5} {pitch * row:g})">'
                f'<text x="45" y="18" text-anchor="middle">{html.escape(title)}</text>'
                f'<path d="M0 25h90v{side:g}h-90z" fill="none" stroke="currentColor" '
                f'stroke-opacity=".4"/><g transform="translate(0 25) scale({90 / width:g})">'
                f"{paint_pixels(image)}</g></g>"
            )
        label = html.escape(self.alt, quote=True)
        box = f"0 0 {100 * columns} {pitch * -(-count // columns):g}"
        return (
            f'<svg class="figure" role="img" aria-label="{label}" viewBox="{box}" '
            f'xmlns="http://www.w3.org/2000/svg" fill="currentColor" font-size="16" '
            f'style="max-width: {8 * columns}rem">{drawn}</svg>'
        )


def paint_pixels(image: npt.NDArray[np.floating]) -> str:
    """Write an image of values from -1 to 1: a path for all pixels of one of sixteen strengths."""
    levels = np.rint(16 * np.clip(image, -1, 1)).astype(int)
    paths = ""
    for level in np.unique(levels[levels != 0]):
        pixels = "".join(f"M{x} {y}h1v1h-1z" for y, x in np.argwhere(levels == level))
        colour = f' fill="{ORANGE}"' if level < 0 else ""
        paths += f'<path{colour} fill-opacity="{abs(level) / 16:g}" d="{pixels}"/>'
    return paths


def pictures(images: Floats, titles: Sequence[str], alt: str) -> Pictures:
    """Draw images of few pixels, the stronger the darker in the page's colour, below 0 in orange.

    Args:
        images: shape (n, height, width), from -1 to 1.
        titles: what stands above each image, n of them.
        alt: what the images show, in a sentence.

    Raises:
        ValueError: there is no image, not one title for each, or not three dimensions.
    """
    images = np.asarray(images, float)
    if images.ndim != 3 or not 0 < len(images) == len(titles):
        raise ValueError(
            f"the images have shape {images.shape}, with {len(titles)} titles: "
            "give images of shape (n, height, width) and n titles"
        )
    return Pictures(images, titles, alt)


class Steps:
    """Tables of which the page shows one at a time; without the page's style, all of them."""

    def __init__(self, steps: Sequence[tuple[str, str, str]], alt: str) -> None:
        """Take each step's name, what it does and its rows as HTML, and `alt`, naming the whole."""
        self.steps, self.alt = steps, alt

    def _repr_html_(self) -> str:
        buttons, tables = "", ""
        for i, (name, deed, rows) in enumerate(self.steps, 1):
            # The caption tells who only hears the button what pressing it has changed.
            buttons += (
                f'<input type="radio" name="step" id="step-{i}" '
                f'aria-describedby="step-{i}-caption"{" checked" if i == 1 else ""}>'
                f'<label for="step-{i}">{name}</label>'
            )
            tables += (
                f'<table><caption id="step-{i}-caption">{name}: {deed}</caption>{rows}</table>'
            )
        label = html.escape(self.alt, quote=True)
        return f'<div class="steps" role="group" aria-label="{label}">{buttons}{tables}</div>'


def tape_steps(
    operations: Sequence[str], values: Sequence[float], gradients: Sequence[float], alt: str
) -> Steps:
    """Show a tape being recorded and replayed: one value a step, then one gradient a step.

    Args:
        operations: the name of the input and of each result computed from the one before it.
        values: their values, one for each of `operations`.
        gradients: the gradients of the last result with respect to each of `operations`.
        alt: what the steps show, in a sentence.

    Raises:
        ValueError: there is not one value and one gradient for each of `operations`.
    """
    count = len(operations)
    if not count == len(values) == len(gradients):
        raise ValueError(
            f"there are {count} operations, {len(values)} values and {len(gradients)} gradients: "
            "give one value and one gradient for each operation"
        )
    names = [html.escape(name) for name in operations]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    number = [f"{value:g}".replace("-", "−") for value in values]
    slope = [f"{gradient:g}".replace("-", "−") for gradient in gradients]

    def row(name: str, numbers: Sequence[str], shown: range, new: int | None) -> str:
        cells = ["<td></td>"] * count
        for i in shown:
            mark = ' class="new"' if i == new else ""
            cells[i] = f"<td{mark}>{numbers[i]}</td>"
        return f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>'

    def rows(value_row: str, gradient_row: str) -> str:
        return f"<tr><td></td>{head}</tr>{value_row}{gradient_row}"

    nothing = row("그래디언트", slope, range(0), None)
    everything = row("값", number, range(count), None)
    forward = [
        (
            f"순방향 {i}",
            f"{names[i]} = {number[i]}",
            rows(row("값", number, range(i + 1), i), nothing),
        )
        for i in range(1, count)
    ]
    backward = [
        (
            f"역방향 {count - 1 - i}",
            f"{names[i]}의 그래디언트 {slope[i]}",
            rows(everything, row("그래디언트", slope, range(i, count), i)),
        )
        for i in reversed(range(count - 1))
    ]
    return Steps(forward + backward, alt)
