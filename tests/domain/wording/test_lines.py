"""The hand-made lines: every blameful one is found, every clean one is left alone, in each section where it may stand."""

from __future__ import annotations

import pytest

from bot.domain.wording import checks
from bot.domain.wording.finding import Finding, Level, Rule
from bot.domain.wording.sections import Section
from tests.domain.wording import lines

ACCOUNTS = (Section.OVERVIEW, Section.WHAT_HAPPENED, Section.CONTRIBUTING_FACTORS, Section.TIMELINE)
OUTSIDE = (Section.RESOLUTION, Section.WENT_BADLY, Section.INTERNAL_EMAIL, Section.EXTERNAL_HAPPENED)


def blame(text: str, section: Section) -> list[Finding]:
    found = checks.check(text, section, names=lines.RESPONDERS)
    return [each for each in found if each.rule not in {Rule.NAME, Rule.OUTAGE}]


@pytest.mark.parametrize("section", ACCOUNTS)
def test_each_blameful_line_is_found(section: Section) -> None:
    assert [text for text in lines.BLAMEFUL if not blame(text, section)] == []


def test_nine_of_ten_blameful_lines_are_a_warning() -> None:
    warned = [text for text in lines.BLAMEFUL if any(each.level is Level.WARN for each in blame(text, ACCOUNTS[1]))]
    assert len(warned) >= 0.9 * len(lines.BLAMEFUL)


@pytest.mark.parametrize("section", [*ACCOUNTS, *OUTSIDE, Section.ACTION_ITEM])
def test_no_clean_line_is_marked(section: Section) -> None:
    found = {text: checks.check(text, section, names=lines.RESPONDERS) for text in lines.CLEAN}
    assert {text: [each.words for each in marked] for text, marked in found.items() if marked} == {}


def test_each_fix_of_people_is_a_warning_among_the_action_items_only() -> None:
    for text in lines.FIXES_OF_PEOPLE:
        assert any(
            each.rule is Rule.PEOPLE_FIX and each.level is Level.WARN
            for each in checks.check(text, Section.ACTION_ITEM)
        ), text
        assert all(each.rule is not Rule.PEOPLE_FIX for each in checks.check(text, Section.WHAT_HAPPENED)), text


@pytest.mark.parametrize("text", lines.CLEAN_ACTIONS)
def test_plain_work_is_not_marked_among_the_action_items(text: str) -> None:
    assert checks.check(text, Section.ACTION_ITEM) == ()
