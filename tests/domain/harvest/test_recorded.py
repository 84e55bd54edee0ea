"""What an app says was noted, of what somebody said just before in other words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Confidence, Findings
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
WISH = "we should add an alert on the partition lag of the webhook store, please note it"
CARD = 'Follow-up recorded by ana: "alert on webhook store partition lag" (FU-902)'


def app(say: Say, text: str, minute: float) -> Message:
    return say(text, "UBOT", minute, bot_id="B1")


def test_it_is_one_follow_up_and_a_sure_one(harvest: Harvest, say: Say) -> None:
    found = harvest(say(WISH), app(say, CARD, 1)).todos
    assert [(each.text[:20], each.confidence) for each in found] == [(WISH[:20], Confidence.B)]


@pytest.mark.parametrize(
    ("card", "minute"), [(CARD, 30), ('Follow-up recorded by ana: "drill for the failover of the webhook store"', 1)]
)
def test_what_is_noted_later_or_of_something_else_is_another(
    harvest: Harvest, say: Say, card: str, minute: float
) -> None:
    found = harvest(say(WISH), app(say, card, minute)).todos
    assert Confidence.A in {each.confidence for each in found}
    assert len(found) == 2
