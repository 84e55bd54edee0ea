"""What is a sign of an incident without a record, and what is not: the bot speaks up unasked, so a table of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain import noticed_signs
from bot.domain.harvest.message import Message
from bot.domain.noticed_signs import Sign

AT = datetime(2026, 1, 5, 14, 5, 0, 100, tzinfo=UTC)
TS = "1767621900.000100"
THE_CALL_IS_OVER = [
    "Call is over, thanks everyone. Follow up in Slack.",
    "We're ending the call at this time.",
    "OK, the call is over",
    "*Call is over*",
    "Call over. Thanks!",
    "All right, the bridge is closed.",
    "Closing the bridge now, thanks all",
    "Wrapping up the call, thank you",
    "Incident call has ended, notes to follow",
    "I'll end the call now",
    "Thanks everyone, call is over",
    "Thanks all!\nThe call is over.",
    "SEV-1 is resolved. Call is over.",
    "Call is over, follow up in <#C9|inc-9>",
    "The call is over. Next update in 30 minutes by mail.",
    "Call is over. When you are back, add your notes.",
]
IT_IS_NOT = [
    "call is over in 10 min",
    "We'll end the call in 5 minutes",
    "ending the call soon",
    "Call is over at 17:00",
    "is the call over?",
    "Is the call over",
    "call is over? I was away",
    "Did we end the call?",
    "call me when it's over",
    "When the call is over, write to me",
    "The call is over when Ana says so",
    "Once the bridge is closed we can archive",
    "we should be ending the call",
    "The call is not over",
    "the call isn't over yet",
    "&gt; Call is over",
    "> Call is over",
    "`Call is over`",
    "```Call is over```",
    "~Call is over~",
    "They said the call is over",
    "the customer call is over",
    "closing the call center",
    "I'm dropping the call, ping me here",
    "The call is over for me",
    "the call is over to you",
    "the call is over-subscribed",
    "The call is over Zoom today",
    "the call is over an hour long",
    "The call was over before I joined",
    "the call was over quickly last week",
]
WE_ARE_IN = [
    ("We are in SEV-1, service A is down, next checkin in 3 minutes", 1),
    ("We are currently in a SEV-1 situation, checkout is failing", 1),
    ("We're in SEV 2: search is slow", 2),
    ("We're now at sev1", 1),
    ("We are still in SEV-3.", 3),
    ("We are in SEV-0, everything is down", 1),
    ("Status: SEV-2, two of three nodes are up. Next update in 15 minutes.", 2),
]
WE_ARE_NOT = [
    "<!here>: We are in SEV-1 due to X. Current actions: failing over",
    "are we in SEV-1?",
    "Do you think we are in SEV-1?",
    "Is this a sev1?",
    "Not sure whether we are in SEV-1 or SEV-2",
    "If we are in SEV-1, page Ana",
    "When we are in SEV-1 we page",
    "What to do when we are in SEV-1",
    "Imagine we are in SEV-1",
    "We are in SEV-1 for the drill",
    "We are in SEV-1 in <#C9|inc-9>",
    "We are not in SEV-1",
    "We are no longer in SEV-1",
    "We are out of SEV-1",
    "We were in SEV-2 yesterday",
    "Last week's SEV-2 was similar",
    "status: like last week's SEV-2",
    "&gt; We are in SEV-1",
    'The guide says "We are in SEV-1, service A is …"',
    "We have had five SEV-1s",
    "A SEV-3 ticket waits for you",
    "Status: all green",
    "next update in 30 minutes",
    "we're in p2p mode",
]


def read(text: str, **values: Any) -> Sign | None:
    return noticed_signs.read(Message(**{"channel_id": "C1", "ts": TS, "user_id": "U1", "text": text, **values}))


@pytest.mark.parametrize("text", THE_CALL_IS_OVER)
def test_the_call_is_over(text: str) -> None:
    found = read(text)
    assert found
    assert found.ended_at == AT


@pytest.mark.parametrize("text", IT_IS_NOT)
def test_the_call_is_not_over(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(("text", "severity"), WE_ARE_IN)
def test_a_report_names_what_we_are_in(text: str, severity: int) -> None:
    assert read(text) == Sign(AT, TS, severity)


@pytest.mark.parametrize("text", WE_ARE_NOT)
def test_what_is_about_something_else_is_no_report(text: str) -> None:
    assert read(text) is None


def test_an_end_may_name_the_severity_and_the_worst_counts() -> None:
    assert read("Call is over, SEV-2 is resolved") == Sign(AT, TS, 2, AT)
    assert read("Call is over. It went from SEV-2 to SEV-1 and back.") == Sign(AT, TS, 1, AT)


def test_a_time_in_front_of_it_is_when_it_was_over_and_never_one_to_come() -> None:
    assert read("14:02 - Call is over") == Sign(AT, TS, None, AT.replace(minute=2, second=0, microsecond=0))
    late = read("14:09 - Call is over")
    assert late is None or (late.ended_at and late.ended_at <= AT)


@pytest.mark.parametrize(
    "values",
    [
        {"thread_ts": "1767600000.000100"},
        {"thread_ts": "1767600000.000100", "subtype": "thread_broadcast"},
        {"bot_id": "B1"},
        {"user_id": None},
        {"user_id": "USLACKBOT"},
        {"subtype": "bot_message"},
        {"subtype": "channel_topic"},
        {"subtype": "message_changed"},
        {"edited_ts": TS},
    ],
    ids=str,
)
def test_replies_apps_and_edits_are_no_sign(values: dict[str, Any]) -> None:
    assert read("Call is over, thanks everyone.", **values) is None
    assert read("We are in SEV-1, checkout is down", **values) is None


def test_nothing_of_what_was_said_is_in_a_sign() -> None:
    found = read("We are in SEV-1, Ana broke checkout")
    assert found
    assert timedelta(0) == found.at - AT
    assert "Ana" not in repr(found)
