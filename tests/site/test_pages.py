"""Every page, opened once with scripts and once without, passes the checks that only read it.

Each check stands in the file of its subject, which plants faults for it.
"""

from tests.site.accessibility import problems_in_both_themes
from tests.site.browsing import ask
from tests.site.built import MADE_UP
from tests.site.test_furniture import LISTS, language_problems, names_of_the_site
from tests.site.test_keyboard import missing_parts, walk_problems
from tests.site.test_predict import answer_problems, question_problems
from tests.site.test_readers import (
    icon_problems,
    motion_problems,
    paper_problems,
    script_problems,
    solution_problems,
)


def test_page_has_no_fault(visit, site, page_path):
    tab, plain = visit(site + page_path), visit(site + page_path, java_script_enabled=False)
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
    assert paper_problems(tab) == []
    assert question_problems(tab) == []
