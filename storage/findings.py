"""What the harvest proposes, finding by finding, each with what people said to it. A new analysis replaces what nobody
has decided on yet; a finding is the same one when it is of the same kind and from the same line of the same message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.harvest import finding as f
from storage import findings_beside, foreseen, statements, types
from storage import harvest_tables as t

_HOW: Mapping[str, Callable[[Any], Any]] = {
    "role": f.Role,
    "kind": f.TimelineKind,
    "confidence": f.Confidence,
    "evidence": tuple,
    "roles": lambda roles: tuple(f.Role(role) for role in roles),
    "due": lambda words: words or "",
    "result": lambda words: words or "",
}


@dataclass(frozen=True, slots=True)
class _List:
    """One list of `Findings`: its name there, its table, its class, and the fields that name a finding."""

    name: str
    table: sa.Table
    make: type[Any]
    key: tuple[str, ...]


_LISTS = (
    _List("role_claims", t.role_claim, f.RoleClaim, ("ts", "role")),
    _List("responders", t.responder, f.Responder, ("user_id",)),
    _List("timeline", t.timeline_item, f.TimelineFinding, ("ts", "line")),
    _List("todos", t.todo, f.TodoFinding, ("ts", "line")),
    _List("recordings", t.recording, f.RecordingFinding, ("ts",)),
    _List("queries", t.query, f.QueryFinding, ("ts", "line")),
)


_BY_NAME = {each.name: each for each in _LISTS}
# Whatever somebody pointed out stands before what the analysis found.
_FIRST = -1


class SqlProposals:
    """bot.ports.store.Proposals."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def replace(self, postmortem_id: str, findings: f.Findings) -> None:
        """Write the findings of a finished analysis; what a human confirmed or rejected is never overwritten."""
        for each in _LISTS:
            found = getattr(findings, each.name)
            self._conn.execute(
                each.table.delete().where(*_undecided(each.table, postmortem_id), _replaced(each, found))
            )
            statements.add_new(self._conn, each.table, _rows(postmortem_id, each, found))
        statements.upsert(self._conn, t.analysis, [_summary(postmortem_id, findings)])

    def point_out(
        self, postmortem_id: str, *, todos: Sequence[f.TodoFinding] = (), queries: Sequence[f.QueryFinding] = ()
    ) -> None:
        """Propose what somebody pointed out by hand."""
        for each, found in ((_BY_NAME["todos"], todos), (_BY_NAME["queries"], queries)):
            for one in found:
                self._point_out(postmortem_id, each, one)

    def _point_out(self, postmortem_id: str, each: _List, one: f.TodoFinding | f.QueryFinding) -> None:
        table = each.table
        here = (table.c.postmortem_id == postmortem_id, table.c.ts == one.ts)
        states = set(self._conn.scalars(sa.select(table.c.state).where(*here)))
        if states - {t.REJECTED}:
            return
        again = {"state": t.PROPOSED, "rule": one.rule}
        if not states:
            rows = [{**row, "position": _FIRST} for row in _rows(postmortem_id, each, [one])]
            statements.add_new(self._conn, table, rows)
            return
        self._conn.execute(table.update().where(*here).values(**again))

    def take_back(self, postmortem_id: str, kind: str, ts: str) -> None:
        """Nobody points it out any more."""
        table = _BY_NAME[kind].table
        by_hand = (*_undecided(table, postmortem_id), table.c.ts == ts, table.c.rule.in_(f.BY_HAND))
        self._conn.execute(table.delete().where(*by_hand))

    def load(self, postmortem_id: str) -> f.Findings | None:
        """The findings as stored, without those that people rejected; None before there are any."""
        summary = foreseen.one(self._conn, t.analysis, postmortem_id, _SUMMARY)
        if summary is None:
            return self._by_hand(postmortem_id)
        lists: dict[str, Any] = {each.name: self._list(postmortem_id, each) for each in _LISTS}
        return f.Findings(
            **lists,
            ic=_claim(summary["ic"]),
            scribe=_claim(summary["scribe"]),
            end_of_call=_end(summary["end_of_call"]),
            severities=tuple((ts, severity) for ts, severity in summary["severities"]),
            **findings_beside.read(summary["beside"]),
        )

    def people(self, postmortem_id: str) -> f.Findings:
        """Who was there and who was named in a role."""
        claims, responders = (self._list(postmortem_id, _BY_NAME[name]) for name in ("role_claims", "responders"))
        return f.Findings(role_claims=claims, responders=responders)

    def ic(self, postmortem_id: str) -> f.RoleClaim | None:
        """Whom the channel's messages name as the IC."""
        return _claim(self._conn.scalar(_IC, {"this": postmortem_id}))

    def _by_hand(self, postmortem_id: str) -> f.Findings | None:
        """What somebody pointed out before the channel was read."""
        todos, queries = (self._list(postmortem_id, _BY_NAME[name]) for name in ("todos", "queries"))
        return f.Findings(todos=todos, queries=queries) if todos or queries else None

    def _list(self, postmortem_id: str, each: _List) -> tuple[Any, ...]:
        rows = foreseen.rows(self._conn, each.table, postmortem_id, _KEPT[each])
        return tuple(_made(each.make, row) for row in rows)


def _undecided(table: sa.Table, postmortem_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.postmortem_id == postmortem_id, table.c.state == t.PROPOSED


def _replaced(each: _List, found: Sequence[Any]) -> sa.ColumnElement[bool]:
    """Everything, but for what was pointed out by hand in messages in which the analysis found nothing."""
    if each.name not in ("todos", "queries"):
        return sa.true()
    by_hand, again = each.table.c.rule.in_(f.BY_HAND), {one.ts for one in found}
    return sa.or_(sa.not_(by_hand), each.table.c.ts.in_(again)) if again else sa.not_(by_hand)


def _kept(each: _List) -> sa.Select[Any]:
    """Everything on the list that nobody rejected, in the order of the analysis."""
    table = each.table
    kept = (table.c.postmortem_id == _THIS, table.c.state != t.REJECTED)
    order = (table.c.position, *(table.c[name] for name in each.key), table.c.nth)
    return sa.select(*(table.c[field.name] for field in fields(each.make))).where(*kept).order_by(*order)


_THIS: sa.BindParameter[str] = sa.bindparam("this")
_SUMMARY = sa.select(t.analysis).where(t.analysis.c.postmortem_id == _THIS)
_IC = sa.select(t.analysis.c.ic).where(t.analysis.c.postmortem_id == _THIS)
_KEPT = {each: _kept(each) for each in _LISTS}


def _rows(postmortem_id: str, each: _List, found: Sequence[Any]) -> Iterable[dict[str, Any]]:
    seen: Counter[Hashable] = Counter()
    for position, finding in enumerate(found):
        row = {field.name: getattr(finding, field.name) for field in fields(finding)}
        key = tuple(types.clean(value) if isinstance(value, str) else value for value in map(row.__getitem__, each.key))
        yield {
            **row, "postmortem_id": postmortem_id, "nth": seen[key], "position": position, "state": t.PROPOSED
        }  # fmt: skip
        seen[key] += 1


def _made(make: type[Any], row: Mapping[str, Any]) -> Any:
    return make(**{name: _HOW[name](value) if name in _HOW else value for name, value in row.items()})


def _summary(postmortem_id: str, findings: f.Findings) -> dict[str, Any]:
    return {
        "postmortem_id": postmortem_id,
        "ic": _flat(findings.ic),
        "scribe": _flat(findings.scribe),
        "end_of_call": _flat(findings.end_of_call),
        "severities": [list(each) for each in findings.severities],
        "beside": findings_beside.written(findings),
    }


def _flat(value: f.RoleClaim | f.EndOfCall | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {field.name: getattr(value, field.name) for field in fields(value)} | {"at": value.at.isoformat()}


def _claim(value: Mapping[str, Any] | None) -> f.RoleClaim | None:
    return None if value is None else _made(f.RoleClaim, {**value, "at": datetime.fromisoformat(value["at"])})


def _end(value: Mapping[str, Any] | None) -> f.EndOfCall | None:
    return None if value is None else _made(f.EndOfCall, {**value, "at": datetime.fromisoformat(value["at"])})
