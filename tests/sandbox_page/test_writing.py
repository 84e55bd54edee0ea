"""The field to write in: suggestions, hints of commands, and a second thought about what one wrote."""

from __future__ import annotations

import pytest


def test_the_arrow_up_in_an_empty_field_edits_what_one_wrote_last(page):
    page.write(".composer-field", "a speling mistake")
    page.see(".message", "a speling mistake")
    page.press("ArrowUp")
    page.focused("one.closest('.editor')")
    page.press("Control+a")
    page.type("no mistake")
    page.press("Enter")
    page.see(".message", "no mistake")
    page.see(".edited", "(edited)")


@pytest.mark.parametrize(
    ("typed", "option", "written"),
    [
        ("@vir", "Aino Virtanen", "@aino "),
        ("@sr", "@sre", "@sre "),
        ("@her", "@here", "@here "),
        ("#gen", "# general", "#general "),
        (":rock", ":rocket:", ":rocket: "),
        ("/fo", "/form", "/form "),
    ],
    ids=["person", "group", "special", "channel", "emoji", "command"],
)
def test_what_is_meant_is_suggested_while_one_types(page, typed, option, written):
    page.click(".composer-field")
    page.type(typed)
    page.see(".popup .option", option)
    page.click(".popup .option", option)
    page.focused(f"one.value === '{written}'")
    page.gone(".popup")


def test_a_command_shows_how_it_is_used(page):
    page.click(".composer-field")
    page.type("/f")
    page.see(".popup .option", "name of the form")
    page.see(".popup .option", "Opens a form")
    page.press("Enter")
    page.see(".composer-hint", "name of the form")
