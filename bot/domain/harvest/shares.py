"""The work of an incident handed out in one breath: "I run it, bo database, cy customers", "bo = players. cy = db". What is said of one
alone, "cy customers", could be anything; among the shares of others, or beside who leads, it is a role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import another_day, charge, role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_LONG, _SHORT = 400, 40  # letters of a line, and of a share
_PIECES = late(r"(?:[.;!](?=\s|$)|,\s|\n|\s/\s|\band (?=@?\w))\s*", re.I)
_SIGN = (
    r"(?:\s*(?:[=:]|→|->|=>)\s*|,? (?:you )?(?:(?:is |are |'s )?on |"
    r"(?:is|'s|has|take|takes|does|do|handles?|gets?) |= |- )?)"
)
_POLITE = r"(?: please| pls| as (?:usual|always|well)| too| again| then| for (?:now|today|tonight))*"
_TO_PUBLIC = late(
    rf"{_SIGN}(?:the |our |all )?(?:(?:voice|face|link|contact) (?:of|to|for) (?:the |our )?)?(?:{role_words.PUBLIC}|{role_words.SIDE})"
    rf"{_POLITE}[.!]*$",
    re.I,
)
_TO_INSIDE = late(
    rf"{_SIGN}(?:the |our )?(?:internal (?:stakeholders|comms|liaison|updates|side)|management|board|execs|executives|leadership|"
    rf"stakeholders|exco|c-level){_POLITE}[.!]*$",
    re.I,
)
_TO_NOTES = late(rf"{_SIGN}(?:the )?(?:scribe|scribing|notes|minutes|log){_POLITE}[.!]*$", re.I)
_SHARES = ((Role.customer_liaison, _TO_PUBLIC), (Role.internal_liaison, _TO_INSIDE), (Role.scribe, _TO_NOTES))
_SIGNED = late(
    rf"{_SIGN}(?:the |our )?(?!(?:{charge.NO_TASK}|ok|okay|yes|no|done|here|out|off|back|see)\b)[\w'-]+(?: [\w'-]+){{0,3}}{_POLITE}[.!]*$",
    re.I,
)
_MARK, _HEADING = late(r"^(?:[-*•·–—]|\d[.)])\s+"), late(r"^[\w ]{1,20}:\s*(?=@?\w)")
_IN_BRACKETS = late(r"^ \(([^()]{2,30})\)(?=$)")
_ASKED = late(r"(?: \S+)? (?:can|could|will|would) you (?:please )?\w+ ", re.I)


def of_message(note: Note, ctx: Context) -> Iterator[tuple[Role, str]]:
    """The role that falls to each of those among whom a message shares out the work, and their user ids."""
    said = "\n".join(another_day.without(line.said) for line in another_day.before(note.talk))
    if not note.human or len(said) > _LONG or said.rstrip().endswith("?"):
        return
    shares = [person for piece in _PIECES.split(said) if (person := _person(piece, note, ctx))]
    given = [(user_id, rest) for user_id, rest in shares if _is_share(rest)]
    if len({user_id for user_id, _ in given}) < 2 and not (given and _leads(said)):
        return
    for user_id, rest in given:
        for role, wording in _SHARES:
            if wording.match(rest) and user_id != note.author:
                yield role, user_id


def _person(piece: str, note: Note, ctx: Context) -> tuple[str, str] | None:
    """With whose name a piece opens, and what follows it."""
    piece = _MARK.sub("", piece.strip())
    person = roles.leading_person(piece, ctx, note) or roles.leading_person(_HEADING.sub("", piece), ctx, note)
    return (person[0], _IN_BRACKETS.sub(r": \1", person[1])) if person else None


def _is_share(rest: str) -> bool:
    short = len(rest) <= _SHORT and _SIGNED.match(rest)
    return bool(short or any(wording.match(rest) for _, wording in _SHARES) or _ASKED.match(rest))


def _leads(said: str) -> bool:
    """Whether its author takes command in the same line."""
    said = role_words.spelt(said)
    return bool(role_words.I_LEAD.search(said) or charge.TAKEN.search(said))
