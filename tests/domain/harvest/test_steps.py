"""A message that lists several times makes a line for each, at its time and in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.harvest.finding import Findings, TimelineKind
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]

LISTED = [("13:41", "errors began"), ("13:52", "rolled back"), ("13:58", "recovered")]


def lines(harvest: Harvest, say: Say, text: str) -> list[tuple[str, str]]:
    found = harvest(say(text, "UDEE"), say("looking at the logs", "UBO", 1)).timeline
    return [(f"{each.at:%H:%M}", each.text) for each in found if each.rule == "H-16"]


@pytest.mark.parametrize(
    "text",
    [
        "13:41 errors began, 13:52 rolled back, 13:58 recovered",
        "13:41 errors began; 13:52 rolled back; 13:58 recovered",
        "13:41 errors began → 13:52 rolled back → 13:58 recovered",
        "timeline so far: 13:41 errors began, 13:52 rolled back and 13:58 recovered",
        "13.41 Uhr errors began, 13.52 Uhr rolled back, 13.58 Uhr recovered",
        "13:41 errors began\n13:52 rolled back\n13:58 recovered",
        "[13:41] errors began\n[13:52] rolled back\n[13:58] recovered",
        "what we know:\n• 13:41 errors began\n• 13:52: rolled back\n• 13:58 recovered",
    ],
)
def test_each_time_has_its_line(harvest: Harvest, say: Say, text: str) -> None:
    assert lines(harvest, say, text) == LISTED


def test_each_is_of_its_own_kind_and_has_a_number_of_its_own(harvest: Harvest, say: Say) -> None:
    text = "13:41 errors began, 13:52 rolled back, 13:58 recovered"
    found = [each for each in harvest(say(text, "UDEE"), say("ok", "UBO", 1)).timeline if each.rule == "H-16"]
    assert [each.kind for each in found] == [TimelineKind.impact_start, TimelineKind.action, TimelineKind.mitigation]
    assert len({(each.ts, each.line) for each in found}) == 3


@pytest.mark.parametrize(
    "text", ["23:50 errors began, 00:20 rolled back, 00:31 recovered", "23:50 errors began\n00:20 rolled back"]
)
def test_a_night_goes_over_midnight(harvest: Harvest, say: Say, text: str) -> None:
    first, second, *_ = (
        each.at for each in harvest(say(text, "UDEE"), say("ok", "UBO", 1)).timeline if each.rule == "H-16"
    )
    assert (first, second) == (datetime(2026, 1, 4, 23, 50, tzinfo=UTC), datetime(2026, 1, 5, 0, 20, tzinfo=UTC))


def test_a_word_or_two_behind_a_time_say_what_it_was(harvest: Harvest, say: Say) -> None:
    text = "13:41 deploy, 13:44 first 5xx, 13:46 first slow query, 13:52 rollback, 13:55 pods restarted, 13:58 resolved"
    found = [each.kind for each in harvest(say(text, "UDEE"), say("ok", "UBO", 1)).timeline if each.rule == "H-16"]
    kinds = TimelineKind
    assert found == [kinds.action, *[kinds.impact_start] * 2, *[kinds.action] * 2, kinds.resolved]


def test_from_when_to_when_is_one_line_and_told_whole(harvest: Harvest, say: Say) -> None:
    assert lines(harvest, say, "13:41 – 13:58 checkout was down") == [("13:41", "13:41 – 13:58 checkout was down")]


def test_a_letter_behind_a_time_is_no_zone(harvest: Harvest, say: Say) -> None:
    said = lines(harvest, say, "13:41 x went down, 13:52 y restarted, 13:58 z recovered")
    assert said == [("13:41", "x went down"), ("13:52", "y restarted"), ("13:58", "z recovered")]


@pytest.mark.parametrize(("text", "day"), [("22:15 - the batch failed", 4), ("22:15 - maintenance begins", 5)])
def test_in_the_morning_what_happened_in_the_evening_is_of_last_night(
    harvest: Harvest, say: Say, text: str, day: int
) -> None:
    (found,) = harvest(say(text, "UDEE", -180), say("ok", "UBO", -179)).timeline
    assert found.at.day == day


def test_a_zone_that_is_written_once_is_that_of_all(harvest: Harvest, say: Say) -> None:
    found = lines(harvest, say, "8:41 ET errors began, 8:52 rolled back, 8:58 recovered")
    assert [at for at, _ in found] == ["13:41", "13:52", "13:58"]


@pytest.mark.parametrize(
    "text",
    [
        "13:41 first page, acked 13:52",
        "13:41 UTC first page, acked at 13:52 UTC.",
        "13:41 first page and then acked 13:52",
        "13:41 first page, 13:52 acked",
    ],
)
def test_two_times_are_two_lines_where_both_tell_of_what_has_happened(harvest: Harvest, say: Say, text: str) -> None:
    assert lines(harvest, say, text) == [("13:41", "first page"), ("13:52", "acked")]


@pytest.mark.parametrize(
    "text",
    [
        "13:41 restarted it, next update 14:30",
        "13:41 restarted it, 14:30 standup",
        "13:41 restarted it, 13 pods of 14",
        "it began at 13:41, we noticed at 13:52",
    ],
)
def test_a_second_time_of_something_to_come_makes_no_line(harvest: Harvest, say: Say, text: str) -> None:
    assert lines(harvest, say, text) == []


@pytest.mark.parametrize(
    "text", ["14:30 standup, 15:00 review, 16:00 planning", "13:41 400, 13:52 410, 13:58 90", "13:41 errors, 13:52 ok"]
)
def test_plans_figures_and_two_times_are_no_list(harvest: Harvest, say: Say, text: str) -> None:
    assert lines(harvest, say, text) == []
