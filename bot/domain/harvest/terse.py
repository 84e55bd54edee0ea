"""Who does what in two words: "load test = me", "runbook -> bo", "alert: cy", "bo: the docs", "the macro is mine, by friday", "cy takes the
docs, dee the alert". It gives what was proposed just before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.harvest import due_words, names, own_work
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_WORDS = r"@?[^\W\d_][\w '/@.+&-]{0,40}?"
_PAIR = late(
    rf"^(?P<left>{_WORDS})(?:(?:\s*(?:==?|[-=]+>|→)\s*|\s*(?::| [-–—])\s+)(?P<right>{_WORDS})|"
    r"\s+[(\[](?P<inside>@?[^\W\d_][\w'.-]{0,40})[)\]]| is (?P<mine>mine))[\s.!]*$"
)
_WHO = r"(?P<who>@?[^\W\d_][\w'.-]{0,30}(?: [A-Z][\w'.-]{0,30})?)"
_TAKES = late(
    rf"^{_WHO} (?:takes?(?: on| over)?|does|do|gets|owns|has|(?:will|can|could) (?:take|do)) (?:the )?(?P<what>{_WORDS})[\s.!]*$"
)
_TOO = late(rf"^{_WHO} (?:the|my|that) (?P<what>{_WORDS})[\s.!]*$")
_NEXT = late(r"\s*[,;]\s+(?:and )?")
_OR_DOT = late(r"\s*[,;.]\s+(?:and )?|(?<=\w) and (?=(?i:i|@?[A-Z]\w+) |[\w.'-]{2,30} (?:the|takes|does|gets|owns) )")
_OPENS = late(
    r"^(?:(?:ok(?:ay)?|so|right|then|great|good|fine|alright|all right|let's say|actions?|next steps?|to-?dos?)[,:.]? ){1,3}(?=\S)",
    re.I,
)
_ME = ("me", "i", "mine", "myself")
_NO_THING = (
    r"(?:it|that|this|one|point|idea|call|i|you|we|he|she|they|yes|yeah|no|ok|okay|sure|thanks?|consider|and|all|both|to|for|with|"
    r"good|fine|works)"
)
_OWN = late(
    r"^(?:the )?(?:(?P<what>[^:.;!?]{3,40}): (?:i(?:'ll| will)? (?:do|take|have) (?:it|that|this)|mine\b|me\b)|"
    rf"(?P<named>(?:(?!{_NO_THING}\b)"
    r"[\w/'-]+ ?){1,3}?)(?:, ?| )(?:yes|ok|sure|(?:is )?mine|me)(?=[,.!]|\W*$)|"
    rf"(?P<done>(?:(?!{_NO_THING}\b)[\w/'-]+ ?){{1,3}}?) i(?: can|'ll| will)? (?:do|take|make|write)\b(?! \w+ing\b| not\b))",
    re.I,
)
_LONG, _FEW = 200, 4  # letters of a line, and words for a thing

Given = Sequence[tuple[str, str]]
"""What is given, and to whom."""


def read(said: str, note: Note, ctx: Context) -> Given:
    """What a line gives to whom; nothing where a part of it says something else."""
    if len(said) > _LONG:
        return ()
    told = [each for each in parts(names.short(said, note)) if due_words.of(each) != each.strip(" .!")]
    given = [pair for each in told if (pair := _in_part(each, note, ctx))] or _in_words(told, note, ctx)
    return given if len(given) == len(told) else ()


def shared_out(said: str, note: Note, ctx: Context) -> Given:
    """What a line shares out, in its own words: "Dev takes the drill, Emil the runbook. I take legal"; nothing unless two parts do and no
    other says something else."""
    own = _OPENS.sub("", names.short(said, note)) if len(said) <= _LONG else ""
    told = [each.strip(" .!") for each in _OR_DOT.split(own)]
    given = [(names.whole(part, note), who) for part, _, who in _taking(told, note, ctx)]
    return given if len(given) == len(told) > 1 else ()


def own_entry(said: str) -> str:
    """The thing that somebody names and takes: "alert: I do it today", "runbook, mine"; "" where a line names none."""
    found = _OWN.match(said)
    what = str(found["what"] or found["named"] or found["done"]) if found else ""
    return what if what and own_work.names_a_thing(what) else ""


def _in_part(said: str, note: Note, ctx: Context) -> tuple[str, str] | None:
    found = _PAIR.match(due_words.without_bracket(said))
    return _pair(found["left"], _right(found), note, ctx) if found else None


def _in_words(told: Sequence[str], note: Note, ctx: Context) -> Given:
    """What parts give of which the first says that somebody takes something: "cy takes the docs, dee the alert"."""
    return [(what, who) for _, what, who in _taking(told, note, ctx)]


def _taking(told: Sequence[str], note: Note, ctx: Context) -> list[tuple[str, str, str]]:
    """Of such parts each, what it gives, and to whom."""
    found = [_TAKES.match(each) or (_TOO.match(each) if place else None) for place, each in enumerate(told)]
    return [
        (part, each["what"], who)
        for part, each in zip(told, found, strict=True)
        if each and (who := person(each["who"], note, ctx))
    ]


def parts(said: str) -> list[str]:
    """The parts of a line, each of which can give something."""
    return _NEXT.split(said)


def of(given: Given, proposal: str) -> str | None:
    """To whom a proposal is given."""
    return next((who for what, who in given if _is_short(what) and own_work.repeats(what, proposal)), None)


def is_of_things(given: Given) -> bool:
    """Whether each part names a thing: not so "I'll do it - bo"."""
    return all(own_work.names_a_thing(what) for what, _ in given)


def _right(found: re.Match[str]) -> str:
    return str(found["right"] or found["inside"] or found["mine"])


def _is_short(what: str) -> bool:
    return len(what.split()) <= _FEW


def _pair(left: str, right: str, note: Note, ctx: Context) -> tuple[str, str] | None:
    for what, name in ((left, right), (right, left)):
        if who := person(name, note, ctx):
            return what, who
    return None


def person(name: str, note: Note, ctx: Context) -> str | None:
    """Whom a name means, or "me" in a message; None for nobody who is known."""
    if name.casefold() in _ME:
        return note.author
    return names.known(iter((name,)), note, ctx)
