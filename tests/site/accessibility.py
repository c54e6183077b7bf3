"""Asks axe, the common accessibility checker, about a page."""

import re

from axe_playwright_python.sync_playwright import Axe

from tests.site.browsing import ask

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def accessibility_problems(tab):
    """Tell which rules a page breaks, with its solutions open, and where first."""
    tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    ask(tab, "leave_one_token_of_a_kind()")
    found = Axe().run(tab, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    return [
        f"{rule['id']} ({len(rule['nodes'])} times): {rule['nodes'][0]['html'][:160]}"
        for rule in found["violations"]
    ]


def contrast(one, other):
    """Compare the luminances of two colours that a browser has computed, as WCAG defines it."""
    light, dark = sorted(map(luminance, [one, other]), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    values = [int(value) / 255 for value in re.fullmatch(r"rgb\((.*)\)", colour)[1].split(",")]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return sum(share * value for share, value in zip([0.2126, 0.7152, 0.0722], linear))
