"""Verbs in the present beside a time ("we restart the gateway at 13:30", "failing over at 13:45"). They can tell of a plan, so that a
time with them is no time of an event where one of its readings lies a little ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.harvest.late import late

_VERBS = (
    "restart", "reboot", "redeploy", "deploy", "patch", "start", "begin", "switch", "stop", "drain", "disable", "enable",
    "push", "ship", "release", "migrate", "upgrade", "update", "flip", "apply", "swap", "resume", "pause", "rerun",
    "rescale", "scale", "publish", "replay", "replace", "roll", "revert", "fail", "cut", "move", "bring", "turn", "take",
    "put", "kick", "try", "retry", "repeat", "meet", "call", "join", "reconvene", "send", "post", "announce", "reopen",
    "open", "close", "load", "run", "merge", "rotate", "rebuild", "reindex", "restore", "flush", "purge", "promote", "go",
    "come", "arrive", "leave", "land", "reload", "activate", "install", "freeze", "unfreeze", "regroup", "do", "work", "end",
    "expire", "drop", "remove", "delete",
)  # fmt: skip
_NO_SECOND = frozenset({"cut", "put"})  # "we cut it at 13:30" is past
_NO_ING = frozenset(
    {"start", "begin", "run", "work", "try", "fail", "drop", "come"}
)  # "errors starting 13:30" tells of the past
_DOUBLED = frozenset("tnp")
_WHO = r"(?:i|we|they|you|he|she|all|both|team|everyone|vendor|provider)"


def _ing(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}?ing" if verb[-1] in _DOUBLED else f"{verb}ing"


_BASE = "|".join(each for each in _VERBS if each not in _NO_SECOND)
_THIRD = "|".join(f"{each}e?s" for each in _VERBS)
_GOING = "|".join(_ing(each) for each in _VERBS if each not in _NO_ING)
_PRESENT = late(
    rf"\b{_WHO} (?:(?:then|now|all|both|just|also|only) )?(?:{_BASE})\b|"
    rf"(?<!\bthe )(?<!\blast )(?<!\bfirst )(?<!\bthese )(?<!\bof )(?<!\bmany )(?<!\bno )(?<!\d )\b(?:{_THIRD})\b|"
    rf"\b(?:{_GOING}|failing over)\b|\b(?:is|are|am|'s|'re|'m) (?:starting|beginning|coming)\b",
    re.I,
)
_PAST = late(
    r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\ball )(?<!\beach )\b(?!need|speed|feed|seed|exceed|bed|red\b)\w{2,}ed\b|"
    r"\b(?:was|were|had|has|have|did|went|began|ran|came|got|took|sent|made|fell|broke|lost|saw|found|hit|shut|rose|grew|gave|stood|"
    r"kept|left|told|said|wrote|since|last|first|ago|already)\b",
    re.I,
)
_FAR = timedelta(hours=3)


def speaks(before: str, after: str) -> bool:
    """Whether the verb next to a time is in the present. `before` and `after` are the words of its clause."""
    near = _place(_PRESENT, before)
    if near >= 0:
        return near > _place(_PAST, before)
    return _place(_PAST, before) < 0 and bool(_PRESENT.search(after)) and not _PAST.search(after)


def is_plan(readings: Iterable[datetime], written: datetime) -> bool:
    """Whether one of the readings of a time lies so little after the message that a plan is meant."""
    return any(written < each <= written + _FAR for each in readings)


def past(said: str) -> bool:
    """Whether some words tell of what has happened."""
    return bool(_PAST.search(said))


def _place(pattern: re.Pattern[str], said: str) -> int:
    """Where the last hit begins; -1 where there is none."""
    return max((found.start() for found in pattern.finditer(said)), default=-1)
