"""docs/permissions.md has the whole table as the code decides it: a rule that changes makes the page wrong, and this test red."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.domain import permissions
from bot.domain.permissions import CONCERNED, Door, Kind, Part, Rule, Situation

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "permissions.md").read_text(encoding="utf-8")
PARTS = (
    Part.OWNER, Part.IC, Part.DEPUTY, Part.SCRIBE, Part.SHADOW, Part.OPENER, Part.STAND_IN, Part.ASKED, Part.SUPPORT,
    Part.ADMIN,
)  # fmt: skip
HEADS = ("owner", "IC", "deputy", "scribe", "shadow", "opener", "stand-in", "asked", "support", "admin")


def situations() -> dict[str, Situation]:
    """Everybody with a part, as a member of a private channel or without being in it; then people without any."""
    found = {}
    for head, part in zip(HEADS, PARTS, strict=True):
        inside = part in CONCERNED or part in (Part.STAND_IN, Part.ADMIN)
        found[head] = Situation(Kind.PRIVATE, frozenset({part}), member=inside)
    found["member"] = Situation(Kind.PRIVATE, member=True, here=True)
    found["anybody, public channel"] = Situation(Kind.PUBLIC)
    found["guest or stranger in the channel"] = Situation(Kind.PUBLIC, guest=True, here=True, typed=True)
    found["guest or stranger outside"] = Situation(Kind.PUBLIC, guest=True)
    found["outside a private channel"] = Situation(Kind.PRIVATE)
    found["channel not read yet"] = Situation(Kind.UNREAD)
    return found


def row(door: Door, name: str, rule: Rule) -> str:
    typed = {Kind.UNREAD: door in (Door.COMMAND, Door.SHORTCUT)}
    asked = [
        replace(each, here=True, typed=True) if typed.get(each.kind) else each for each in situations().values()
    ]  # fmt: skip
    cells = ["yes" if permissions.against(rule, each) is None else "" for each in asked]
    shown = f"`/postmortem {name}`" if door is Door.COMMAND else f"`{name}`"
    return f"| {shown} | {' | '.join(cells)} |"


def table(door: Door) -> str:
    heads = ["", *situations()]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    return "\n".join(
        [*lines, *(row(door, name, rule) for name, rule in permissions.TABLE[door].items() if name != "unknown")]
    )


def test_the_page_has_the_tables_of_the_code() -> None:
    for door in Door:
        assert table(door) in PAGE, f"put this into docs/permissions.md:\n{table(door)}"


def test_the_page_has_the_sentences_of_the_door() -> None:
    for sentence in (
        permissions.NOT_IN_IT,
        permissions.NOT_READ,
        permissions.OUTSIDE,
        permissions.DIRECT,
        permissions.NO_CHANNEL,
    ):
        assert sentence in PAGE
