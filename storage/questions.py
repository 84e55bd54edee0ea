"""Questions to single people, who watches, and who was asked about their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.questions import Question, QuestionState, UsedAs
from bot.domain.watching import Watcher
from storage import foreseen, statements, tables
from storage import life_tables as t

_THIS: sa.BindParameter[str] = sa.bindparam("this")
_Q, _W, _L = t.question, t.watcher, t.line_check
_QUESTIONS = sa.select(_Q).where(_Q.c.postmortem_id == _THIS).order_by(_Q.c.at, _Q.c.id)
_ONE = sa.select(_Q).where(_Q.c.id == _THIS)
_WATCHERS = sa.select(_W).where(_W.c.postmortem_id == _THIS).order_by(_W.c.at, _W.c.user_id)
_CHECKS = sa.select(_L).where(_L.c.postmortem_id == _THIS).order_by(_L.c.asked_at, _L.c.user_id)


class SqlQuestions:
    """bot.ports.inquiry.Questions."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def all(self, postmortem_id: str) -> Sequence[Question]:
        """All questions of a record, the oldest first."""
        return [_question(row) for row in foreseen.rows(self._conn, _Q, postmortem_id, _QUESTIONS)]

    def get(self, question_id: str) -> Question | None:
        """One question."""
        row = statements.one(self._conn, _ONE, {"this": question_id})
        return None if row is None else _question(row)

    def waiting_for(self, team_id: str, user_id: str) -> Sequence[Question]:
        """Open questions to this person."""
        ours = _Q.c.postmortem_id.in_(sa.select(tables.postmortem.c.id).where(tables.postmortem.c.team_id == team_id))
        theirs = (_Q.c.asked_of == user_id, _Q.c.state == QuestionState.OPEN.value)
        query = sa.select(_Q).where(*theirs, ours).order_by(_Q.c.at, _Q.c.id)
        return [_question(row) for row in statements.rows(self._conn, query)]

    def put(self, question: Question) -> None:
        """Insert or replace by id."""
        row = asdict(question) | {"state": question.state.value, "used_as": question.used_as.value}
        statements.upsert(self._conn, _Q, [row])


class SqlWatchers:
    """bot.ports.inquiry.Watchers."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def all(self, postmortem_id: str) -> Sequence[Watcher]:
        """Everybody who watches."""
        return [Watcher(**row) for row in statements.rows(self._conn, _WATCHERS, {"this": postmortem_id})]

    def put(self, watcher: Watcher) -> None:
        """Insert or replace."""
        statements.upsert(self._conn, _W, [asdict(watcher)])

    def remove(self, postmortem_id: str, user_id: str) -> bool:
        """Not any more; False when they did not watch."""
        gone = _W.delete().where(_W.c.postmortem_id == postmortem_id, _W.c.user_id == user_id)
        return self._conn.execute(gone).rowcount > 0


class SqlLineChecks:
    """bot.ports.inquiry.LineChecks."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def all(self, postmortem_id: str) -> Sequence[LineCheck]:
        """Everybody who was asked, by when."""
        rows = foreseen.rows(self._conn, _L, postmortem_id, _CHECKS)
        return [LineCheck(**{**row, "state": CheckState(row["state"])}) for row in rows]

    def put(self, check: LineCheck) -> None:
        """Insert or replace by person."""
        statements.upsert(self._conn, _L, [asdict(check) | {"state": check.state.value}])


def _question(row: Mapping[str, Any]) -> Question:
    return Question(**{**row, "state": QuestionState(row["state"]), "used_as": UsedAs(row["used_as"])})
