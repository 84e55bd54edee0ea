"""`harvest EXPORT [--channel NAME]`: what the bot would propose for a channel, or for each, out of an export, with nothing installed.
What it finds goes to standard output, what it had to leave out to standard error. With `--explain TS` it says of one message why."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn, TextIO

from bot import vocabulary_file
from bot.documents import harvest_markdown, harvest_report
from bot.domain.harvest.dialect import Dialect
from bot.integrations.slack_export import reader
from bot.ports.export import ExportUnreadable, Skipped
from bot.usecases.harvest_export import HarvestedExport, HarvestExport, UnknownChannel
from cli.saying import Refused, Span, say, sentence, speaks_unicode
from cli.table import Build

_DATE_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_SHOWN = 50


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refused(f"{message[:1].upper()}{message[1:]}. Try: harvest EXPORT --channel NAME")


def run(argv: Sequence[str], build: Build, out: TextIO, err: TextIO) -> int:
    """The exit code: 0 when the harvest was printed, 2 with one sentence on `err` when the input is no good."""
    try:
        options = _options(argv, out)
        if options is None:
            return 0
        export = reader.SlackExport(Path(options.export))
        since, until = _when(options.since, "--since"), _when(options.until, "--until", whole_day=True)
        if since and until and since >= until:
            raise Refused("--since must be before --until.")
        drawn, skipped = _answer(export, options, since, until, out)
    except (Refused, ExportUnreadable, UnknownChannel) as refusal:
        say(err, " ".join(str(refusal).split()))
        return 2
    say(out, drawn)
    _tell_skipped(skipped, err)
    return 0


def _own_words(path: str | None) -> Dialect:
    try:
        return vocabulary_file.read(path or "")
    except ValueError as error:
        raise Refused(str(error)) from error


def _answer(
    export: reader.SlackExport, options: argparse.Namespace, since: datetime | None, until: datetime | None, out: TextIO
) -> tuple[str, Sequence[Skipped]]:
    own, span = _own_words(options.vocabulary), Span(since=since, until=until, whole=options.whole)
    if options.explain is not None:
        from cli import explained  # which most harvests can do without

        return explained.answer(export, own, options, span, unicode=speaks_unicode(out))
    harvest = HarvestExport(export, own)
    if options.channel is None:
        every = [harvest(each.id, **span) for each in export.channels()]
        return _every(every, options.format or "json", out), export.skipped()
    found = harvest(options.channel, **span)
    return _drawn(found, options.format or "json", out), found.skipped


def _options(argv: Sequence[str], out: TextIO) -> argparse.Namespace | None:
    parser = _Parser(prog="harvest", add_help=False, allow_abbrev=False)
    parser.description = "Finds responders, timeline and follow-ups in the channels of a Slack export."
    parser.add_argument("export", metavar="EXPORT", help="the export: a folder or a zip file")
    parser.add_argument("--channel", metavar="NAME", help='one channel: "name", "#name" or its id; without it, each')
    parser.add_argument("--since", metavar="T", help="from this date or time on (ISO 8601; UTC when it names no zone)")
    parser.add_argument("--until", metavar="T", help="up to this time; a date alone counts to the end of its day")
    parser.add_argument("--whole", action="store_true", help="weigh also what does not sound of an incident")
    parser.add_argument("--vocabulary", metavar="FILE", help="a TOML file with words of your own")
    parser.add_argument(
        "--explain", metavar="TS", help="say of one message why it became what it did: its ts or its link"
    )
    parser.add_argument(
        "--format", choices=("json", "markdown"), help="json (default) or markdown (default of --explain)"
    )
    if any(word in ("-h", "--help") for word in argv):
        say(out, parser.format_help().rstrip())
        return None
    options = parser.parse_args(list(argv))
    if options.explain is not None and options.channel is None:
        raise Refused("--explain needs the channel of the message. Try: harvest EXPORT --channel NAME --explain TS")
    return options


def _when(written: str | None, option: str, *, whole_day: bool = False) -> datetime | None:
    if written is None:
        return None
    from dateutil import parser as dates

    try:
        at = dates.isoparse(written.strip())
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        return at + timedelta(days=1) if whole_day and _DATE_ONLY.match(written.strip()) else at
    except (ValueError, OverflowError) as error:
        example = "2026-01-05 or 2026-01-05T14:02:00Z"
        raise Refused(f"{option} takes a date or time like {example}, not {written[:60]!r}.") from error


def _drawn(found: HarvestedExport, form: str, out: TextIO) -> str:
    if form == "markdown":
        skipped = [sentence(each) for each in found.skipped]
        return harvest_report.as_markdown(
            found.channel.name, found.findings, skipped=skipped, names=found.names, **_read(found)
        )
    return json.dumps(_report(found), indent=2, ensure_ascii=not speaks_unicode(out))


def _every(found: Sequence[HarvestedExport], form: str, out: TextIO) -> str:
    """Each channel, as JSON in one list; as pages those in which there is something, and the names of the others."""
    if form != "markdown":
        return json.dumps([_report(each) for each in found], indent=2, ensure_ascii=not speaks_unicode(out))
    told = [each for each in found if _has_something(each)]
    rest = [each for each in found if not _has_something(each)]
    names = ", ".join(f"#{harvest_markdown.inline(each.channel.name)}" for each in rest)
    read, passed_over = sum(each.messages_read for each in rest), sum(each.passed_over for each in rest)
    nothing = (
        f"Nothing to tell of {names}: {read:,} messages, of which {passed_over:,} do not sound of an incident and "
    )
    nothing += "were searched for marked lines (`TODO: ...`) only. `--whole` weighs every message."
    return "\n\n".join([*(_drawn(each, form, out) for each in told), *([nothing] if rest else ())]).rstrip("\n")


def _has_something(found: HarvestedExport) -> bool:
    there = found.findings
    return bool(there.timeline or there.todos or there.role_claims or there.queries or there.recordings)


def _report(found: HarvestedExport) -> dict[str, Any]:
    return harvest_report.as_json(found.channel.name, found.findings, partial=found.partial, **_read(found))


def _read(found: HarvestedExport) -> dict[str, int]:
    return {
        "messages_read": found.messages_read,
        "threads_read": found.threads_read,
        "passed_over": found.passed_over,
    }


def _tell_skipped(skipped: Sequence[Skipped], err: TextIO) -> None:
    if not skipped:
        return
    say(err, f"Skipped in {_files(len({each.path for each in skipped}))}, so this is not everything:")
    for each in skipped[:_SHOWN]:
        say(err, f"  {sentence(each)}")
    if len(skipped) > _SHOWN:
        say(err, f"  and {len(skipped) - _SHOWN} more.")


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"
