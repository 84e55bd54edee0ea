"""Every figure that the demo prints about the bot's work, read from the bot's database by a connection that cannot write:
what stands there is what the bot knows, whatever the story says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Row = sqlite3.Row

_RECORD = "SELECT * FROM postmortem ORDER BY number LIMIT 1"
_HARVEST = """
    SELECT h.phase, h.pages, h.trouble,
      (SELECT count(*) FROM harvest_message m WHERE m.postmortem_id = h.postmortem_id) AS messages,
      (SELECT count(*) FROM harvest_thread t WHERE t.postmortem_id = h.postmortem_id) AS threads,
      (SELECT count(*) FROM harvest_thread t WHERE t.postmortem_id = h.postmortem_id AND t.pending) AS pending
    FROM harvest h LIMIT 1"""
_FOUND = "SELECT * FROM {} WHERE state <> 'rejected' ORDER BY position"
_DOCUMENT = "SELECT * FROM document_file WHERE state = 'shared' ORDER BY reserved_at DESC LIMIT 1"
_WAITING = "SELECT kind FROM outbox WHERE state = 'open' AND due_at < ?"
_DEAD = "SELECT kind, last_error FROM outbox WHERE state = 'dead' ORDER BY id"
_SOON = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Found:
    """What the analysis proposed; `responders` without those who were only present."""

    ic: str | None
    scribe: str | None
    responders: Sequence[Row]
    timeline: Sequence[Row]
    todos: Sequence[Row]
    recordings: Sequence[Row]
    queries: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Figures:
    """The bot's database, asked anew each time. Raises sqlite3.Error when it cannot be read."""

    database: Path

    def record(self) -> Row | None:
        """The post-mortem."""
        return self._one(_RECORD)

    def harvest(self) -> Row | None:
        """How far the reading of the channel is: phase, pages, messages, threads, pending, trouble."""
        return self._one(_HARVEST)

    def found(self) -> Found | None:
        """What was found; None before the first analysis."""
        analysis = self._one("SELECT ic, scribe FROM analysis LIMIT 1")
        if analysis is None:
            return None
        people = [row for row in self._list("responder") if row["suggested"]]
        lists = {name: self._list(table) for name, table in _LISTS.items()}
        return Found(_who(analysis["ic"]), _who(analysis["scribe"]), people, **lists)

    def document(self) -> Row | None:
        """The newest document that was uploaded and shared."""
        return self._one(_DOCUMENT)

    def stamps(self) -> set[str]:
        """The ts of every message that was read."""
        return {str(row["ts"]) for row in self._rows("SELECT ts FROM harvest_message")}

    def card(self) -> str | None:
        """The ts of the card, the permanent message in the channel."""
        row = self._one("SELECT ts FROM posted WHERE name = 'card'")
        return str(row["ts"]) if row else None

    def waiting(self) -> list[str]:
        """What the bot is about to do within the next minute."""
        until = (datetime.now(UTC) + _SOON).isoformat(timespec="microseconds")
        return [str(row["kind"]) for row in self._rows(_WAITING, until)]

    def given_up(self) -> list[str]:
        """What the bot could not do, with the reason."""
        return [f"{row['kind']}: {row['last_error']}" for row in self._rows(_DEAD)]

    def people(self) -> dict[str, str]:
        """Names by user id, as the bot knows them."""
        return {row["user_id"]: row["name"] for row in self._rows("SELECT user_id, name FROM person")}

    def _list(self, table: str) -> list[Row]:
        return self._rows(_FOUND.format(table))

    def _one(self, query: str) -> Row | None:
        found = self._rows(query)
        return found[0] if found else None

    def _rows(self, query: str, *values: Any) -> list[Row]:
        with closing(sqlite3.connect(f"{self.database.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(query, values).fetchall()


_LISTS = {"timeline": "timeline_item", "todos": "todo", "recordings": "recording", "queries": "query"}


def _who(claim: str | None) -> str | None:
    return json.loads(claim)["user_id"] if claim and claim != "null" else None
