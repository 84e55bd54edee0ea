"""Messages read, their threads, and how far the reading has got: one upsert a page, one stream in order of time.

A page is written by one `executemany`, which the drivers run several times faster than one statement with 999 rows in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from bot.domain.harvest import heard
from bot.domain.harvest import message as messages_of
from bot.domain.harvest.message import MalformedMessage, Message
from bot.domain.harvest_state import HarvestCounts, HarvestState, Phase, ThreadRef
from bot.domain.status import Status
from storage import harvest_tables, statements, tables

_H, _M, _T = harvest_tables.harvest, harvest_tables.harvest_message, harvest_tables.harvest_thread
_P = tables.posted
_PAGE = 500
_MOST = 2**31 - 1
_FOR_EVER, _THREAD = 2**62, 300

_THIS: sa.BindParameter[str] = sa.bindparam("this")
_CHANNEL: sa.BindParameter[str] = sa.bindparam("channel")
_OWN = sa.select(tables.postmortem.c.channel_id).where(tables.postmortem.c.id == _THIS).scalar_subquery()
_ASKED = sa.func.coalesce(sa.bindparam("asked", type_=sa.Text), _OWN)
_ONE = sa.select(_H).where(_H.c.postmortem_id == _THIS, _H.c.channel_id == _ASKED)
_STATE = {False: _ONE, True: _ONE.with_for_update()}


def _counts() -> sa.Select[Any]:
    def number(table: sa.Table) -> sa.Select[Any]:
        here = (table.c.postmortem_id == _THIS, table.c.channel_id == _CHANNEL)
        return sa.select(sa.func.count()).select_from(table).where(*here)

    three = (number(_M), number(_T), number(_T).where(_T.c.pending))
    return sa.select(*(each.scalar_subquery() for each in three))


_COUNTS = _counts()


@cache
def _touch(dialect: str) -> postgresql.Insert:
    """The thread is to be read again, in every open record of the channel that knows its first message."""
    record, micros = tables.postmortem, sa.bindparam("micros", type_=sa.BigInteger)
    ts: sa.BindParameter[str] = sa.bindparam("ts")
    # Our own messages are posted, not read: their threads are known all the same.
    stored = sa.select(_M.c.postmortem_id).where(_M.c.channel_id == _CHANNEL, _M.c.micros == micros, _M.c.ts == ts)
    posted = sa.select(_P.c.postmortem_id).where(_P.c.channel_id == _CHANNEL, _P.c.ts == ts)
    place = (sa.cast(_CHANNEL, sa.Text), sa.cast(micros, sa.BigInteger), sa.cast(ts, sa.Text))
    known = (
        sa.select(record.c.id, *place, sa.literal(0), sa.true(), sa.literal(1))
        .where(record.c.team_id == sa.bindparam("team"), record.c.channel_id == _CHANNEL)
        .where(record.c.status != Status.CLOSED.value, record.c.id.in_(sa.union(stored, posted)))
    )
    columns = ["postmortem_id", "channel_id", "micros", "ts", "reply_count", "pending", "touches"]
    again = {"pending": sa.true(), "touches": _T.c.touches + 1}
    new = statements.insert(dialect, _T).from_select(columns, known)
    return new.on_conflict_do_update(index_elements=list(_T.primary_key), set_=again)


def _thread_of() -> sa.Select[Any]:
    """A message and what was answered in its thread. Of a message without a thread nothing after it is looked at."""
    first, ts = sa.bindparam("micros", type_=sa.BigInteger), sa.bindparam("ts", type_=sa.Text)
    here = (_T.c.postmortem_id == _THIS, _T.c.channel_id == _CHANNEL, _T.c.micros == first, _T.c.ts == ts)
    until = sa.case((sa.exists().where(*here), sa.literal(_FOR_EVER, sa.BigInteger)), else_=first)
    answers = sa.type_coerce(_M.c.body, sa.Text).contains(sa.bindparam("named", type_=sa.Text))
    return (
        sa.select(_M.c.body)
        .where(_M.c.postmortem_id == _THIS, _M.c.channel_id == _CHANNEL)
        .where(_M.c.micros >= first, _M.c.micros <= sa.select(until).scalar_subquery())
        .where(sa.or_(_M.c.ts == ts, answers))
        .order_by(_M.c.micros, _M.c.ts)
        .limit(_THREAD)
    )


_ANSWERS = _thread_of()


def _near(*, earlier: bool) -> sa.Select[Any]:
    """The neighbours of a place in the channel, by the primary key."""
    place, most = sa.bindparam("micros", type_=sa.BigInteger), sa.bindparam("most", type_=sa.Integer)
    query = sa.select(_M.c.body).where(_M.c.postmortem_id == _THIS, _M.c.channel_id == _CHANNEL).limit(most)
    if earlier:
        return query.where(_M.c.micros < place).order_by(_M.c.micros.desc(), _M.c.ts.desc())
    return query.where(_M.c.micros > place).order_by(_M.c.micros, _M.c.ts)


_NEAR = (_near(earlier=True), _near(earlier=False))


@cache
def _keep_heavier(dialect: str) -> postgresql.Insert:
    """A page may have been read before an edit that was heard meanwhile: it does not bring the older words back."""
    new = statements.insert(dialect, _M)
    changes = {"body": new.excluded.body, "weight": new.excluded.weight}
    heavier = new.excluded.weight >= _M.c.weight
    return new.on_conflict_do_update(index_elements=list(_M.primary_key), set_=changes, where=heavier)


@cache
def _one_more_reply(dialect: str) -> postgresql.Insert:
    new = statements.insert(dialect, _T)
    later = sa.case(
        (new.excluded.latest_reply > sa.func.coalesce(_T.c.latest_reply, ""), new.excluded.latest_reply),
        else_=_T.c.latest_reply,
    )
    changes = {"reply_count": _T.c.reply_count + 1, "latest_reply": later}
    return new.on_conflict_do_update(index_elements=list(_T.primary_key), set_=changes)


_HELD = (
    sa.select(_M.c.body)
    .where(_M.c.postmortem_id == _THIS, _M.c.channel_id == _CHANNEL)
    .where(_M.c.micros == sa.bindparam("micros", type_=sa.BigInteger), _M.c.ts == sa.bindparam("ts", type_=sa.Text))
    .with_for_update()
)


class SqlHarvests:
    """bot.ports.store.Harvests."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def state(self, postmortem_id: str, channel_id: str | None = None, *, lock: bool = False) -> HarvestState | None:
        """The checkpoint of a record's harvest: of its own channel, or of another one."""
        row = statements.one(self._conn, _STATE[lock], {"this": postmortem_id, "asked": channel_id})
        return None if row is None else HarvestState(**{**row, "phase": Phase(row["phase"])})

    def put_state(self, state: HarvestState) -> None:
        """Insert or replace the checkpoint."""
        statements.upsert(self._conn, _H, [asdict(state)])

    def add_messages(self, state: HarvestState, messages: Sequence[Message]) -> None:
        """Upsert a page, and note its threads: new ones and those whose latest reply moved become pending."""
        last = {message.ts: message for message in messages}
        if last:
            stored = [_stored(state, message) for message in last.values()]
            self._conn.execute(_keep_heavier(self._conn.dialect.name), stored)
        parents = [message for message in last.values() if message.is_parent and not message.is_reply]
        if parents:
            self._note_threads([_thread(state, message) for message in parents])

    def hear(self, state: HarvestState, message: Message) -> bool:
        """Store a message that came by itself, joined to what is held of it; True when that says anything new."""
        row = _stored(state, message)
        if statements.count(self._conn, statements.adding(self._conn, _M), row):
            self._note_reply(state, message)
            return True
        given = {"this": state.postmortem_id, "channel": state.channel_id, "micros": row["micros"], "ts": message.ts}
        held = messages_of.from_json(self._conn.execute(_HELD, given).scalar_one())
        whole = heard.joined(held, message)
        if whole != held:
            this = (*_of(_M, state), _M.c.micros == row["micros"], _M.c.ts == message.ts)
            self._conn.execute(
                _M.update().where(*this).values(body=messages_of.to_json(whole), weight=heard.weight(whole))
            )
        return heard.weight(whole) != heard.weight(held)

    def _note_reply(self, state: HarvestState, message: Message) -> None:
        """A thread whose replies were all heard needs no reading: a reading compares their number and the latest."""
        if message.is_reply and message.thread_ts:
            first = replace(message, ts=message.thread_ts, reply_count=1, latest_reply=message.ts)
            new = {**_thread(state, first), "pending": False}
            self._conn.execute(_one_more_reply(self._conn.dialect.name), new)

    def next_thread(self, state: HarvestState) -> ThreadRef | None:
        """The oldest thread still to be read."""
        wanted = (_T.c.ts, _T.c.reply_count, _T.c.latest_reply, _T.c.cursor, _T.c.touches)
        query = sa.select(*wanted).where(*_of(_T, state), _T.c.pending).order_by(_T.c.micros, _T.c.ts).limit(1)
        row = statements.one(self._conn, query)
        return None if row is None else ThreadRef(**row)

    def thread_read(self, state: HarvestState, thread: ThreadRef, cursor: str | None) -> None:
        """A page of the thread was stored: go on at `cursor`, or it is read, unless a reply was announced meanwhile."""
        one = (*_of(_T, state), _T.c.micros == _micros(thread.ts), _T.c.ts == thread.ts)
        pending = sa.true() if cursor is not None else _T.c.touches != thread.touches
        self._conn.execute(_T.update().where(*one).values(cursor=cursor, pending=pending))

    def touch_thread(self, team_id: str, channel_id: str, ts: str) -> bool:
        """A reply was posted: the thread is to be read again. False when no open record knows its first message."""
        try:
            micros = _micros(ts)
        except MalformedMessage:
            return False
        given = {"team": team_id, "channel": channel_id, "micros": micros, "ts": ts}
        return statements.count(self._conn, _touch(self._conn.dialect.name), given) > 0

    def counts(self, state: HarvestState) -> HarvestCounts:
        """What is stored so far."""
        given = {"this": state.postmortem_id, "channel": state.channel_id}
        return HarvestCounts(*self._conn.execute(_COUNTS, given).one())

    def messages(self, state: HarvestState) -> Iterator[Message]:
        """All stored messages in order of time, a few hundred in memory at once. Read them within the transaction."""
        query = sa.select(_M.c.body).where(*_of(_M, state)).order_by(_M.c.micros, _M.c.ts)
        with self._conn.execute(query, execution_options={"yield_per": _PAGE}) as rows:
            for body in rows.scalars():
                yield _read(body, state.channel_id)

    def thread(self, postmortem_id: str, channel_id: str, ts: str) -> Sequence[Message]:
        """The stored message of that `ts` and its first replies, in order."""
        try:
            micros = _micros(ts)
        except MalformedMessage:
            return []
        named = f'"thread_ts":"{ts}"'
        given = {"this": postmortem_id, "channel": channel_id, "micros": micros, "ts": ts, "named": named}
        found = (_read(row["body"], channel_id) for row in statements.rows(self._conn, _ANSWERS, given))
        return [each for each in found if ts in (each.ts, each.thread_ts)]

    def around(
        self, postmortem_id: str, channel_id: str, ts: str, most: int
    ) -> tuple[Sequence[Message], Sequence[Message]]:
        """The stored messages right before and right after that `ts`, the nearest first."""
        try:
            micros = _micros(ts)
        except MalformedMessage:
            return [], []
        given = {"this": postmortem_id, "channel": channel_id, "micros": micros, "most": most}
        before, after = (
            [_read(row["body"], channel_id) for row in statements.rows(self._conn, query, given)] for query in _NEAR
        )
        return before, after

    def _note_threads(self, rows: Sequence[Mapping[str, Any]]) -> None:
        new = statements.insert(self._conn.dialect.name, _T)
        later, more = new.excluded.latest_reply, new.excluded.reply_count > _T.c.reply_count
        # The latest reply may have been heard and one before it missed, and some answers name no latest: the count tells.
        moved = sa.or_(more, sa.and_(later.is_not(None), later.is_distinct_from(_T.c.latest_reply)))
        changes = {
            "reply_count": new.excluded.reply_count,
            "latest_reply": sa.func.coalesce(later, _T.c.latest_reply),
            "pending": sa.or_(_T.c.pending, moved),
            "cursor": sa.case((moved, None), else_=_T.c.cursor),
        }
        self._conn.execute(new.on_conflict_do_update(index_elements=list(_T.primary_key), set_=changes), list(rows))


def _of(table: sa.Table, state: HarvestState) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.postmortem_id == state.postmortem_id, table.c.channel_id == state.channel_id


def _read(body: dict[str, Any], channel_id: str) -> Message:
    """As it was stored, in the channel as its id is now."""
    body["channel_id"] = channel_id
    return messages_of.from_json(body)


def _micros(ts: str) -> int:
    seconds, micros = messages_of.ts_key(ts)
    return seconds * 1_000_000 + micros


def _place(state: HarvestState, message: Message) -> dict[str, Any]:
    return {
        "postmortem_id": state.postmortem_id,
        "channel_id": state.channel_id,
        "micros": _micros(message.ts),
        "ts": message.ts,
    }


def _stored(state: HarvestState, message: Message) -> dict[str, Any]:
    return {**_place(state, message), "body": messages_of.to_json(message), "weight": heard.weight(message)}


def _thread(state: HarvestState, message: Message) -> dict[str, Any]:
    return {
        **_place(state, message),
        "reply_count": min(message.reply_count, _MOST),
        "latest_reply": message.latest_reply,
        "cursor": None,
        "pending": True,
        "touches": 0,
    }
