"""The frame around the text is Korean, to the titles that only a screen reader reads."""

import functools
import re

import pytest

from tests.site.browsing import ask
from tests.site.built import HTML, MADE_UP, pages_of, read

# Names of things, and of keys.
NAMES = {"Apache", "BY", "CC", "Colab", "Ctrl", "EPUB", "GitHub", "Jupyter", "License"}
NAMES |= {"PEP", "TensorFlow", "ipynb", "py"}
WORD = re.compile(r"[A-Za-z][A-Za-z_]+")


# On pages that nobody wrote the article belongs to the frame, but for these.
LISTS = "#search-results li, .genindex-jumpbox, .indextable, .modindex-jumpbox"


@functools.cache
def names_of_the_site():
    """The English words in the pages' headings and in the names of the API: menus have them too."""
    found = set(NAMES)
    for page in set(pages_of(HTML)) - MADE_UP:
        article = read(HTML / page).article
        for name in article.select("h1, h2, h3, h4, .sig-prename, .sig-name"):
            found |= set(WORD.findall(name.get_text()))
    return found


def language_problems(tab, names, prose="article"):
    """Tell which words of the frame around the prose, and of titles and labels, are English."""
    found = [
        (element, text, [word for word in WORD.findall(text) if word not in names])
        for element, text in ask(tab, f"furniture({prose!r})")
    ]
    return [f"{' '.join(words)} in {element}: {text}" for element, text, words in found if words]


def test_search_answers_in_korean(visit, site):
    tab = visit(site + "search.html?q=텐서")
    tab.locator("#search-results li a").first.wait_for()
    assert language_problems(tab, names_of_the_site(), LISTS) == []


def test_prose_and_names_may_be_english(visit, plant):
    sound = plant("<p>The text says TensorFlow.</p>", furniture="<p>TensorFlow로</p>")
    assert language_problems(visit(sound), NAMES) == []


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ({"furniture": "<p>Next</p>"}, "Next in <p> Next: Next"),
        ({"furniture": "<noscript><p>Turn</p></noscript>"}, "Turn in noscript: Turn"),
        ({"article": '<p title="Copy">글</p>'}, 'Copy in <p title="Copy"> 글: Copy'),
        ({"article": '<p aria-label="Copy">글</p>'}, 'Copy in <p aria-label="Copy"> 글: Copy'),
    ],
)
def test_planted_english_is_found(visit, plant, fault, problem):
    assert language_problems(visit(plant(**fault)), NAMES) == [problem]
