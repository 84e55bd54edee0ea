"""What is said later of a follow-up by its name: that it is not wanted, or done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Confidence, Findings
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
CANARY, RUNBOOK = (
    "we should have a canary stage in front of the checkout deploys",
    "also a runbook for the failover would be good",
)
BETWEEN = [("who was paged?", "UCY"), ("me", "UBO"), ("and dee", "UBO")]
REFUSED = [
    "scrap the canary idea, we get that with the new pipeline anyway",
    "actually let's drop the canary idea",
    "let's not do the canary",
    "we don't need the canary any more",
    "no need for a canary then",
    "the canary idea isn't worth it",
    "the canary is overkill, honestly",
    "fine, forget the canary",
    "I like the other one more. Leave the canary.",
]
NOT_REFUSED = [
    "let's not do the canary today",
    "drop the canary pod, it hangs",
    "we don't need the canary for the hotfix yet",
    "is the canary overkill?",
    "leave the canary pod running",
    "scrap the old dashboard",
]


def texts(found: Findings) -> list[str]:
    return [each.text for each in found.todos]


@pytest.mark.parametrize("answer", REFUSED)
@pytest.mark.parametrize("who", ["UANA", "UBO"])
def test_what_is_refused_by_its_name_is_none(harvest: Harvest, answer: str, who: str) -> None:
    assert texts(harvest(CANARY, (RUNBOOK, "UBO"), *BETWEEN, (answer, who))) == [RUNBOOK]


@pytest.mark.parametrize("answer", REFUSED)
def test_a_marked_one_that_is_refused_by_its_name_is_no_sure_one(harvest: Harvest, answer: str) -> None:
    found = harvest(f"TODO: {CANARY}", (f"TODO: {RUNBOOK}", "UBO"), *BETWEEN, answer).todos
    assert [each.confidence for each in found] == [Confidence.C, Confidence.A]


@pytest.mark.parametrize("answer", NOT_REFUSED)
def test_what_is_put_off_or_said_of_another_thing_stays(harvest: Harvest, answer: str) -> None:
    assert CANARY in texts(harvest(CANARY, (RUNBOOK, "UBO"), *BETWEEN, answer))


def test_what_refuses_one_and_wishes_for_another_is_one_itself(harvest: Harvest) -> None:
    instead = "let's not do the canary, we should have an alert on the error rate instead"
    assert texts(harvest(CANARY, *BETWEEN, (instead, "UBO"))) == [instead]


ALERT = "we should add an alert on the queue length of the importer"


@pytest.mark.parametrize(
    "answer",
    [
        "alert on the queue length is done btw, merged https://github.com/acme/x/pull/88",
        "the queue length alert is live now",
        "added the alert on the queue length, it pages dee",
    ],
)
def test_what_is_done_within_the_hour_by_its_name_is_none(harvest: Harvest, say: Say, answer: str) -> None:
    taken = say("I'll add the alert", "UBO", 2)
    assert texts(harvest(say(ALERT), taken, say("who was paged?", "UCY", 5), say(answer, "UBO", 40))) == []
    late = harvest(say(ALERT), say("who was paged?", "UCY", 5), say(answer, "UBO", 90))
    assert texts(late) == [ALERT]


@pytest.mark.parametrize(
    "answer",
    [
        "filed a ticket for the queue length alert",
        "the PR for the queue length alert is up",
        "the queue length is in grafana when you need it",
        "the importer is up",
        "is the queue length alert done?",
    ],
)
def test_a_ticket_or_another_thing_is_not_the_work(harvest: Harvest, say: Say, answer: str) -> None:
    assert ALERT in texts(harvest(say(ALERT), say("who was paged?", "UCY", 5), say(answer, "UBO", 40)))


def test_a_marked_one_that_is_done_by_its_name_is_no_sure_one(harvest: Harvest) -> None:
    found = harvest(f"TODO: {ALERT}", ("who was paged?", "UCY"), ("the queue length alert is live now", "UBO")).todos
    assert [each.confidence for each in found] == [Confidence.C]
