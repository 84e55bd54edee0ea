"""What a message says when it is read whole, with what was said before and after it: a small network was shown how people ask for
things and tell of events, and knows words as more than themselves ("someone should look at" and "worth a ticket" are alike to it)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.pieces import Pieces, Row

if TYPE_CHECKING:
    from bot.domain.harvest.network import Network

KINDS = tuple(TimelineKind)
OUTPUTS = ("follow_ups", "timeline", *KINDS)
"""What the network says of a message, in this order, as weights: above zero is more likely than not."""
OWN, HEAD, NEAR = 72, 48, 14
"""How many pieces are read: of a message (of a longer one so many from its beginning, and its end), and of each neighbour."""
LONG = 700
"""So many letters of a message are read."""
_LINES, _SIGHT = 14, 1500
_MARKS = ".,;:!?()`\"'*_"
_URL = re.compile(r"https?://\S+")
_FAR = float("inf")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message was read as: weights for the follow-ups, the timeline, and each kind of line."""

    follow_ups: float
    timeline: float
    kinds: tuple[float, ...]


class CloseReading:
    """The close reading of a conversation. Messages that were read once, in the same surroundings, are not read again."""

    def __init__(self, ctx: Context, by: Network) -> None:
        self._ctx, self._by = ctx, by

    def of(self, note: Note) -> Reading:
        """One message."""
        return self.each([note])[0]

    def each(self, notes: Sequence[Note]) -> list[Reading]:
        """Several at once, which takes less time."""
        read = self._by.read([row(note, self._ctx, self._by.pieces) for note in notes])
        return [Reading(values[0], values[1], tuple(values[2:])) for values in read]

    def most_for(self, note: Note, what: str, most: int = 3) -> tuple[str, ...]:
        """The words without which it would be read least as one of `what` ("follow_ups", "timeline"), the first first."""
        of, at = row(note, self._ctx, self._by.pieces), OUTPUTS.index(what)

        def read(every: Sequence[str]) -> list[float]:
            rows = [_row(each, note, of.around, self._by.pieces) for each in every]
            return [values[at] for values in self._by.read(rows)]

        return heaviest_words(said(note), read, most)


def of(ctx: Context) -> CloseReading | None:
    """The close reading of a conversation; None where no network is shipped, as while its weights are learnt."""
    from bot.domain.harvest import network  # what reckons takes longer to load than the rest of the harvest

    by = network.shipped()
    return None if by is None else CloseReading(ctx, by)


def heaviest_words(text: str, read: Callable[[Sequence[str]], list[float]], most: int) -> tuple[str, ...]:
    """The words of a text without which it is read as least, in their order."""
    words = text.split()[:OWN]
    whole, *each = read([text, *(" ".join(_but(words, place)) for place in range(len(words)))])
    heavy = sorted(range(len(words)), key=lambda place: each[place])[:most]
    return tuple(bare for place in sorted(heavy) if each[place] < whole and (bare := words[place].strip(_MARKS)))


def shortened(own: Sequence[int]) -> Sequence[int]:
    """The pieces of a message as far as they are read: of a longer one its beginning and its end."""
    return own if len(own) <= OWN else [*own[:HEAD], *own[HEAD - OWN :]]


def said(note: Note) -> str:
    """The words of a message as they are read."""
    lines = (" ".join(line.said[:_SIGHT].split()) for line in (note.talk if note.human else note.lines)[:_LINES])
    whole = " . ".join(_URL.sub("link", line) for line in lines if line)
    return f"{whole} [code]" if note.codes else whole


def row(note: Note, ctx: Context, pieces: Pieces) -> Row:
    """A message as the network reads it: who wrote it and where, its words, and those of its neighbours in the channel or thread; of an
    answer to a question about what is to be done that question instead of the answer before."""
    answers = ctx.answers(note)
    before = ctx.note(answers.question) if answers else ctx.before(note)
    after = next(iter(ctx.after(note, _FAR, most=1)), None)
    end = pieces.number("[SEP]")
    around = (
        _marked(5, is_so=before is not None and before.author == note.author),
        *(pieces.numbers(said(before)[:LONG])[-NEAR:] if before else ()),
        end,
        _marked(7, is_so=after is not None and after.author == note.author),
        *(pieces.numbers(said(after)[:LONG])[:NEAR] if after else ()),
        end,
    )
    return _row(said(note), note, around, pieces)


def _row(text: str, note: Note, around: tuple[int, ...], pieces: Pieces) -> Row:
    own = shortened(pieces.numbers(text[:LONG]))
    marks = (_marked(1, is_so=not note.human), _marked(3, is_so=bool(note.room)))
    return Row((pieces.number("[CLS]"), *marks, *own, pieces.number("[SEP]")), around)


def _marked(first: int, *, is_so: bool) -> int:
    """One of two numbers that no piece of a text has."""
    return first + is_so


def _but(words: Sequence[str], place: int) -> list[str]:
    return [*words[:place], *words[place + 1 :]]
