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


@pytest.mark.parametrize(
    "said",
    [
        "Actions from the review:\nBo: alarm on the disk\nCy: firewall rules for the vpn",
        "Actions agreed:\nBo - alarm on the disk\nCy - firewall rules for the vpn",
        "Action items we found with the vendor on Monday:\nBo to add an alarm\nCy to write the firewall rules",
        "Next steps\n\n<@UBO> alarm on the disk\n<@UCY> firewall rules for the vpn",
    ],
)
def test_lines_that_begin_with_a_name_under_a_heading_need_no_bullets(harvest: Harvest, said: str) -> None:
    found = harvest("checkout is down", said).todos
    assert [(each.assignee, each.rule) for each in found] == [("UBO", "H-01"), ("UCY", "H-01")]


@pytest.mark.parametrize("heading", ["Next steps", "Action items from the post-mortem:", "Actions agreed"])
def test_a_heading_alone_is_no_follow_up(harvest: Harvest, heading: str) -> None:
    assert not harvest("checkout is down", "restarted, all good again", f"{heading}", "thanks all").todos


@pytest.mark.parametrize("heading", ["Done this week:", "*Already done*", "Fixed today:", "Shipped so far"])
def test_entries_below_a_heading_that_says_done_are_none(harvest: Harvest, heading: str) -> None:
    below = "- add an alert on the pool size\n- write a runbook for the failover"
    assert not harvest("checkout is down", f"{heading}\n{below}").todos
    assert len(harvest("checkout is down", f"To do this week:\n{below}").todos) == 2


def test_what_a_summary_says_of_cause_and_impact_is_no_follow_up(harvest: Harvest) -> None:
    said = (
        "Closing. Summary:\nCause: a certificate that the carrier does not trust. We should have checked the audio.\n"
        "Impact: 40 minutes without voice.\nAdditionally: renewals need CAB. I raise that with change management next week."
    )
    (todo,) = harvest("calls are silent", ("renewed", "UBO"), said, "all quiet").todos
    assert todo.text.startswith("Additionally")
