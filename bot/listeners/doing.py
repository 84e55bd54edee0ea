"""What a page of the timeline says at its top about what was just done there, and what its Undo hands back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.blocks import text, timeline_line
from bot.blocks.done import Done
from bot.domain import phrases, timeline
from bot.domain.errors import DomainError
from bot.domain.postmortem import Postmortem
from bot.domain.timeline import Item
from bot.domain.timeline_order import Moved
from bot.usecases.keep_timeline import Decided

REMOVED, DROPPED, MERGED, MOVED = "removed", "dropped", "merged", "moved"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO, _SECOND = timedelta(microseconds=1), timedelta(seconds=1)


def decided(record: Postmortem, counts: Decided, now: datetime) -> Done | None:
    """What became of the proposals; what was dropped can be asked about again."""
    if not (counts.kept or counts.dropped):
        return None
    said = f"{phrases.count(counts.kept, 'line')} kept, {counts.dropped} dropped."
    return Done(said, f"{record.id}:{DROPPED}:{_micros(now)}" if counts.dropped else "")


def overtaken() -> Done:
    """Somebody else was faster with all that a page asked about."""
    return Done("Somebody else decided about these lines meanwhile, and what they decided stands.", warns=True)


def moment(micros: str) -> datetime | None:
    """The moment that an Undo names."""
    return _EPOCH + _MICRO * int(micros) if micros.isascii() and micros.isdigit() and len(micros) < 18 else None


def taken_out(item: Item) -> Done:
    """A line left the timeline."""
    return Done(f"Taken out: {timeline_line.short(item)}", f"{item.postmortem_id}:{REMOVED}:{item.id}")


def merged(item: Item, many: int) -> Done:
    """Several lines are one."""
    said = f"{phrases.count(many, 'line')} became one: {timeline_line.short(item)}"
    return Done(said, f"{item.postmortem_id}:{MERGED}:{item.id}")


def moved(went: Moved, *, up: bool) -> Done:
    """A line changed its place; one that was only about right may have got another time by it."""
    said = f"Moved {'before' if up else 'after'} {timeline_line.short(went.past)}"
    old = {item.id: item for item in (went.line, went.past)}
    new = next((item for item in went.changed if abs(item.at - old.get(item.id, item).at) >= _SECOND), None)
    if new is None:
        back = timeline_line.DOWN if up else timeline_line.UP
        return Done(said, f"{went.line.postmortem_id}:{MOVED}:{went.line.id}:{back}")
    whose, was = "Its" if new.id == went.line.id else "The other's", old[new.id]
    times = f"{whose} time was {timeline.moment(was)} UTC, and is {timeline.moment(new)} UTC now"
    undo = f"{new.postmortem_id}:{MOVED}:{new.id}:{_micros(was.at)}:{was.rank}:{_micros(new.at)}"
    return Done(f"{said}. {times}.", undo)


def _micros(at: datetime) -> int:
    return (at.astimezone(UTC) - _EPOCH) // _MICRO


def added(item: Item) -> Done:
    """Somebody wrote a line: with its time, as it was understood."""
    return Done(f"Added: {timeline_line.short(item)}")


def changed(item: Item) -> Done:
    """Somebody changed a line."""
    return Done(f"Saved: {timeline_line.short(item)}")


def moved_back(item: Item) -> Done:
    """A line is where it was before it was moved."""
    return Done(f"Moved back: {timeline_line.short(item)}")


def back(items: tuple[Item, ...]) -> Done:
    """Lines stand again."""
    if len(items) == 1:
        return Done(f"Back in the timeline: {timeline_line.short(items[0])}")
    return Done(
        f"{phrases.count(len(items), 'line')} are back in the timeline. The merged one is under _What was taken out_."
    )


def refused(error: DomainError) -> Done:
    """Why nothing was done."""
    return Done(text.escape(error.message), warns=True)


def asked_again(many: int) -> Done:
    """What was dropped waits for a word again."""
    return Done(f"{phrases.count(many, 'line')} that you dropped can be decided on again.")
