"""Whoever watches a post-mortem is told of every change of it, and never of what they did themselves (R-08): of its course in
words, of what is written in it by its name. What readers note, and what somebody settles for themselves, is no change of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.content import Section
from bot.domain.postmortem import Audit

# The fields of the history that a watcher hears of in words.
HEARD = frozenset(
    {
        "status", "owner", "owner accepted", "severity", "meeting", "meeting held", "waived", "restricted", "document",
        "merged with", "merged into",
        "question answered",
    }
)  # fmt: skip
# Those of what is written: who changed it, and how often. Of a field with a dot, what stands before it counts.
WRITTEN = frozenset(
    {
        "timeline", "query", "action item", "external_message", "page", "deadline", "question", "incident open again", "title",
        "started_at", "detected_at", "resolved_at", "ic", "shadow", "scribe", "services", "recording",
        *(each.value for each in Section),
    }
)  # fmt: skip
_WORDING = "wording."


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody who wants to know; `at` is up to when they were told."""

    postmortem_id: str
    user_id: str
    at: datetime


def part(entry: Audit) -> str:
    """What was changed of what is written; "" for anything else. A wording that was left as it is changed nothing."""
    if entry.field.startswith(_WORDING) and entry.new is None:
        return ""
    name = entry.field.removeprefix(_WORDING).partition(".")[0]
    return name if name in WRITTEN else ""


def untold(watcher: Watcher, history: Iterable[Audit]) -> tuple[Audit, ...]:
    """What others changed since this watcher was told last. A proposal that was turned down changed nothing."""
    return tuple(
        entry
        for entry in history
        if entry.at > watcher.at
        and (entry.field in HEARD or part(entry))
        and entry.actor != watcher.user_id
        and entry.old != entry.new
    )
