"""What weighs nearly enough by its words, or just enough, is looked at a second time: among what else is said (see among), where trees
made from labelled channels say what that makes of it, and closely, read whole by a network (see close_reading). In a handful of
messages there is nothing to stand among."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.harvest import close_reading, glance, trees
from bot.domain.harvest.among import Among
from bot.domain.harvest.close_reading import KINDS, CloseReading, Reading
from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.heaviest import Heaviest
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.trees import Forest

FEW = 5  # messages are no conversation
# What people answer in a word or two ("docs", "fewer retries") is short of the weight of a sentence. Of what this adds on channels that
# were left out three in four are right.
_ASKED_FOR, _SOON = 1.5, 6
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
    def _gates(self) -> tuple[float, float]:
        """From what weight on a message is looked at for the timeline and for the follow-ups."""
        told, wanted = forest(self._ctx, "timeline"), forest(self._ctx, "follow_ups")
        return told.gate if told else math.inf, wanted.gate if wanted else math.inf

    def timeline(self, note: Note, best: Heaviest, noticed: int, forest: Forest | None) -> Heaviest:
        """What weighs most of a message, with what stands around it; as it is where it is too light, or is not looked at twice."""
        if forest is None or best.weight < forest.gate:
            return best
        look = self._closer(note, forest.add_up(self.among.timeline(note, best.each, noticed)), forest, "timeline")
        return with_look(look, best)

    def follow_up(self, note: Note, weights: Sequence[float], noticed: int, forest: Forest) -> Look | None:
        """What a message weighs as a follow-up, whose sentences weigh so much; None where it is too light to be looked at."""
        if not weights or max(weights) < forest.gate:
            return None
        total = forest.add_up(self.among.follow_up(note, weights, noticed))
        look = self._closer(note, total, forest, "follow_ups")
        return replace(look, weight=look.weight + _ASKED_FOR) if self._is_asked_for(note) else look

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
        return self.closely.most_for(note, what) if self.closely else ()

    def _closer(self, note: Note, total: float, forest: Forest, what: str) -> Look:
        if not forest.reads or self.closely is None:
            return Look(total)
        reading = self._reading(note, self.closely)
        says = reading.follow_ups if what == "follow_ups" else reading.timeline
        read = forest.reads * (says - total)
        return Look(total + read, read)

    def _reading(self, note: Note, closely: CloseReading) -> Reading:
        place = self._ctx.place(note)
        if note.message.ts not in self._read:
            following = self._ctx.notes[place + 1 : place + 1 + _AHEAD]
            notes = [note, *filter(self._may_be_asked, following)]
            self._read |= zip([each.message.ts for each in notes], closely.each(notes), strict=True)
        return self._read[note.message.ts]

    def _may_be_asked(self, note: Note) -> bool:
        """Whether a message is heavy enough at a glance that a second look at it is likely."""
        seen, (told, wanted) = self._screen.at(note), self._gates
        return note.message.ts not in self._read and (seen.timeline >= told or seen.follow_up >= wanted)


def with_look(look: Look, best: Heaviest) -> Heaviest:
    """What weighs most of a message, as it is at the second look."""
    return replace(best, weight=look.weight, beside=look.weight - (look.read or 0.0) - best.weight, read=look.read)
