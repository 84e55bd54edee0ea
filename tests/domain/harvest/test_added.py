"""What an incident app says was noted is a marked follow-up, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Confidence, Findings
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


@pytest.mark.parametrize(
    ("said", "text", "who"),
    [
        ("<@UBO> added action item: *visibility timeout as code*", "visibility timeout as code", "UBO"),
        ("Bo Berg added a follow-up: *alert on lag*", "alert on lag", "UBO"),
        ("Bo Berg added a follow-up: alert on lag (assigned to Cy Young)", "alert on lag", "UCY"),
        (":pushpin: New follow-up created by Ana Alvarez: alert on lag", "alert on lag", "UANA"),
        ("Action item created: alert on lag. Owner: <@UCY>", "alert on lag", "UCY"),
        ("New follow-up: alert on lag - assigned to nobody", "alert on lag", None),
        ("*New action item:* alert on lag", "alert on lag", None),
        ('Bo Berg added a follow-up "alert on lag" to incident 12', "alert on lag", "UBO"),
        ('Bo Berg created an action item "alert on lag" and assigned it to Cy Young', "alert on lag", "UCY"),
        ("Update\nFollow up task added by bo: alert on lag", "alert on lag", "UBO"),
        ("<@UBO> added a task: *alert on lag*", "alert on lag", "UBO"),
        ("Bo Berg assigned follow-up *alert on lag* to Cy Young", "alert on lag", "UCY"),
        ("Bo Berg assigned a follow-up to Cy Young: alert on lag", "alert on lag", "UCY"),
        ("Cy Young was assigned follow-up: alert on lag", "alert on lag", "UCY"),
        ("New follow-up assigned to Bo Berg: alert on lag", "alert on lag", "UBO"),
    ],
)
def test_a_follow_up_that_an_app_was_told(harvest: Harvest, say: Say, said: str, text: str, who: str | None) -> None:
    found = harvest(say(said, None, 0, bot_id="B1", bot_name="incidentbot"))
    assert [(each.text, each.assignee, each.rule) for each in found.todos] == [(text, who, "H-01")]
    assert found.todos[0].confidence is Confidence.A


@pytest.mark.parametrize(
    ("said", "who", "due"),
    [
        ("*New follow-up*\n*Title:* alert on lag\n*Owner:* Bo Berg\n*Due:* 2026-01-20", "UBO", "due 2026-01-20"),
        ("Follow-up created\nTitle: alert on lag\nOwner: Unassigned\nDue: Friday", None, "Friday"),
        ("Title: alert on lag\nAssignee: <@UBO>\nDue date: 2026-01-20\nStatus: Open", "UBO", "due 2026-01-20"),
        (":white_circle: Action item added\nalert on lag\nOwner: Bo Berg", "UBO", ""),
        ("Action item\n*Summary*\nalert on lag\n*Owner*\nBo Berg", "UBO", ""),
        ("Bo Berg added a follow-up\n*Title*\nalert on lag\n*Assignee*\nCy Young\n*Due*\nnot set", "UCY", ""),
    ],
)
def test_the_card_of_a_follow_up(harvest: Harvest, say: Say, said: str, who: str | None, due: str) -> None:
    found = harvest(say(said, None, 0, bot_id="B1", bot_name="incidentbot")).todos
    assert [(each.text, each.assignee, each.due, each.rule) for each in found] == [("alert on lag", who, due, "H-01")]


@pytest.mark.parametrize(
    "said",
    [
        "Incident created\nTitle: db is down\nOwner: Bo Berg\nSeverity: 1",
        "Title: db is down\nOwner: Bo Berg\nDue: now\nSeverity: 1",
        "Follow-up created\nOwner: Bo Berg",
        "Bo Berg joined\nOwner: Bo Berg\nStatus: Open",
        "Action item added (stef)",
        "0 follow-ups logged. Feeling lucky?",
        "Bo added an action: restart the pods",
        "New incident: lag",
    ],
)
def test_other_lines_of_apps_are_none(harvest: Harvest, say: Say, said: str) -> None:
    assert not harvest(say(said, None, 0, bot_id="B1", bot_name="incidentbot")).todos


def test_what_stands_in_the_channel_is_not_taken_twice(harvest: Harvest, say: Say) -> None:
    echo = say("Bo Berg added a follow-up: alert on lag", None, 1, bot_id="B1", bot_name="incidentbot")
    assert [each.user_id for each in harvest(("TODO: alert on lag", "UBO"), echo).todos] == ["UBO"]


def test_what_a_person_says_was_added_is_no_line_of_an_app(harvest: Harvest) -> None:
    assert not [each for each in harvest("I added a follow-up: see the board").todos if each.rule == "H-01"]
