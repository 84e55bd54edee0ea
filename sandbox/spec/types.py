"""Names shared by every room of the sandbox; JSON stays a plain dict because that is what goes over the wire."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def words(text: str) -> frozenset[str]:
    """A set of names written as a line of words."""
    return frozenset(text.split())


class SlackError(Exception):
    """An answer `{"ok": false, "error": name}`; `extra` is merged into the body, `status` is the HTTP status."""

    def __init__(self, name: str, *, messages: list[str] | None = None, status: int = 200, **extra: Any) -> None:
        super().__init__(name)
        self.name = name
        self.status = status
        self.extra: Json = dict(extra)
        if messages:
            self.extra["response_metadata"] = {"messages": messages}


class Refusal(Exception):
    """Something the Slack client itself would not let a person do; `reason` is a plain sentence."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details: Json = dict(details)
