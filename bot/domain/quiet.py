"""Somebody wants to be left in peace about one post-mortem: for a while, or about everything but its deadline. Both have
limits, so that nobody silences a duty for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import errors

# What the form offers; each is counted from now.
SNOOZES: Mapping[str, timedelta] = {"4h": timedelta(hours=4), "1d": timedelta(days=1), "3d": timedelta(days=3)}
MOST_SNOOZES = 3


@dataclass(frozen=True, slots=True)
class Quiet:
    """One person's wish about one record. `until` (aware UTC) ends a snooze; `muted` holds until it is taken back; `snoozes`
    counts how often it was asked for."""

    postmortem_id: str
    user_id: str
    until: datetime | None = None
    muted: bool = False
    snoozes: int = 0

    def delayed(self, at: datetime, *, loud: bool) -> datetime | None:
        """When a reminder that is due at `at` is sent, None for never. What is `loud` cannot be muted, only snoozed."""
        if self.muted and not loud:
            return None
        return at if self.until is None else max(at, self.until)

    def snoozed(self, how_long: str, now: datetime) -> Quiet:
        """Left in peace for a while. Raises BadInput for a length that is not offered, Refused after the third time."""
        length = SNOOZES.get(how_long)
        if length is None:
            raise errors.bad_input("bad_snooze", f"Choose one of {', '.join(SNOOZES)}.")
        if self.snoozes >= MOST_SNOOZES:
            text = f"You have put this off {MOST_SNOOZES} times. If it is too much, ask the IC to name another owner."
            raise errors.refused("too_many_snoozes", text)
        return Quiet(self.postmortem_id, self.user_id, now + length, self.muted, self.snoozes + 1)

    def mute(self, *, on: bool) -> Quiet:
        """No reminders but those of the deadline itself; or all of them again, at once."""
        return Quiet(self.postmortem_id, self.user_id, self.until if on else None, on, self.snoozes)
