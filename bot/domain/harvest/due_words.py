"""Until when a follow-up is to be done, as people say it: "by friday", "next week", "before black friday". The words are kept as
they were written."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.harvest import due_wording as wording
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.late import late

_BRACKET = late(r"\s*[(\[](?P<by>[^()\[\]]{2,30})[)\]]\W*$")
_NOT = late(r"\bnot (?:before |until |till )?$", re.I)
_DASH = late(r"(?:\s[-–—|]\s|,\s)(?P<by>(?:[^-–—|,()]|(?<=\d)-(?=\d)){2,30}?)\W*$")


def of(said: str) -> str:
    """The words that say until when, as they were written; "" where nothing says it. The first ones count."""
    said = said[:1500].replace("’", "'")
    for each in (wording.DUE, wording.ON, wording.BARE):
        for found in each.finditer(said):
            before = said[max(0, found.start() - 120) : found.start()]
            if found[0].lower().startswith(wording.CLEAR) or _is_ahead(said, before, found.end()):
                return said[found.start() : _end(said, found)].strip(" .")
    return ""


def _is_ahead(said: str, before: str, end: int) -> bool:
    """Whether what some words end before is to be done, and not of the past, or only asked about: "are you in today?"."""
    asked = wording.QUESTION.match(said, end) is None or wording.REQUEST.search(before)
    return bool(asked) and not wording.PAST.search(before) and not _NOT.search(before)


def _end(said: str, found: re.Match[str]) -> int:
    """Where the words end, with the hour of the day, or the day of the hour: "by friday 17:00 UTC", "by EOD tomorrow"."""
    end = found.end()
    for _ in range(2):
        day = wording.ENDS_IN_HOUR.search(said, found.start(), end)
        further = (wording.FURTHER_DAY.match(said, end) if day else None) or wording.FURTHER.match(said, end)
        end = further.end() if further else end
    return end


def soon(said: str) -> str:
    """The words that say that it is to be done as soon as can be; "" where nothing says it."""
    found = None if of(said) else wording.SOON.search(said[:1500])
    return found[0] if found else ""


def beside_mark(said: str) -> str:
    """The words of those at a mark that say until when: "TODO for next week:", "TODO (bo, Q3):"."""
    parts = (each.strip() for each in said.split(","))
    return next((each for each in parts if wording.ALONE.fullmatch(each)), "") or of(said) or soon(said)


def is_occasion(said: str) -> bool:
    """Whether words at a mark name an occasion, and so nobody: "the launch"."""
    return wording.OCCASION.fullmatch(said.strip()) is not None


def _behind(said: str) -> str:
    """What the last words say alone, in brackets or behind a dash or a comma: "the write-up (wed)", "the firmware - 12 March"."""
    found = _BRACKET.search(said) or _DASH.search(said)
    return found["by"] if found and wording.ALONE.fullmatch(found["by"]) else ""


def without_bracket(said: str) -> str:
    """Words without the last ones in brackets where these say until when."""
    found = _BRACKET.search(said)
    return said[: found.start()] if found and beside_mark(found["by"]) else said


def put(todo: TodoFinding) -> TodoFinding:
    """The follow-up with what it says about its time: in its own words first, else in the sentences around them."""
    due = of(todo.text) or of(todo.detail) or soon(todo.text) or _behind(todo.text)
    return replace(todo, due=due) if due else todo
