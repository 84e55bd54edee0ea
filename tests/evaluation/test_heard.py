"""Every labelled incident is heard, as an export of its channel; of ordinary talk next to nothing is."""

from __future__ import annotations

import pytest

from bot.domain.harvest import sound
from bot.domain.harvest.listening import Heard
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import PLAIN
from evaluation import examples, reading
from evaluation.channel import Channel

HALVES = {half: reading.folder(examples.HERE / half) for half in ("training", "tuned", "unseen")}
INCIDENTS = [each for half in HALVES.values() for each in half if not each.name.startswith("ordinary")]
ORDINARY = [each for each in HALVES["training"] if each.name.startswith("ordinary")]


def heard(channel: Channel) -> Heard:
    """A channel as it is heard in an export."""
    messages = sorted(channel.messages, key=lambda each: ts_key(each.ts))
    found = Heard(PLAIN)
    found.take("all", *zip(*((each.ts, each.thread_ts, each.text) for each in messages), strict=True))
    return found


def test_every_labelled_incident_is_heard_and_read_whole() -> None:
    found = {each.name: heard(each) for each in INCIDENTS}
    assert [name for name, each in found.items() if not each.runs()] == []
    shares = {name: len(each.around(each.runs())) / len(set(each.ts)) for name, each in found.items()}
    assert {name: share for name, share in shares.items() if share < 1} == {}


@pytest.mark.parametrize("half", ["tuned", "unseen"])
def test_those_that_are_measured_leave_no_doubt(half: str) -> None:
    assert [each.name for each in HALVES[half] if max(run.weight for run in heard(each).runs()) < sound.CLEAR] == []


def test_ordinary_talk_is_not() -> None:
    assert len(ORDINARY) >= 32
    assert [each.name for each in ORDINARY if heard(each).runs()] == []
