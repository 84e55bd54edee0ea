"""Responders are asked whether their lines of the timeline are right: what they get, what they answer, and what is asked first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.blocks import lines_dm, modals, question_pages
from bot.blocks.pages import QUESTIONS, Page
from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.overview import Overview
from demo.gallery import asked, samples
from demo.gallery.entry import Entry, Group, message, modal
from demo.gallery.groups.questions import OWNER, STRANGER
from demo.gallery.people import ANA, CHIOMA, DANA
from demo.gallery.samples import ID
from demo.gallery.texts import NOW

SINCE = NOW.isoformat()


def draw() -> Iterator[Entry]:
    seen = overview()
    yield _dm("to be answered", seen, asked.check())
    yield _dm("they are right", seen, asked.check(state=CheckState.RIGHT, answered_at=NOW))
    yield _dm("something is off", seen, asked.checks()[1])
    twenty = tuple(replace(each, user_id=CHIOMA) for each in samples.items(24))
    yield _dm("more than a message holds", overview(items=twenty), asked.check())
    yield _dm("all were taken out meanwhile", overview(items=samples.items(1)), asked.check())
    yield message("Your lines", "asked again since", lines_dm.draw(seen, None, CHIOMA, SINCE))
    yield message("Your lines", "not to be seen any more", lines_dm.hidden())
    yield modal("Something is off", "empty", lines_dm.object_form(samples.record()))
    carried = modals.carry(record=ID)
    yield modal("Ask for confirmation", "one", lines_dm.ask_form([CHIOMA], 0, carried))
    yield modal("Ask for confirmation", "three, one again", lines_dm.ask_form([ANA, CHIOMA, DANA], 1, carried))
    for state, checks, reader in (
        ("nobody was asked about their lines", (), OWNER),
        ("who was asked about their lines", asked.checks(), OWNER),
        ("about their lines, for a reader", asked.checks(), STRANGER),
    ):
        yield modal("Questions", state, question_pages.listed(overview(checks=checks), Page(QUESTIONS), reader))


def overview(**values: Any) -> Overview:
    """Lines of the timeline that come from messages, and who was asked about them."""
    lived: dict[str, Any] = {"items": samples.items(), "checks": asked.checks(), **values}
    return samples.overview(lived=samples.life(**lived), document=samples.DOCUMENT)


def _dm(state: str, seen: Overview, check: LineCheck) -> Entry:
    return message("Your lines", state, lines_dm.draw(seen, check, CHIOMA, SINCE))


GROUP = Group(
    "confirmed", "Lines to be confirmed", "Before the review, whoever wrote a message sees the line made of it.", draw
)
