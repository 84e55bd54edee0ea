"""The status machine at work: a move is allowed with its effects, or refused with its reasons. `move` and `available`
read the same table, so what a card offers and what a click does cannot differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import business_time, errors, guards, moves, phrases
from bot.domain.actors import Actor, Role
from bot.domain.errors import Reason, Refused, Stale
from bot.domain.external_message import ExternalMessage
from bot.domain.guards import Confirmation, Facts
from bot.domain.moves import Effect, Move, Status

__all__ = [
    "Actor", "Confirmation", "Effect", "ExternalMessage", "Facts", "LastChange", "Move", "Option", "Reason",
    "Role", "Status", "Transition", "after_message_edit", "available", "move",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who moved the record last (as the person is to be named) and when; for the sentence to whoever came second."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Transition:
    """A move that is allowed: to be stored with its audit row and its outgoing rows in one transaction. `acted_as` are
    the held roles that allowed it; `also` are the other roles of the person, for the audit."""

    frm: Status
    to: Status
    number: str
    effects: tuple[Effect, ...]
    by: str
    at: datetime
    reason: str
    acted_as: tuple[Role, ...]
    also: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A move as a card offers it: possible when there are no `reasons` against it."""

    number: str
    to: Status
    needs_reason: bool
    reasons: tuple[Reason, ...]

    @property
    def possible(self) -> bool:
        """Whether a click would go through now."""
        return not self.reasons


def move(
    current: Status,
    to: Status,
    *,
    expected: Status,
    actor: Actor,
    facts: Facts,
    now: datetime,
    reason: str | None = None,
    last_change: LastChange | None = None,
) -> Transition:
    """The transition from `current` to `to`, or why not. `expected` is the state that the person saw.

    Raises Stale when somebody was faster, Refused with all reasons otherwise; ValueError for naive times.
    """
    at = business_time.to_utc(now, "now")
    if expected is not current:
        raise _stale(current, last_change, at)
    row = _row(current, to, facts)
    against = _against(row, actor, facts, at)
    why = (reason or "").strip()
    if not against and row.needs_reason and not why:
        against = (Reason("reason_missing", f"Say why it goes back to {to}: the reason is kept with the record."),)
    if against:
        raise Refused(_summary(to, against), reasons=against)
    held = sorted(actor.roles)
    acted_as = tuple(role for role in held if role in row.who)
    also = tuple(role for role in held if role not in row.who and role is not Role.OTHER)
    return Transition(current, to, row.number, _effects(row, facts, at), actor.user_id, at, why, acted_as, also)


def available(current: Status, actor: Actor, facts: Facts, now: datetime) -> tuple[Option, ...]:
    """The moves that leave `current`, in the order of the table, each with what still stands against it for this
    person. Of the two ways from Reviewed to Closed only the one that fits the External Message is given."""
    at = business_time.to_utc(now, "now")
    rows = [row for row in moves.MOVES if row.frm is current and row is _row(current, row.to, facts)]
    return tuple(Option(row.number, row.to, row.needs_reason, _against(row, actor, facts, at)) for row in rows)


def after_message_edit(
    current: Status, *, expected: Status, actor: Actor, facts: Facts, now: datetime
) -> Transition | None:
    """What an edit of the External Message does to the status: nothing before Reviewed; from Reviewed it forces T7,
    since a meeting has to see the text before it is sent. A closed record refuses the edit until it is re-opened."""
    at = business_time.to_utc(now, "now")
    if expected is not current:
        raise _stale(current, None, at)
    if current is Status.CLOSED:
        raise errors.refused("closed", "The post-mortem is closed: re-open it to change its External Message.")
    if current is not Status.REVIEWED:
        return None
    why = "The External Message was edited after the review."
    return move(current, Status.IN_REVIEW, expected=expected, actor=actor, facts=facts, now=at, reason=why)


def _row(current: Status, to: Status, facts: Facts) -> Move:
    rows = [row for row in moves.MOVES if row.frm is current and row.to is to]
    if not rows:
        text = moves.NO_SUCH_MOVE.get((current, to), f"It is already {current}: there is nothing to change.")
        raise errors.refused("no_such_move", text)
    if len(rows) > 1:
        number = "T6" if facts.external is ExternalMessage.PRESENT else "T5"
        rows = [row for row in rows if row.number == number]
    return rows[0]


def _against(row: Move, actor: Actor, facts: Facts, now: datetime) -> tuple[Reason, ...]:
    # With no support team configured nobody can hold the role, so that is the useful thing to say.
    if row.who == (Role.SUPPORT,) and (unconfigured := guards.support_configured(facts, now)):
        return unconfigured
    if not actor.any_of(*row.who):
        text = moves.WHO.get(row.number, f"Only the owner or the IC can move it to {row.to}: ask one of them.")
        return (Reason("wrong_role", text),)
    return tuple(reason for guard in row.guards for reason in guard(facts, now))


def _effects(row: Move, facts: Facts, now: datetime) -> tuple[Effect, ...]:
    more: list[Effect] = []
    if row.number == "T1" and facts.review_at is not None and now >= facts.review_at and not facts.review_posted:
        more.append(Effect.POST_REVIEW_LINK)
    if row.number == "T3" and facts.external is ExternalMessage.PRESENT:
        more.append(Effect.HAND_OFF_TO_SUPPORT)
        if not facts.support_configured:
            more.append(Effect.ASK_ADMIN_FOR_SUPPORT_TEAM)
    elif row.number == "T3":
        more.append(Effect.OFFER_CLOSE)
    return (*moves.ALWAYS, *row.effects, *more)


def _stale(current: Status, last_change: LastChange | None, now: datetime) -> Stale:
    tail = ""
    if last_change is not None:
        ago = now - business_time.to_utc(last_change.at, "last_change")
        tail = f" by {last_change.by} {phrases.span(ago)} ago"
    text = f"It is already {current}{tail}. Nothing was changed: look at it again, then decide."
    return Stale(text, reasons=(Reason("stale", text),))


def _summary(to: Status, reasons: tuple[Reason, ...]) -> str:
    if len(reasons) == 1:
        return reasons[0].text
    return f"It cannot move to {to} yet, {len(reasons)} things are to be done: " + " ".join(r.text for r in reasons)
