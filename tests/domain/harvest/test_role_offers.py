"""Who offers to take a role should it be needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import role_offers
from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
_BEFORE = ("looking, 40% of checkouts fail", ("the deploy of 13:50 broke the pool config", "UBO"), "rolling back")


@pytest.mark.parametrize("line", ["if we need an IC I could do it", "I can be IC tomorrow if this goes on"])
def test_an_offer_to_take_a_role_is_neither_a_role_nor_a_follow_up(harvest: Harvest, line: str) -> None:
    found = harvest(*_BEFORE, ("rollback done, errors are down", "UBO"), line)
    assert (found.todos, found.role_claims) == ((), ())


@pytest.mark.parametrize(
    "line",
    [
        "if you need a scribe I'm happy to help",
        "in case we need a deputy, I could do that",
        "ok, I'd take comms if nobody else can",
        "I can be scribe again when cy leaves",
    ],
)
def test_it_is_said_in_many_ways(line: str) -> None:
    assert role_offers.is_one(line)


@pytest.mark.parametrize(
    "line",
    [
        "if we need an IC again we should have a rota for it",
        "I could write a runbook for the scribe if needed",
        "I'll take the follow-up for the IC rota",
        "if the IC is away I could page, and I'll write that into the runbook",
        "I'll take IC",
    ],
)
def test_what_is_to_be_done_is_no_offer(line: str) -> None:
    assert not role_offers.is_one(line)
