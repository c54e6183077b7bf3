"""Figures are accessible, the same at every drawing, and show the numbers they are given."""

import re
import warnings
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest

from eagerdemo import plots

SVG = "{http://www.w3.org/2000/svg}"
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
    "pictures": lambda alt: plots.pictures([[[0.0, 0.5], [-1.0, 1.0]]] * 6, ["셋"] * 6, alt),
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
    return [node.text for node in svg.iter(f"{SVG}text")]


def test_broadcast_shows_both_grids_repeated_and_their_sum():
    figure = plots.broadcast([[1], [2]], [10, 20], "합")
    shown = [int(text) for text in texts(figure) if text.isdigit()]
    assert shown == [1, 1, 2, 2, 10, 20, 10, 20, 11, 21, 12, 22]


def path_of(figure):
    """The path that lies over a figure, and the function that places a point in the figure."""
    [overlay] = ElementTree.fromstring(figure._repr_html_()).findall(f"{SVG}svg")
    left, top, width, height = map(float, overlay.get("viewBox").split())
    box = {name: float(overlay.get(name)) for name in ["x", "y", "width", "height"]}

    def place(x, y):
        across, down = (x - left) / width, (-y - top) / height
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    return [path.get("d") for path in overlay], place


def test_path_over_the_loss_surface_has_its_points_a_dot_each_and_a_larger_last():
    path = ([5.0, 4.96, 3.03512], [10.0, -9.84, 2.15786])
    figure = plots.loss_surface(X, X, 1 + X[:, None] ** 2 + X**2, path, (0.0, 0.0), "경로")
    drawn, _ = path_of(figure)
    assert drawn == [
        "M5 -10L4.96 9.84L3.0351 -2.1579",
        "M5 -10h0M4.96 9.84h0M3.0351 -2.1579h0",
        "M3.0351 -2.1579h0",
    ]


def test_path_lies_where_matplotlib_draws_the_same_point():
    x, y = np.linspace(-1.0, 3.0, 9), np.linspace(-7.0, 2.0, 9)
    losses, optimum = 1 + x**2 + y[:, None] ** 2, (2.5, -3.0)
    figure = plots.loss_surface(x, y, losses, ([0.0], [0.0]), optimum, "경로")
    stars = [
        (float(use.get("x")), float(use.get("y")))
        for use in ElementTree.fromstring(figure._repr_html_()).iter(f"{SVG}use")
        if plots.ORANGE in use.get("style")
    ]
    _, place = path_of(figure)
    assert place(*optimum) == pytest.approx(stars[0], abs=0.01)


def test_loss_surface_has_one_scale_for_both_axes():
    x, y = np.linspace(-1.0, 3.0, 9), np.linspace(-7.0, 2.0, 9)
    losses = 1 + x**2 + y[:, None] ** 2
    _, place = path_of(plots.loss_surface(x, y, losses, ([0.0], [0.0]), (2.5, -3.0), "경로"))
    across, down = np.subtract(place(1.0, -1.0), place(0.0, 0.0))
    assert across == pytest.approx(down, rel=1e-3)


def test_pictures_have_a_path_for_the_pixels_of_each_strength_and_none_for_zeros():
    figure = plots.pictures([[[0.0, 0.5, 0.5], [-2.0, -0.01, 1.0]]], ["x < 3"], "그림")
    svg = ElementTree.fromstring(figure._repr_html_())
    frame, *paths = svg.iter(f"{SVG}path")
    assert frame.get("d") == "M0 25h90v60h-90z"
    assert [(path.get("fill"), path.get("fill-opacity"), path.get("d")) for path in paths] == [
        (plots.ORANGE, "1", "M0 1h1v1h-1z"),
        (None, "0.5", "M1 0h1v1h-1zM2 0h1v1h-1z"),
        (None, "1", "M2 1h1v1h-1z"),
    ]
    assert texts(figure) == ["x < 3"]


def test_pictures_stand_five_in_a_row():
    figure = plots.pictures(np.zeros([7, 8, 8]), list("0123456"), "그림")
    svg = ElementTree.fromstring(figure._repr_html_())
    assert svg.get("viewBox") == "0 0 500 248"
    places = [group.get("transform") for group in svg.findall(f"{SVG}g")]
    assert places[:2] == ["translate(5 0)", "translate(105 0)"]
    assert places[4:] == ["translate(405 0)", "translate(5 124)", "translate(105 124)"]


@pytest.mark.parametrize(("shape", "count"), [((2, 8, 8), 1), ((8, 8), 8), ((0, 8, 8), 0)])
def test_pictures_are_one_at_least_in_three_dimensions_with_a_title_each(shape, count):
    with pytest.raises(ValueError, match=rf"shape \({shape[0]}, 8.*\), with {count} titles: give"):
        plots.pictures(np.zeros(shape), ["제목"] * count, "그림")


def test_tape_steps_show_one_number_more_at_each_step():
    steps = plots.tape_steps(["x", "y", "z"], [2.0, 4.0, 9.0], [-24.0, 6.0, 1.0], "테이프").steps
    assert [(name, deed) for name, deed, _ in steps] == [
        ("순방향 1", "y = 4"),
        ("순방향 2", "z = 9"),
        ("역방향 1", "y의 그래디언트 6"),
        ("역방향 2", "x의 그래디언트 −24"),
    ]
    tables = [ElementTree.fromstring(f"<table>{rows}</table>") for _, _, rows in steps]
    new = [[cell.text for cell in table.iter("td") if cell.get("class")] for table in tables]
    assert new == [["4"], ["9"], ["6"], ["−24"]]
    rows = [
        [[cell.text for cell in row.findall("td")] for row in table.findall("tr")[1:]]
        for table in tables
    ]
    assert rows == [
        [["2", "4", None], [None, None, None]],
        [["2", "4", "9"], [None, None, None]],
        [["2", "4", "9"], [None, "6", "1"]],
        [["2", "4", "9"], ["−24", "6", "1"]],
    ]


def test_tape_steps_escape_the_names_of_operations():
    steps = plots.tape_steps(["x", "x<3"], [2.0, 1.0], [0.0, 1.0], "테이프")
    assert steps._repr_html_().count("x&lt;3") == 3  # a caption, and the head of either table
    assert "x<3" not in steps._repr_html_()


def test_steps_are_radio_buttons_described_by_the_captions_of_their_tables():
    steps = [("하나", "기록", "<tr/>"), ("둘", "되짚기", "<tr/>")]
    root = ElementTree.fromstring(
        re.sub(
            r"(<input [^>]*?)( checked)?>",
            lambda tag: tag[1] + (' checked="checked"/>' if tag[2] else "/>"),
            plots.Steps(steps, '단계 < "3"')._repr_html_(),
        )
    )
    assert (root.get("role"), root.get("aria-label")) == ("group", '단계 < "3"')
    tags = ["input", "label", "input", "label", "table", "table"]
    assert [node.tag for node in root] == tags
    buttons, labels = root.findall("input"), root.findall("label")
    assert [(b.get("name"), b.get("id"), b.get("checked")) for b in buttons] == [
        ("step", "step-1", "checked"),
        ("step", "step-2", None),
    ]
    assert [(label.get("for"), label.text) for label in labels] == [
        ("step-1", "하나"),
        ("step-2", "둘"),
    ]
    captions = [table.find("caption") for table in root.findall("table")]
    assert [caption.text for caption in captions] == ["하나: 기록", "둘: 되짚기"]
    described = [button.get("aria-describedby") for button in buttons]
    assert described == [caption.get("id") for caption in captions]
    assert len(set(described)) == 2


def test_lines_take_the_names_of_the_axes_by_name():
    with pytest.raises(TypeError, match="positional argument"):
        plots.lines({"곡선": (X, X)}, "그림", "x", "y")


def test_broadcast_refuses_what_it_cannot_draw():
    with pytest.raises(ValueError, match=r"shapes \(1, 1, 2\) and \(1, 2\): give at most two dim"):
        plots.broadcast([[[1, 2]]], [1, 2], "합")
    with pytest.raises(ValueError, match=r"\(1,2\) \(1,3\)"):
        plots.broadcast([1, 2], [1, 2, 3], "합")


@pytest.mark.parametrize(("values", "gradients"), [(1, 2), (1, 1), (2, 1), (3, 3), (2, 3)])
def test_tape_steps_need_a_value_and_a_gradient_for_each_operation(values, gradients):
    counts = f"2 operations, {values} values and {gradients} gradients: give one value"
    with pytest.raises(ValueError, match=counts):
        plots.tape_steps(["x", "y"], [1.0] * values, [1.0] * gradients, "테이프")
