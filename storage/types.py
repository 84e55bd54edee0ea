"""Column types that make both databases hand back what was put in: aware UTC instants, text that both databases and every
renderer take, and JSON in one written form. SQLite returns naive local text, and Postgres refuses NUL characters."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with NUL characters and lone surrogates shown as U+FFFD; Postgres refuses the one, UTF-8 the other."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


def clean_json(value: Any) -> Any:
    """The JSON value with `clean` applied to every text and key in it."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): clean_json(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_json(each) for each in value]
    return value


def aware(moment: datetime) -> datetime:
    """The instant in UTC. Raises ValueError for a naive one: its meaning would depend on the machine."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"a naive datetime cannot be stored: {moment.isoformat()}")
    return moment.astimezone(UTC)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant. SQLite keeps text of one length with microseconds, which sorts; Postgres keeps timestamptz."""

    impl = sa.String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """timestamptz on Postgres, text elsewhere."""
        on_postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(sa.DateTime(timezone=True) if on_postgres else sa.String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive values; write UTC."""
        if value is None:
            return None
        moment = aware(value)
        return moment if dialect.name == "postgresql" else moment.isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Hand back aware UTC."""
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text of any length, also of a StrEnum, with what cannot be stored replaced visibly."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Plain str: a driver may write an enum's name instead of its value."""
        return None if value is None else clean(str(value))


class JsonText(TypeDecorator[Any]):
    """A JSON value as compact text with sorted keys: equal values are equal bytes on both databases."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write it; what cannot be stored is looked for only when the written text shows signs of it."""
        if value is None:
            return None
        written = _dump(value)
        return _dump(clean_json(value)) if "\\u0000" in written or _UNSTORABLE.search(written) else written

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        """Read it back."""
        return None if value is None else json.loads(value)


# One encoder for all: json.dumps would make one for each value.
_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
