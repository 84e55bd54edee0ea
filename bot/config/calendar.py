"""The shared calendar: by mail to its address, or over CalDAV."""

from __future__ import annotations

from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from bot.config.typed import Part

HINTS = {
    "CALENDAR_ADDRESS": "Write the e-mail address of the shared calendar; its settings show it.",
    "CALDAV_USER": "Write the name of the account that may write in the shared calendar.",
    "CALDAV_TIMEOUT_S": "Write how many seconds the calendar's server is waited for, such as 10; at most 60.",
}


class CalendarPart(Part):
    """The shared calendar."""

    calendar_name: Annotated[str, Field(min_length=1, max_length=100)] = "Incident Post-Mortem Meetings"
    calendar_address: Annotated[str, Field(pattern=r"^[^\s@<>\"',;:]+@[^\s@<>\"',;:]+$")] | None = None
    caldav_url: str | None = None
    caldav_user: Annotated[str, Field(min_length=1, pattern=r"^[^:\s]+$")] | None = None
    caldav_password: SecretStr | None = None
    caldav_timeout_s: Annotated[float, Field(ge=1, le=60)] = 10

    @field_validator("caldav_url")
    @classmethod
    def _caldav_address(cls, value: str | None) -> str | None:
        return None if value is None else caldav_address(value)

    @model_validator(mode="after")
    def _whole_caldav(self) -> Self:
        """All three, or none: half of it would fail at the first meeting."""
        given = {
            "CALDAV_URL": self.caldav_url, "CALDAV_USER": self.caldav_user, "CALDAV_PASSWORD": self.caldav_password,
        }  # fmt: skip
        missing = [name for name, value in given.items() if value is None]
        if missing and len(missing) < len(given):
            there = " and ".join(name for name in given if name not in missing)
            verb, those = ("is", "it") if len(missing) == 1 else ("are", "them")
            lacking = " and ".join(missing)
            raise ValueError(f"{lacking} {verb} missing: set {those} beside {there}, or leave all three empty.")
        return self


class CaldavSettings(BaseModel):
    """Where the shared calendar is, and who we are there; `timeout` is in seconds, for each part of an answer."""

    model_config = ConfigDict(frozen=True)

    url: str
    user: str
    password: SecretStr
    timeout: float


def caldav_address(value: str) -> str:
    """The calendar's own collection; secrets go over TLS, but to this machine itself. Raises ValueError."""
    address = urlsplit(value.strip())
    here = address.hostname in ("localhost", "127.0.0.1", "::1")
    if address.scheme != "https" and not (address.scheme == "http" and here):
        raise ValueError("Write an address that begins with https://.")
    own = address.path.strip("/") and not (address.query or address.fragment or "@" in address.netloc)
    if not address.hostname or not own:
        raise ValueError("Write the calendar's own address, as its settings show it for CalDAV, and nothing after it.")
    return value.strip().rstrip("/") + "/"


def caldav(env: CalendarPart) -> CaldavSettings | None:
    """Where the calendar's server is; None without one."""
    if env.caldav_url is None or env.caldav_user is None or env.caldav_password is None:
        return None
    return CaldavSettings(
        url=env.caldav_url, user=env.caldav_user, password=env.caldav_password, timeout=env.caldav_timeout_s
    )


def rules(env: CalendarPart) -> dict[str, Any]:
    """By their names in the policy."""
    return {
        "calendar_name": env.calendar_name,
        "calendar_address": env.calendar_address or "",
        "shared_calendar": env.caldav_url is not None,
    }
