"""Answers that name no work of their own: who only says that it is theirs, and until when ("me, by wednesday"), or that they cannot
("cannot before friday")."""

from __future__ import annotations

import re

from bot.domain.harvest import agreed, due_words
from bot.domain.harvest.late import late

_SHORT = 100  # letters
_TAKES = late(
    r"^\W*(?:(?:ok(?:ay)?|yes|yep|sure|fine|and|then|well)[,!. ]+)*(?:mine|me|(?:i|i'll|i will|i can) (?:do|take|have|handle)|"
    r"will do|can do|leave (?:it|that|this) to me|on me)(?: (?:it|that|this))?(?: one)?(?: then)?(?:[,.;!]|$|(?=\s))\s*(?P<until>.*)$",
    re.I,
)
_DECLINES = late(
    r"^\W*(?:(?:sorry|ok|hm+|but|no)[,!. ]+)*(?:i )?(?:can ?not|can't|won't|will not) (?:do (?:it|that|this) )?(?P<until>.+)$",
    re.I,
)


def takes(said: str) -> bool:
    """Whether an answer says that it is its author's, and names no work of its own."""
    if len(said) > _SHORT or "?" in said:
        return False
    found = _TAKES.match(said)
    until = found["until"].strip(" .!") if found else None
    return (
        until == ""
        or (until is not None and due_words.of(until) == until)
        or agreed.takes(said, at_once=True)
        or agreed.only_yes(said)
    )


def declines(said: str) -> bool:
    """Whether somebody only says until when they can do nothing: "cannot before friday"."""
    found = _DECLINES.match(said)
    return found is not None and due_words.of(found["until"]) == found["until"].strip(" .!")
