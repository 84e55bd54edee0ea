"""What many tests begin with is done once in a test process. Where a step is asked for again in the very same world (every row of
the memory, the chat, the screens, the clock, the policy), what the world became then is put back instead of done anew: the bot of
the test then stands as a process that was started on it."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tests.fakes import rows as tables
from tests.fakes.chat import FakeChat

if TYPE_CHECKING:
    from tests.fakes.bot import Bot

_EVERYTHING = {table.name: sa.select(table).order_by(*table.primary_key) for table in tables.TABLES}
_COUNTED_ON = sa.select(
    *(
        sa.func.setval(
            sa.func.pg_get_serial_sequence(table.name, table.autoincrement_column.name),
            sa.select(sa.func.coalesce(sa.func.max(table.autoincrement_column), 0) + 1).scalar_subquery(),
            False,
        )
        for table in tables.TABLES
        if table.autoincrement_column is not None
    )
)
_MAIL = {"mail", "mail_draft"}
_Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class _Kept:
    """The world after a step: of the memory, every table that has rows, or had some before."""

    rows: _Rows
    rest: bytes


_kept: dict[Hashable, _Kept] = {}


def step(bot: Bot, key: Hashable, act: Callable[[], object]) -> None:
    """Bring the world to where `act` brings it. `key` names the act and its arguments."""
    if not _can_be_kept(bot):
        act()
        return
    before, rest = _rows(bot), _rest(bot)
    # The very same database: what was numbered in another may be ahead of the numbers that this one gives out.
    place = (key, str(bot.engine.url), repr(bot.policy), type(bot.mailer), _print(before), _print(rest))
    if place in _kept:
        _put_back(bot, _kept[place])
        return
    act()
    after = _rows(bot)
    # What a mail server was asked stands nowhere here: a step that has to do with mails is done anew each time.
    if not bot.chat.faults and not (bot.mailer and _MAIL & (after.keys() | before.keys())):
        # What is deleted takes with it what hangs on it: rows that are as they were are put back as well.
        changed = {name: after.get(name, []) for name in _EVERYTHING if name in after or name in before}
        _kept[place] = _Kept(changed, pickle.dumps(_rest(bot)))


def _can_be_kept(bot: Bot) -> bool:
    """Not where a test has put an act of its own into the chat."""
    own = any(hasattr(FakeChat, name) and callable(value) for name, value in vars(bot.chat).items())
    return bot.plain and type(bot.chat) is FakeChat and not bot.chat.faults and not own


def _rest(bot: Bot) -> dict[str, Any]:
    chat = {name: value for name, value in vars(bot.chat).items() if name != "_now"}
    return {"chat": chat, "shown": bot.screens.shown, "now": bot.clock.now()}


def _rows(bot: Bot) -> _Rows:
    with bot.engine.begin() as conn:
        names = [table.name for table in tables.filled(conn)]
        return {name: [dict(row._mapping) for row in conn.execute(_EVERYTHING[name])] for name in names}


def _print(value: object) -> bytes:
    return hashlib.sha256(repr(value).encode()).digest()


def _count_on(conn: sa.Connection) -> None:
    """What numbers its rows goes on after those that were put back; SQLite does so by itself."""
    if conn.dialect.name == "postgresql":
        conn.execute(_COUNTED_ON)


def _put_back(bot: Bot, kept: _Kept) -> None:
    with bot.engine.begin() as conn:
        for table in reversed(tables.TABLES):
            if table.name in kept.rows:
                conn.execute(table.delete())
        for table in tables.TABLES:
            if kept.rows.get(table.name):
                conn.execute(table.insert(), kept.rows[table.name])
        _count_on(conn)
    rest = pickle.loads(kept.rest)
    vars(bot.chat).update(rest["chat"])
    bot.screens.shown[:] = rest["shown"]
    bot.clock.advance_to(rest["now"])
