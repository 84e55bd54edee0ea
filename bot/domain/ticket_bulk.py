"""Several tickets that are asked for at once: which ones, and what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain import tickets
from bot.domain.actions import ActionItem
from bot.domain.tickets import KeptTicket, TicketState

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_WANTING = "wanting"


@dataclass(frozen=True, slots=True)
class Which:
    """Which tickets somebody wants made: all that are not, those of one asking that were refused, or those for which fields are
    wanted."""

    failed_since: datetime | None = None
    wanting: bool = False

    def text(self) -> str:
        """As a button and a row carry it."""
        if self.wanting:
            return _WANTING
        return "" if self.failed_since is None else stamp(self.failed_since)

    def among(self, actions: Iterable[ActionItem], kept: Mapping[str, KeptTicket]) -> tuple[ActionItem, ...]:
        """The action items that it means now."""
        return tuple(each for each in tickets.to_ask(actions, kept) if self._means(kept.get(each.id)))

    def _means(self, kept: KeptTicket | None) -> bool:
        if self.wanting:
            return kept is not None and bool(kept.wants)
        return self.failed_since is None or (kept is not None and kept.asked_at >= self.failed_since)


def which(text: str) -> Which:
    """What a button or a row carries; all of them for what is nothing of ours."""
    return Which(wanting=True) if text == _WANTING else Which(moment(text))


def stamp(at: datetime) -> str:
    """A moment to the microsecond."""
    return str((at.astimezone(UTC) - _EPOCH) // _MICRO)


def moment(text: str) -> datetime | None:
    """The moment that `stamp` wrote."""
    return _EPOCH + _MICRO * int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


@dataclass(frozen=True, slots=True)
class Bulk:
    """The tickets of one asking, in the order of their action items. `since` is when they were asked for."""

    since: datetime
    lines: tuple[tuple[ActionItem, KeptTicket], ...]

    @property
    def settled(self) -> bool:
        """Whether nothing more happens to them by themselves."""
        return all(kept.settled for _, kept in self.lines)

    @property
    def refused(self) -> tuple[KeptTicket, ...]:
        """Those that were not made."""
        return self._in(TicketState.REFUSED)

    @property
    def wanting(self) -> bool:
        """Whether fields are wanted for some."""
        return any(kept.wants for kept in self.refused)

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """Made, being made, looked for, refused, held."""
        states = (TicketState.MADE, TicketState.WAITING, TicketState.SENDING, TicketState.REFUSED, TicketState.HELD)
        made, waiting, looked_for, refused, held = (len(self._in(state)) for state in states)
        return made, waiting, looked_for, refused, held

    def _in(self, state: TicketState) -> tuple[KeptTicket, ...]:
        return tuple(kept for _, kept in self.lines if kept.state is state)


def bulk(actions: Sequence[ActionItem], kept: Mapping[str, KeptTicket], since: datetime) -> Bulk:
    """What was asked for at that moment or later, and is still."""
    asked = {name: each for name, each in kept.items() if each.asked_at >= since and each.state is not TicketState.NONE}
    return Bulk(since, tuple((each, asked[each.id]) for each in actions if each.id in asked))
