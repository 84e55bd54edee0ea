"""What the channel says about a field of a form, with the message that says so and the rule that found it: a suggestion to read,
never a value by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain import typed
from bot.domain.harvest.finding import CustomerCount, Findings, TimelineFinding
from bot.domain.harvest.person import Person

HEARD, SILENT = "Said in the channel", "Called, but silent in the channel"
_MOST = 3
_NAMED = 10
_IN_TOUCH = re.compile(
    r"\b(?:call(?:s|ed|ing)?|complain\w*|wrote|written|writ(?:es|ing)|reports?|reported|tickets?|contact\w*|"
    r"e-?mail(?:s|ed)|chats|enquir\w+|inquir\w+|in touch|asked)\b",
    re.I,
)
_USERS = re.compile(
    r"(?:users?|people|patients?|players|drivers|riders|couriers|readers|viewers|guests|members|subscribers?|passengers?|households?)\Z"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """Some words, and the message that they are from."""

    words: str
    ts: str
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of one field: a label, the sayings, and the rule; "" where none but the list of those present has it."""

    label: str
    sayings: tuple[Saying, ...]
    rule: str = ""


def about_impact(found: Findings, value: Mapping[str, object]) -> dict[str, tuple[Said, ...]]:
    """Numbers of people and of their requests by field, the last ones of each, where nobody has filled in the field yet."""
    heard: dict[str, dict[str, list[Saying]]] = {}
    for each in found.customers:
        listed, saying = heard.setdefault(_field(each), {}).setdefault(each.rule, []), Saying(_line(each.text), each.ts)
        listed += [saying] if saying not in listed else []
    for told in _in_touch(found):
        there = heard.setdefault("support", {})
        if all(told.ts != one.ts for listed in there.values() for one in listed):
            there.setdefault(told.rule, []).append(Saying(_line(told.text), told.ts, told.thread_ts))
    empty = {name: rules for name, rules in heard.items() if not value.get(name)}
    return {
        name: tuple(Said(HEARD, tuple(listed[-_MOST:]), rule) for rule, listed in rules.items())
        for name, rules in empty.items()
    }


def silent(found: Findings, people: Mapping[str, Person], present: Iterable[str]) -> tuple[Said, ...]:
    """Who was called by name and wrote nothing, each with the call; without those who are `present` as it is known by now."""
    there = set(present)
    named = [
        Saying(typed.one_line(people[user].name if user in people else user), ts)
        for user, ts in found.presence.silent
        if user not in there
    ]
    return (Said(SILENT, tuple(named[:_NAMED])),) if named else ()


def _field(each: CustomerCount) -> str:
    if _IN_TOUCH.search(each.text):
        return "support"
    return "users" if _USERS.match(each.what) else "accounts"


def _in_touch(found: Findings) -> list[TimelineFinding]:
    return [each for each in found.timeline if each.rule == "H-12"]


def _line(words: str) -> str:
    return typed.clip(typed.one_line(words), 200)
