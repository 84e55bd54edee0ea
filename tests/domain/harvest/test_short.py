"""Short lines are of the kind that their words say, whatever the conversation is at."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import short
from bot.domain.harvest.finding import Findings, TimelineKind
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]

PLAIN = {
    TimelineKind.detection: [
        "seeing 502s as well in eu-west",
        "nope, errors are back",
        "db is down",
        "the api is down",
        "our payment service is not responding",
        "down again",
        "internet gone again",
        "errors are back",
        "timeouts again",
        "worker crashed again",
        "db-1 crashed",
        "nothing works",
        "logins fail",
    ],
    TimelineKind.action: [
        "rollback finished",
        "rollback done",
        "the restart is done",
        "rolling back now",
        "failover complete",
    ],
    TimelineKind.page: ["page <@UCY> please", "please page the dba", "<@UCY> page the database on-call", "first page"],
    TimelineKind.severity_change: ["SEV2 from now", "reducing to P2", "down to sev3"],
    TimelineKind.resolved: ["all green", "all green again", "everything is green now"],
    TimelineKind.mitigation: [
        "we're back",
        "and we are back",
        "site is back up",
        "Incident is mitigated",
        "502s gone",
        "all the timeouts are gone",
    ],
    TimelineKind.impact_start: [
        "errors began",
        "first timeouts started",
        "started about 10 min ago",
        "it began an hour ago",
    ],
}


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in PLAIN.items() for line in lines])
def test_a_short_line_is_of_its_kind(harvest: Harvest, say: Say, kind: TimelineKind, line: str) -> None:
    told = ("alerts firing: 5xx on checkout", "looks like the deploy", "let's roll back")
    rows = [say(text, "UBO", place) for place, text in enumerate(told)]
    found = harvest(*rows, say(line, "UANA", 9), say("ok", "UBO", 10)).timeline
    assert [each.kind for each in found if each.user_id == "UANA"] in ([kind], [])
    assert short.of(line.replace("<@UCY>", "@cy")) is kind


@pytest.mark.parametrize(
    "line",
    [
        "is the db down?",
        "the rollback is done, errors are still there",
        "page load is slow",
        "green light from legal",
        "not resolved",
        "back later",
        "flipped. nothing fell over",
        "errors gone again",
        "no errors are back",
        "not seeing errors",
        "seeing fewer 502s",
        "seeing 502s recover",
        "started the restore 10 min ago",
        "and go down again",
    ],
)
def test_what_a_few_words_leave_open_is_weighed(line: str) -> None:
    assert short.of(line) is None


@pytest.mark.parametrize("line", ["we're seeing 502s on checkout", "ios agents online 61k → 9k", "logins are slow"])
def test_who_opens_the_channel_says_what_was_seen(harvest: Harvest, say: Say, line: str) -> None:
    found = harvest(line, ("looking at the logs", "UBO"), ("looks like the deploy", "UCY")).timeline
    assert found[0].kind is TimelineKind.detection


@pytest.mark.parametrize(
    ("line", "changes"), [("I am the Incident Commander now", False), ("I'm IC. this is a sev1", True)]
)
def test_who_only_takes_command_changes_no_severity(harvest: Harvest, say: Say, line: str, changes: bool) -> None:
    before = (say("checkout is down"), say("found it: a lock on the orders table", "UBO", 2))
    found = harvest(*before, say(line, "UBO", 2.5)).timeline
    assert (found[-1].kind is TimelineKind.severity_change) == changes


def test_what_a_scribe_writes_is_of_the_kind_that_it_says(harvest: Harvest) -> None:
    found = harvest("IC: bo, Scribe: ana", "all riders informed by sms", ("looking", "UBO")).timeline
    assert [each.kind for each in found if each.rule == "H-06"] == [TimelineKind.public]
