"""Who took part. A responder said something that counts or was named for a role; the others only watched, and are
listed as such. Apps never respond, and joining a channel is no response."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.harvest import roles
from bot.domain.harvest.finding import Responder, Role, RoleClaim
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.taking_part import Deeds, Share, Talk

_SAID = {Role.ic: "incident commander"}
_EXECUTES = late(r"\[?(@?[A-Za-z][\w.'-]*(?: [A-Z][\w.'-]*){0,2})\]? to execute\b")


def present(ctx: Context, claims: Iterable[RoleClaim], window: frozenset[str], deeds: Deeds) -> tuple[Responder, ...]:
    """Everybody who wrote or was named within `window` (timestamps), those who wrote most first."""
    inside = [note for note in ctx.notes if note.message.ts in window and ctx.is_of_incident(note.message.ts)]
    named = _named(claims)
    for note in inside:
        for user_id in _executing(note, ctx):
            named.setdefault(user_id, ())
    talk = Talk().hear(inside)
    counts = {user: each.messages for user, each in talk.shares.items()}
    weighty = talk.took_part(deeds)
    everyone = {*counts, *(user_id for user_id in named if not _is_bot(user_id, ctx))}
    did = {user_id: _did(talk.shares[user_id], deeds.lines.get(user_id, 0)) for user_id in weighty}
    found = [_responder(user_id, counts, did, named, ctx) for user_id in everyone]
    return tuple(sorted(found, key=lambda each: (-each.messages, each.user_id)))


def _did(share: Share, lines: int) -> list[str]:
    """What somebody who took part did, in a few words."""
    told = ["added one event or query" if lines == 1 else f"added {lines} events or queries"] if lines else []
    shown = ["showed a file or code"] if share.shows else []
    return told + shown or ["wrote something of substance"]


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
    user_id: str, counts: dict[str, int], did: dict[str, list[str]], named: dict[str, tuple[Role, ...]], ctx: Context
) -> Responder:
    count, held = counts.get(user_id, 0), named.get(user_id, ())
    reasons = [f"named as {_SAID.get(role, role.value.replace('_', ' '))}" for role in held]
    if user_id in named and not held:
        reasons.append("named to carry out a decision")
    reasons += did.get(user_id, [])
    suggested = bool(reasons)
    why = "; ".join(reasons) if suggested else f"{count} message{'s' * (count != 1)}, none of substance"
    return Responder(user_id, ctx.directory.name(user_id), count, held, why, suggested)
