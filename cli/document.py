"""`document PM-7 --format html -o FILE`: the document as a file, read from the database. Slack is not asked, and it works beside a bot
that serves."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO, cast
from urllib.parse import urlsplit

from sqlalchemy.engine import Engine

from bot import config
from bot.config import ConfigError
from bot.documents import confluence, html, markdown, timeline_png, timeline_svg
from bot.domain import document, draft_timeline
from bot.domain.overview import Overview
from bot.domain.picture import Picture
from bot.domain.policy import Policy
from bot.integrations.system_clock import SystemClock
from bot.ports.store import Unit
from bot.usecases import overviews
from cli import database
from cli.table import Build
from storage import by_number, schema
from storage.store import SqlStore
from storage.transactions import Transactions

_TRY = "Try: document PM-7 --format html -o pm-7.html"
# What no terminal shows.
_BINARY = frozenset({"png"})


class _Refused(Exception):
    """What was asked for makes no sense, or is not there; the text says why."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Refused(f"{message[:1].upper()}{message[1:]}. {_TRY}")


def run(arguments: list[str], build: Build, out: TextIO, err: TextIO) -> int:
    """0 when it was written, 2 with one sentence on `err` when it was not."""
    try:
        given = _options(arguments, out)
        if given is None:
            return 0
        overview = _overview(_number(given.record))
        _write(_FORMATS[given.format](overview), given.output, out)
        if given.format == "confluence" and given.output:
            title = confluence.title(document.build(overview)).encode(out.encoding or "utf-8", "backslashreplace")
            out.write(f"The page's title: {title.decode(out.encoding or 'utf-8')}\n")
    except _Refused as refusal:
        err.write(f"{str(refusal).encode('ascii', 'backslashreplace').decode('ascii')}\n")
        return 2
    return 0


def _options(arguments: list[str], out: TextIO) -> argparse.Namespace | None:
    parser = _Parser(prog="document", add_help=False, allow_abbrev=False)
    parser.description = "Writes the document of a post-mortem, or the picture of its timeline, as a file."
    parser.add_argument("record", metavar="PM-N", help="which one: PM-7, or 7")
    parser.add_argument(
        "--format",
        choices=tuple(_FORMATS),
        default="html",
        help="html (default), markdown, confluence (its storage format); svg or png: the picture alone",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where it goes; without it, to standard output")
    if any(word in ("-h", "--help") for word in arguments):
        out.write(parser.format_help())
        return None
    given = parser.parse_args(arguments)
    if given.format in _BINARY and not given.output:
        raise _Refused(f"A {given.format} is no text: say where it goes with -o FILE.")
    return given


def _number(written: str) -> int:
    found = re.fullmatch(r"(?:PM-)?(\d{1,9})", written.strip(), re.IGNORECASE | re.ASCII)
    if found is None:
        raise _Refused(f"A post-mortem is named like PM-7, not {written[:60]!r}.")
    return int(found[1])


def _overview(number: int) -> Overview:
    settings = config.load()
    url = settings.database_url.get_secret_value()
    file = database.sqlite_file(url)
    if file and not file.exists():
        raise ConfigError(f"There is no {file} yet: `python app.py serve` makes it.")
    engine = database.open_engine(url)
    try:
        with database.named_trouble():
            return _read(engine, number, settings.policy)
    finally:
        engine.dispose()


def _read(engine: Engine, number: int, policy: Policy) -> Overview:
    if not schema.is_current(engine):
        raise ConfigError(f"The database has another schema than this version needs: {database.MIGRATE}.")
    with Transactions(engine).reading() as conn:
        ids = by_number.ids(conn, number)
    if len(ids) > 1:
        raise _Refused(f"Several workspaces in this database have a PM-{number}: nothing was written.")
    with SqlStore(engine).reading() as unit:
        record = unit.records.get(ids[0]) if ids else None
        if record is None:
            raise _Refused(f"There is no PM-{number} in this database.")
        return overviews.overview(unit, record, policy, _workspace(unit, record.id), SystemClock().now())


def _workspace(unit: Unit, record_id: str) -> str:
    """The workspace's address as the links of its files have it; "" where none was uploaded, and then messages have no links."""
    links = [file.permalink for file in unit.posts.files(record_id) if file.permalink]
    return f"https://{urlsplit(links[-1]).netloc}/" if links else ""


def _picture(overview: Overview) -> Picture:
    drawn = draft_timeline.picture(overview)
    if drawn is None:
        raise _Refused(f"The timeline of {overview.postmortem.name} is empty: there is nothing to draw yet.")
    return drawn


_FORMATS: Mapping[str, Callable[[Overview], bytes]] = {
    "html": lambda overview: html.render(document.build(overview)).encode(),
    "markdown": lambda overview: markdown.render(document.build(overview)).encode(),
    "confluence": lambda overview: confluence.render(document.build(overview)).encode(),
    "svg": lambda overview: timeline_svg.render(_picture(overview)).encode(),
    "png": lambda overview: timeline_png.render(_picture(overview)),
}


def _write(content: bytes, where: str | None, out: TextIO) -> None:
    if where is None:
        raw = getattr(out, "buffer", None)
        if raw is None:
            out.write(content.decode())
        else:
            out.flush()
            cast(BinaryIO, raw).write(content)
        return
    try:
        Path(where).write_bytes(content)
    except OSError as error:
        raise _Refused(f"{where} cannot be written: {error.strerror}.") from None
    out.write(f"{where}: {len(content):,} bytes.\n")
