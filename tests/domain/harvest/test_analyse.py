from __future__ import annotations

import cProfile
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.harvest import analyse
from bot.domain.harvest.analyse import Window
from bot.domain.harvest.finding import Findings, Presence, Role
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.domain.harvest.rules import RULES

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
Stamp = Callable[[float], str]
Clock = Callable[[float], datetime]


def story(say: Say, stamp: Stamp) -> list[Message]:
    return [
        say("checkout is down", "UANA", 0, reply_count=2),
        say("we should add an alert for this", "UBO", 1, thread_ts=stamp(0)),
        say("TODO: write the runbook", "UCY", 2, thread_ts=stamp(0)),
        say("IC: ana, scribe: bo", "UANA", 3),
        say("the primary is odd", "UBO", 4),
        say("restarted lb-03", "UCY", 5),
        say("all clear", "UANA", 9),
        say("call is over, thanks", "UANA", 10),
        say("recording <https://acme.zoom.us/rec/1>", "UBO", 20),
    ]


def test_the_order_of_the_messages_does_not_matter(harvest: Harvest, say: Say, stamp: Stamp) -> None:
    messages = story(say, stamp)
    expected = harvest(*messages)
    shuffler = random.Random(7)
    for _ in range(10):
        shuffler.shuffle(messages)
        assert harvest(*messages, *messages[:3]) == expected


lines = st.sampled_from(
    [
        "TODO: a",
        "IC: ana",
        "restarted it",
        "we should add an alert",
        "nevermind",
        "scribe: bo",
        "resolved",
        "ok",
        "14:02 UTC - x y",
        "call is over",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(lines, st.sampled_from(["UANA", "UBO"]), st.integers(0, 5)), max_size=12), st.randoms())
def test_findings_are_the_same_however_messages_arrive(
    drawn: list[tuple[str, str, int]], shuffler: random.Random
) -> None:
    messages = [Message("C1", f"17676216{n:02d}.00010{n % 3}", user_id=who, text=line) for line, who, n in drawn]
    expected = analyse.analyse(messages, {})
    shuffler.shuffle(messages)
    assert analyse.analyse(messages, {}) == expected


def test_of_two_copies_the_later_edit_counts(harvest: Harvest, say: Say, stamp: Stamp) -> None:
    first, edited = say("TODO: old"), say("TODO: new", edited_ts=stamp(5))
    assert [todo.text for todo in harvest(first, edited).todos] == ["new"]
    assert [todo.text for todo in harvest(edited, first).todos] == ["new"]


@pytest.mark.parametrize(
    "subtype",
    [
        "channel_join",
        "channel_leave",
        "channel_purpose",
        "channel_name",
        "channel_archive",
        "bot_add",
        "tombstone",
        "group_join",
        "pinned_item",
    ],
)
def test_what_slack_writes_itself_is_skipped(harvest: Harvest, say: Say, subtype: str) -> None:
    found = harvest(say("TODO: restarted it", subtype=subtype))
    assert replace(found, presence=Presence()) == Findings()
    assert found.presence.joined == (("UANA",) if subtype.endswith("_join") else ())


@pytest.mark.parametrize("subtype", ["thread_broadcast", "file_share", "me_message", "file_comment"])
def test_what_people_write_in_other_ways_counts(harvest: Harvest, say: Say, subtype: str) -> None:
    assert len(harvest(say("TODO: x y", subtype=subtype)).todos) == 1


def test_the_bot_does_not_hear_itself(harvest: Harvest, say: Say) -> None:
    found = harvest(say("TODO: x y", who="UBOT"), say("IC: ana", who="UBOT", bot_id="B9"), own_bot_user="UBOT")
    assert found == Findings()


def test_responders_are_people_who_said_something_or_were_named(harvest: Harvest, say: Say) -> None:
    found = harvest(
        say("the primary is odd", "UANA", 0),
        say("IC: bo", "UANA", 1),
        say("following along :eyes:", "UCY", 2),
        say("any update?", "UCY", 3),
        say("joined", "UDEE", 4, subtype="channel_join"),
        say("[FIRING] x", "UBOT", 5, bot_id="B1"),
        say("hello", None, 6, subtype="bot_message"),
    )
    assert [(each.user_id, each.messages, each.roles, each.suggested) for each in found.responders] == [
        ("UANA", 2, (), True),
        ("UCY", 2, (), False),
        ("UBO", 0, (Role.ic,), True),
    ]
    assert [each.why for each in found.responders] == [
        "wrote something of substance",
        "2 messages, none of substance",
        "named as incident commander",
    ]


def test_why_somebody_is_a_responder_says_what_they_did(harvest: Harvest, say: Say) -> None:
    said = ("errors are at 40 % since the deploy at 13:50", "rolling back the deploy now", "```top: java 400 %```")
    found = harvest(*(say(line, "UANA", 5 * minute) for minute, line in enumerate(said)), say("ok", "UBO", 20))
    assert [each.why for each in found.responders] == [
        "added 2 events or queries; showed a file or code",
        "1 message, none of substance",
    ]


def test_a_person_the_directory_lacks_keeps_the_id(harvest: Harvest) -> None:
    assert harvest(("the primary is odd", "U404")).responders[0].name == "U404"


def test_timeline_and_responders_end_half_an_hour_after_the_call(harvest: Harvest, say: Say, clock: Clock) -> None:
    messages = [
        say("restarted lb-01", "UANA", 0),
        say("restarted lb-02", "UBO", 60),
        say("call is over, thanks", "UBO", 90),
        say("restarted lb-03", "UCY", 119),
        say("restarted lb-04", "UDEE", 121),
        say("TODO: late one", "UDEE", 3000),
        say("TODO: too late", "UDEE", 5000),
    ]
    window = Window(started_at=clock(30), resolved_at=clock(80), until=clock(4000))
    found = harvest(*messages, window=window)
    assert [entry.text for entry in found.timeline] == ["restarted lb-02", "call is over, thanks", "restarted lb-03"]
    assert {each.user_id for each in found.responders} == {"UBO", "UCY"}
    assert [todo.text for todo in found.todos] == ["late one"]


def test_follow_ups_are_taken_from_a_quarter_of_an_hour_before(harvest: Harvest, say: Say, clock: Clock) -> None:
    messages = [say("TODO: too early", minute=10), say("TODO: early", minute=20)]
    assert [todo.text for todo in harvest(*messages, window=Window(clock(34), None, None)).todos] == ["early"]


def test_without_a_window_nothing_is_cut_off(harvest: Harvest, say: Say) -> None:
    found = harvest(say("call is over", minute=0), say("restarted lb-03", "UBO", minute=600))
    assert [entry.text for entry in found.timeline] == ["call is over", "restarted lb-03"]


def test_a_window_needs_aware_times() -> None:
    with pytest.raises(ValueError, match="aware"):
        Window(datetime(2026, 1, 5), None, None)


def test_every_rule_has_a_name_and_a_title() -> None:
    assert all(rule.id.startswith("H-") and rule.title for rule in RULES)


def test_nothing_comes_of_nothing() -> None:
    assert analyse.analyse([], {}) == Findings()


EVIL = [
    "a ",
    "@",
    "<",
    "*a ",
    "_a ",
    "we should ",
    "`",
    "```",
    "TODO ",
    "TODO: x\n",
    "is ",
    "14:02 UTC - x\n",
    "&gt;",
    "IC: ",
    "(",
    "- ",
    "now ",
    "just ",
    "so ",
    "Aa ",
    "\n",
    "errors are dropping ",
    "can you ",
]


@pytest.mark.parametrize("seed", EVIL, ids=repr)
def test_a_long_message_costs_no_more_than_its_length(seed: str) -> None:
    def cost(length: int) -> float:
        """Seconds of this process."""
        text, begin = (seed * length)[:length], time.process_time()
        for each in (text, f"we should add an alert {text}", f"{text} restarted?"):
            analyse.analyse([Message("C1", "1767621600.000100", user_id="U1", text=each)], {"U1": Person("U1", "Aa")})
        return time.process_time() - begin

    cost(400)  # what is read once
    assert cost(40_000) < 8 * cost(10_000) + 0.5  # were it the square, it would be 16 times as much


def test_the_work_grows_with_the_messages_and_no_faster() -> None:
    texts = [
        "IC: ana",
        "scribe: bo",
        "restarted lb",
        "we should add an alert",
        "call is over",
        "ok thanks",
        "TODO: x",
        "nevermind",
        "p99 is at 3s",
        "looks good",
    ]

    def cost(count: int) -> int:
        start = datetime(2026, 1, 5, tzinfo=UTC)
        messages = [
            Message(
                "C1",
                f"{int((start + timedelta(seconds=9 * n)).timestamp())}.{n % 997:06d}",
                user_id=f"U{n % 30}",
                text=f"{texts[n % 10]} {n}",
            )
            for n in range(count)
        ]
        with cProfile.Profile() as counted:
            analyse.analyse(messages, {f"U{n}": Person(f"U{n}", f"name{n}") for n in range(30)})
        return sum(each.callcount for each in counted.getstats())

    cost(200)
    assert cost(1000) < 4.25 * cost(250)
