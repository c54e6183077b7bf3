"""What several subjects of the tests build."""

import pytest
from sphinx.application import Sphinx

from tests.examples import DOCS, ROOT


@pytest.fixture(scope="session")
def unexecuted(tmp_path_factory):
    """The project's site as it is written to HTML, its cells not executed; `trees` are its pages.

    Only a kernel tells the language of cells, so that those not executed have no lexer; `app` warns
    of what an earlier test registered.
    """
    out = tmp_path_factory.mktemp("unexecuted")
    settings = {"nb_execution_mode": "off", "suppress_warnings": ["myst-nb.lexer", "app"]}
    app = Sphinx(DOCS, ROOT, out, out / ".doctrees", "html", settings, None, warningiserror=True)
    app.trees = {}  # of the pages, as they are written

    def keep(app, pagename, templatename, context, doctree):
        if doctree:
            app.trees[pagename] = doctree.deepcopy()

    app.connect("html-page-context", keep)
    app.build()
    return app
