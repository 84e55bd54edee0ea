"""Lines of the timeline as they stand, arranged: taken out and put back, moved, merged and split again. Nothing is lost by
any of it, and what somebody else changed meanwhile is looked at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import errors, timeline_merge, timeline_order, typed
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.timeline import Item
from bot.domain.timeline_order import Moved
from bot.ports.store import Unit
from bot.usecases import timeline_changes
from bot.usecases.timeline_changes import Change

CHANGED = "Somebody changed this line meanwhile, so nothing was done. This is how the timeline stands now."
OUT = "This line was taken out meanwhile, so nothing was done. This is how the timeline stands now."
WHOLE = "This line is split already. This is how the timeline stands now."
DECIDED = "There is nothing left to undo: somebody has put these lines back already."
Seen = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stood."""

    at: datetime
    rank: int


@dataclass(frozen=True, slots=True)
class ArrangeTimeline:
    """Each is asked with the version of the line that the person saw; None where that does not matter. Raises `Stale` when
    the line is another by now, and `Refused` when there is none."""

    new_id: Callable[[], str]

    def remove(self, unit: Unit, record: Postmortem, seen: Seen, by: str, now: datetime) -> Item:
        """Take a line out; it can be put back."""
        before = _standing(unit.items.timeline(record.id), seen)
        return timeline_changes.save(unit, record, [Change(before, replace(before, removed=True))], by, now)[0]

    def put_back(self, unit: Unit, record: Postmortem, item_id: str, by: str, now: datetime) -> tuple[Item, ...]:
        """Undo a removal; a line that was merged comes back with the others that it was merged with."""
        before = timeline_changes.item(unit, record, item_id)
        if not before.removed:
            return ()
        if before.merged_into:
            return self.split(unit, record, before.merged_into, by, now)
        return timeline_changes.save(unit, record, [Change(before, replace(before, removed=False))], by, now)

    def ask_again(self, unit: Unit, record: Postmortem, at: datetime, by: str, now: datetime) -> int:
        """What this person dropped at that moment is proposed again; what came back meanwhile stays. Returns how many."""
        every = unit.items.timeline(record.id)
        ours = [item for item in every if _dropped(item, at, by)]
        # A place of which a line is in the timeline by now would come into it twice.
        elsewhere = {(item.ts, item.line) for item in every if not _dropped(item, at, by)}
        dropped = [item for item in ours if (item.ts, item.line) not in elsewhere]
        if not dropped:
            raise errors.Stale(DECIDED)
        unit.items.propose_again(record.id, dropped)
        told = timeline_changes.told
        unit.ledger.note(
            *(Audit(record.id, now, by, "timeline", told(item), "proposed again", "form") for item in dropped)
        )
        timeline_changes.redraw(unit, record, now)
        return len(dropped)

    def move(self, unit: Unit, record: Postmortem, seen: Seen, *, up: bool, by: str, now: datetime) -> Moved:
        """The line one place up or down, where the times allow it."""
        every = unit.items.timeline(record.id)
        before = {item.id: item for item in every}
        line = _standing(every, seen)
        moved = timeline_order.move(every, line.id, up=up)
        said = f"moved {'before' if up else 'after'}: {typed.clip(typed.one_line(moved.past.text), 80)}"
        after = {item.id: item for item in moved.changed}
        told = [Change(line, after.pop(line.id, line), said)]
        told += [
            Change(before[item.id], after.pop(item.id)) for item in moved.changed if _shows(before[item.id], item, line)
        ]
        timeline_changes.save(unit, record, told, by, now, quiet=after.values())
        return moved

    def move_back(
        self, unit: Unit, record: Postmortem, item_id: str, seen: datetime, there: Place, by: str, now: datetime
    ) -> Item:
        """A line that took another's time by being moved has its own again; `seen` is the one that it took."""
        before = _standing(unit.items.timeline(record.id), (item_id, None))
        if before.at != seen:
            raise errors.Stale(CHANGED)
        after = replace(before, at=there.at, rank=there.rank)
        return timeline_changes.save(unit, record, [Change(before, after, "moved back")], by, now)[0]

    def merge(self, unit: Unit, record: Postmortem, seen: Sequence[Seen], by: str, now: datetime) -> Item:
        """One line in the place of several. Raises BadInput for fewer than two, or more than a line holds."""
        every = unit.items.timeline(record.id)
        taken = [_standing(every, each) for each in dict.fromkeys(seen)]
        made = timeline_merge.merged(taken, self.new_id(), by, now)
        old = [Change(item, replace(item, removed=True, merged_into=made.id)) for item in taken]
        timeline_changes.save(unit, record, [*old, Change(None, made, f"merged from {len(old)} lines")], by, now)
        return made

    def split(self, unit: Unit, record: Postmortem, item_id: str, by: str, now: datetime) -> tuple[Item, ...]:
        """The lines that were merged stand again, and the merged one is taken out, with whatever was added to it."""
        every = unit.items.timeline(record.id)
        parts = timeline_merge.parts(every, item_id)
        if not parts:
            raise errors.Stale(WHOLE)
        made = next((item for item in every if item.id == item_id), None)
        if made and made.removed and made.merged_into:
            self.split(unit, record, made.merged_into, by, now)
            made = timeline_changes.item(unit, record, item_id)
        changes = [Change(item, replace(item, removed=False, merged_into=None), "split again") for item in parts]
        if made and not made.removed:
            changes.append(Change(made, replace(made, removed=True), "split again"))
        return timeline_changes.save(unit, record, changes, by, now)[: len(parts)]


def _standing(every: Sequence[Item], seen: Seen) -> Item:
    item_id, version = seen
    found = next((item for item in every if item.id == item_id), None)
    if found is None or found.removed:
        raise errors.Stale(OUT)
    if version is not None and found.version != version:
        raise errors.Stale(CHANGED)
    return found


def _dropped(item: Item, at: datetime, by: str) -> bool:
    return bool(item.removed and item.version == 1 and item.by == by and item.saved_at == at and item.ts)


def _shows(before: Item, after: Item, line: Item) -> bool:
    """Whether people see a difference in a neighbour."""
    return after.id != line.id and before.at.replace(microsecond=0) != after.at.replace(microsecond=0)
