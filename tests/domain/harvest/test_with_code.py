"""A line of the timeline that leads up to a block of code shows the code; any other shows its words alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("ran this against prod:\n```delete from x```", "ran this against prod:\ndelete from x"),
        ("config is ```\npool: 5\n```", "config is\npool: 5"),
        ("restarted the pool\n```ok```", "restarted the pool"),
        ("config is ```pool: 5``` so we lower it", "config is\n so we lower it"),
        ("ran this: `delete`", "ran this: `delete`"),
    ],
)
def test_words_that_lead_up_to_code_stand_with_it(harvest: Harvest, say: Say, said: str, shown: str) -> None:
    found = harvest("checkout is down", say(said, minute=5, pinned=True)).timeline
    assert [each.text.split() for each in found if each.ts != found[0].ts or len(found) == 1][-1] == shown.split()


def test_only_the_beginning_of_long_code_is_shown(harvest: Harvest, say: Say) -> None:
    found = harvest(say("ran this against prod:\n```" + "x" * 900 + "```", pinned=True)).timeline
    assert [len(each.text) < 300 and each.text.endswith("…") for each in found] == [True]
