"""The copy button leaves prompts and outputs behind."""

import doctest

import pytest


def typed(listing):
    """Return what a reader would type of a listing."""
    if listing.startswith(">>> "):
        return "".join(ex.source for ex in doctest.DocTestParser().get_examples(listing))
    return "\n".join(line.removeprefix("$ ") for line in listing.splitlines())


@pytest.mark.parametrize("path", ["index.html", "beyond/none.html", "chapter/gradients.html"])
def test_button_copies_what_a_reader_would_type(path, visit, site):
    tab = visit(site + path, permissions=["clipboard-read", "clipboard-write"])
    listings = tab.locator("div:not(.output) > .highlight:has(> pre)").all()
    assert listings
    for listing in listings:
        for folded in listing.locator("xpath=ancestor::details[not(@open)]").all():
            folded.locator("summary").click()
        button = listing.get_by_role("button", name="복사", exact=True)
        button.focus()
        tab.keyboard.press("Enter")
        listing.get_by_role("button", name="복사했습니다").wait_for()
        copied = tab.evaluate("navigator.clipboard.readText()")
        assert copied.rstrip("\n") == typed(listing.locator("pre").text_content()).rstrip("\n")


def test_outputs_have_no_button(visit, site):
    tab = visit(site + "beyond/none.html")
    assert tab.locator(".output").count() > 0
    assert tab.locator(".output .copy").count() == 0
