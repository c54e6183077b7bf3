"""Every page passes the checks that only read it: with scripts, without, from a disk on a phone.

Each check stands in the file of its subject, which plants faults for it.
"""

from tests.site.accessibility import problems_in_both_themes
from tests.site.browsing import ask
from tests.site.built import MADE_UP
from tests.site.network import view
from tests.site.test_furniture import LISTS, language_problems, names_of_the_site
from tests.site.test_keyboard import missing_parts, walk_problems
from tests.site.test_predict import answer_problems, question_problems
from tests.site.test_readers import (
    PHONE,
    icon_problems,
    motion_problems,
    paper_problems,
    script_problems,
    solution_problems,
    width_problems,
)
from tests.site.test_terms import pointer_problems, terms


def test_page_has_no_fault(visit, site, page_path):
    tab, plain = visit("about:blank"), visit(site + page_path, java_script_enabled=False)
    assert view(tab, site + page_path, site) == []
    assert script_problems(tab, plain) == []
    assert solution_problems(plain) == []
    assert answer_problems(plain) == []
    prose = LISTS if page_path in MADE_UP else "article"
    assert language_problems(tab, names_of_the_site(), prose) == []
    assert ask(tab, "sources()") == []
    assert icon_problems(tab) == []
    assert motion_problems(tab) == []
    assert missing_parts(tab) == []
    assert walk_problems(tab) == []
    assert problems_in_both_themes(tab) == []
    for width in [360, 1280]:
        tab.set_viewport_size({"width": width, "height": 740})
        assert [problem for link in terms(tab) for problem in pointer_problems(tab, link)] == []
    assert paper_problems(tab) == []
    assert question_problems(tab) == []


def test_page_opens_from_the_file_system_and_fits_a_phone(visit, html, page_path):
    tab, inside = visit("about:blank", **PHONE), html.as_uri() + "/"
    assert view(tab, inside + page_path, inside) == []
    assert width_problems(tab) == []
