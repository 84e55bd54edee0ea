"""What becomes of role claims once they are made: who is given a role may refuse it, and what two rules tell of the same person at
about the same time is one claim."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from bot.domain.harvest import elsewhere
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import RoleClaim
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_CANNOT = r"(?:can't|cannot|can not|won't be able|am not able|don't want|'d rather not|would rather not)"
REFUSES = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:(?:oh|hm+|ah|uh|um|well|hey|wait|sorry|no|nope|nah|please no)[,.! ]+)*"
    rf"(?:(?:i ?)?{_CANNOT}(?=\s*(?:$|[.,;:!)–—-]|(?:do|take|be|lead|run|drive|scribe|right now|now|today|tonight|sorry|until|i'm|i am|"
    r"i've|i have|this time|it)\b))|not me\b|(?:please )?(?:some(?:one|body)|anyone) else\b|"
    r"(?<=[,.! ])(?:in a meeting|i'm (?:in|on|off|out|"
    r"about to)\b))"
    r"|^(?:no|nope|nah)(?:[,.!]? (?:sorry|thanks|thank you|way))?[.!]*$",
    re.I,
)
_SAME = timedelta(minutes=10)


def refused(claim: RoleClaim, note: Note, ctx: Context) -> bool:
    """Whether the one who is named says next that it cannot be."""
    if claim.user_id is None or claim.user_id == note.author:
        return False
    for answer in (*ctx.after(note, elsewhere.SECONDS), *ctx.replies(note, elsewhere.FEW)):
        if answer.author == claim.user_id and answer.talk:
            return bool(REFUSES.match(answer.talk[0].said[:200]))
    return False


def settled(claims: Iterable[RoleClaim]) -> tuple[tuple[RoleClaim, ...], list[Fate]]:
    """Each claim once, the surer one or else the first, and what became of the others. Who has a role again, after somebody else
    had it, claims it anew."""
    kept: list[RoleClaim] = []
    gone: list[Fate] = []
    for claim in claims:
        place = next((at for at in range(len(kept) - 1, -1, -1) if kept[at].role is claim.role), None)
        if place is None or not _is_same(kept[place], claim):
            kept.append(claim)
            continue
        first, again = sorted((kept[place], claim), key=lambda each: each.confidence)
        kept[place] = first
        gone.append(Fate(again, Outcome.same_claim, first.ts))
    return tuple(sorted(kept, key=lambda each: each.at)), gone


def _is_same(one: RoleClaim, other: RoleClaim) -> bool:
    return (one.user_id, one.name) == (other.user_id, other.name) and abs(other.at - one.at) <= _SAME
