"""What a record took in, as the JSON of one column: instants as text, whatever is not known left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from bot.domain.merged import Facts, TookIn

_INSTANTS = frozenset({"severity_ended_at", "started_at", "detected_at", "resolved_at", "at", "counted_from"})
_FACTS = ("before", "after")


def written(taken: Iterable[TookIn]) -> list[dict[str, Any]] | None:
    """For the column; None where nothing was taken in."""
    return [_values(each) for each in taken] or None


def read(stored: Iterable[Mapping[str, Any]] | None) -> tuple[TookIn, ...]:
    """As it was written."""
    return tuple(_took_in(each) for each in stored or ())


def _values(value: TookIn | Facts) -> dict[str, Any]:
    found = {each.name: getattr(value, each.name) for each in fields(value)}
    return {name: _stored(each) for name, each in found.items()}


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return _values(value) if isinstance(value, Facts) else value


def _took_in(stored: Mapping[str, Any]) -> TookIn:
    facts = {name: Facts(**_moments(stored[name])) for name in _FACTS}
    return TookIn(**_moments({**stored, **facts}))


def _moments(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if name in _INSTANTS and value is not None else value
        for name, value in stored.items()
    }
