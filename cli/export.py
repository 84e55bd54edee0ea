"""`app.py export`: every post-mortem with all that belongs to it, as lines of JSON (docs/export-json.md), beside a bot that serves. A file
is there whole, or not at all."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy.engine import Engine

from bot import config
from bot.config import ConfigError
from bot.domain import phrases
from cli import database
from cli.table import Build
from storage import dump, schema
from storage.dump import Wanted
from storage.transactions import Transactions

FORMAT = 1
"""The version of the lines: it rises when a key is renamed, removed, or means something else."""

Write = Callable[[str], object]


def run(arguments: list[str], build: Build, out: TextIO, err: TextIO) -> int:
    """0, or 1 when whoever read the lines went away before the last one."""
    given = _parser().parse_args(arguments)
    wanted = Wanted(_begin(given.since), given.restricted)
    url = config.database_url()
    file = database.sqlite_file(url)
    if file and not file.exists():
        raise ConfigError(f"There is no {file} yet: `python app.py serve` makes it.")
    engine = database.open_engine(url)
    try:
        with database.named_trouble(), _place(given.output, file, out) as write:
            _check_schema(engine)
            said = _export(engine, wanted, write)
    except BrokenPipeError:
        # Nothing more can be said there, not even at the end of the process.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    finally:
        engine.dispose()
    err.write(f"{said}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="app.py export", description="Every post-mortem, as lines of JSON.")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there, and not to standard output")
    parser.add_argument(
        "--since", type=_day, metavar="DATE", help="those opened on that day (UTC) or later: 2026-09-01"
    )
    parser.add_argument("--restricted", action="store_true", help="restricted ones too: keep the file accordingly")
    return parser


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed[:40]!r} is no day: say year-month-day, such as 2026-09-01") from None


def _begin(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)


def _check_schema(engine: Engine) -> None:
    if not schema.is_current(engine):
        raise ConfigError(f"The database has another schema than this version needs: {database.MIGRATE}.")


def _export(engine: Engine, wanted: Wanted, write: Write) -> str:
    """All lines; returns what there was, in a sentence. The last line says that it is the last."""
    lines, records = 0, 0
    with Transactions(engine).reading() as conn:
        write(_line(_head(wanted)))
        for name, row in dump.rows(conn, wanted):
            write(_line({"type": name, **row}))
            lines, records = lines + 1, records + (name == "postmortem")
        left = dump.kept_back(conn, wanted)
    write(_line({"type": "end", "lines": lines, "postmortems": records}))
    said = f"{phrases.count(records, 'post-mortem')}, {phrases.count(lines, 'line')}."
    return f"{said} Left out: {left} restricted; --restricted brings them." if left else said


def _head(wanted: Wanted) -> dict[str, Any]:
    made = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    since = wanted.since.date().isoformat() if wanted.since else None
    return {"type": "export", "format": FORMAT, "made_at": made, "since": since, "restricted": wanted.restricted}


def _line(values: dict[str, Any]) -> str:
    """ASCII, so that it means the same wherever it is read, and one line whatever somebody wrote."""
    return f"{json.dumps(values, separators=(',', ':'))}\n"


@contextmanager
def _place(output: Path | None, database_file: Path | None, out: TextIO) -> Iterator[Write]:
    """Where lines go. A file is made beside its place, for its owner alone, and takes it when all of it is there."""
    if output is None:
        yield out.write
        out.flush()
        return
    _check(output, database_file)
    try:
        number, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.", suffix=".part")
    except OSError as error:
        raise ConfigError(f"{output} cannot be written: {error.strerror}. Choose another place for it.") from None
    made = Path(name)
    try:
        with os.fdopen(number, "w", encoding="ascii", newline="\n") as file:
            yield file.write
            file.flush()
            os.fsync(file.fileno())
        made.replace(output)
    except OSError as error:
        raise ConfigError(f"{output} cannot be written: {error.strerror}. Nothing was left there.") from None
    finally:
        made.unlink(missing_ok=True)


def _check(output: Path, database_file: Path | None) -> None:
    if output.is_dir():
        raise ConfigError(f"{output} is a folder: say the name of a file in it.")
    if database_file and output.resolve() in {
        database_file.resolve().with_name(f"{database_file.name}{end}") for end in ("", "-wal", "-shm")
    }:
        raise ConfigError(f"{output} is the database itself: choose another name.")
