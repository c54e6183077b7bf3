"""Every page, opened once, passes the checks that read it as any reader finds it.

Each check stands in the file of its subject, which plants faults for it.
"""

from tests.site.browsing import ask
from tests.site.built import MADE_UP
from tests.site.test_furniture import LISTS, language_problems, names_of_the_site
from tests.site.test_readers import icon_problems, motion_problems, paper_problems


def test_page_has_no_fault(visit, site, page_path):
    tab = visit(site + page_path)
    prose = LISTS if page_path in MADE_UP else "article"
    assert language_problems(tab, names_of_the_site(), prose) == []
    assert ask(tab, "sources()") == []
    assert icon_problems(tab) == []
    assert motion_problems(tab) == []
    assert paper_problems(tab) == []
