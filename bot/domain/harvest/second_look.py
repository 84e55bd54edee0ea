"""What weighs nearly enough by its words, or just enough, is looked at a second time: among what else is said (see among), where trees
made from labelled channels say what that makes of it, and closely, read whole by a network (see close_reading; what may be a follow-up
with more of what was said before, see wide_reading). In a handful of messages there is nothing to stand among."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.harvest import close_reading, glance, trees, wide_reading
from bot.domain.harvest.among import Among
from bot.domain.harvest.close_reading import KINDS, CloseReading, Reading
from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.heaviest import Heaviest
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.trees import Forest
from bot.domain.harvest.wide_reading import WideReading

FEW = 5  # messages are no conversation
# What people answer in a word or two ("docs", "fewer retries") is short of the weight of a sentence. Of what this adds on channels that
# were left out three in four are right.
_ASKED_FOR, _SOON = 1.5, 6
_HOPELESS = -2.5  # under this no reading makes a follow-up enough, since none says more than five
_AHEAD = 80  # as many messages are read at once as are heavy enough of these, which takes less time


@dataclass(frozen=True, slots=True)
class Look:
    """What a message weighs at the second look. `read` is how much of that comes of the close reading; None where it was not read."""

    weight: float
    read: float | None = None


def forest(ctx: Context, what: str) -> Forest | None:
    """The trees for "timeline" or "follow_ups"; None where nothing is looked at twice."""
    return trees.shipped(what) if len(ctx.notes) >= FEW else None


class SecondLook:
    """The second look at the messages of a conversation."""

    def __init__(self, ctx: Context, screen: Screen | None = None) -> None:
        self._ctx, self._screen = ctx, screen or Screen(ctx)
        self._read: dict[str, Reading] = {}
        self._widely_read: dict[str, float] = {}
        self._weights: Mapping[str, float] = {}

    def know(self, weights: Mapping[str, float]) -> None:
        """What each message (ts) that may be a follow-up weighs by its words; said before any is looked at."""
        self._weights = weights

    @cached_property
    def among(self) -> Among:
        """The conversation at a glance."""
        return Among(self._ctx, self._screen)

    @cached_property
    def closely(self) -> CloseReading | None:
        """The conversation read closely; None where that is not done, as where people only chat: it takes longer than all else."""
        is_incident = self._ctx.declared or glance.enough_happens(self._ctx, self._screen)
        return close_reading.of(self._ctx) if is_incident else None

    @cached_property
    def widely(self) -> WideReading | None:
        """The conversation read for follow-ups with what was said before each; None where it is not read closely."""
        return wide_reading.of(self._ctx, self._weights) if self.closely else None

    @cached_property
    def _gate(self) -> float:
        """From what weight on a message is looked at for the timeline."""
        told = forest(self._ctx, "timeline")
        return told.gate if told else math.inf

    def timeline(self, note: Note, best: Heaviest, noticed: int, forest: Forest | None) -> Heaviest:
        """What weighs most of a message, with what stands around it; as it is where it is too light, or is not looked at twice."""
        if forest is None or best.weight < forest.gate:
            return best
        total = forest.add_up(self.among.timeline(note, best.each, noticed))
        is_read = forest.reads and self.closely
        return with_look(
            self._with_reading(total, self.reading(note).timeline, forest) if is_read else Look(total), best
        )

    def follow_up(self, note: Note, weights: Sequence[float], noticed: int, forest: Forest) -> Look | None:
        """What a message weighs as a follow-up, whose sentences weigh so much; None where it is too light to be looked at."""
        if not weights or max(weights) < forest.gate:
            return None
        total, is_asked_for = forest.add_up(self.among.follow_up(note, weights, noticed)), self._is_asked_for(note)
        is_read = forest.reads and self.closely and (total >= _HOPELESS or is_asked_for)
        look = self._with_reading(total, self.wish(note), forest) if is_read else Look(total)
        return replace(look, weight=look.weight + _ASKED_FOR) if is_asked_for else look

    def _is_asked_for(self, note: Note) -> bool:
        """Whether it soon follows the question what is to be done, and asks nothing itself."""
        answers = self._ctx.answers(note)
        return answers is not None and answers.place <= _SOON and not note.plain.rstrip().endswith("?")

    def kinds(self, note: Note) -> Mapping[TimelineKind, float]:
        """What speaks for each kind of line in the close reading of a message; nothing where it was not read."""
        read = self._read.get(note.message.ts)
        return dict(zip(KINDS, read.kinds, strict=True)) if read else {}

    def most_for(self, note: Note, what: str) -> tuple[str, ...]:
        """The words that speak most for one of `what` in the close reading, by what it is without them."""
        if what == "follow_ups" and self._is_read_widely(note) and self.widely:
            return self.widely.most_for(note)
        return self.closely.most_for(note, what) if self.closely else ()

    def _with_reading(self, total: float, says: float, forest: Forest) -> Look:
        read = forest.reads * (says - total)
        return Look(total + read, read)

    def _is_read_widely(self, note: Note) -> bool:
        return self.widely is not None and self._weights.get(note.message.ts, -math.inf) >= wide_reading.LEAST

    def wish(self, note: Note) -> float:
        """What a message is read as for the follow-ups: widely, where it is heavy enough for that."""
        if self.widely is None or not self._is_read_widely(note):
            return self.reading(note).follow_ups
        if note.message.ts not in self._widely_read:
            place = self._ctx.place(note)
            ahead = [each for each in self._ctx.notes[place : place + _AHEAD] if self._is_read_widely(each)]
            self._widely_read |= zip([each.message.ts for each in ahead], self.widely.each(ahead), strict=True)
        return self._widely_read[note.message.ts]

    def reading(self, note: Note) -> Reading:
        """What a message is read as between its neighbours, in a conversation that is read closely."""
        if note.message.ts not in self._read and self.closely:
            place = self._ctx.place(note)
            following = self._ctx.notes[place + 1 : place + 1 + _AHEAD]
            notes = [note, *filter(self._may_be_asked, following)]
            self._read |= zip([each.message.ts for each in notes], self.closely.each(notes), strict=True)
        return self._read[note.message.ts]

    def _may_be_asked(self, note: Note) -> bool:
        """Whether a message is heavy enough at a glance that a second look at it for the timeline is likely."""
        return note.message.ts not in self._read and self._screen.at(note).timeline >= self._gate


def with_look(look: Look, best: Heaviest) -> Heaviest:
    """What weighs most of a message, as it is at the second look."""
    return replace(best, weight=look.weight, beside=look.weight - (look.read or 0.0) - best.weight, read=look.read)
