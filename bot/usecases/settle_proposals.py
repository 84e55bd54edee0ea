"""What a person took from a message by hand is proposed no more, neither what waits already nor what a later analysis finds."""

from __future__ import annotations

from bot.domain import pointed
from bot.domain.capture import NOT_OURS
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit


def of_message(unit: Unit, record: Postmortem, kind: str, *messages: str) -> None:
    """Whatever waits of these messages counts as confirmed; `kind` is timeline or query."""
    wanted = set(messages)
    for ts, line in unit.items.waiting(record.id, kind) if wanted else ():
        if ts in wanted:
            unit.items.settle(record.id, kind, ts, line, confirmed=True)


def found_again(unit: Unit, record: Postmortem) -> None:
    """After an analysis: it may have found what somebody has taken by hand before."""
    marked = {each.item_id for each in unit.captures.all(record.id) if each.item_id and each.item_version != NOT_OURS}
    of_message(unit, record, "timeline", *pointed.whole(unit.items.timeline(record.id), marked))
    queries = [each for each in unit.queries.all(record.id) if each.line is None and not each.removed]
    of_message(unit, record, "query", *(each.ts for each in queries if each.ts))
