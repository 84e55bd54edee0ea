"""Answers that name no work of their own: who only says that it is theirs, and until when ("me, by wednesday"), or that they cannot
("cannot before friday", "actually no, I'm on vacation")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import agreed, due_words, own_work
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Note

_SHORT = 100  # letters
_IF = late(r",? (?:if|unless|provided|assuming)\b[^.;!?]*[.!]*$", re.I)
_TAKES = late(
    r"^\W*(?:(?:ok(?:ay)?|yes|yep|sure|fine|and|then|well)[,!. ]+)*(?:mine|me|(?:i|i'll|i will|i can) (?:do|take|have|handle)|"
    r"will do|can do|leave (?:it|that|this) to me|on me)(?: (?:it|that|this))?(?: one)?(?: then)?(?:[,.;!]|$|(?=\s))\s*(?P<until>.*)$",
    re.I,
)
_DECLINES = late(
    r"^\W*(?:(?:oh|wait|actually|sorry|ok|hm+|but|no)[,!. ]+)*(?:i )?(?:can ?not|can't|won't|will not) "
    r"(?:do (?:it|that|this) )?(?P<until>.+)$",
    re.I,
)
_BACKS_OUT = late(
    r"^\W*(?:(?:oh|ah|hm+|wait|no|sorry|actually|damn|oops|scratch that|ok|well|but)[,!. :–—-]+)+(?:actually |but )?(?:no[,. ]+)?"
    r"(?:i(?:'m| am) (?:on (?:vacation|holidays?|leave|pto)|off\b|out\b|away|not (?:here|in|around|working))|"
    r"i (?:can ?not|can't|won't|will not) (?:do|take|make|manage)\b|i have no time|i've no time|(?:i have|i've) (?:vacation|holiday|leave)|"
    r"(?:i )?have to (?:pass|give it back)|(?:some(?:one|body)|anyone|anybody) else\b)",
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
        or (agreed.takes(said, at_once=True) and (agreed.opens_with_mine(said) or not own_work.names_own(said)))
        or agreed.only_yes(said)
    )


def only_when(said: str) -> bool:
    """Whether its first words are nothing but until when: "monday. sleep now"."""
    first = _IF.sub("", said.split(". ", 1)[0]).strip(" .!")
    return bool(first) and len(said) <= _SHORT and due_words.of(first) == first


def declines(said: str) -> bool:
    """Whether somebody only says until when they can do nothing: "cannot before friday"."""
    found = _DECLINES.match(said)
    return found is not None and due_words.of(found["until"]) == found["until"].strip(" .!")


def backs_out(who: str | None, answers: Iterable[Note]) -> bool:
    """Whether somebody who took something on says next that they cannot after all: "actually no, I'm on vacation"."""
    own = next((each for each in answers if each.author == who), None)
    return own is not None and bool(own.talk) and is_out(own.talk[0].said)


def is_out(said: str) -> bool:
    """Whether it says that its author cannot after all."""
    return _BACKS_OUT.match(said[:_SHORT]) is not None or declines(said)
