"""When people work, by when things must happen, and how often people are told."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import NoDecode

from bot import free_days
from bot.config import typed
from bot.config.typed import CHANNEL, DAYS, Channel, Part, clock, span
from bot.domain.business_time import Calendar, zone
from bot.domain.deadlines import ACTION_ITEM_DAYS, Roll
from bot.domain.errors import DomainError
from bot.domain.reminders import Nudge, Pace

HINTS = {
    "DIGEST_CHANNEL": CHANNEL,
    "REMINDER_LAST_DAY_AT": "Write a local time such as 15:00.",
    "DIGEST_AT": "Write a local time such as 09:00.",
}


class TimePart(Part):
    """Working time, deadlines, reminders and the digest."""

    business_tz: str = "UTC"
    weekend: Annotated[list[str], NoDecode] = ["sat", "sun"]
    holidays: Annotated[frozenset[date], NoDecode] = frozenset()
    working_hours: str = "09:00-17:00"
    sev1_roll: Roll = Roll.NONE
    action_days_sev1: Annotated[int, Field(ge=1, le=365)] = ACTION_ITEM_DAYS[0]
    action_days: Annotated[int, Field(ge=1, le=365)] = ACTION_ITEM_DAYS[1]
    silence_hours: Annotated[float, Field(gt=0, le=80)] = 4
    reminder_no_owner_hours: Annotated[list[Annotated[float, Field(gt=0, le=240)]], NoDecode] = [1, 4]
    reminder_unbooked_hours: Annotated[float, Field(gt=0, le=80)] = 4
    reminder_draft_hours: Annotated[float, Field(ge=25, le=240)] = 48
    reminder_last_day_at: time = time(15)
    reminder_most: Annotated[int, Field(ge=1, le=30)] = 5
    digest_day: str = "mon"
    digest_at: time = time(9)
    digest_channel: Channel | None = None

    _time_words = field_validator("weekend", "reminder_no_owner_hours", mode="before")(typed.words)

    @field_validator("holidays", mode="before")
    @classmethod
    def _free_days(cls, value: object) -> object:
        return free_days.read(value) if isinstance(value, str) else value

    @field_validator("business_tz")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            zone(value)
        except DomainError as error:
            raise ValueError(error.message) from error
        return value

    @field_validator("weekend")
    @classmethod
    def _days(cls, value: list[str]) -> list[str]:
        days = [day.lower()[:3] for day in value]
        if not set(days) <= set(DAYS) or len(set(days)) == 7:
            raise ValueError("Write the days that are free, such as sat,sun.")
        return days

    @field_validator("working_hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        opens, closes = span(value)
        if opens >= closes:
            raise ValueError("Write the earlier time first, such as 09:00-17:00.")
        return value

    @field_validator("reminder_last_day_at", "digest_at", mode="before")
    @classmethod
    def _local_time(cls, value: object) -> object:
        return clock(value) if isinstance(value, str) else value

    @field_validator("digest_day")
    @classmethod
    def _digest(cls, value: str) -> str:
        day = value.lower()[:3]
        if value.lower() != "none" and day not in DAYS:
            raise ValueError("Write a day of the week such as mon, or none.")
        return day

    @model_validator(mode="after")
    def _never_at_night(self) -> Self:
        typed = "reminder_last_day_at" in self.model_fields_set
        if typed and not _within(self.reminder_last_day_at, span(self.working_hours)):
            hours = f"WORKING_HOURS ({self.working_hours})"
            text = f"{self.reminder_last_day_at:%H:%M} is not within {hours}: people are told while they are at work."
            raise ValueError(f"REMINDER_LAST_DAY_AT cannot be used: {text}")
        return self


def calendar(env: TimePart) -> Calendar:
    """The days and hours that deadlines are counted in."""
    weekend = frozenset(DAYS.index(day) for day in env.weekend)
    return Calendar(env.business_tz, weekend, env.holidays, span(env.working_hours))


def digest_day(env: TimePart) -> int | None:
    """The day of the week, Monday is 0; None for none."""
    return DAYS.index(env.digest_day) if env.digest_day in DAYS else None


def pace(env: TimePart) -> Pace:
    """How often people are reminded."""
    usual = Pace()
    return Pace(
        no_owner=tuple(timedelta(hours=each) for each in sorted(env.reminder_no_owner_hours)),
        unbooked_after=timedelta(hours=env.reminder_unbooked_hours),
        draft_check=timedelta(hours=env.reminder_draft_hours),
        last_day_at=_last_afternoon(env),
        most={**usual.most, Nudge.OVERDUE: env.reminder_most, Nudge.UNBOOKED: env.reminder_most},
    )


def _within(at: time, hours: tuple[time, time]) -> bool:
    return hours[0] <= at < hours[1]


def _last_afternoon(env: TimePart) -> time:
    """As it is set; where the usual time is none of the working hours, the beginning of their last one."""
    opens, closes = span(env.working_hours)
    if _within(env.reminder_last_day_at, (opens, closes)):
        return env.reminder_last_day_at
    return max(opens, time(closes.hour - 1, closes.minute)) if closes.hour else opens
