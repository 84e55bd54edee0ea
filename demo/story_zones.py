"""Finds a place on earth where it becomes tomorrow in the middle of the incident, so that the demo crosses midnight for
somebody at whatever hour it is played."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

# One zone an hour, none with a daylight saving time: no gap opens in summer.
_NIGHT_ZONES = (
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "Pacific/Gambier",
    "Pacific/Pitcairn",
    "America/Phoenix",
    "America/Costa_Rica",
    "America/Bogota",
    "America/La_Paz",
    "America/Montevideo",
    "America/Noronha",
    "Atlantic/Cape_Verde",
    "Africa/Accra",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Brisbane",
    "Pacific/Guadalcanal",
    "Pacific/Tarawa",
)


def night_zone(instant: datetime) -> str:
    """The name of the zone whose local midnight is nearest to `instant` (aware), at most half an hour away."""
    return min(_NIGHT_ZONES, key=lambda name: distance_to_midnight(instant, name))


def distance_to_midnight(instant: datetime, zone: str) -> timedelta:
    """How far the nearest local midnight lies from `instant`, in either direction."""
    local = instant.astimezone(ZoneInfo(zone))
    since = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return min(since, timedelta(days=1) - since)
