"""Whom a follow-up is for: the one named in front of it, the one asked, or the author who says "I". Nobody is a
valid answer ("someone should"), and a name that fits two people stays a name."""

from __future__ import annotations

import re

from bot.domain.harvest.note import Context, Note

_AT = re.compile(r"^@([\w.'-]{1,60}(?: [A-Z][\w.'-]{1,40}){0,2})")
_NAME_TO = re.compile(
    r"^([A-Za-z][\w.'-]{0,40}(?: [A-Z][\w.'-]{1,40}){0,2})(?:,|:| -)? (?:to|will|should|needs to|can|please)\b"
)
_NAME_COLON = re.compile(r"^([A-Z][\w.'-]{0,40}(?: [A-Z][\w.'-]{1,40}){0,2}):\s")
_I = re.compile(
    r"^(?:(?:agreed|ok(?:ay)?|yes|yeah|sure|right|true|and|so|then|also|fair|good point|"
    r"will do)[,.:]? )*(?:i|i'll|i’ll|i'm|i will|let me|me to|i can)\b",
    re.I,
)
_TAKES = re.compile(
    r"\b(?:i'll|i will|i'm (?:doing|drafting|writing|taking|opening|on)|i (?:do|take|write|open|start|put|arrange|ask|talk to|change|"
    r"draft|make|keep|file|prepare|bring|send|order|book|raise|owe)\b|i'd (?:do|set|write|take|open)|i (?:can|could) (?:write|do|make|take|"
    r"set|draft|open|add|build)|for me\b|on my list|that one (?:is|goes to) me|mine\b|gonna (?:raise|open|file|write|ask|do|put|add)|"
    r"let me\b|by me\b|(?:^|[,.;] )(?:taking|correcting|drafting|writing|filing) (?:the|that|this|it|one))",
    re.I,
)
_THINKS = re.compile(
    r"\bi(?:'d| would)? (?:think|guess|wonder|suppose|suggest|say|love|like|prefer|hope|believe)\b", re.I
)
_CALLED = re.compile(
    r"(?:^|[.;,:–—-] ?|\band )(?:(?:ACTION|TODO|AI) )?([A-Z@][\w.'-]{1,40}|[a-z][\w.'-]{2,40}(?=,? (?:will|would|can|could) you))"
    r"(?:,? (?:will|would|can|could) you\b|(?:,|:) (?=\w)| to (?=[a-z]))"
)
_ACCEPTS = re.compile(
    r"^(?:@[\w.'-]+[,:]? )?(?:(?:ok(?:ay)?|yes|yep|sure|agreed|good idea|\+1|fair|right)[,.! ]+)*(?:that(?:'s| is) mine|mine\b|on my list|"
    r"i(?:'ll| will| can|'d)? (?:take|do|open|file|write|look into|set) (?:that|it|this|one|the)|taking (?:that|it|this)|will do\b|"
    r"i(?:'m| am) on (?:it|that)|i'll (?:raise|draft|add|put|ask))",
    re.I,
)
_AROUND = 300
_NOBODY = frozenset("someone somebody anyone anybody everyone we they us team you tbd unknown nobody".split())  # noqa: SIM905


def of(said: str, who: str | None, note: Note, ctx: Context) -> str | None:
    """A user id, else a name as written, else None."""
    if who:
        return named(who, ctx, note)
    at = _mention(note, said, ctx) if said.startswith("@") else None
    if at:
        return at
    if _I.match(said) and not _THINKS.search(said):
        return note.author
    for pattern in (_NAME_TO, _NAME_COLON):
        found = pattern.match(said)
        if found and ctx.directory.knows(found[1]):
            return named(found[1], ctx, note)
    called = next((each[1] for each in _CALLED.finditer(said) if ctx.directory.knows(each[1].lstrip("@"))), None)
    if called:
        return named(called, ctx, note)
    around = next((line.said for line in note.talk if said in line.said), said)[:_AROUND]
    if any(_TAKES.search(each) and not _THINKS.search(each) for each in (said, around)):
        return note.author
    return _accepted(note, ctx)


def _accepted(note: Note, ctx: Context) -> str | None:
    """Who says at once that it is theirs, before anything else is asked of anybody."""
    for places in (ctx.after(note, 300, 3), ctx.replies(note, 3)):
        for answer in places:
            if not answer.human or not answer.talk:
                continue
            said = answer.talk[0].said
            if _ACCEPTS.match(said) and (answer.author != note.author or answer.room == note.message.ts):
                return answer.author
            if said.rstrip().endswith("?"):
                break
    return None


def named(name: str, ctx: Context, note: Note | None = None) -> str | None:
    """The person that a name written as such means."""
    shown = name.strip()
    name = shown.lstrip("@").strip()
    if not name or name.casefold() in _NOBODY:
        return None
    user_id, written = ctx.who(shown, note)
    return user_id or written


def _mention(note: Note, said: str, ctx: Context) -> str | None:
    exact = note.mentioned(said)
    if exact:
        return named(exact, ctx, note)
    found = _AT.match(said)
    if found is None:
        return None
    parts = found[1].split(" ")
    for size in range(len(parts), 0, -1):
        name = " ".join(parts[:size])
        if ctx.directory.knows(name):
            return named(name, ctx)
    return named(parts[0].rstrip(":,.-"), ctx) if parts[0].casefold() not in ("here", "channel", "everyone") else None
