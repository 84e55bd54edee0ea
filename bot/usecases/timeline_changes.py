"""Writing lines of the timeline: the lines, their history and what is drawn anew because of them, always together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import timeline
from bot.domain.errors import Refused
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.timeline import Item
from bot.ports.store import Unit
from bot.usecases import rows

GONE = "This line is not in the timeline any more. Close the form and open the timeline again."


@dataclass(frozen=True, slots=True)
class Change:
    """A line as it was (None for a new one) and as it is to be; `said` is for the history, where the line does not show it."""

    before: Item | None
    after: Item
    said: str = ""


def item(unit: Unit, record: Postmortem, item_id: str) -> Item:
    """One line, removed ones too. Raises Refused when there is none."""
    found = next((each for each in unit.items.timeline(record.id) if each.id == item_id), None)
    if found is None:
        raise Refused(GONE)
    return found


def save(
    unit: Unit,
    record: Postmortem,
    changes: Sequence[Change],
    by: str,
    now: datetime,
    *,
    quiet: Iterable[Item] = (),
    via: str = "form",
    quietly: bool = False,
) -> tuple[Item, ...]:
    """Each as a new version. `quiet` are lines whose rank changed alone: nobody who has one open needs to be told. `via` is
    the door, for the history. `quietly` is for what nobody writes, and waits for: the document takes its time."""
    saved = tuple(
        replace(each.after, version=each.before.version + 1, by=by, saved_at=now) if each.before else each.after
        for each in changes
    )
    unit.items.put_items([*saved, *quiet])
    unit.ledger.note(*(_audit(each, line, by, now, via) for each, line in zip(changes, saved, strict=True)))
    unit.outbox.put(
        rows.card(record, now, soon=True),
        rows.document_by_marks(record, now) if quietly else rows.document(record, now),
    )
    return saved


def redraw(unit: Unit, record: Postmortem, now: datetime) -> None:
    """The card and the document."""
    unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))


def told(line: Item) -> str:
    """A line as the history keeps it."""
    shown: Mapping[str, object] = {
        "": line.text,
        "evidence: ": " ".join(line.evidence),
        "no data: ": line.waiver,
        "merged into another line": "" if not (line.removed and line.merged_into) else " ",
        "taken out": "" if not line.removed or line.merged_into else " ",
    }
    return "; ".join(
        [f"{timeline.moment(line)} UTC", *(f"{name}{value}".strip() for name, value in shown.items() if value)]
    )


def _audit(change: Change, saved: Item, by: str, now: datetime, via: str) -> Audit:
    old = told(change.before) if change.before else None
    new = "; ".join(filter(None, (told(saved), change.said)))
    return Audit(saved.postmortem_id, now, by, "timeline", old, new, via)
