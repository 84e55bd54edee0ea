"""Opaque cursors: base64 of something only the sandbox reads, and good for nothing but the list it came from."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from sandbox.spec.types import Json, SlackError


def encode(kind: str, value: str) -> str:
    """A cursor of one kind of list."""
    return base64.b64encode(f"{kind}:{value}".encode()).decode()


def decode(kind: str, cursor: str) -> str | None:
    """The value inside; None for no cursor. SlackError invalid_cursor."""
    if not cursor:
        return None
    try:
        found, _, value = base64.b64decode(cursor, validate=True).decode().partition(":")
    except ValueError:
        raise SlackError("invalid_cursor") from None
    if found != kind or not value:
        raise SlackError("invalid_cursor")
    return value


def page(rows: Sequence[Any], kind: str, cursor: str, limit: int) -> tuple[list[Any], Json]:
    """One page of a list that is numbered, and its response_metadata."""
    given = decode(kind, cursor)
    if given is not None and not (given.isascii() and given.isdigit()):
        raise SlackError("invalid_cursor")
    start = int(given or 0)
    end = start + limit
    following = encode(kind, str(end)) if end < len(rows) else ""
    return list(rows[start:end]), {"response_metadata": {"next_cursor": following}}
