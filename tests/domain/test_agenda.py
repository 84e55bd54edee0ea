"""The agenda: five points with their share of the time, filled from the record (R-17, R-18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import agenda
from bot.domain.actions import ActionItem, Decision
from bot.domain.content import Content, Entry, Section
from bot.domain.harvest.finding import TimelineKind
from bot.domain.life import Life
from bot.domain.overview import Overview
from bot.domain.postmortem import Roles
from bot.domain.review import Note
from bot.domain.timeline import Item
from tests import factories


def action(number: int, decision: Decision, text: str = "") -> ActionItem:
    url = f"https://jira.example/PM-{number}" if decision is Decision.TICKET else ""
    words = text or f"{decision} {number}"
    return ActionItem(f"a{number}", "record-7", words, decision, "U2", factories.NOW, ticket=url)


def item(text: str, kind: TimelineKind = TimelineKind.other, **values: Any) -> Item:
    return Item(f"i{text[:9]}", "record-7", factories.STARTED, text, kind, "U2", factories.NOW, **values)


def overview(**values: Any) -> Overview:
    lived = Life(**({"booking": factories.booking()} | values))
    return factories.overview(life=lived, document="https://acme.slack.com/files/pm-7.md")


def said(found: agenda.Agenda, number: int) -> list[str]:
    return [line.text for line in found.points[number - 1].lines]


@pytest.mark.parametrize("minutes", [*range(15, 61), 5])
def test_the_five_points_take_the_whole_meeting_and_none_takes_none(minutes: int) -> None:
    shares = agenda.timebox(minutes)
    assert (len(shares), sum(shares), min(shares) >= 1) == (5, minutes, True)
    assert shares[4] == max(shares)


def test_three_tickets_and_two_topics_are_all_five_there_with_the_topics_first() -> None:
    decided = [action(number, Decision.TICKET) for number in (1, 2, 3)]
    decided += [action(number, Decision.DISCUSS) for number in (4, 5)] + [action(6, Decision.WONT_DO)]
    found = agenda.agenda(overview(actions=tuple(decided), waiting_todos=(("1.1", 0),)))
    assert said(found, 5) == [
        "Topic for discussion: discuss 4", "Topic for discussion: discuss 5", "Ticket: ticket 1", "Ticket: ticket 2",
        "Ticket: ticket 3", "1 TODO of the channel still to be decided on",
    ]  # fmt: skip
    assert found.points[4].lines[2].url == "https://jira.example/PM-1"


def test_it_is_filled_with_what_is_known_and_says_what_is_not() -> None:
    content = Content(
        {
            Section.CAUGHT: Entry(Section.CAUGHT, {"canary": "It would have shown after 5 minutes."}, 1),
            Section.RETROSPECT: Entry(Section.RETROSPECT, {"lucky": ["It was night"], "badly": ["No runbook"]}, 1),
        }
    )
    items = (
        item("Orders fail", TimelineKind.impact_start, evidence=("https://grafana.example/1",)),
        item("Somebody restarts", waiver="no log is kept"),
    )
    notes = (Note("n", "record-7", "U3", "What was the alert?", factories.NOW),)
    found = agenda.agenda(overview(content=content, items=items, notes=notes))
    assert "blame" not in found.opening
    assert "not for a person" in found.opening
    assert said(found, 1)[0] == "2 lines in the timeline: 1 with evidence, 1 without data"
    assert found.points[0].lines[0].url == "https://acme.slack.com/files/pm-7.md"
    assert said(found, 1)[1].endswith("UTC, Impact start: Orders fail")
    assert said(found, 2) == [
        "We were lucky: It was night", "Didn't go so well: No runbook", "No data: Somebody restarts",
        "A reader noted: What was the alert?",
    ]  # fmt: skip
    assert said(found, 3) == [
        "Canary: It would have shown after 5 minutes.", "Tests: to be answered here", "Load test: to be answered here",
    ]  # fmt: skip
    assert said(found, 4) == ["no numbers are entered yet"]


def test_the_ic_runs_it_the_owner_walks_through_it_and_a_facilitator_is_named_where_there_is_one() -> None:
    roles = dict(agenda.agenda(overview()).roles)
    assert roles == {
        "Runs the meeting (IC)": "U1", "Walks through the document (owner)": "U2", "Takes notes (scribe)": None,
    }  # fmt: skip
    led = agenda.agenda(overview(booking=factories.booking(facilitator="U4")))
    assert ("Leads the talk (facilitator)", "U4") in led.roles
    without = factories.overview(postmortem=factories.postmortem(roles=Roles(deputy="U9")))
    assert dict(agenda.agenda(without).roles)["Runs the meeting (IC)"] == "U9", "the deputy stands in for a missing IC"


def test_without_a_meeting_it_is_that_of_the_usual_length() -> None:
    found = agenda.agenda(overview(booking=None))
    assert (found.start, found.minutes) == (None, 30)
    short = factories.booking()
    short = replace(short, end=short.start + timedelta(minutes=15))
    assert sum(point.minutes for point in agenda.agenda(overview(booking=short)).points) == 15


def test_in_plain_words_somebody_whose_name_is_not_known_is_not_nobody() -> None:
    plain = agenda.plain(agenda.agenda(overview()), {"U2": "Ben"})
    assert "Runs the meeting (IC): U1" in plain
    assert "Walks through the document (owner): Ben" in plain
    assert "Takes notes (scribe): nobody named yet" in plain
