"""The outgoing rows around the canvas that shows a document: it follows the document's file, and goes where it may not stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.kept_canvas import CanvasState
from bot.domain.outgoing import Kind, Outgoing
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import meeting_rows, results_rows, rows


def row(record: Postmortem, now: datetime) -> Outgoing:
    """Bring the canvas up to date, or take it away; one row, again and again."""
    return Outgoing(Kind.CANVAS, f"{Kind.CANVAS}:{record.id}", record.team_id, now, record.id, again=True)


def follow(unit: Unit, record: Postmortem, policy: Policy, now: datetime) -> None:
    """The document changed: the canvas is written anew where there are canvases, and goes where there were."""
    kept = unit.canvases.get(record.id)
    if policy.canvas or (kept and kept.may_be_there):
        unit.outbox.put(row(record, now))


def take_away(unit: Unit, record: Postmortem, now: datetime) -> None:
    """What stood in it is not to be read any more, and Slack keeps earlier versions of a canvas: it is deleted."""
    kept = unit.canvases.get(record.id)
    if kept and kept.may_be_there:
        unit.canvases.put(replace(kept, state=CanvasState.LEAVING))
        unit.outbox.put(row(record, now))


def link_moved(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Where people find the way to the document, or to its canvas, is drawn anew."""
    unit.outbox.put(rows.card(record, now))
    meeting_rows.redraw_review(unit, record, now)
    results_rows.follow(unit, record, now)
    since = record.owner_since.isoformat() if record.owner_since else ""
    # One that was not sent yet is drawn when it leaves.
    if record.owner and unit.posts.get(record.id, f"{Kind.OWNER_DM}:{record.owner}:{since}"):
        unit.outbox.put(rows.owner_dm(record, now))
