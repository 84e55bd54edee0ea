"""Roles that are doubted, set right, or given to "you", and how they go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, Role

Harvest = Callable[..., Findings]
Lines = list[str | tuple[str, str]]


def claims(found: Findings) -> list[tuple[Role, str | None]]:
    return [(claim.role, claim.user_id) for claim in found.role_claims]


def test_who_wonders_whether_they_lead_as_well_is_made_deputy(harvest: Harvest) -> None:
    found = harvest("I'm IC", ("I'm IC too? I got paged", "UBO"), "you're deputy then", ("fine", "UBO"))
    assert claims(found) == [(Role.ic, "UANA"), (Role.deputy, "UBO")]


@pytest.mark.parametrize(
    "lines",
    [
        [("I got paged", "UBO"), "you're deputy then", ("no, I'm off", "UBO")],
        [("I got paged", "UBO"), "you're deputy then", ("fine", "UCY")],
        [("deploy is done", "UBO"), "you're on the wrong host then", ("fine", "UBO")],
    ],
)
def test_you_have_no_role_that_you_do_not_take(harvest: Harvest, lines: Lines) -> None:
    assert claims(harvest(*lines)) == []


@pytest.mark.parametrize("why", [", I have to debug", " from me?", " please"])
def test_the_notes_are_taken_over_by_who_is_asked(harvest: Harvest, why: str) -> None:
    lines = [("I'm scribe", "UCY"), (f"bo can you take over the notes{why}", "UCY"), ("sure", "UBO")]
    assert claims(harvest(*lines)) == [(Role.scribe, "UCY"), (Role.scribe, "UBO")]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("I'm not the IC, <@UBO> is", Role.ic),
        ("I'm not the IC, @bo is", Role.ic),
        ("not the scribe, that's bo", Role.scribe),
        ("IC hand-off complete: ana -> bo", Role.ic),
        ("IC handover done: ana to bo", Role.ic),
        ("scribe change: ana -> bo", Role.scribe),
        ("Bo's got command", Role.ic),
        ("Bo keeps the bosses posted", Role.internal_liaison),
    ],
)
def test_a_line_says_who_has_a_role_after_all(harvest: Harvest, line: str, role: Role) -> None:
    assert claims(harvest(line)) == [(role, "UBO")]


@pytest.mark.parametrize(
    "line",
    [
        "I'm not the IC, bo is asking who is",
        "I'm not the IC, is bo?",
        "I'm not the IC, bo was",
        "IC handover doc: ana to review",
        "IC hand-off ana -> bo tomorrow",
        "Bo's got control issues",
        "Bo keeps the bosses happy",
        "taking point 3 off the list",
        "taking point on this ticket",
    ],
)
def test_a_line_that_only_sounds_so_names_nobody(harvest: Harvest, line: str) -> None:
    assert claims(harvest(line)) == []


@pytest.mark.parametrize("line", ["I'll keep the bosses posted", "I'll brief the brass"])
def test_who_tells_the_bosses_is_internal_liaison(harvest: Harvest, line: str) -> None:
    assert claims(harvest(line)) == [(Role.internal_liaison, "UANA")]


def test_who_takes_point_on_this_commands(harvest: Harvest) -> None:
    assert claims(harvest("taking point on this")) == [(Role.ic, "UANA")]


@pytest.mark.parametrize("answer", ["not at all", "no, not at all", "I don't mind"])
def test_who_does_not_mind_accepts(harvest: Harvest, answer: str) -> None:
    assert claims(harvest("cy do you mind being IC?", (answer, "UCY"))) == [(Role.ic, "UCY")]
    assert claims(harvest("cy can you be IC?", (answer, "UCY"))) == []


@pytest.mark.parametrize("answer", ["yes, sorry", "I do", "I do mind, I'm asleep"])
def test_who_minds_does_not(harvest: Harvest, answer: str) -> None:
    assert claims(harvest("cy do you mind being IC?", (answer, "UCY"))) == []
