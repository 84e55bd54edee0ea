"""Words looked for with LIKE in every table that keeps what people wrote. Letters count whatever their case: on SQLite as
Python folds them, on Postgres as far as the database's locale knows them. What is stored as JSON is picked by LIKE too and
then looked at again, since the names of its fields are no words of anybody's."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain import search
from bot.domain.content import Section
from bot.domain.external_message import ExternalMessage
from bot.domain.postmortem import Postmortem
from bot.domain.search import Passage
from storage import life_tables as t
from storage import records, statements, tables
from storage.engine import FOLD

_T = tables.postmortem
_PRESENT = t.external_message.c.value == ExternalMessage.PRESENT.value
_ALL = sa.true()
# More ids than this are not handed to the database: it looks at all, and the others are left out afterwards.
_FEW = 500
_Found: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Source:
    """A column that is looked into, how the place is called, and which of its rows count."""

    column: sa.Column[Any]
    place: sa.ColumnElement[str]
    only: sa.ColumnElement[bool]

    @property
    def record(self) -> sa.ColumnElement[str]:
        """The column with the record's id."""
        table = self.column.table
        return table.c.id if table is _T else table.c.postmortem_id


def _as(place: str) -> sa.ColumnElement[str]:
    return sa.literal(place)


_TITLES = _Source(_T.c.title, _as("title"), _ALL)
_SERVICES = _Source(_T.c.services, _as("services"), _ALL)
_TEXTS = (
    _Source(t.timeline_entry.c.text, _as(search.TIMELINE), ~t.timeline_entry.c.removed),
    _Source(t.action_item.c.text, _as(search.ACTIONS), _ALL),
    _Source(t.action_item.c.reason, _as(search.ACTIONS), _ALL),
    _Source(t.action_item.c.justification, _as(search.ACTIONS), _ALL),
    _Source(t.query_entry.c.text, _as(search.QUERIES), ~t.query_entry.c.removed),
)
_VALUES = (
    _Source(t.section.c.value, t.section.c.section, t.section.c.section.in_([each.value for each in Section])),
    _Source(t.external_message.c.text, _as(search.MESSAGE), _PRESENT),
)


class SqlSearch:
    """bot.ports.search.Search."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def records(
        self, team_id: str, *, limit: int | None = None, among: Collection[str] | None = None
    ) -> Sequence[Postmortem]:
        """All records whatever their status, or those of these, the newest number first."""
        few = [_T.c.id.in_(list(among))] if among is not None and len(among) <= _FEW else []
        query = sa.select(_T).where(_T.c.team_id == team_id, *few).order_by(_T.c.number.desc()).limit(limit)
        found = [records.from_row(row) for row in statements.rows(self._conn, query)]
        return found if among is None else [each for each in found if each.id in among]

    def numbered(self, team_id: str, number: int) -> frozenset[str]:
        """The id of the record with this number, if there is one."""
        return frozenset(self._conn.scalars(sa.select(_T.c.id).where(_T.c.team_id == team_id, _T.c.number == number)))

    def with_word(self, team_id: str, word: str, among: Collection[str] | None = None) -> frozenset[str]:
        """Ids of the records in which the word occurs, of all or among these."""
        ours = [_T.c.team_id == team_id]
        if among is not None and len(among) <= _FEW:
            ours.append(_T.c.id.in_(list(among)))
        # The first place with the word is enough: most words are in few lines, or in nearly all records.
        places = [self._like(_T.c.title, word), *(self._somewhere(each, word) for each in _TEXTS)]
        plain = set(self._conn.scalars(sa.select(_T.c.id).where(*ours, sa.or_(*places))))
        there = sa.select(_T.c.id).where(*ours)
        for each in (_SERVICES, *_VALUES):
            found = self._in_json(each, word, each.record.in_(there), but=plain)
            plain |= {record for record, _, _ in found}
        return frozenset(plain if among is None else plain & set(among))

    def passages(self, ids: Sequence[str], word: str) -> Mapping[str, Sequence[Passage]]:
        """Where the word occurs in these few records, by record."""
        found: defaultdict[str, list[Passage]] = defaultdict(list)
        for record, place, text in self._in_these(ids, word):
            found[record].append(Passage(place, text))
        return found

    def _in_these(self, ids: Sequence[str], word: str) -> Iterator[_Found]:
        for each in _VALUES:
            yield from self._in_json(each, word, each.record.in_(ids))
        for each in _TEXTS:
            wanted = (each.only, each.record.in_(ids), self._like(each.column, word))
            query = sa.select(each.record, each.place, each.column).where(*wanted)
            yield from (tuple(row) for row in self._conn.execute(query))

    def _somewhere(self, source: _Source, word: str) -> sa.ColumnElement[bool]:
        lines = sa.select(sa.literal(1)).where(source.record == _T.c.id, source.only, self._like(source.column, word))
        return sa.exists(lines.correlate(_T))

    def _in_json(
        self, source: _Source, word: str, *only: sa.ColumnElement[bool], but: Collection[str] = ()
    ) -> Iterator[_Found]:
        """The texts with the word inside a column of JSON; records to leave out are not even read."""
        written = sa.type_coerce(source.column, sa.Text)
        picked = self._like(written, json.dumps(word, ensure_ascii=False)[1:-1], between="%")
        query = sa.select(source.record, source.place, written).where(source.only, picked, *only)
        for record, place, value in self._conn.execute(query).all():
            if record not in but:
                yield from ((record, place, text) for text in _texts(json.loads(value)) if search.shows(text, word))

    def _like(self, column: sa.ColumnElement[Any], word: str, between: str = "_") -> sa.ColumnElement[bool]:
        if self._conn.dialect.name == "postgresql":
            return sa.func.lower(column).like(sa.func.lower(_pattern(word, between)), escape="\\")
        if word.isascii():
            # SQLite's LIKE knows the case of these by itself, at a fraction of the time.
            return column.like(_pattern(word, between), escape="\\")
        folded: sa.ColumnElement[str] = sa.Function(FOLD, column, type_=sa.Text())
        return folded.like(_pattern(search.fold(word), between), escape="\\")


def _pattern(word: str, between: str) -> str:
    """Anything before and after; what LIKE would take for more than a letter is one. Words that belong together may have a
    line's end `between` them, which is one letter, and two in JSON."""
    escaped = word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped.replace(' ', between)}%"


def _texts(value: object) -> Iterator[str]:
    """Every text inside a JSON value; the names of fields are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _each(value.values())
    elif isinstance(value, list):
        yield from _each(value)


def _each(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        yield from _texts(value)
