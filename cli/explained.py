"""`harvest EXPORT --channel NAME --explain TS`: why one message became what it did."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from bot.documents import explained_json, explained_page
from bot.domain.harvest.dialect import Dialect
from bot.ports.export import Export, Skipped
from bot.usecases.explain_export import ExplainedMessage, ExplainExport, UnknownMessage
from cli import message_name
from cli.saying import Refused, Span, sentence


def answer(
    export: Export, own: Dialect, options: argparse.Namespace, span: Span, *, unicode: bool
) -> tuple[str, Sequence[Skipped]]:
    """What to print, and what had to be left out. Raises Refused with a sentence."""
    try:
        found = ExplainExport(export, own)(options.channel, message_name.read(options.explain), **span)
    except (UnknownMessage, message_name.NoMessageName) as error:
        raise Refused(str(error)) from error
    return (_page(found) if options.format != "json" else _report(found, unicode=unicode)), found.skipped


def _page(found: ExplainedMessage) -> str:
    return explained_page.as_markdown(
        found.channel.name,
        found.explanation,
        found.names,
        messages_read=found.messages_read,
        passed_over=found.passed_over,
        skipped=[sentence(each) for each in found.skipped],
    ).rstrip("\n")


def _report(found: ExplainedMessage, *, unicode: bool) -> str:
    report = explained_json.as_json(
        found.channel.name,
        found.explanation,
        found.names,
        messages_read=found.messages_read,
        partial=found.partial,
        passed_over=found.passed_over,
    )
    return json.dumps(report, indent=2, ensure_ascii=not unicode)
