"""Labelled incidents are heard, as an export of their channel; ordinary talk is not."""

from __future__ import annotations

from functools import cache

import pytest

from bot.domain.harvest import analyse, sound
from bot.domain.harvest.listening import Heard
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import PLAIN
from evaluation import examples, reading
from evaluation.channel import Channel

HALVES = ("training", "tuned", "unseen", "further", "strangers", "recent")


@cache
def half(name: str) -> tuple[Channel, ...]:
    """Read when the first test asks for it: whoever only collects the tests does not wait for a thousand channels."""
    return reading.folder(examples.HERE / name)


def incidents() -> list[Channel]:
    return [each for name in HALVES for each in half(name) if not each.name.startswith("ordinary")]


def plain() -> list[Channel]:
    return [each for each in incidents() if examples.is_plain(each)]


def ordinary() -> list[Channel]:
    return [each for each in half("training") if each.name.startswith("ordinary")]


def heard(channel: Channel) -> Heard:
    """A channel as it is heard in an export."""
    messages = sorted(channel.messages, key=lambda each: ts_key(each.ts))
    found = Heard(PLAIN)
    found.take("all", *zip(*((each.ts, each.thread_ts, each.text) for each in messages), strict=True))
    return found


def test_of_fifty_labelled_incidents_forty_nine_are_heard_and_then_read_nearly_whole() -> None:
    spoken_of = [each for each in incidents() if not examples.is_plain(each)]
    found = {each.name: heard(each) for each in spoken_of}
    silent = [name for name, each in found.items() if not each.runs()]
    assert len(silent) <= len(spoken_of) / 50, silent
    shares = {name: len(each.around(each.runs())) / len(set(each.ts)) for name, each in found.items()}
    assert {name: share for name, share in shares.items() if share < 0.9 and name not in silent} == {}


def test_of_outages_told_as_people_chat_six_in_ten_are_heard() -> None:
    assert len(plain()) >= 100
    assert sum(bool(heard(each).runs()) for each in plain()) >= len(plain()) * 0.6


@pytest.mark.parametrize("name", ["tuned", "unseen"])
def test_those_that_are_measured_leave_no_doubt(name: str) -> None:
    assert [each.name for each in half(name) if max(run.weight for run in heard(each).runs()) < sound.CLEAR] == []


def test_ordinary_talk_is_not() -> None:
    assert len(ordinary()) >= 32
    assert [each.name for each in ordinary() if any(run.weight >= sound.CLEAR for run in heard(each).runs())] == []
    assert sum(is_taken_for_one(each) for each in ordinary()) <= 2


def is_taken_for_one(channel: Channel) -> bool:
    """Whether enough happens in what sounds of an incident."""
    by_ts = {each.ts: each for each in channel.messages}
    several = [[by_ts[ts] for ts in run.messages] for run in heard(channel).runs()]
    return any(analyse.happens(run, channel.people) for run in several)
