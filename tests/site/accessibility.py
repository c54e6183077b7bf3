"""Asks axe, the common accessibility checker, about a page."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def accessibility_problems(tab):
    """Tell which rules a page breaks, with its solutions open, and where first."""
    tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    found = Axe().run(tab, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    return [
        f"{rule['id']} ({len(rule['nodes'])} times): {rule['nodes'][0]['html'][:160]}"
        for rule in found["violations"]
    ]
