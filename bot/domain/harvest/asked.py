"""A role that is asked for, and the answer that takes it: "who takes the lead?" – "I'll take it", "Bo, scribe?" – "on it"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from bot.domain.harvest import elsewhere, looked_for, put_forward, role_words
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

YES = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:(?:yes|yep|yup|yeah|sure|(?:very )?ok|okay|on it|will do|can do|got it|no problem|happy to|"
    r"i can(?!'|not)|i'll|"
    r"i have(?!n)|i do|ack|aye|absolutely|of course|np|roger|scribing|gladly|"
    r"logging|minding|holding|taken|taking (?:it|over)|mine|i take|i(?:'m| am) (?:on|taking) it|confirmed|understood|copy|deal|"
    r"(?:notes?|scribe|lead|ic|comms)[,.]? (?:yes|yep|sure|ok))\b|(?:i )?can[.!]?$|"
    r"fine(?: (?:by|with) me)?(?=\s*(?:$|[.,!]))|:\+1|:thumbsup:|:saluting_face:|👍|🫡)",
    re.I,
)
_MINDS = late(r"\bmind\b", re.I)
_MINDS_IT = late(
    r"^(?:(?:yes|yeah|yep|i do)[,.! ]+)+(?:sorry|i do|mind|a bit|a little|actually|i can't|i'd rather)\b|^i do[.!]?$",
    re.I,
)
_NOT_AT_ALL = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:no[,.! ]+)?(?:not at all|i don't(?: mind)?(?=[.,!]|$)|(?:don't|wouldn't) mind(?: at all)?(?=[.,!]|$))",
    re.I,
)
_MINE = late(
    rf"{role_words.START}me(?! too),? i\b|{role_words.START}(?:i(?:'ll)? (?:can|could|write|note)(?=[.,!]|$)|(?:scribe|notes|lead|"
    rf"ic|comms), (?:sure|yes|ok)|me(?! too)|i am|i'm it|✋|🙋|:(?:raised_)?hand:|:raising_hand:|"
    r"that's me|that would be me|i(?:'ll| will| can|'ve|'m)?(?: got| take|"
    r" taking| do| doing| have| be)"
    rf"(?: it| that| this| over)|i (?:will|can|do)|i'll do|mine|on it|happy to|i volunteer|let me|taking it){role_words.END}",
    re.I,
)
_MINE_TOO = late(
    rf"{role_words.START}(?:me|i(?:'ll| will| can)? (?:take|claim) (?:it|this|that|this one)|(?:it's )?mine|"
    r"i(?:'ve)? got (?:it|this)|taking (?:it|this)|"
    rf"claiming(?: it)?|claim|lead|ic){role_words.END}",
    re.I,
)
_GO = late(
    r"\b(?:(?:please|pls|plz)(?=\s*(?:$|[.!,;)]|do\b|go\b|take\b|lead\b|yes\b))|go ahead|go for it|do it|thanks|thank you|ty|it's yours|"
    r"all yours)(?!\w)",
    re.I,
)
# What is asked next has answers of its own.
_ENDS_IT = late(
    r"^(?:(?:ok|so|and|hm+)[, ]+)?(?:who(?:'s|se)? .*\?*$|(?:can|could|will|would) (?:some|any)(?:one|body) "
    r"(?!(?:please )?(?:take|be|do|lead|run|scribe|step)\b).*|any(?:one|body) (?:looking|"
    r"on|able|checking|know)\b.*)",
    re.I,
)
_NOT_NEEDED = late(
    rf"^(?:(?:ok(?:ay)?|no|nah|so|then|well)[,. ]+)*(?:no {looked_for.ROLE.replace('(?P<', '(?P<n_')}"
    r"(?: (?:then|needed|necessary|yet|for now))*[.!]*$|(?:not|no) (?:needed|need|yet)\b|(?:we )?don't need\b)",
    re.I,
)


def in_line(said: str, note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    """The role that a line looks for somebody to have, the message that answers, and the user id of who takes it."""
    if not note.human:
        if looked_for.VACANT.search(said):
            yield from _claimed(note, ctx)
        return
    if elsewhere.is_wanted(said):
        return
    offered = looked_for.OFFER.search(said)
    if offered:
        yield from _welcomed(offered, note, ctx)
    elif looked_for.WHO_WRITES.search(said):
        yield from _answered(Role.scribe, note, ctx)
    elif asked := looked_for.WHO.search(said):
        role = next(role for role in Role if asked[role.value] or asked[f"a_{role.value}"])
        yield from _answered(role, note, ctx)


def _answered(role: Role, note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    busy: set[str] = set()  # who was sent to do something else meanwhile
    for answer in answers(note, ctx):
        first = answer.talk[0].said[:200] if answer.talk and answer.human else ""
        if _ENDS_IT.match(first) or _NOT_NEEDED.match(first) or (role is Role.ic and role_words.I_LEAD.search(first)):
            return
        if takes := _taker(first, note, answer, ctx, busy):
            yield role, *takes
            return
        busy |= put_forward.sent_elsewhere(answer, ctx)


def _taker(first: str, note: Note, answer: Note, ctx: Context, busy: set[str]) -> tuple[Note, str] | None:
    """The message that takes what was asked for, and the user id of who has it then."""
    if not first:
        return None
    if answer.author != note.author and answer.author and not first.endswith("?") and _MINE.match(first):
        return None if answer.author in busy else (answer, answer.author)
    if named := put_forward.stated(answer, ctx):
        return answer, named
    wanted = put_forward.asked(answer, ctx)
    yes = accepted(wanted, answer, ctx) if wanted else None
    return (yes, wanted) if wanted and yes else None


def _claimed(note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    busy: set[str] = set()
    for answer in answers(note, ctx):
        if not answer.human or not answer.author or not answer.talk:
            continue
        if answer.author not in busy and _MINE_TOO.match(answer.talk[0].said):
            yield Role.ic, answer, answer.author
            return
        busy |= put_forward.sent_elsewhere(answer, ctx)


def _welcomed(offered: re.Match[str], note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    role = next((role for role in Role if offered[role.value] or offered[f"i_{role.value}"]), Role.ic)
    for answer in answers(note, ctx):
        if answer.human and answer.author != note.author and answer.talk and note.author:
            said = answer.talk[0].said
            if YES.match(said) or _GO.search(said[:60]):
                yield role, answer, note.author
            return


def accepted(user_id: str, note: Note, ctx: Context) -> Note | None:
    """The message with which somebody says yes to what was asked of them; None where their next words say something else."""
    for answer in (*ctx.after(note, elsewhere.SECONDS), *ctx.replies(note, elsewhere.FEW)):
        if answer.author == user_id and answer.talk:
            return answer if _says_yes(answer.talk[0].said, note) else None
    return None


def _says_yes(said: str, asked: Note) -> bool:
    if not _MINDS.search(asked.plain[:400]):
        return bool(YES.match(said))
    return bool(_NOT_AT_ALL.match(said) or (YES.match(said) and not _MINDS_IT.match(said)))


def answers(note: Note, ctx: Context) -> Iterator[Note]:
    """The first messages after a question, and the first under it, as they were said."""
    found = (*ctx.after(note, elsewhere.SECONDS, elsewhere.FEW), *ctx.replies(note, elsewhere.FEW))
    yield from sorted(dict.fromkeys(found), key=attrgetter("key"))
