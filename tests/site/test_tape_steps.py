"""The steps of the tape work by keyboard, speak to a screen reader and need no script."""

import pytest

NAMES = ["순방향 1", "순방향 2", "순방향 3", "역방향 1", "역방향 2", "역방향 3"]
NEW = ["4", "3", "9", "6", "−6", "−24"]


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request, browser, site):
    """The page of the tape."""
    context = browser.new_context(java_script_enabled=request.param)
    page = context.new_page()
    page.goto(site + "chapter/gradients.html")
    yield page
    context.close()


def shown(page):
    """Return the new number of each table that is shown."""
    new = page.locator(".steps td.new")
    return [cell.inner_text() for cell in new.all() if cell.is_visible()]


def test_arrow_keys_walk_through_the_steps(page):
    page.get_by_role("radio", name=NAMES[0]).focus()
    walked = [shown(page)]
    for _ in NAMES[1:]:
        page.keyboard.press("ArrowRight")
        walked.append(shown(page))
    assert walked == [[number] for number in NEW]


def test_tab_reaches_the_steps_and_the_focus_is_seen(page):
    page.get_by_role("radio", name=NAMES[0]).focus()
    page.keyboard.press("ArrowRight")
    label = page.locator(".steps label", has_text=NAMES[1])
    assert label.evaluate("label => getComputedStyle(label).outlineStyle") == "solid"


def test_a_click_shows_its_step(page):
    for name, number in zip(reversed(NAMES), reversed(NEW), strict=True):
        page.locator(".steps label", has_text=name).click()
        assert shown(page) == [number]


def test_each_button_is_described_by_what_its_step_does(page):
    described = [
        page.locator(f"#{button.get_attribute('aria-describedby')}").text_content()
        for button in page.locator(".steps input").all()
    ]
    assert described == [
        "순방향 1: x² = 4",
        "순방향 2: 7 − x² = 3",
        "순방향 3: (7 − x²)² = 9",
        "역방향 1: 7 − x²의 그래디언트 6",
        "역방향 2: x²의 그래디언트 −6",
        "역방향 3: x의 그래디언트 −24",
    ]


def test_print_shows_all_steps(page):
    page.emulate_media(media="print")
    assert shown(page) == NEW


def test_steps_fit_a_small_phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    box = page.locator(".steps").bounding_box()
    for part in page.locator(".steps > label, .steps > table").all():
        if part.is_visible():
            right = part.bounding_box()["x"] + part.bounding_box()["width"]
            assert right <= box["x"] + box["width"] <= 360
