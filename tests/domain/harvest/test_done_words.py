"""What takes a follow-up away: words that say it is done, in its thread or right behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
Stamp = Callable[[float], str]


@pytest.mark.parametrize(
    ("answer", "stays"),
    [
        ("✅", False),
        (":white_check_mark:", False),
        (":heavy_check_mark: ", False),
        ("purged, done", False),
        ("already done", False),
        ("completed", False),
        ("I did that", False),
        ("closed by <https://github.com/acme/cache/pull/9>", False),
        ("not relevant anymore", False),
        ("it's no longer needed", False),
        ("ordered", True),
        ("👍", True),
        ("✅ tomorrow", True),
        ("is that done?", True),
        ("I did that?", True),
        ("I did that last time and it broke", True),
        ("not yet done", True),
        ("once merged, done", True),
        ("completed by tomorrow", True),
        ("closed by the customer", True),
        ("is it not relevant anymore?", True),
    ],
)
def test_an_answer_in_its_thread_says_that_it_is_done(
    harvest: Harvest, say: Say, stamp: Stamp, answer: str, stays: bool
) -> None:
    marked = say("TODO: purge the cache", minute=0, reply_count=1)
    reply = say(answer, "UBO", minute=60, thread_ts=stamp(0))
    assert any(each.text == "purge the cache" for each in harvest(marked, reply).todos) is stays


ASKED = "<@UBO> could you schedule the post-mortem review for next week?"
WISH = "someone should really update the rollback runbook"


@pytest.mark.parametrize(
    ("wish", "answer", "who"),
    [
        (ASKED, "sent the invite", "UBO"),
        (ASKED, "ok, scheduled it", "UBO"),
        (WISH, "done, just fixed it", "UBO"),
        (WISH, "fixed", "UCY"),
    ],
)
def test_what_the_next_one_has_done_at_once_is_none(harvest: Harvest, wish: str, answer: str, who: str) -> None:
    assert harvest(wish).todos != ()
    assert harvest(wish, (answer, who)).todos == ()


@pytest.mark.parametrize(
    ("wish", "answer", "who"),
    [
        (ASKED, "sent the invite", "UCY"),
        (ASKED, "sent the invite?", "UBO"),
        (WISH, "sent the invite", "UBO"),
        (WISH, "done by tomorrow", "UBO"),
    ],
)
def test_other_words_leave_it(harvest: Harvest, wish: str, answer: str, who: str) -> None:
    assert harvest(wish, (answer, who)).todos != ()


def test_done_is_said_of_what_stands_right_before_it(harvest: Harvest) -> None:
    assert harvest(WISH, ("the pool is full", "UCY"), ("done", "UBO")).todos != ()
