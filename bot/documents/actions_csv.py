"""The tickets as a file that trackers import (RFC 4180): one row each, named as Jira's import names its fields. A cell that a
spreadsheet would take for a formula is quoted, so that words of the chat never compute anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bot.documents import cells
from bot.domain import ticket_draft, ticket_labels, triage, typed, wiki_markup
from bot.domain.actions import ActionItem
from bot.domain.draft_facts import name
from bot.domain.overview import Overview

COLUMNS = ("summary", "description", "type", "priority", "labels", "assignee", "due")
_SUMMARY = 250


def render(overview: Overview) -> str:
    """The file, with a header; one row for each ticket that has no address yet."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(COLUMNS)
    write.writerows(
        [cells.safe(value) for value in _row(overview, each)] for each in triage.to_make(overview.life.actions)
    )
    return out.getvalue()


def _row(overview: Overview, each: ActionItem) -> tuple[str, ...]:
    due = triage.due_day(each, overview.postmortem, overview.action_days)
    return (
        typed.clip(typed.one_line(each.text), _SUMMARY),
        "\n".join(_described(overview, each)),
        str(each.kind or ""),
        str(each.priority or ""),
        " ".join(ticket_labels.known(overview.postmortem.severity, overview.postmortem.times.started_at)),
        _who(overview, each.assignee),
        due.isoformat() if due else "",
    )


def _described(overview: Overview, each: ActionItem) -> Iterator[str]:
    """The whole words, why it is worth a ticket, where it comes from, and the post-mortem: in wiki markup, as Jira's import takes it."""
    record = overview.postmortem
    yield wiki_markup.quoted(each.text)
    if each.justification.strip():
        yield f"Why: {wiki_markup.inline(each.justification)}"
    if each.roi.strip():
        yield f"ROI: {wiki_markup.inline(each.roi)}"
    for one in (each, *triage.merged(overview.life.actions, each)):
        link = overview.link(one.ts) if one.ts else None
        if link:
            yield f"Source: {link}"
    page = ticket_draft.page(overview)
    yield f"Post-mortem: {record.name}{f' {page}' if page else ''}"


def _who(overview: Overview, assignee: str | None) -> str:
    """The address that a tracker knows people by, else the name."""
    person = overview.people.get(assignee or "")
    return (person.email if person else "") or (name(overview, assignee) if assignee else "")
