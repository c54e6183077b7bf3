"""Asks axe, the common accessibility checker, about a page."""

import re

from axe_playwright_python.sync_playwright import Axe

from tests.site.browsing import ask

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
OF_COLOURS = ["color-contrast", "link-in-text-block"]


def accessibility_problems(tab):
    """Tell which rules a page breaks, with its solutions open, and where first."""
    tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    tab.evaluate(DRAWN)  # after which the page's script knows what scrolls
    others = {rule: {"enabled": False} for rule in OF_COLOURS}
    return problems(tab, None, {"runOnly": RULES, "rules": others}) + colour_problems(tab)


def problems_in_both_themes(tab):
    """Tell which rules a page breaks, by the light of the system and then in the dark."""
    found = accessibility_problems(tab)
    tab.emulate_media(color_scheme="dark", reduced_motion="reduce")
    tab.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    return found + colour_problems(tab)


def colour_problems(tab):
    """Tell which rules the colours of a page break, asked of one text of each look."""
    ask(tab, "mark_looks()")
    return problems(tab, "[data-look]", {"runOnly": OF_COLOURS})


def problems(tab, context, options):
    """Run axe on all of a page or on what a selector finds; name each rule that is broken."""
    axe = Axe(axe_script="") if tab.evaluate("'axe' in window") else Axe()
    found = axe.run(tab, context, options | {"resultTypes": ["violations"]}).response
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
