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
from storage import harvest_tables as t
from storage import statements, types

_HOW: Mapping[str, Callable[[Any], Any]] = {
    "role": f.Role,
    "kind": f.TimelineKind,
    "confidence": f.Confidence,
    "evidence": tuple,
    "roles": lambda roles: tuple(f.Role(role) for role in roles),
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


class SqlProposals:
    """bot.ports.store.Proposals."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def replace(self, postmortem_id: str, findings: f.Findings) -> None:
        """Write the findings of a finished analysis; what a human confirmed or rejected is never overwritten."""
        for each in _LISTS:
            undecided = (each.table.c.postmortem_id == postmortem_id, each.table.c.state == t.PROPOSED)
            self._conn.execute(each.table.delete().where(*undecided))
            statements.add_new(self._conn, each.table, _rows(postmortem_id, each, getattr(findings, each.name)))
        statements.upsert(self._conn, t.analysis, [_summary(postmortem_id, findings)])

    def load(self, postmortem_id: str) -> f.Findings | None:
        """The findings as stored, without those that people rejected; None before the first analysis."""
        summary = statements.one(self._conn, _SUMMARY, {"this": postmortem_id})
        if summary is None:
            return None
        return f.Findings(
            **{each.name: self._list(postmortem_id, each) for each in _LISTS},
            ic=_claim(summary["ic"]),
            scribe=_claim(summary["scribe"]),
            end_of_call=_end(summary["end_of_call"]),
            severities=tuple((ts, severity) for ts, severity in summary["severities"]),
        )

    def _list(self, postmortem_id: str, each: _List) -> tuple[Any, ...]:
        return tuple(_made(each.make, row) for row in statements.rows(self._conn, _KEPT[each], {"this": postmortem_id}))


def _kept(each: _List) -> sa.Select[Any]:
    """Everything on the list that nobody rejected, in the order of the analysis."""
    table = each.table
    kept = (table.c.postmortem_id == _THIS, table.c.state != t.REJECTED)
    order = (table.c.position, *(table.c[name] for name in each.key), table.c.nth)
    return sa.select(*(table.c[field.name] for field in fields(each.make))).where(*kept).order_by(*order)


_THIS: sa.BindParameter[str] = sa.bindparam("this")
_SUMMARY = sa.select(t.analysis).where(t.analysis.c.postmortem_id == _THIS)
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
    }


def _flat(value: f.RoleClaim | f.EndOfCall | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {field.name: getattr(value, field.name) for field in fields(value)} | {"at": value.at.isoformat()}


def _claim(value: Mapping[str, Any] | None) -> f.RoleClaim | None:
    return None if value is None else _made(f.RoleClaim, {**value, "at": datetime.fromisoformat(value["at"])})


def _end(value: Mapping[str, Any] | None) -> f.EndOfCall | None:
    return None if value is None else _made(f.EndOfCall, {**value, "at": datetime.fromisoformat(value["at"])})
