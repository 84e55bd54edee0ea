"""`document PM-7 --format html -o FILE`: the document as a file, or with `--all` all of them as a folder, read from the database.
Slack is not asked, and it works beside a bot that serves."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO, cast

from bot.documents import confluence, html, markdown, markdown_folder, timeline_png, timeline_svg
from bot.domain import document, draft_timeline
from bot.domain.overview import Overview
from bot.domain.picture import Picture
from cli import document_folder, document_reading
from cli.document_reading import Refused
from cli.table import Build

_TRY = "Try: document PM-7 --format html -o pm-7.html"
# What no terminal shows.
_BINARY = frozenset({"png"})


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refused(f"{message[:1].upper()}{message[1:]}. {_TRY}")


def run(arguments: list[str], build: Build, out: TextIO, err: TextIO) -> int:
    """0 when it was written, 2 with one sentence on `err` when it was not."""
    try:
        given = _options(arguments, out)
        if given is None:
            return 0
        if given.all:
            out.write(f"{_folder(Path(given.output), given.restricted)}\n")
            return 0
        overview = document_reading.one(_number(given.record))
        _write(_FORMATS[given.format](overview), given.output, out)
        if given.format == "confluence" and given.output:
            title = confluence.title(document.build(overview)).encode(out.encoding or "utf-8", "backslashreplace")
            out.write(f"The page's title: {title.decode(out.encoding or 'utf-8')}\n")
    except Refused as refusal:
        err.write(f"{str(refusal).encode('ascii', 'backslashreplace').decode('ascii')}\n")
        return 2
    return 0


def _options(arguments: list[str], out: TextIO) -> argparse.Namespace | None:
    parser = _Parser(prog="document", add_help=False, allow_abbrev=False)
    parser.description = "Writes the document of a post-mortem, or the picture of its timeline, as a file."
    parser.add_argument("record", metavar="PM-N", nargs="?", help="which one: PM-7, or 7")
    parser.add_argument("--all", action="store_true", help="all of them, as a folder of Markdown files for Git")
    parser.add_argument("--restricted", action="store_true", help="with --all: the restricted ones too")
    parser.add_argument(
        "--format",
        choices=tuple(_FORMATS),
        default="html",
        help="html (default), markdown, confluence (its storage format); svg or png: the picture alone",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where it goes, with --all the folder; else to standard output"
    )
    if any(word in ("-h", "--help") for word in arguments):
        out.write(parser.format_help())
        return None
    given = parser.parse_args(arguments)
    _agree(given)
    return given


def _agree(given: argparse.Namespace) -> None:
    if given.all and given.record:
        raise Refused(f"--all is every post-mortem, {given.record[:60]!r} is one: leave one of the two out.")
    if given.all and not (given.format == "markdown" and given.output):
        raise Refused("--all goes with --format markdown and -o FOLDER.")
    if given.restricted and not given.all:
        raise Refused("--restricted goes with --all: one that is asked for by its number is written anyway.")
    if not given.all and not given.record:
        raise Refused(f"The following arguments are required: PM-N. {_TRY}")
    if given.format in _BINARY and not given.output:
        raise Refused(f"A {given.format} is no text: say where it goes with -o FILE.")


def _number(written: str) -> int:
    found = re.fullmatch(r"(?:PM-)?(\d{1,9})", written.strip(), re.IGNORECASE | re.ASCII)
    if found is None:
        raise Refused(f"A post-mortem is named like PM-7, not {written[:60]!r}.")
    return int(found[1])


def _folder(folder: Path, restricted: bool) -> str:
    files = markdown_folder.files(document_reading.entries(restricted), whole=restricted)
    try:
        return document_folder.write(folder, files)
    except document_folder.Foreign as foreign:
        raise Refused(str(foreign)) from None
    except OSError as error:
        raise Refused(f"{error.filename or folder} cannot be written: {error.strerror}.") from None


def _picture(overview: Overview) -> Picture:
    drawn = draft_timeline.picture(overview)
    if drawn is None:
        raise Refused(f"The timeline of {overview.postmortem.name} is empty: there is nothing to draw yet.")
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
        raise Refused(f"{where} cannot be written: {error.strerror}.") from None
    out.write(f"{where}: {len(content):,} bytes.\n")
