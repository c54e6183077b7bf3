"""Figures are accessible, the same at every drawing, and show the numbers they are given."""

import re
import warnings
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest

from eagerdemo import plots

X = np.linspace(-2.0, 2.0, 5)
FIGURES = {
    "lines": lambda alt: plots.lines(
        {"곡선": (X, X**2)}, alt, xlabel="x", ylabel="값", dots={"점": (X, X)}
    ),
    "broadcast": lambda alt: plots.broadcast([[1], [2], [3]], [10, 20, 30, 40], alt),
    "loss_surface": lambda alt: plots.loss_surface(
        X, X, 1 + X[:, None] ** 2 + X**2, (X, X), (0.0, 0.0), alt
    ),
    "fitted_line": lambda alt: plots.fitted_line(X, X, {"직선": (2.0, 0.5)}, alt),
}


@pytest.fixture(params=FIGURES)
def draw(request):
    """A figure's function of its alternative text."""
    return FIGURES[request.param]


# With other releases of Matplotlib the same figure is other SVG. `pytest --force-regen` redraws.
DRAWN_WITH = "3.11"


def same_drawing(obtained, expected):
    """Demand the same elements and texts; numbers may be off by what processors differ in."""
    sides = [
        re.sub(r"\b[mp][0-9a-f]{10}\b", "id", path.read_text()) for path in (obtained, expected)
    ]
    number = r"-?\d+\.?\d*"
    assert re.split(number, sides[0]) == re.split(number, sides[1])
    drawn, wanted = ([float(n) for n in re.findall(number, side)] for side in sides)
    assert drawn == pytest.approx(wanted, abs=0.05)


@pytest.mark.skipif(
    not matplotlib.__version__.startswith(DRAWN_WITH),
    reason=f"the figures to compare with were drawn with Matplotlib {DRAWN_WITH}",
)
def test_figure_is_drawn_as_it_was(draw, file_regression):
    svg = draw("그림")._repr_html_()
    file_regression.check(svg, extension=".svg", check_fn=same_drawing, encoding="utf-8")


def test_figure_states_its_alternative_text(draw):
    svg = ElementTree.fromstring(draw('손실 < 1 & "끝"')._repr_html_())
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == '손실 < 1 & "끝"'


def test_figure_is_the_same_at_every_drawing(draw):
    figure = draw("그림")
    assert figure._repr_html_() == figure._repr_html_() == draw("그림")._repr_html_()


def test_two_figures_on_a_page_share_no_id(draw):
    ids = [
        {node.get("id") for node in ElementTree.fromstring(draw(alt)._repr_html_()).iter()} - {None}
        for alt in ["하나", "둘"]
    ]
    assert not ids[0] & ids[1]


def test_figure_takes_the_colour_of_the_page_and_has_no_background(draw):
    svg = draw("그림")._repr_html_()
    assert "currentColor" in svg
    assert not {"#ffffff", "white", "#000000", plots.INK} & set(svg.replace(";", " ").split())


def test_hangul_is_text_and_needs_no_font(draw):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg = draw("그림")._repr_html_()
    assert "<text" in svg
    assert 'id="DejaVu' not in svg


def texts(figure):
    svg = ElementTree.fromstring(figure._repr_html_())
    return [node.text for node in svg.iter("{http://www.w3.org/2000/svg}text")]


def test_broadcast_shows_both_grids_repeated_and_their_sum():
    figure = plots.broadcast([[1], [2]], [10, 20], "합")
    shown = [int(text) for text in texts(figure) if text.isdigit()]
    assert shown == [1, 1, 2, 2, 10, 20, 10, 20, 11, 21, 12, 22]


def test_tape_steps_show_one_number_more_at_each_step():
    steps = plots.tape_steps(["x", "y", "z"], [2.0, 4.0, 9.0], [-24.0, 6.0, 1.0], "테이프")
    root = ElementTree.fromstring(f"<div>{''.join(steps.tables)}</div>")
    assert [table.findtext("caption") for table in root] == [
        *("순방향 1", "순방향 2"),
        *("역방향 1", "역방향 2"),
    ]
    new = [[cell.text for cell in table.iter("td") if cell.get("class")] for table in root]
    assert new == [["4"], ["9"], ["6"], ["−24"]]
    rows = [
        [[cell.text for cell in row.findall("td")] for row in table.findall("tr")[1:]]
        for table in root
    ]
    assert rows == [
        [["2", "4", None], [None, None, None]],
        [["2", "4", "9"], [None, None, None]],
        [["2", "4", "9"], [None, "6", "1"]],
        [["2", "4", "9"], ["−24", "6", "1"]],
    ]


def test_steps_are_radio_buttons_of_which_the_first_is_checked():
    root = ElementTree.fromstring(
        plots.Steps(["<table/>", "<table/>"], '단계 < "3"')
        ._repr_html_()
        .replace(" checked>", ' checked="checked"/>')
        .replace('step-2">', 'step-2"/>', 1)
    )
    assert (root.get("role"), root.get("aria-label")) == ("group", '단계 < "3"')
    assert [node.tag for node in root] == ["input", "label", "input", "label", "table", "table"]
    buttons, labels = root.findall("input"), root.findall("label")
    assert [(b.get("name"), b.get("id"), b.get("checked")) for b in buttons] == [
        ("step", "step-1", "checked"),
        ("step", "step-2", None),
    ]
    assert [(label.get("for"), label.text) for label in labels] == [
        ("step-1", "1"),
        ("step-2", "2"),
    ]


def test_lines_take_the_names_of_the_axes_by_name():
    with pytest.raises(TypeError, match="positional argument"):
        plots.lines({"곡선": (X, X)}, "그림", "x", "y")


def test_broadcast_refuses_what_it_cannot_draw():
    with pytest.raises(ValueError, match=r"shapes \(1, 1, 2\) and \(1, 2\): give at most two dim"):
        plots.broadcast([[[1, 2]]], [1, 2], "합")
    with pytest.raises(ValueError, match=r"\(1,2\) \(1,3\)"):
        plots.broadcast([1, 2], [1, 2, 3], "합")


def test_tape_steps_need_a_value_and_a_gradient_for_each_operation():
    with pytest.raises(ValueError, match="2 operations, 1 values and 2 gradients: give one value"):
        plots.tape_steps(["x", "y"], [1.0], [1.0, 1.0], "테이프")
    with pytest.raises(ValueError, match="2 operations, 1 values and 1 gradients: give one value"):
        plots.tape_steps(["x", "y"], [1.0], [1.0], "테이프")
    with pytest.raises(ValueError, match="2 operations, 2 values and 1 gradients: give one value"):
        plots.tape_steps(["x", "y"], [1.0, 1.0], [1.0], "테이프")
