"""Whether talk sounds of an incident at all. Most of what a workspace says does not, and to weigh it line by line takes fifty times as
long as to read it: so each message gets the sum of its words by a small table (tables/sound.json, made by `make learn`). The sum of a run
of messages rises while they talk of something that happens, and falls while they do not (Page's CUSUM)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from bot.domain.harvest import weights
from bot.domain.harvest.note import Note

FEW = 20
"""Fewer messages say too little to tell; they are always read."""
PAUSE = 12 * 3600
"""After so many seconds of silence other things are talked about."""
MOST = 0.5
"""No message counts for more, however much it says."""
FALL = 3.0
"""A run ends at its heaviest where the sum has fallen so far since."""
CLEAR = 8.0
"""From this sum on there is no doubt."""
_FOLDED = bytes(
    ord(low) if (low := chr(code).lower()).isascii() and (low.isalnum() or low in "'%\0") else 32 for code in range(256)
)


@dataclass(frozen=True, slots=True)
class Run:
    """Messages in a row that sound of an incident, by their places, and the sum they reach."""

    places: range
    weight: float


@dataclass(frozen=True, slots=True)
class Ear:
    """`drift` is what a message must weigh for the sum to rise; from `least` on a run sounds of an incident."""

    drift: float
    least: float
    weights: Mapping[bytes, float]

    def hear(self, texts: Iterable[str]) -> list[float]:
        """What the words of each message weigh. They are folded all at once, which takes less time."""
        get, nothing, every = self.weights.get, repeat(0.0), list(texts)
        parts = _folded("\0".join(every)).split(b"\0")
        if len(parts) != len(every):  # one holds the sign that stands between them
            return [sum(map(get, words(each), nothing)) for each in every]
        return [sum(map(get, each.split(), nothing)) for each in parts]

    def runs(self, heard: Sequence[float], seconds: Sequence[float]) -> list[Run]:
        """The runs that sound of an incident, in order. `seconds`: when each message was posted."""
        found: list[Run] = []
        total = peak = 0.0
        first = last = 0
        before = seconds[0] if seconds else 0.0
        for place, (weight, at) in enumerate(zip(heard, seconds, strict=True)):
            if total <= 0 or at - before > PAUSE or total < peak - FALL:
                if peak >= self.least:
                    found.append(Run(range(first, last + 1), peak))
                total, peak, first = 0.0, 0.0, place
            before = at
            total += min(weight, MOST) - self.drift
            if total > peak:
                peak, last = total, place
        return [*found, Run(range(first, last + 1), peak)] if peak >= self.least else found


def loudest(notes: Sequence[Note]) -> float:
    """What the heaviest run of a conversation, in order, weighs; 0 where nothing sounds of an incident."""
    said = (each.dialect.read(each.message.text) for each in notes)
    runs = ear().runs(ear().hear(said), [each.key[0] for each in notes])
    return max((each.weight for each in runs), default=0.0)


def enough_happens(messages: int, lines: int) -> bool:
    """Whether talk that may be of an incident has a timeline. Of an incident one message in five is a line of it."""
    return lines * 7 >= messages


def words(said: str) -> list[bytes]:
    """The words of a text, folded, in plain letters and figures. (As bytes, which are cut in a third of the time.)"""
    return _folded(said).replace(b"\0", b" ").split()


def _folded(said: str) -> bytes:
    return said.encode("utf-8", "replace").translate(_FOLDED)


@cache
def ear() -> Ear:
    """The shipped table."""
    table = weights.read("sound")
    return Ear(table["drift"], table["least"], {word.encode(): weight for word, weight in table["weights"].items()})
