"""What stands twice after all: a follow-up that says once more what an earlier one says, so that a scribe would not write it down again.
The earlier one stands, with whose it is and until when. No single sign says so; how alike the two are is weighed (see likeness)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from bot.domain.harvest import said_again, trees
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.likeness import BACK, NAMES, Likeness
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.trees import Forest

TABLE = "same_work"
_FEW = 25  # messages say nothing of what is usual to speak of
_COMMON, _THINGS = NAMES.index("with_answers"), NAMES.index("things")


def folded(
    standing: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context
) -> tuple[list[TodoFinding], list[Fate]]:
    """Those that stand without what says another over again, and what became of that. What people marked each by itself stays."""
    forest = trees.of(TABLE, TABLE) if len(standing) > 1 and len(ctx.notes) >= _FEW else None
    if forest is None:
        return list(standing), []
    likeness, kept, gone = Likeness(ctx, standing), dict[int, TodoFinding](), list[Fate]()
    for place, each in enumerate(standing):
        first = (
            _first(place, list(islice(reversed(kept), BACK)), standing, likeness, forest)
            if said_again.is_listed(each, notes[each.ts], ctx)
            else None
        )
        if first is None:
            kept[place] = each
            continue
        stands = kept[first]
        kept[first] = said_again.with_entry(stands, each)
        gone.append(Fate(each, Outcome.said_again, stands.ts, stands.rule))
    return list(kept.values()), gone


def _first(
    place: int, kept: Sequence[int], standing: Sequence[TodoFinding], likeness: Likeness, forest: Forest
) -> int | None:
    """The place of the earlier one that the one at a place says over again."""
    each = standing[place]
    earlier = [other for other in kept if standing[other].ts != each.ts]
    seen = likeness.with_earlier(place, earlier) if earlier else []
    over = [forest.add_up(values) - _asked(values, each, forest) for values in seen]
    most, first = max(zip(over, earlier, strict=True), default=(-1.0, None))
    return first if most >= 0 else None


def _asked(values: Sequence[float], each: TodoFinding, forest: Forest) -> float:
    """The weight that is asked of a pair: more where the later one is marked by a heading, or names things none of which the other does."""
    apart = values[_COMMON] == 0 and values[_THINGS] > 1
    return forest.sure if apart or each.confidence is Confidence.A else forest.least
