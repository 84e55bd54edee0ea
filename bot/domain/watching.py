"""Whoever watches a post-mortem is told what the incident's channel hears of, and never of what they did themselves (R-08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.postmortem import Audit

# The fields of the history that a watcher hears of.
HEARD = frozenset(
    {
        "status", "owner", "owner accepted", "severity", "meeting", "meeting held", "waived", "restricted", "document",
        "question answered",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody who wants to know; `at` is up to when they were told."""

    postmortem_id: str
    user_id: str
    at: datetime


def untold(watcher: Watcher, history: Iterable[Audit]) -> tuple[Audit, ...]:
    """What others changed since this watcher was told last. A proposal that was turned down changed nothing."""
    return tuple(
        entry
        for entry in history
        if entry.at > watcher.at and entry.field in HEARD and entry.actor != watcher.user_id and entry.old != entry.new
    )
