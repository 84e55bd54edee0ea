"""How the commands about an export say what they have to say."""

from __future__ import annotations

from datetime import datetime
from typing import TextIO, TypedDict

from bot.ports.export import Skipped


class Refused(Exception):
    """The command line makes no sense; the text says why."""


class Span(TypedDict):
    """Which messages somebody wants to be looked at: `since` inclusive, `until` exclusive, both aware."""

    since: datetime | None
    until: datetime | None
    whole: bool


def sentence(each: Skipped) -> str:
    """What was left out, and why."""
    return f"{each.path}: {each.reason}"


def speaks_unicode(stream: TextIO) -> bool:
    """Whether letters beyond ASCII can be written there."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "").startswith("utf")


def say(stream: TextIO, text: str) -> None:
    """Write a line, in letters that the stream has."""
    if not speaks_unicode(stream):
        text = text.encode("ascii", "backslashreplace").decode("ascii")
    stream.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
