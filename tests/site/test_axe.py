"""axe, the common accessibility checker, finds what is planted; `test_pages` asks all pages."""

import pytest

from tests.site.accessibility import accessibility_problems, problems_in_both_themes


def test_fault_of_the_dark_theme_is_found(visit, site):
    tab = visit(site)
    pale = "article p { color: #666 }"
    tab.add_style_tag(content=f"@media (prefers-color-scheme: dark) {{ {pale} }}")
    assert accessibility_problems(tab) == []
    assert problems_in_both_themes(tab)[0].startswith("color-contrast")


def test_sound_page_has_no_fault(visit, plant):
    assert accessibility_problems(visit(plant())) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ('<p style="color: #ccc; background: #fff">흐리다</p>', "color-contrast"),
        ('<img src="data:," loading="lazy">', "image-alt"),
        (
            "<pre><span>가</span> <span>나</span> <span style='color: #ccc'>흐림</span></pre>",
            "color-contrast",
        ),
        ("<p>글입니다</p><p style='background: #555'>글입니다</p>", "color-contrast"),
        ("<b style='color: #888'>글</b><b style='color: #888'>글입니다</b>", "color-contrast"),
        ("<p>글입니다</p><p style='opacity: 0.4'>글입니다</p>", "color-contrast"),
        ("<p>글입니다</p><p style='font-weight: 700; color: #888'>글입니다</p>", "color-contrast"),
        ("<details><summary>풀이</summary><button></button></details>", "button-name"),
    ],
)
def test_planted_fault_is_found(visit, plant, fault, rule):
    found = accessibility_problems(visit(plant(fault)))
    assert [problem.split()[0] for problem in found] == [rule]
