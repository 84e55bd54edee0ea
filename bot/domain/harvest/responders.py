"""Who took part. A responder said something of substance or was named for a role; the others only watched, and are
listed as such. Apps never respond, and joining a channel is no response."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.domain.harvest import roles, substance
from bot.domain.harvest.finding import Responder, Role, RoleClaim
from bot.domain.harvest.note import Context, Note

_SAID = {Role.ic: "incident commander"}
_EXECUTES = re.compile(r"\[?(@?[A-Za-z][\w.'-]*(?: [A-Z][\w.'-]*){0,2})\]? to execute\b")


# In a long channel a word or two are what onlookers say; who reported or did something is known by that.
_FEW, _LONG = 2, 60


def present(
    ctx: Context, claims: Iterable[RoleClaim], window: frozenset[str], did: Collection[str | None] = ()
) -> tuple[Responder, ...]:
    """Everybody who wrote or was named within `window` (timestamps), those who wrote most first. `did`: who wrote an entry of the
    timeline or showed a query."""
    counts: dict[str, int] = {}
    said: dict[str, int] = {}
    named = _named(claims)
    for note in ctx.notes:
        if note.message.ts not in window:
            continue
        if note.human and note.author:
            counts[note.author] = counts.get(note.author, 0) + 1
            if said.get(note.author, 0) < _FEW and substance.has_substance(note) and not substance.only_asks(note):
                said[note.author] = said.get(note.author, 0) + 1
        for user_id in _executing(note, ctx):
            named.setdefault(user_id, ())
    least = _FEW if sum(counts.values()) >= _LONG else 1
    weighty = {user for user in counts if said.get(user, 0) >= least or user in did}
    everyone = {*counts, *(user_id for user_id in named if not _is_bot(user_id, ctx))}
    found = [_responder(user_id, counts, weighty, named, ctx) for user_id in everyone]
    return tuple(sorted(found, key=lambda each: (-each.messages, each.user_id)))


def _named(claims: Iterable[RoleClaim]) -> dict[str, tuple[Role, ...]]:
    held: dict[str, tuple[Role, ...]] = {}
    for claim in claims:
        if claim.user_id and claim.role not in held.get(claim.user_id, ()):
            held[claim.user_id] = (*held.get(claim.user_id, ()), claim.role)
    return held


def _executing(note: Note, ctx: Context) -> list[str]:
    if "execute" not in note.words:
        return []
    names = (roles.leading_name(found, ctx, note) for found in _EXECUTES.findall(note.plain[:2000]))
    return [user_id for name in names if name and (user_id := ctx.who(name, note)[0])]


def _is_bot(user_id: str, ctx: Context) -> bool:
    person = ctx.directory.people.get(user_id)
    return person is not None and person.is_bot


def _responder(
    user_id: str, counts: dict[str, int], weighty: set[str], named: dict[str, tuple[Role, ...]], ctx: Context
) -> Responder:
    count, held = counts.get(user_id, 0), named.get(user_id, ())
    reasons = [f"named as {_SAID.get(role, role.value.replace('_', ' '))}" for role in held]
    if user_id in named and not held:
        reasons.append("named to carry out a decision")
    if user_id in weighty:
        reasons.append("wrote something of substance")
    suggested = bool(reasons)
    why = "; ".join(reasons) if suggested else f"{count} messages, none of substance"
    return Responder(user_id, ctx.directory.name(user_id), count, held, why, suggested)
