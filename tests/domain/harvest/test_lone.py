"""Lines with nothing around them, as in the minutes of a meeting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import features, lone
from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]


def _opens(said: str) -> set[str]:
    return {name for name in lone.names(said, features.tokens(said)) if name.startswith("~opens")}


def test_what_stands_behind_a_name_that_opens_a_line_is_seen() -> None:
    assert _opens("tobbe to unbreak the nightly") == {"~opens:blank name", "~opens:blank to"}
    assert _opens("xk_|work, dana and R0n: sort the slides") == {"~opens:colon odd", "~opens:colon sort"}
    assert "~opens:blank ~step@0" in _opens("mo_rten restart the mirror")
    assert _opens("Dana (?) -> the badge printer") == {"~opens:dash name", "~opens:dash the"}


@pytest.mark.parametrize("said", ["decision: drop the old branch", "we: all of us", "info: room is booked", "", "..."])
def test_what_is_no_name_opens_nothing(said: str) -> None:
    assert _opens(said) == set()


def test_its_words_are_seen_once_more() -> None:
    assert {"~lone:to", "~lone:fix", "~lone:~lasting@any"} <= set(lone.names("to fix", ["to", "fix"]))


@pytest.mark.parametrize(
    "line",
    [
        "tobbe to unbreak the nightly builds on arm",
        "xk_ to defrobnicate the mirror list",
        "pelle, mo_rten to whip up a draft of the budget",
        "liz and Jo|away to shepherd the patch through review",
        "somebody (lasse?) to find out what the hall costs",
    ],
)
def test_who_is_named_in_front_of_any_verb_is_given_work(harvest: Harvest, line: str) -> None:
    assert [each.text for each in harvest(line).todos] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "tobbe: I think the older compilers were never meant to do that, to be honest",
        "my employer would never sign something that leaves open who owns the patches",
        "or at most on the machines that nobody logs into",
        "so what happens to the people who already paid their fee?",
        "could we go on with the next point? my train leaves at six",
        "the one in Brno does it with two volunteers and a spreadsheet",
    ],
)
def test_the_talk_of_a_meeting_gives_nobody_work(harvest: Harvest, line: str) -> None:
    assert harvest(line).todos == ()
