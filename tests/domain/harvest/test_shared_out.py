"""A list of follow-ups in parts, under whose they are or what they are about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
DISK, BACKUP, VPN = "alarm on the disk", "check the backup", "firewall rules for the vpn"


@pytest.mark.parametrize(
    "said",
    [
        f"Action items\nBo:\n- {DISK}\n- {BACKUP}\nCy:\n- {VPN}",
        f"*Action items*\nBo\n• {DISK}\n• {BACKUP}\nCy\n• {VPN}\n*Timeline*\n• 10:00 it broke",
        f"follow-ups:\n*Bo*\n- {DISK}\n- {BACKUP}\n*Cy Young*\n- {VPN}\nthanks all",
        f"Action items\n- Bo\n  - {DISK}\n  - {BACKUP}\n- Cy\n  - {VPN}",
        f"TODOs:\n<@UBO>\n- {DISK}\n- {BACKUP}\n<@UCY>:\n- {VPN}",
    ],
)
def test_the_entries_under_a_name_are_theirs(harvest: Harvest, said: str) -> None:
    found = [(each.text, each.assignee) for each in harvest(said).todos]
    assert found == [(DISK, "UBO"), (BACKUP, "UBO"), (VPN, "UCY")]


def test_a_list_has_parts_by_what_they_are_about(harvest: Harvest) -> None:
    said = f"*Action items*\n*Monitoring*\n- {DISK}\n*Network*\n- {VPN}\n*Timeline*\n- 10:00 it broke"
    assert [(each.text, each.assignee) for each in harvest(said).todos] == [(DISK, None), (VPN, None)]


def test_another_list_behind_it_is_none_of_it(harvest: Harvest) -> None:
    said = f"*Action items*\n- {DISK}\n*What we saw*\n- 10:00 it broke"
    assert [each.text for each in harvest(said).todos] == [DISK]


def test_entries_behind_an_emoji_are_open_or_ticked(harvest: Harvest) -> None:
    said = f"*Post-incident TODOs*\n:white_circle: {DISK} (Bo)\n:white_check_mark: re-upload the bundle"
    assert [(each.text, each.assignee) for each in harvest(said).todos] == [(f"{DISK} (Bo)", "UBO")]
