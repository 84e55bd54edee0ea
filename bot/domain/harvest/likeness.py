"""Whether two follow-ups are the same work: what is seen of such a pair, where the later one may take the earlier one on, say how it is to
be done, or list it at the end. Trees made from labelled channels say what that makes (see same_work)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from bot.domain.harvest import names, own_work
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

NAMES = (
    "common", "things", "new", "stands_for", "same_author", "same_owner", "owned", "asked", "time", "same_thread", "between",
    "lines", "lines_earlier", "asks", "near", "likest", "with_answers",
)  # fmt: skip
"""What is seen of a pair, of the later one where nothing else is said. `common` is how much of what it speaks of the earlier one speaks of
as well, `with_answers` the same with what was answered to that, `likest` by how much less that is than of any other."""
_STANDS_FOR = late(r"\b(?:it|that|this|those|them|these|both|one)\b", re.I)
_NOBODY = late(
    r"\b(?:owner|who)\b(?: (?:is|to be|still|tbd|open|found|needed|wanted|unclear|missing)\b)*|\bnobody yet\b", re.I
)
_NEAR, _ANSWERS, _AWHILE = 6, 3, 1800  # messages before it, answers, seconds
BACK = 60  # follow-ups before it
_COUNTED = 1000  # messages that tell what is usual to speak of
_LITTLE = 0.1
_Things = frozenset[str]


def things(each: TodoFinding, note: Note, ctx: Context) -> _Things:
    """What a follow-up speaks of, beside whose it is and until when."""
    return own_work.things(_NOBODY.sub(" ", own_work.beside_day(names.without(each.whole(), note, ctx))))


class Likeness:
    """Some follow-ups of a conversation, in order of their messages, to be compared."""

    def __init__(self, ctx: Context, follow_ups: Sequence[TodoFinding]) -> None:
        self._ctx, self._every = ctx, follow_ups
        by_ts = {note.message.ts: note for note in ctx.notes}
        self._notes = [by_ts[each.ts] for each in follow_ups]
        self._things = [things(each, note, ctx) for each, note in zip(follow_ups, self._notes, strict=True)]
        self._lines = Counter(each.ts for each in follow_ups)
        self._answered: dict[int, Sequence[tuple[Note, _Things]]] = {}

    def with_earlier(self, later: int, earlier: Sequence[int]) -> list[list[float]]:
        """The values of the one at a place with each of those at some earlier places."""
        own, note = self._things[later], self._notes[later]
        near = frozenset[str]().union(*map(self._spoken_of, self._before(note)))
        shared = {place: self._much(own & self._things[place]) for place in earlier}
        likest = max((self._much(own & self._things[place]) for place in self._earlier(later)), default=0.0)
        whole = max(self._much(own), _LITTLE)
        of_itself = [
            float(len(own)), self._much(own - near) / whole, float(bool(_STANDS_FOR.search(self._every[later].text)))
        ]  # fmt: skip
        return [
            [
                shared[place] / whole,
                *of_itself,
                *self._whose(self._every[place], self._notes[place], self._every[later], note),
                *self._where(place, later),
                float(self._every[later].text.rstrip().endswith("?")),
                len(own & near) / max(1, len(own)),
                shared[place] / max(likest, _LITTLE),
                self._much(own & (self._things[place] | self._of_answers(place, note))) / whole,
            ]
            for place in earlier
        ]

    def _whose(self, first: TodoFinding, above: Note, each: TodoFinding, note: Note) -> list[float]:
        asked = each.assignee == above.author or (first.assignee is not None and first.assignee == note.author)
        return [
            float(above.author == note.author),
            float(first.assignee is not None and first.assignee == each.assignee),
            float(first.assignee is not None),
            float(asked),
        ]

    def _where(self, place: int, later: int) -> list[float]:
        above, note = self._notes[place], self._notes[later]
        between = {each.ts for each in self._every[place + 1 : later]} - {note.message.ts}
        return [
            math.log1p(max(0.0, (note.at - above.at).total_seconds())),
            float(bool(note.room) and note.room in (above.room, above.message.ts)),
            float(len(between)),
            float(self._lines[note.message.ts]),
            float(self._lines[above.message.ts]),
        ]

    def _earlier(self, later: int) -> Iterable[int]:
        return (place for place in range(max(0, later - BACK), later) if self._every[place].ts != self._every[later].ts)

    def _before(self, note: Note) -> Sequence[Note]:
        place = self._ctx.place(note)
        return self._ctx.notes[max(0, place - _NEAR) : place]

    def _of_answers(self, place: int, until: Note) -> _Things:
        """What was answered to the one at a place before a message."""
        if place not in self._answered:
            above = self._notes[place]
            answers = (*self._ctx.replies(above, _ANSWERS), *self._ctx.after(above, _AWHILE, _ANSWERS))
            self._answered[place] = [(each, self._spoken_of(each)) for each in answers]
        return frozenset[str]().union(*(own for each, own in self._answered[place] if each.at < until.at))

    def _spoken_of(self, note: Note) -> _Things:
        return own_work.things(note.plain)

    def _much(self, of: _Things) -> float:
        """How much some things say: the less, the more messages speak of them."""
        return math.fsum(self._rare(each) for each in of)

    def _rare(self, thing: str) -> float:
        return math.log1p(self._counted / max(1, self._usual.get(thing, 1)))

    @cached_property
    def _sample(self) -> Sequence[Note]:
        return self._ctx.notes[:: 1 + len(self._ctx.notes) // _COUNTED]

    @cached_property
    def _counted(self) -> int:
        return len(self._sample)

    @cached_property
    def _usual(self) -> Mapping[str, int]:
        return Counter(thing for each in self._sample for thing in self._spoken_of(each))
