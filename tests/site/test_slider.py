"""The sliders of the regression page show what `eagerdemo.regression` computes, to every reader."""

import re

import numpy as np
import pytest

PAGE = "chapter/linear-regression.html"


@pytest.fixture(scope="module")
def regression():
    """What the cells compute with, imported where it is asked: TensorFlow takes some seconds."""
    from eagerdemo import regression

    return regression


@pytest.fixture
def page(opened):
    """The page with the sliders where they are at first."""
    opened.locator(".sliders").evaluate(
        "form => { form.reset(); form.dispatchEvent(new Event('input')); }"
    )
    return opened


def move(page, rate, steps):
    """Move both sliders."""
    page.get_by_role("slider", name="학습률").fill(str(rate))
    page.get_by_role("slider", name="갱신 횟수").fill(str(steps))


def drawn(page):
    """Return what the figure shows: the points of the line, of its dots, and the last point."""
    return [
        [
            (float(x), -float(y))
            for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get_attribute("d"))
        ]
        for path in page.locator(".path path").all()
    ]


def told(page):
    """Return the rate, the updates, weight, bias and loss that the text tells."""
    text = page.locator(".sliders output").inner_text().replace("−", "-")
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?", text)[:5]]


def test_closed_form_is_that_of_the_cells(page, regression):
    rates = [round(0.01 * i, 2) for i in range(1, 106)]
    steps = [0, 1, 2, 3, 10, 57, 200]
    asked = [(rate, k) for rate in rates for k in steps]
    answers = page.evaluate(
        """asked => asked.map(([rate, steps]) => {
            const at = descent(rate, steps);
            return [at.weight, at.bias, at.loss];
        })""",
        asked,
    )
    expected = [
        (*regression.expected_parameters(k, rate), regression.expected_loss(k, rate))
        for rate, k in asked
    ]
    np.testing.assert_allclose(answers, expected, rtol=1e-12)


@pytest.mark.parametrize("rate", [0.01, 0.25, 0.5, 0.93, 1, 1.01, 1.05])
@pytest.mark.parametrize("steps", [0, 1, 2, 30, 200])
def test_figure_and_text_show_what_the_cells_compute(rate, steps, page, regression):
    move(page, rate, steps)
    path = np.transpose(regression.expected_parameters(np.arange(steps + 1), rate))
    line, dots, last = drawn(page)
    np.testing.assert_allclose(line, path, rtol=1e-9, atol=0.51e-4)
    assert dots == line
    assert last == line[-1:]

    numbers = [*path[-1], regression.expected_loss(steps, rate)]
    assert told(page) == pytest.approx([rate, steps, *numbers], rel=0.51e-3, abs=0.51e-3)


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [
        (0.01, "0.98배가 되어 곧게 내려가며 수렴합니다."),
        (0.5, "0.00배가 되어 한 번에 가장 낮은 곳에 닿습니다."),
        (0.9, "−0.80배가 되어 건너편을 오가며 수렴합니다."),
        (1, "−1.00배가 되어 두 점 사이를 끝없이 오갑니다."),
        (1.01, "−1.02배가 되어 건너편을 오가며 발산합니다."),
    ],
)
def test_text_says_what_becomes_of_the_distance(rate, verdict, page):
    move(page, rate, 3)
    assert page.locator(".sliders output").inner_text().endswith(verdict)


def test_figure_is_the_same_without_a_script(browser, site, page):
    without = browser.new_context(java_script_enabled=False).new_page()
    without.goto(site + PAGE)
    assert without.locator("svg.figure:has(.path)").is_visible()
    assert without.locator("input[type=range]").count() == 0
    assert [len(points) for points in drawn(without)] == [201, 201, 1]
    assert drawn(without) == drawn(page)
    without.context.close()


def test_sliders_work_by_keyboard(page):
    for name, start, key, then in [
        ("학습률", "0.01", "ArrowRight", "0.02"),
        ("학습률", "0.02", "End", "1.05"),
        ("갱신 횟수", "200", "ArrowLeft", "199"),
        ("갱신 횟수", "199", "Home", "0"),
    ]:
        slider = page.get_by_role("slider", name=name)
        assert slider.input_value() == start
        slider.press(key)
        assert slider.input_value() == then
    assert told(page) == [1.05, 0, 5, 10, 69]


def test_screen_reader_hears_the_state(page):
    move(page, 1, 1)
    state = "학습률 1, 갱신 1번: W = 1.000, B = −6.000, 손실 = 69.000"
    assert page.locator("output[name=state]").inner_text().startswith(state)
    figure = page.get_by_role("img", name=re.compile(f"경로. {state}$"))
    assert figure.count() == 1


def test_sliders_fit_a_small_phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    move(page, 1.05, 200)  # the longest text
    for part in page.locator(".sliders input, .sliders output, svg.figure").all():
        box = part.bounding_box()
        assert 0 <= box["x"] < box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_script_is_loaded_on_its_page_alone(browser, site, page):
    loaded = "document.querySelectorAll('script[src*=\"descent.js\"]').length"
    assert page.evaluate(loaded) == 1
    other = browser.new_page()
    other.goto(site + "chapter/gradients.html")
    assert other.evaluate(loaded) == 0
    other.close()
