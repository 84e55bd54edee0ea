"""Who took part, and who only looked on, asked and thanked. In a few messages whoever says something of substance took part. In a
conversation onlookers do so, too; there it is a sum: what somebody added to the timeline and said that should be done, how much of the
talk is theirs, whether they name figures or only ask. Who only tells that something is broken adds to the timeline, and is no responder:
such lines count against it. The weights were fitted to the labelled channels of the training folder, a fifth left out in turn, and
rounded."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import log1p

from bot.domain.harvest import substance
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Note

_FEW = 20  # messages are no conversation
_START, _LINE, _BROKEN, _SURE, _WISH = -2.1, 1.5, -2.15, 0.6, 1.2
_PART, _THANKS, _FIGURES, _ASKS, _LATE = 1.9, -3.9, 1.2, -1.5, 0.9
_MOST_PART, _SHORT, _LEADING = 3.0, 60, 3
_THANKED = late(
    r"\b(?:thanks?|thank you|thx|ty|cheers|great|well done|good job|nice|lovely|star|kudos|merci|danke|gracias)\b", re.I
)
_FIGURE = late(r"\d")


@dataclass(frozen=True, slots=True)
class Deeds:
    """What people added to the findings, by author: `lines` of the timeline and queries, those of them that tell what is `broken`, `wishes`
    for the follow-ups, and who wrote a line that is `sure`."""

    lines: Mapping[str | None, int]
    broken: Mapping[str | None, int] = field(default_factory=dict)
    wishes: Mapping[str | None, int] = field(default_factory=dict)
    sure: Collection[str | None] = ()


@dataclass(slots=True)
class Share:
    """What one person wrote: how many messages, from which on, and of what sort."""

    first: int
    messages: int = 0
    thanks: int = 0
    figures: int = 0
    asks: int = 0
    shows: bool = False
    substance: bool = False
    acted: bool = False

    def add(self, note: Note) -> None:
        """Counts one more message."""
        said = note.plain
        self.messages += 1
        self.thanks += len(said) < _SHORT and bool(_THANKED.search(said))
        self.figures += bool(_FIGURE.search(said))
        self.asks += said.rstrip().endswith("?")
        self.shows = self.shows or bool(note.message.files or note.codes)
        self.acted = self.acted or substance.acts(note)
        self.substance = self.substance or (substance.has_substance(note) and not substance.only_asks(note))


@dataclass(slots=True)
class Talk:
    """All that people wrote, and whose it is."""

    shares: dict[str, Share] = field(default_factory=dict)
    messages: int = 0

    def hear(self, notes: Iterable[Note]) -> Talk:
        """Counts what people wrote."""
        for note in notes:
            if note.human and note.author:
                self.shares.setdefault(note.author, Share(self.messages)).add(note)
                self.messages += 1
        return self

    def took_part(self, deeds: Deeds) -> set[str]:
        """Who wrote something that counts."""
        if self.messages < _FEW:
            return {user for user, each in self.shares.items() if each.substance or user in deeds.sure}
        return {user for user, each in self.shares.items() if self._weight(each, user, deeds) > 0}

    def _weight(self, each: Share, user: str, deeds: Deeds) -> float:
        if each.substance and each.messages > self.messages / _LEADING:
            return 1.0  # without them there is no conversation
        if each.substance and each.shows and each.messages > 1:
            return 1.0  # who shows a log, a picture or a query and says what it is
        if each.acted:
            return 1.0  # who turned off what was broken
        part = each.messages * len(self.shares) / self.messages  # 1: as much as all do on average
        return (
            _START
            + _LINE * log1p(deeds.lines.get(user, 0))
            + _BROKEN * log1p(deeds.broken.get(user, 0))
            + _WISH * log1p(deeds.wishes.get(user, 0))
            + _SURE * (user in deeds.sure)
            + _PART * min(part, _MOST_PART)
            + _THANKS * each.thanks / each.messages
            + _FIGURES * each.figures / each.messages
            + _ASKS * each.asks / each.messages
            + _LATE * each.first / max(1, self.messages - 1)
        )
