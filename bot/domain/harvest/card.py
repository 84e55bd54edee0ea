"""The card that an incident app posts when a follow-up is noted: what it is called, whose it is and until when, a line each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.harvest import text
from bot.domain.harvest.late import late

_THING = r"(?:follow[- ]?up(?: (?:item|action|task))?|action[- ]items?|action[- ]points?|to-?do|task)"
_HEAD = late(
    rf"^\W*(?::[\w+-]+:\s*)*(?:(?:a )?new {_THING}(?: (?:added|created|logged|assigned))?|"
    rf"{_THING} (?:(?:was |has been )?(?:added|created|logged|assigned)|#?[A-Z0-9-]*\d+)|"
    rf"(?:follow[- ]?up|action[- ]item)|.{{2,60}} (?:added|created|logged|assigned) (?:you )?(?:an? |the )?(?:new )?{_THING})"
    r"(?: (?:by|to) [^:]{1,60})?\W*$",
    re.I,
)
_FIELD = late(
    r"^\W*(?:(?P<what>title|summary|what|description|name)|(?P<who>owner|assignee|assigned to|responsible|dri|who)|"
    r"(?P<due>due(?: date| by| on)?|deadline|when|by when)|(?P<other>status|priority|incident|severity|created by|reporter|link|team|"
    r"labels?|type|service|impact|channel|lead))\s*(?::\s*(?P<value>.*))?$",
    re.I,
)
_NONE = late(
    r"^\W*(?:no ?one|nobody|none|unassigned|n/?a|not set|tb[da]|open|unknown|no (?:owner|assignee|due date))?\W*$", re.I
)
_NOT_ONE = frozenset(("severity", "impact", "lead", "service"))
_MOST = 20


@dataclass(frozen=True, slots=True)
class Card:
    """`said`: what is to be done, and the line that it stands in. `who`: as written, None for nobody. `due`: as written, or ""."""

    said: str
    line: text.Line
    who: str | None
    due: str


def is_none(said: str) -> bool:
    """Whether the value of a field says that there is none: "unassigned", "-"."""
    return bool(_NONE.match(said))


def read(lines: Sequence[text.Line]) -> Card | None:
    """The follow-up of a message that is such a card: one that says so above, or one with a title, an owner and a day."""
    said = [each for each in lines[:_MOST] if each.said]
    fields, other, plain = _fields(said)
    head = next((each for each in plain if _HEAD.match(each.said)), None)
    whole = fields.keys() >= {"what", "who", "due"}
    if not (head and "who" in fields) and not (whole and len(plain) <= 1 and not other & _NOT_ONE):
        return None
    what = fields.get("what") or next((each for each in plain if each is not head and head), None)
    if what is None or is_none(_value(what)):
        return None
    who, due = (_value(fields[name]) if name in fields else "" for name in ("who", "due"))
    return Card(_value(what), what, None if is_none(who) else who, "" if is_none(due) else due)


def _fields(lines: Sequence[text.Line]) -> tuple[Mapping[str, text.Line], frozenset[str], Sequence[text.Line]]:
    """The line with the value of each field, which other fields there are, and the lines that are none."""
    fields: dict[str, text.Line] = {}
    other, plain, waits = set(), list[text.Line](), ""
    for line in lines:
        found = _FIELD.match(line.said)
        if found is None:
            if waits:
                fields.setdefault(waits, line)
            else:
                plain.append(line)
            waits = ""
            continue
        name = str(
            found.lastgroup if found.lastgroup != "value" else next(k for k, v in found.groupdict().items() if v)
        )
        if found["value"]:
            fields.setdefault(name, line)
        waits = "" if found["value"] else name
        other |= {found["other"].casefold()} if found["other"] else set()
    fields.pop("other", None)
    return fields, frozenset(other), plain


def _value(line: text.Line) -> str:
    found = _FIELD.match(line.said)
    return (found["value"] if found and found["value"] else line.said).strip()
