"""`app.py outbox`: what the bot will do next, what it gave up and why, and another try for that. It works beside a bot that serves."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TextIO

from sqlalchemy.engine import Engine

from bot import config
from bot.config import ConfigError
from bot.domain import phrases
from bot.domain.errors import DomainError
from bot.integrations.system_clock import SystemClock
from bot.usecases.try_again import TryAgain
from cli import database
from cli.table import Build
from storage import backlog, schema
from storage.backlog import Line
from storage.store import SqlStore
from storage.transactions import Transactions

PATIENCE = timedelta(seconds=5)
COMING, ENDED, MOST = 20, 10, 1000
HEAD = ("id", "kind", "record", "due", "state", "attempts", "last error")
# Many terminals are not much wider; --json has all of it.
WIDEST = 90


def run(arguments: list[str], build: Build, out: TextIO, err: TextIO) -> int:
    """0, or 2 when a row cannot be tried again; then none of those that were named is."""
    given = _parser().parse_args(arguments)
    url = config.database_url()
    file = database.sqlite_file(url)
    if file and not file.exists():
        raise ConfigError(f"There is no {file} yet: `python app.py serve` makes it.")
    engine = database.open_engine(url)
    try:
        with database.named_trouble():
            _check_schema(engine)
            if given.retry:
                return _retry(engine, given.retry, out, err)
            _list(engine, given, out)
    finally:
        engine.dispose()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="app.py outbox", description="What the bot will do next, and what it gave up."
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--due", action="store_true", help="what is to be done now")
    what.add_argument("--dead", action="store_true", help="what was given up, the newest first")
    what.add_argument("--retry", nargs="+", type=_row_id, metavar="ID", help="try these once more, which were given up")
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    return parser


def _row_id(typed: str) -> int:
    """The number of a row, as far as a database can have one."""
    if not re.fullmatch(r"\d{1,18}", typed, re.ASCII):
        raise argparse.ArgumentTypeError(
            f"{typed[:40]!r} is no row: `app.py outbox --dead` lists those that were given up"
        )
    return int(typed)


def _check_schema(engine: Engine) -> None:
    """Nothing is made or changed here: a database that is not ready is said to be."""
    if not schema.is_current(engine):
        raise ConfigError(f"The database has another schema than this version needs: {database.MIGRATE}.")


def _retry(engine: Engine, ids: Sequence[int], out: TextIO, err: TextIO) -> int:
    """All of them in one transaction, or none."""
    again = TryAgain(SystemClock())
    try:
        with SqlStore(engine).transaction(PATIENCE) as unit:
            found = [again(unit, row_id) for row_id in dict.fromkeys(ids)]
    except DomainError as error:
        err.write(f"{error.message}\n")
        return 2
    for row in found:
        out.write(f"Row {row.id} ({row.kind}) is tried again within seconds, where the bot runs.\n")
    return 0


def _list(engine: Engine, given: argparse.Namespace, out: TextIO) -> None:
    with Transactions(engine).reading() as conn:
        if given.due:
            parts = {"due": backlog.coming(conn, MOST, due=True)}
        elif given.dead:
            parts = {"dead": backlog.given_up(conn, MOST)}
        else:
            parts = {
                "next": backlog.coming(conn, COMING),
                "dead": backlog.given_up(conn, ENDED),
                "ended": backlog.ended(conn, ENDED),
            }
    if given.json:
        document = {name: [_as_json(line) for line in lines] for name, lines in parts.items()}
        out.write(f"{json.dumps(document, indent=2)}\n")
        return
    out.write("\n".join(_part(name, lines) for name, lines in parts.items()))


TITLES = {
    "next": ("To be done next:", "Nothing is to be done."),
    "due": ("To be done now:", "Nothing is due."),
    "dead": ("Given up (`app.py outbox --retry ID` tries it again):", "Nothing was given up."),
    "ended": ("Done, or not needed any more:", "Nothing was done yet."),
}


def _part(name: str, lines: Sequence[Line]) -> str:
    title, none = TITLES[name]
    if not lines:
        return f"{none}\n"
    cells = [HEAD, *map(_cells, lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    rows = "".join(f"{row.rstrip()}\n" for row in padded)
    more = f"... and more than these {phrases.count(MOST, 'row')}.\n" if len(lines) == MOST else ""
    return f"{title}\n{rows}{more}"


def _cells(line: Line) -> tuple[str, ...]:
    due = f"{line.due_at:%Y-%m-%d %H:%M:%S}Z"
    error = " ".join((line.last_error or "").split())
    shown = error if len(error) <= WIDEST else f"{error[: WIDEST - 1]}…"
    return str(line.id), line.kind, _record(line) or "-", due, _state(line), str(line.attempts), _printable(shown)


def _record(line: Line) -> str | None:
    return None if line.number is None else f"PM-{line.number}"


def _state(line: Line) -> str:
    """Of an open row, what it waits for."""
    return "in hand" if line.held else "due" if line.due else "waits" if line.state == "open" else line.state


def _printable(text: str) -> str:
    """Nothing that a terminal would take as a command."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _as_json(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "kind": line.kind,
        "record": _record(line),
        "due": line.due_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "state": _state(line),
        "attempts": line.attempts,
        "last_error": line.last_error,
    }
