"""A title of a few words, from what was said to be wrong; never a person in it, and none at all rather than a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.harvest import title
from bot.domain.harvest.finding import Findings, TimelineKind
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from tests import factories

PEOPLE = {"U1": Person("U1", "Ana", "Ana Alvarez", handle="aalv"), "UB": Person("UB", "checkout", is_bot=True)}


def seen(text: str, **values: Any) -> Any:
    return factories.event(text, **({"kind": TimelineKind.detection, "rule": "H-30"} | values))


def proposed(*texts: str, topics: tuple[str, ...] = (), **values: Any) -> str:
    return title.propose([seen(each, **values) for each in texts], topics, PEOPLE)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Reminder e-mails are delayed", "Reminder e-mails delayed"),
        ("hey all, checkout returns 502 since 14:02 UTC", "Checkout returns 502"),
        ("14:02 UTC - we're seeing a lot of 502s on checkout :fire:", "502s on checkout"),
        ("looks like the api is timing out again, anyone looking?", "API timing out"),
        ("customers are reporting failed logins in the app", "Failed logins in app"),
        ("@here INC-42: checkout is down! https://status.example/1", "Checkout down"),
        ("INC-204 declared: payments timing out", "Payments timing out"),
        ("[FIRING:1] db-1 is unreachable", "db-1 unreachable"),
        ("Users can't log in. Anybody deployed something?", "Users can't log in"),
        ("we have reports of duplicated invoices for the last 20 minutes", "Duplicated invoices"),
        ("*Search* is very slow because of the index", "Search slow"),
        ("logins failed from yesterday 16:53 until this morning", "Logins failed"),
        ("404s on /report from friday 19:00 to 08:47", "404s on /report"),
        ("the exports fail when the list is empty", "Exports fail"),
        ("the pharmacy doesn't know the ward either", "Pharmacy doesn't know ward"),
        ("mail to hotmail bounced, all of it", "Mail to hotmail bounced"),
        ("the nightly failed at the same spot", "Nightly failed at the same spot"),
        ("the 5xx are /search", "5xx /search"),
        ("Today CRM gave 200s and 500s", "CRM gave 200s and 500s"),
        ("search is broken and has the wrong size", "Search broken"),
        ("the queue is stuck for", "Queue stuck"),
    ],
)
def test_what_was_said_to_be_wrong_becomes_a_title(said: str, expected: str) -> None:
    assert proposed(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "Ana broke the checkout, it is down",
        "@Ana Alvarez checkout is down",
        "aalv sees errors on checkout",
        "something is wrong here",
        "it is down",
        "errors",
        "no more errors on checkout",
        "checkout errors should be gone in a minute",
        "we rolled back the checkout, errors are going down",
        "anyone else seeing this?",
        "https://g.example/errors",
        "was never broken",
        "failed to solve",
        "14 with a wrong hash",
        "the 4th doesn't pick up",
        "file back and has the same wrong size",
        "none lost",
        "different error",
        "at restart its memory is empty",
        "their humans can't mail",
        "the theory was wrong",
        "22,400 visitors",
        "400 minis in the pool",
        "do not share errors outside",
        "tickets are down to normal",
        "checkout " * 12 + "is down",
        "a message that has far too many words in one breath to be read as a title of checkout errors",
        "",
    ],
)
def test_what_names_somebody_or_says_nothing_is_no_title(said: str) -> None:
    assert proposed(said) == ""


def test_an_app_may_be_called_like_what_it_watches() -> None:
    assert proposed("checkout is down") == "Checkout down"


def test_a_name_in_one_sentence_leaves_the_next_one() -> None:
    assert proposed("Ana sees errors on checkout", "payments are failing") == "Payments failing"


def test_of_several_the_one_that_the_talk_is_about() -> None:
    assert proposed("the coffee machine is broken", "reminder mails are delayed", "more reminder mails stuck") in (
        "Reminder mails delayed", "Reminder mails stuck",
    )  # fmt: skip


def test_what_people_saw_goes_before_the_topic_and_the_topic_before_an_alert_and_a_finding() -> None:
    alert = seen("CRITICAL: queue lag on mailer-2", rule="H-24")
    found = seen("the mailer pool is exhausted", kind=TimelineKind.other, rule="H-25")
    topic = "SEV-2 | Reminder mails late | IC: Ana | bridge: https://meet.example/1"
    assert title.propose([found, alert, seen("mails are stuck")], [topic], PEOPLE) == "Mails stuck"
    assert title.propose([found, alert], ["Talk about failures with Ana", topic], PEOPLE) == "Reminder mails late"
    assert title.propose([found, alert], [], PEOPLE) == "Queue lag on mailer-2"
    assert title.propose([found], [], PEOPLE) == "Mailer pool exhausted"
    assert title.propose([], [], PEOPLE) == ""


def test_the_latest_topic_counts() -> None:
    assert proposed(topics=("Search is down", "Checkout is down")) == "Checkout down"


def test_a_reading_of_the_channel_proposes_it(harvest: Callable[..., Findings], say: Callable[..., Message]) -> None:
    topic = say("<@UANA> set the channel topic: Reminder e-mails are delayed", subtype="channel_topic", minute=1)
    assert harvest("we are on it", topic).title == "Reminder e-mails delayed"
    assert harvest("reminder mails are stuck since 13:10 UTC").title == "Reminder mails stuck"
    assert harvest("good morning").title == ""


@settings(deadline=None)
@given(st.lists(st.text(max_size=120), max_size=4), st.lists(st.text(max_size=120), max_size=2))
def test_whatever_was_said_it_is_short_one_line_and_pings_nobody(texts: list[str], topics: list[str]) -> None:
    found = proposed(*texts, topics=tuple(topics))
    assert len(found) <= title.MOST
    assert len(found.splitlines()) <= 1
    assert not set("@<>") & set(found)
