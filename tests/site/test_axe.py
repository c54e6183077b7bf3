"""axe, the common accessibility checker, finds nothing on any page, whatever the theme."""

import pytest

from tests.site.accessibility import accessibility_problems


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit, site, page_path, scheme):
    tab = visit(site + page_path, color_scheme=scheme, reduced_motion="reduce")
    assert tab.evaluate("document.documentElement.dataset.theme") == scheme
    assert accessibility_problems(tab) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ('<p style="color: #ccc; background: #fff">흐리다</p>', "color-contrast"),
        ('<img src="data:," loading="lazy">', "image-alt"),
        (
            "<pre><span>가</span> <span>나</span> <span style='color: #ccc'>흐림</span></pre>",
            "color-contrast",
        ),
        ("<details><summary>풀이</summary><button></button></details>", "button-name"),
    ],
)
def test_planted_fault_is_found(visit, plant, fault, rule):
    assert accessibility_problems(visit(plant())) == []
    found = accessibility_problems(visit(plant(fault)))
    assert [problem.split()[0] for problem in found] == [rule]
