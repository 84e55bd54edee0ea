from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
WORK = [
    ("checkout p99 is at 9 s since 14:02, error rate 12%", "UANA"),
    ("connection pool of db-3 is full, 200 of 200, rolling back release 4471 now", "UBO"),
    ("rolled back, errors down to 4%", "UBO"),
    ("restarted the two workers that were stuck on the old config", "UANA"),
] * 6
CHAT = [
    ("oh no", "UCY"),
    ("is the fix already in?", "UCY"),
    ("my cat sat on the keyboard", "UCY"),
    ("great job, thanks", "UCY"),
    ("pizza for everybody tomorrow", "UCY"),
]


def took_part(found: Findings) -> set[str]:
    return {each.user_id for each in found.responders if each.suggested}


def test_who_only_chats_asks_and_thanks_in_a_conversation_is_an_observer(harvest: Harvest) -> None:
    assert took_part(harvest(*WORK[:12], *CHAT, *WORK[12:])) == {"UANA", "UBO"}


def test_who_says_at_once_what_nobody_knew_takes_part_with_one_message(harvest: Harvest) -> None:
    line = (
        "network here: the firewall change CHG-31 of 13:55 halved the idle timeout to the database subnet, so each pool in it "
        "kept 200 dead connections; I put the old value of 3600 s back at 14:31 and see resets fall from 90 to 2 a second"
    )
    assert took_part(harvest(*WORK, (line, "UDEE"))) == {"UANA", "UBO", "UDEE"}


BROKEN = [
    "Morning all. We had 20 calls about paying online since 9",
    "queue is 38 mins now, people still can't pay",
    "checkout is broken for us in Leeds",
]


def test_who_only_tells_what_is_broken_is_an_observer(harvest: Harvest) -> None:
    told = [(each, "UCY") for each in BROKEN]
    assert took_part(harvest(*told, *WORK)) == {"UANA", "UBO"}


def test_who_also_says_what_is_to_be_done_took_part(harvest: Harvest) -> None:
    told = [(each, "UCY") for each in BROKEN]
    wishes = [("we should write a runbook for the tills", "UCY"), ("and I'll add an alert for them tomorrow", "UCY")]
    assert took_part(harvest(*told, *WORK, *wishes)) == {"UANA", "UBO", "UCY"}


def test_in_a_few_messages_substance_is_enough(harvest: Harvest) -> None:
    assert took_part(harvest("the pool of db-3 is full", ("thanks!", "UBO"))) == {"UANA"}


@pytest.mark.parametrize(
    "line",
    ["turned it off", "done, flag is off", "ok, switched the flag off for everyone", "disabled the upload feature"],
)
def test_who_turned_off_what_was_broken_took_part(harvest: Harvest, line: str) -> None:
    assert took_part(harvest(*WORK, (line, "UDEE"))) == {"UANA", "UBO", "UDEE"}


@pytest.mark.parametrize(
    "line", ["is the flag off?", "who turned it off", "I turned off my phone", "flag is off in my plan"]
)
def test_who_only_speaks_of_it_did_not(harvest: Harvest, line: str) -> None:
    assert took_part(harvest(*WORK[:12], (line, "UDEE"), *WORK[12:])) == {"UANA", "UBO"}


@pytest.mark.parametrize(
    "line",
    [
        "I am here to watch :popcorn:",
        "late to the party, was on a flight",
        "watching from support side",
        "hi all, just lurking",
        "following along from the sales desk",
    ],
)
def test_who_only_looks_on_is_an_observer(harvest: Harvest, line: str) -> None:
    assert took_part(harvest("the pool of db-3 is full", (line, "UBO"), ("any ETA?", "UBO"))) == {"UANA"}


@pytest.mark.parametrize("line", ["watching the error rate drop", "late to the party, the pool is full since 13:50"])
def test_who_looks_at_what_is_broken_is_not(harvest: Harvest, line: str) -> None:
    assert took_part(harvest("the pool of db-3 is full", (line, "UBO"))) == {"UANA", "UBO"}
