"""Sphinx configuration: ``sphinx-build -c . docs docs/_build/html``, which ``nox -s docs`` runs.

Which extension acts when:

1. configuration: `execution` chooses the kernel and the cache of outputs, `brython`, `laboratory`,
   `live`, `predict`, `search_ko`, `takeaway` and `terms` add their templates and files, `theme` its
   theme, and `brython` writes its interpreter, `laboratory` what that runs;
2. pages are to be read: `execution` executes the cells of several at once in its kernel;
3. reading a page: MyST-NB takes the outputs of its cells from the cache, `record` looks up
   ``{tf18}``, ``{pytorch}`` and ``{versions}``, `exercise` numbers exercises and gathers their
   solutions, `live` runs live cells as a reader's browser would, `predict` finds the answers to its
   questions in the outputs, `terms` notes what terms mean, `translation` compares the docstrings,
   which Sphinx has translated, with their Korean, and `source_links` links what they describe to
   its source;
4. all pages read: `record` counts what they run for ``{status}``;
5. a page's tree is ready: `terms` explains its links to the glossary, `predict` takes its hints
   out of the text, `takeaway` unfolds it for the book;
6. a page is written: `exercise`, `formulas`, `laboratory`, `live`, `predict`, `terms` and `theme`
   write their nodes, `metadata` describes the page, `laboratory`, `live`, `predict` and `terms` add
   their scripts, `takeaway` makes its notebook, and `theme` decides, after all others, what it
   loads;
7. the end: `metadata` writes the sitemap, `moved` the pages that lead from old addresses to new
   ones, `search_ko` reads all trees for its index, and last `theme` trims the styles.
"""

import datetime
import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT / "docs" / "_ext"))

from versions import find_version  # noqa: E402 - which stands there

project = "즉시 실행과 자동 미분"
author = "즉시 실행 기여자"
copyright = "즉시 실행 기여자. 글은 CC BY 4.0, 코드는 Apache License 2.0"  # noqa: A001
language = "ko"
version = importlib.metadata.version("eagerdemo")

extensions = [
    "execution",
    "exercise",
    "formulas",
    "laboratory",
    "live",
    "metadata",
    "moved",
    "myst_nb",
    "predict",
    "record",
    "search_ko",
    "source_links",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.napoleon",
    "takeaway",
    "terms",
    "theme",
    "translation",
]
exclude_patterns = ["_*"]

# The API reference shows signatures as they are written, and types where a reader looks for them.
autodoc_member_order = "bysource"
autodoc_mock_imports = ["tensorflow"]  # importing takes as long as reading all pages
autodoc_typehints = "none"
default_role = "code"
napoleon_custom_sections = ["Source"]
gettext_compact = False  # a catalogue a page, named after it

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath", "substitution"]
myst_heading_anchors = 0  # every heading has an ASCII label of its own instead


def digest_generator() -> str:
    """Digest what makes pages of the sources and is no source of a page itself."""
    files = [path for path in (ROOT / "docs" / "_ext").rglob("*.*") if path.suffix != ".pyc"]
    files.append(ROOT / "requirements" / "docs.txt")
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def source_date() -> str:
    """Return the day of the sources, the same for every build of them; none outside git."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return ""
    log = ["git", "-C", str(ROOT), "log", "-1", "--format=%cs"]
    # Git does not answer where the sources belong to another user.
    found = subprocess.run(log, capture_output=True, text=True, check=False)  # noqa: S603 - fixed
    return found.stdout.strip()


# Readers of a technical text read the code between the words too.
myst_words_per_minute = 60

execution_folder = "docs/_build/execution"
execution_inputs = ["src/**/*.py", "src/**/*.json", "docs/beyond/*.py", "requirements/docs.txt"]
execution_preloaded = ["eagerdemo.plots", "keras", "tensorflow"]
nb_execution_mode = "cache"
nb_execution_timeout = 300  # seconds a cell; the first imports TensorFlow
# With -W a failing cell fails the build all the same, and this way with its traceback.
nb_execution_show_tb = True
nb_output_stderr = "remove-warn"
nb_code_prompt_show = "코드 보기"
nb_code_prompt_hide = "코드 숨기기"
nb_merge_streams = True

html_math_renderer = "mathml"
html_theme = "light_book"
html_title = f"TensorFlow {project}"
html_static_path = ["docs/_static"]
html_css_files = ["chapter.css"]
templates_path = ["docs/_templates"]
html_additional_pages = {"404": "404.html"}
html_domain_indices = False
html_favicon = "docs/_static/favicon.svg"
# Where the site is published, which only those know who publish it.
SITE_URL = os.environ.get("SITE_URL", "")
html_baseurl = SITE_URL and SITE_URL.rstrip("/") + "/"
moved_pages: dict[str, str] = {}  # the old name of a page, such as beyond/digits, and the new one
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
html_theme_options = {
    "article_footer_items": "downloads.html",
    "search_bar_text": "검색",
    "use_download_button": False,
    "use_fullscreen_button": False,
}
# Where the sources are, which a build on GitHub knows: owner/name.
REPOSITORY = os.environ.get("GITHUB_REPOSITORY", "")
html_context = {
    "default_mode": "light",  # until the page's script has asked the system
    "repository": REPOSITORY,
    "source_date": source_date(),
    "tensorflow_version": find_version("TensorFlow"),
}
laboratory_page = "beyond/laboratory"
metadata_date = html_context["source_date"]
metadata_dependencies = f"TensorFlow {html_context['tensorflow_version']}"
metadata_license = "https://creativecommons.org/licenses/by/4.0/"
metadata_picture = "_static/card.png"
live_key = "eagerdemo-live"
predict_key = "eagerdemo-predictions"
# The day of the last weekly run that passed, and under it, a line each, the versions it ran on.
record_passed = os.environ.get("PASSED", "")
tf18_record = str(ROOT / "tests" / "original" / "record.json")
pytorch_record = str(ROOT / "tests" / "peers" / "record.json")

# The first page points to the others, and in the reference things are looked up. Readers look for
# no part that every page has, nor for a table that leads to the sections below it.
search_ko_variants = "docs/_ext/search_ko/variants.toml"
search_ko_page_weights = {"index|reference/.*": 0.5}
search_ko_section_weights = {".*-(original|check|exercises|next)|none-table": 0.7}

# `nox -s links` follows the links to other sites.
linkcheck_retries = 3
linkcheck_timeout = 30  # seconds
linkcheck_anchors_ignore_for_url = [r"https://github\.com/.*"]  # which only its scripts write

# The whole chapter as a book, which `nox -s docs` puts beside the pages.
epub_basename = "eager-execution"
epub_title = html_title
epub_contributor = author
epub_description = "2018년의 TensorFlow 즉시 실행을 지금의 TensorFlow로 되살린 글"
epub_identifier = epub_uid = "eagerdemo.eager-execution"
epub_date = source_date() or "1980-01-01"
epub_css_files = ["ebook.css"]
epub_show_urls = "no"
epub_tocdepth = 2
epub_tocdup = False
epub_tocscope = "includehidden"
epub_use_index = False

notebooks_package = "."
notebooks_published = ""  # the version of eagerdemo that PyPI has
notebooks_repository = REPOSITORY
source_links_repository = REPOSITORY
source_links_commit = os.environ.get("GITHUB_SHA", "main")
sources = f"https://github.com/{REPOSITORY}"
myst_substitutions = {"repository": f"[저장소]({sources})" if REPOSITORY else "저장소"}


def setup(app: Sphinx) -> None:
    """Read all pages anew when what makes pages of them has changed."""
    app.add_config_value("generator", digest_generator(), "env")
