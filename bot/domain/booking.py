"""The meeting as it was booked, moved, cancelled and held: what the guards of the status machine ask about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain import business_time
from bot.domain.actors import Role
from bot.domain.guards import Confirmation


class Outcome(StrEnum):
    """R-19: what came of the meeting; NONE while nobody has said."""

    NONE = "none"
    AGREED = "agreed"
    CHANGES = "changes"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True)
class Booking:
    """The one meeting of a post-mortem (R-11); all times are aware UTC instants.

    `sequence` rises with each move, as calendars want it. `late_reason` is given when it was booked after the deadline.
    `outcome_by` and `outcome_at` tell who said last what came of it, `outcome_note` the changes that were asked for.
    `confirmed` says who confirmed, when and holding which roles that content was agreed on: in the meeting (AGREED), or
    in writing after changes were needed (`in_writing`). `facilitator` leads the talk where the IC does not want to.
    `shared_by` said at `shared_at` that it stands on the shared calendar at this time, at `shared_url` where one was given.
    """

    postmortem_id: str
    start: datetime
    end: datetime
    booked_by: str
    booked_at: datetime
    link: str = ""
    late_reason: str = ""
    sequence: int = 0
    cancelled_at: datetime | None = None
    outcome: Outcome = Outcome.NONE
    outcome_note: str = ""
    outcome_by: str | None = None
    outcome_at: datetime | None = None
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    confirmed_as: frozenset[Role] = frozenset()
    in_writing: bool = False
    facilitator: str | None = None
    shared_by: str | None = None
    shared_at: datetime | None = None
    shared_url: str = ""

    def __post_init__(self) -> None:
        for name in ("start", "end", "booked_at", "cancelled_at", "outcome_at", "confirmed_at", "shared_at"):
            value: datetime | None = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, business_time.to_utc(value, name))
        if self.end <= self.start:
            raise ValueError("a meeting ends after its start")

    @property
    def cancelled(self) -> bool:
        """Whether it was called off."""
        return self.cancelled_at is not None

    @property
    def confirmation(self) -> Confirmation | None:
        """Who confirmed the content, when anybody did."""
        if self.confirmed_by is None or self.confirmed_at is None:
            return None
        return Confirmation(self.confirmed_at, self.confirmed_by, self.confirmed_as)

    @property
    def stands(self) -> bool:
        """Whether people are to meet then, or have met: it was neither called off nor found not to have been held."""
        return not self.cancelled and self.outcome is not Outcome.NOT_HELD

    def moved(self, start: datetime, end: datetime, *, by: str, now: datetime, **values: object) -> Booking:
        """The same meeting at another time: what was confirmed of the earlier one does not count for it."""
        return self._anew(start=start, end=end, booked_by=by, booked_at=now, cancelled_at=None, **values)

    def called_off(self, now: datetime) -> Booking:
        """The meeting is cancelled: what was confirmed of it no longer counts."""
        return self._anew(cancelled_at=now)

    def answered(self, outcome: Outcome, *, by: str, now: datetime, **values: object) -> Booking:
        """Somebody said what came of it (R-19)."""
        return replace(self, outcome=outcome, outcome_by=by, outcome_at=now, **values)  # type: ignore[arg-type]

    def _anew(self, **values: object) -> Booking:
        return replace(
            self, sequence=self.sequence + 1, outcome=Outcome.NONE, outcome_note="", outcome_by=None, outcome_at=None,
            confirmed_by=None, confirmed_at=None, confirmed_as=frozenset(), in_writing=False,
            shared_by=None, shared_at=None, **values,  # type: ignore[arg-type]
        )  # fmt: skip
