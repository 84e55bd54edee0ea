"""What weighs nearly enough by its words, or just enough, is looked at a second time, among what else is said (see among); trees made from
labelled channels say what that makes of it. In a handful of messages there is nothing to stand among."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from bot.domain.harvest import trees
from bot.domain.harvest.among import Among
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.heaviest import Heaviest
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.trees import Forest

FEW = 20  # messages are no conversation


def forest(ctx: Context, what: str) -> Forest | None:
    """The trees for "timeline" or "follow_ups"; None where nothing is looked at twice."""
    return trees.shipped(what) if len(ctx.notes) >= FEW else None


class SecondLook:
    """The second look at the messages of a conversation."""

    def __init__(self, ctx: Context, screen: Screen | None = None) -> None:
        self._ctx, self._screen = ctx, screen

    @cached_property
    def among(self) -> Among:
        """The conversation at a glance."""
        return Among(self._ctx, self._screen or Screen(self._ctx))

    def timeline(self, note: Note, best: Heaviest, noticed: int, forest: Forest | None) -> Heaviest:
        """What weighs most of a message, with what stands around it; as it is where it is too light, or is not looked at twice."""
        if forest is None or best.weight < forest.gate:
            return best
        return _with(forest.add_up(self.among.timeline(note, best.each, noticed)), best)

    def follow_up(self, note: Note, weights: Sequence[float], noticed: int) -> float | None:
        """What a message weighs as a follow-up, whose sentences weigh so much; None where it is too light to be looked at."""
        found = forest(self._ctx, "follow_ups")
        if found is None or not weights or max(weights) < found.gate:
            return None
        return found.add_up(self.among.follow_up(note, weights, noticed))


def _with(total: float, best: Heaviest) -> Heaviest:
    return replace(best, weight=total, beside=total - best.weight)
