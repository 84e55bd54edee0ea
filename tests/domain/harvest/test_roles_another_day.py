"""Roles of a drill on another day, and of an incident in another channel, are none here."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, Role

Harvest = Callable[..., Findings]


@pytest.mark.parametrize(
    "line",
    [
        "for the drill on friday: bo is IC, cy is scribe",
        "for the drill on friday, bo you're IC and cy takes notes",
        "for tomorrow's drill: IC: bo, scribe: cy",
        "drill on friday: bo = IC, cy = scribe",
        "for the drill on friday:\nIC: bo\nscribe: cy",
        "for the drill on friday:\n<@UBO> you're IC\nI'm scribe",
        "bo is IC for friday's drill, cy scribe",
        "I'll be IC of the drill on friday",
        "I'm IC for the game day next week",
        "in the drill last month cy was IC and dee scribe",
        "last week's outage: bo was IC, cy scribe",
        "hi I'm the IC of the payments team's incident in the other channel",
        "I'm scribe for the incident in the other channel",
        "I'm IC of the other incident",
    ],
)
def test_a_role_of_another_day_or_channel_is_none(harvest: Harvest, line: str) -> None:
    assert harvest(line).role_claims == ()


@pytest.mark.parametrize(
    "line",
    [
        "I'm IC for the drill",
        "I'm IC, this is no drill",
        "I'm IC, like in the drill last month",
        "after the drill last week I know the runbook, I'm IC",
        "in the incident last month we rebooted, so I'm IC now and we reboot",
        "for the drill on friday we need a date. I'm IC",
        "last night's incident:\nIC: ana",
        "yesterday's outage: IC: ana",
        "I'm IC, bo is in the other channel",
        "I'm IC for this and bo is on the other incident",
    ],
)
def test_command_is_taken_where_a_drill_or_channel_is_only_told_of(harvest: Harvest, line: str) -> None:
    assert [(claim.role, claim.user_id) for claim in harvest(line).role_claims] == [(Role.ic, "UANA")]
