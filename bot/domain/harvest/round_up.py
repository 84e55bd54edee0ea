"""Rounds: somebody wants to hear what is to be done now that it is over ("anything we should do after this?", "retro in here, one line
each"), and people answer in a few words what by themselves would be nothing: "docs", "fewer retries"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

FAR = 10  # messages after the question are answers at most


class Said(NamedTuple):
    """A message: its place (ts; the channel, and the thread, if it is in one), and whether it opens a round."""

    ts: str
    channel_id: str
    thread: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A message may answer the question with this ts, as the so-manieth behind it."""

    question: str
    place: int


def answers(messages: Iterable[Said]) -> dict[str, Answer]:
    """The messages (ts) that may answer such a question: the next in its channel or thread, and those in the thread under it."""
    waits: dict[tuple[str, str], Answer] = {}
    found: dict[str, Answer] = {}
    for ts, channel_id, thread, opens in messages:
        where = (channel_id, thread)
        if waits and (answer := waits.get(where)):
            found[ts] = answer
            waits[where] = Answer(answer.question, answer.place + 1)
            if answer.place == FAR:
                del waits[where]
        if opens:
            waits[where] = waits[channel_id, ts] = Answer(ts, 1)
    return found
