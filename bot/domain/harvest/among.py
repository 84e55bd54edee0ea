"""How a message stands among what else is said: how much the talk before and after it weighs, how many weigh more, whose it is, how long.
What is weighed by its words alone is looked at a second time with that: a wish among wishes at the end of an incident is more likely one
than the same words in the middle of the work."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from bot.domain.harvest.features import seconds_between
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.weights import likely

NAMES = (
    "weight", "sum", "second", "sentences", "glance", "other",
    "heavier", "among", "share",
    "near", "near_most", "around", "other_near", "other_near_most", "heavier_near", "heavier_around",
    "before", "after", "other_before", "other_after", "same_before", "same_after", "pause_before", "pause_after",
    "human_before", "human_after", "above", "other_above", "in_thread",
    "length", "lines", "over", "part", "mine", "mine_other", "asks", "mentions", "links", "figures", "noticed", "later", "taken", "since",
    "usual_length", "usual_pause", "apps",
)  # fmt: skip
"""What is seen of a message; `other` is the timeline for a follow-up, and the other way round."""
_ROOM, _NEAR, _AROUND = 75, 3, 10
_NONE = math.nan
_TAKEN = late(
    r"^\W*(?:will do|ok|okay|done|ack|noted|on it|\+1|yes|yep|sure|filed|agreed|good idea|mine|i'll|i will|taking|added)\b|"
    r"\b[A-Z]{2,8}-\d+\b|:\+1:|👍|✅",
)
_LATER = late(
    r"(?i)\b(?:tomorrow|next week|monday|tuesday|wednesday|thursday|friday|later|after this|post-?mortem|retro|follow.?up|ticket|"
    r"action item|todo)\b"
)


class Among:
    """A conversation, each message of which was weighed at a glance."""

    def __init__(self, ctx: Context, screen: Screen) -> None:
        self._ctx = ctx
        self._place = {note.message.ts: place for place, note in enumerate(ctx.notes)}
        glances = [screen.at(note) for note in ctx.notes]
        self._weights = ([_exact(each.follow_up) for each in glances], [_exact(each.timeline) for each in glances])
        self._chances = tuple([likely(each) for each in every] for every in self._weights)
        self._usual = [_mean(each) for each in self._chances]
        self._pace = _pace(ctx.notes)
        self._of_author: dict[str | None, tuple[int, float, float]] = {}
        for note, one, other in zip(ctx.notes, *self._chances, strict=True):
            count, ones, others = self._of_author.get(note.author, (0, 0.0, 0.0))
            self._of_author[note.author] = count + 1, ones + one, others + other

    def follow_up(self, note: Note, weights: Sequence[float], noticed: int) -> list[float]:
        """The values of a message whose sentences weigh so much as follow-ups, and which so many rules noticed."""
        return self._values(note, weights, noticed, 0)

    def timeline(self, note: Note, weights: Sequence[float], noticed: int) -> list[float]:
        """The same for the timeline."""
        return self._values(note, weights, noticed, 1)

    def _values(self, note: Note, weights: Sequence[float], noticed: int, own: int) -> list[float]:
        place, mine, other = self._place[note.message.ts], self._weights[own], self._weights[1 - own]
        ordered = sorted(weights, reverse=True)
        said = note.message.text
        return [
            ordered[0],
            ordered[0] + math.log(math.fsum(math.exp(each - ordered[0]) for each in ordered)),
            ordered[1] if len(ordered) > 1 else _NONE,
            float(len(ordered)),
            mine[place],
            other[place],
            *self._in_room(place, own),
            *self._close(place, own),
            *self._beside(note, own),
            math.log1p(len(said)),
            float(said.count("\n")),
            float(self._ctx.ended_at is not None and note.at >= self._ctx.ended_at),
            *self._author(note, place, own),
            float(said.rstrip().endswith("?")),
            float("<@" in said),
            float("http" in said),
            float(sum(map(str.isdigit, said))),
            float(noticed),
            float(bool(_LATER.search(said[:2000]))),
            float(self._is_taken(note)),
            math.log1p(max(0.0, (note.at - self._ctx.notes[0].at).total_seconds())),
            *self._pace,
        ]

    def _in_room(self, place: int, own: int) -> tuple[float, float, float]:
        """Of the messages around it: how many weigh more, that number by how many are likely ones, and how likely one is."""
        window = slice(max(0, place - _ROOM), place + _ROOM + 1)
        weights, chances = self._weights[own][window], self._chances[own][window]
        heavier, expected = _heavier(weights, self._weights[own][place]), sum(chances)
        return heavier, heavier / max(expected, 0.5), expected / len(chances)

    def _close(self, place: int, own: int) -> list[float]:
        near, around = self._others(place, _NEAR), self._others(place, _AROUND)
        mine, other, chances = self._weights[own], self._weights[1 - own], self._chances
        weight = mine[place]
        return [
            _mean([chances[own][each] for each in near]),
            max((mine[each] for each in near), default=_NONE),
            _mean([chances[own][each] for each in around]),
            _mean([chances[1 - own][each] for each in near]),
            max((other[each] for each in near), default=_NONE),
            _heavier([mine[each] for each in near], weight),
            _heavier([mine[each] for each in around], weight),
        ]

    def _others(self, place: int, far: int) -> list[int]:
        return [
            each for each in range(max(0, place - far), min(len(self._ctx.notes), place + far + 1)) if each != place
        ]

    def _beside(self, note: Note, own: int) -> list[float]:
        """The messages before and after it in its room, and the one that its thread begins with."""
        before = self._ctx.before(note)
        after = next(self._ctx.after(note, math.inf, 1), None)
        above = self._ctx.note(note.room) if note.room else None
        found = [self._weighs(each, which) for which in (own, 1 - own) for each in (before, after)]
        found += [float(each.author == note.author) if each else _NONE for each in (before, after)]
        found += [math.log1p(abs((each.at - note.at).total_seconds())) if each else _NONE for each in (before, after)]
        found += [float(each.human) if each else _NONE for each in (before, after)]
        return [*found, self._weighs(above, own), self._weighs(above, 1 - own), float(bool(note.room))]

    def _weighs(self, note: Note | None, which: int) -> float:
        return self._weights[which][self._place[note.message.ts]] if note else _NONE

    def _author(self, note: Note, place: int, own: int) -> tuple[float, float, float]:
        """Whose share of the talk it is, and how likely other messages of theirs are ones."""
        count, *sums = self._of_author[note.author]
        mine, other = (
            (sums[which] - self._chances[which][place] + 3 * self._usual[which]) / (count + 2)
            for which in (own, 1 - own)
        )
        return count / len(self._ctx.notes), mine, other

    def _is_taken(self, note: Note) -> bool:
        """Whether somebody else answers as people do who take something on."""
        answers = (each for each in self._ctx.after(note, math.inf, 2) if each.author != note.author)
        return any(_TAKEN.search(each.message.text[:80]) for each in answers)


def _pace(notes: Sequence[Note]) -> tuple[float, float, float]:
    """How people talk here: half of what people say is longer, half of the pauses are; and what share apps have of it. In a discussion over
    days the same question is a proposal that in the middle of a night's work is an order."""
    lengths = [math.log1p(len(each.message.text)) for each in notes if each.human]
    pauses = [math.log1p(seconds_between(*both)) for both in pairwise(notes)]
    apps = sum(not each.human for each in notes) / len(notes)
    return median(lengths) if lengths else _NONE, median(pauses) if pauses else _NONE, apps


def _exact(weight: float) -> float:
    """Without what the order of words in memory adds at the end of a sum, so that what weighs the same is the same."""
    return round(weight, 9)


def _heavier(weights: Sequence[float], weight: float) -> float:
    return float(sum(each > weight for each in weights))


def _mean(of: Sequence[float]) -> float:
    return math.fsum(of) / len(of) if of else 0.0
