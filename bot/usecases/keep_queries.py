"""The commands and queries in people's hands (R-25): entered, changed, taken out and put back, and what the channel proposes
is kept or dropped. What looks like a secret is saved only when somebody says that it is none; the history holds it masked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import queries, secrets, writing
from bot.domain.errors import BadInput, Reason, Refused
from bot.domain.pointed import Source
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.proposals import Key
from bot.domain.queries import Candidate, Query, Suspect, Written
from bot.ports.store import Unit
from bot.usecases import actors, rows, settle_proposals, standing

GONE = "This query is not in the list any more. Close the form and open the list again."
OUT = "Somebody took this query out meanwhile. What you typed is still here: copy it, and put the query back first."


class QueryChanged(Exception):
    """Somebody else changed this query while the form was open; nothing was saved. `theirs` is what stands."""

    def __init__(self, theirs: Query) -> None:
        super().__init__(theirs.id)
        self.theirs = theirs


class LooksSecret(Exception):
    """Something in it looks like a secret, and nobody has said yet that it is none; nothing was saved."""

    def __init__(self, suspects: tuple[Suspect, ...]) -> None:
        super().__init__(len(suspects))
        self.suspects = suspects


@dataclass(frozen=True, slots=True)
class KeepQueries:
    """Every change of the list by a person. Each raises `Refused` for somebody who does not write."""

    policy: Policy
    new_id: Callable[[], str]

    def record(self, unit: Unit, team_id: str, postmortem_id: str, by: str) -> Postmortem:
        """The record, held, for somebody who writes."""
        record = standing.record_or_refuse(unit, postmortem_id, team_id=team_id)
        self.check_right(unit, record, by)
        return record

    def check_right(self, unit: Unit, record: Postmortem, by: str) -> None:
        """Raises Refused for somebody who does not write, and for a text that was agreed on."""
        writing.check_text(record, actors.actor(unit, record, by, self.policy))

    def candidates(self, unit: Unit, record: Postmortem) -> tuple[Candidate, ...]:
        """What waits for a yes or no."""
        return queries.candidates(unit.proposals.load(record.id), unit.items.waiting(record.id, "query"))

    def query(self, unit: Unit, record: Postmortem, query_id: str) -> Query:
        """One query, removed ones too. Raises Refused when there is none."""
        found = next((each for each in unit.queries.all(record.id) if each.id == query_id), None)
        if found is None:
            raise Refused(GONE)
        return found

    def decide(
        self, unit: Unit, record: Postmortem, decided: Mapping[Key, bool], cleared: Collection[Key], by: str, now: datetime
    ) -> int:  # fmt: skip
        """Keep or drop; returns how many were decided. `cleared` are those of which somebody says that they hold no secret.
        What somebody else decided meanwhile stays so. Raises LooksSecret for what is kept and not cleared."""
        waiting, notes = [each for each in self.candidates(unit, record) if each.key in decided], []
        doubtful = [each for each in waiting if decided[each.key] and each.key not in cleared]
        suspects = tuple(suspect for each in doubtful for suspect in each.suspects)
        if suspects:
            raise LooksSecret(suspects)
        for candidate in waiting:
            keep = decided[candidate.key]
            if not unit.items.settle(record.id, "query", *candidate.key, confirmed=keep):
                continue
            for made in queries.made(candidate, record.id, keep=keep, by=by, now=now, new_id=self.new_id):
                unit.queries.put(made)
                notes.append(_audit(made, None, by, now))
        unit.ledger.note(*notes)
        self._redraw(unit, record, now)
        return len(waiting)

    def add(
        self, unit: Unit, record: Postmortem, written: Written, by: str, now: datetime, *, cleared: str = "",
        source: Source | None = None,
    ) -> Query:  # fmt: skip
        """A query that somebody typed, or took from the message `source`, of which none is proposed any more. `cleared` is
        the stamp of what looked like a secret and is none. Raises BadInput, LooksSecret."""
        written = self._checked(unit, record, written, None)
        self._check_secrets(written, None, cleared)
        query = Query(
            self.new_id(), record.id, written.text, by, now, written.tool, written.link, written.result, written.ran_by
        )
        if source and not source.channel_id:
            query = replace(query, ts=source.ts, thread_ts=source.thread_ts)
            settle_proposals.of_message(unit, record, "query", source.ts)
        return self._put(unit, record, None, query, by, now)

    def change(
        self, unit: Unit, record: Postmortem, query_id: str, seen: int, written: Written, by: str, now: datetime,
        *, cleared: str = "",
    ) -> Query:  # fmt: skip
        """The query as it was typed anew; `seen` is the version that the form showed. Raises BadInput, Refused, QueryChanged,
        LooksSecret."""
        before = self.query(unit, record, query_id)
        if before.removed:
            raise Refused(OUT)
        written = self._checked(unit, record, written, before)
        after = replace(
            before, text=written.text, tool=written.tool, link=written.link, result=written.result, ran_by=written.ran_by
        )  # fmt: skip
        if after == before:
            return before
        if before.version != seen:
            raise QueryChanged(before)
        self._check_secrets(written, before, cleared)
        return self._put(unit, record, before, self._next(before, after, by, now), by, now)

    def remove(self, unit: Unit, record: Postmortem, query_id: str, by: str, now: datetime) -> Query:
        """Take a query out; it can be put back."""
        return self._flag(unit, record, query_id, True, by, now)

    def put_back(self, unit: Unit, record: Postmortem, query_id: str, by: str, now: datetime) -> Query:
        """Undo a removal."""
        return self._flag(unit, record, query_id, False, by, now)

    @staticmethod
    def _checked(unit: Unit, record: Postmortem, written: Written, before: Query | None) -> Written:
        written = queries.cleaned(written)
        queries.check(written)
        ran_by = written.ran_by if before is None or written.ran_by != before.ran_by else None
        person = unit.people.get(record.team_id, ran_by) if ran_by else None
        if person and person.is_bot:
            text = f"{person.name} is an app: choose who ran it, or leave it empty."
            raise BadInput(text, reasons=(Reason("ran_by", text),))
        return written

    @staticmethod
    def _check_secrets(written: Written, before: Query | None, cleared: str) -> None:
        """What stood there already was decided when it was saved."""
        stamp = queries.stamp(written)
        stood = queries.stamp(queries.of(before)) if before else ""
        if stamp and stamp not in (cleared, stood):
            raise LooksSecret(queries.suspects(written))

    def _flag(self, unit: Unit, record: Postmortem, query_id: str, removed: bool, by: str, now: datetime) -> Query:
        before = self.query(unit, record, query_id)
        if before.removed == removed:
            return before
        after = self._next(before, replace(before, removed=removed), by, now)
        return self._put(unit, record, before, after, by, now)

    @staticmethod
    def _next(before: Query, after: Query, by: str, now: datetime) -> Query:
        return replace(after, version=before.version + 1, by=by, saved_at=now)

    def _put(self, unit: Unit, record: Postmortem, before: Query | None, after: Query, by: str, now: datetime) -> Query:
        unit.queries.put(after)
        unit.ledger.note(_audit(after, before, by, now))
        self._redraw(unit, record, now)
        return after

    @staticmethod
    def _redraw(unit: Unit, record: Postmortem, now: datetime) -> None:
        unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))


def _audit(after: Query, before: Query | None, by: str, now: datetime) -> Audit:
    return Audit(after.postmortem_id, now, by, "query", _said(before) if before else None, _said(after), "form")


def _said(query: Query) -> str:
    """A query as the history keeps it: what looks like a secret is masked, so that editing one out takes it away."""
    named = (
        ("tool: ", query.tool),
        ("link: ", query.link),
        ("result: ", query.result),
        ("ran by ", query.ran_by or ""),
    )
    said = [
        query.text,
        *(f"{name}{value}" for name, value in named if value),
        *(["taken out"] if query.removed else []),
    ]
    return "\n".join(map(secrets.masked, said))
