"""The incident that every fault is tried on: small, with a finding of each kind, three threads, and people on several pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.domain.harvest.message import Message
from tests import factories
from tests.faults.slack import FakeSlack, with_threads

CHANNEL, TEAM = "C0INCIDENT", "T1"
IC, OWNER = "U1", "U2"
# A few hours ago: whoever runs this, the incident is fresh.
BEGAN = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=4)

LINES = (
    ("U9", "checkout answers 500, looking"),
    ("U1", "I'm IC"),
    ("U3", "I am the scribe"),
    ("U3", "Impact started: error rate at 12 %"),
    ("U1", "severity is SEV-1"),
    ("U9", "TODO: add an alert on the queue's depth"),
    ("U3", "<@U9> rolled back checkout to v41 https://grafana.example/d/checkout?from=1&to=2"),
    ("U9", "```select count(*)\nfrom orders\nwhere state = 'stuck';```"),
    ("U3", "error rate is back to normal, resolved"),
    ("U1", "end of call, thanks everybody"),
    ("U4", "the recording: https://acme.zoom.us/rec/share/abc"),
)
THREADS = {
    0: ("U9", ("which region?", "eu-west", "all of it", "and the gateway?", "fine")),
    5: ("U4", ("I will take that TODO", "thanks")),
    8: ("U9", ("confirmed on the dashboard",)),
}


def slack(now: Callable[[], datetime]) -> FakeSlack:
    """The workspace as it is when the command is typed."""
    messages = [_message(number, user, text) for number, (user, text) in enumerate(LINES)]
    replies = {
        messages[number].ts: tuple(_reply(messages[number], place, user, text) for place, text in enumerate(texts))
        for number, (user, texts) in THREADS.items()
    }
    people = (*factories.people().values(), factories.person("U4", "Dana"), factories.person("U9", "Emil"))
    return FakeSlack(now, with_threads(messages, replies), replies, people)


def _message(number: int, user: str, text: str) -> Message:
    at = BEGAN + timedelta(minutes=5 * number)
    return factories.message(text, channel_id=CHANNEL, ts=factories.ts(at, 100 + number), user_id=user)


def _reply(parent: Message, place: int, user: str, text: str) -> Message:
    at = parent.at + timedelta(seconds=30 * (place + 1))
    return factories.message(
        text, channel_id=CHANNEL, ts=factories.ts(at, 500 + place), user_id=user, thread_ts=parent.ts
    )
