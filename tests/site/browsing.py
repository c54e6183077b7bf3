"""Asks a page in the browser a question of questions.js."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

QUESTIONS = Path(__file__).with_name("questions.js").read_text(encoding="utf-8")


def ask(tab: Page, question: str) -> Any:
    """Evaluate a call of a function in questions.js, also where the page's own scripts are off."""
    return tab.evaluate(f"(() => {{ {QUESTIONS}\nreturn {question}; }})()")
