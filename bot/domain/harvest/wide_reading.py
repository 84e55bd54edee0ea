"""What a message adds to what was said before it: a network reads it with the messages before and after it, and with the earlier wishes
that speak of the same, so that it tells what is proposed here from what is only answered, taken on or said once more."""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from bot.domain.harvest.close_reading import LONG, heaviest_words, said, shortened
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.pieces import Row

if TYPE_CHECKING:
    from bot.domain.harvest.network import Network

LEAST = -3.0
"""What a message has to weigh by its words for being read so."""
_WISH, _MAY_BE = -1.0, -2.0
"""From what weight on a message before it is marked as a wish, and is looked for where it speaks of the same."""
_BEFORE, _AFTER, _QUESTION, _ALIKE = (40, 32, 24, 16, 16, 16), (16, 12), 20, (28, 28)
"""How many pieces are read of each message around it, the nearest first."""
_MOST, _UNDER = 230, 2  # pieces of a row; messages before the root of a thread
_COMMON, _OFTEN, _FEW, _LIKE = 2000, 0.12, 4, 2.0
"""Pieces with lower numbers, and those of so many messages, say nothing; from how much in common on two speak of the same."""
_RECALLED, _COUNTED = 120, 4000  # wishes before it; messages of which the pieces are counted
_OF_MESSAGE, _IN_ROOM, _ASKED, _EARLIER, _AHEAD_OF, _BEHIND = 1, 3, 2, 3, 5, 7


class WideReading:
    """The wide reading of a conversation. `weights`: what its messages weigh by their words, where they may be wishes (ts)."""

    def __init__(self, ctx: Context, by: Network, weights: Mapping[str, float]) -> None:
        self._ctx, self._by, self._weights = ctx, by, weights
        self._cut_up: dict[str, Sequence[int]] = {}
        self._end, self._wish = by.pieces.number("[SEP]"), by.pieces.number("[UNK]")

    def each(self, notes: Sequence[Note]) -> list[float]:
        """How much each message is read as a follow-up that is said for the first time: above zero is more likely than not."""
        return [values[0] for values in self._by.read(list(map(self.row, notes)))]

    def most_for(self, note: Note, most: int = 3) -> tuple[str, ...]:
        """The words without which it would be read least as one, the first first."""
        whole = self.row(note)

        def read(every: Sequence[str]) -> list[float]:
            rows = [self._row(self._by.pieces.numbers(each[:LONG]), note, whole.around) for each in every]
            return [values[0] for values in self._by.read(rows)]

        return heaviest_words(said(note), read, most)

    def row(self, note: Note) -> Row:
        """A message as the network reads it."""
        around = [piece for part in self._around(note) for piece in part]
        return self._row(self._pieces(note), note, around)

    def _row(self, own: Sequence[int], note: Note, around: Sequence[int]) -> Row:
        opening = (self._by.pieces.number("[CLS]"), _OF_MESSAGE, _IN_ROOM + bool(note.room))
        kept = shortened(own)
        return Row((*opening, *kept, self._end), tuple(around[: _MOST - len(kept)]))

    def _pieces(self, note: Note) -> Sequence[int]:
        found = self._cut_up.get(note.message.ts)
        if found is None:
            found = self._cut_up[note.message.ts] = self._by.pieces.numbers(said(note)[:LONG])
        return found

    @cached_property
    def _says(self) -> Mapping[int, float]:
        """How much a piece says of what a message is about; of a long conversation a part of the messages tells."""
        counted = self._ctx.notes[:: 1 + len(self._ctx.notes) // _COUNTED]
        many, every = Counter(piece for each in counted for piece in set(self._pieces(each))), len(counted)
        often = max(_FEW, _OFTEN * every)
        return {
            piece: math.log(1 + every / count) for piece, count in many.items() if count < often and piece > _COMMON
        }

    @cached_property
    def _wishes(self) -> tuple[Sequence[int], Sequence[Note]]:
        """The places of what may be a wish, and what it is."""
        get = self._weights.get
        found = [(at, each) for at, each in enumerate(self._ctx.notes) if get(each.message.ts, -math.inf) >= _MAY_BE]
        return [at for at, _ in found], [each for _, each in found]

    def _earlier(self, note: Note) -> Sequence[Note]:
        """The last wishes before it."""
        places, every = self._wishes
        end = bisect.bisect_left(places, self._ctx.place(note))
        return every[max(0, end - _RECALLED) : end]

    def _around(self, note: Note) -> Iterator[list[int]]:
        answers, before = self._ctx.answers(note), self._before(note)
        question = self._ctx.note(answers.question) if answers else None
        if question is not None and question not in before:
            yield [_ASKED, *self._cut(question, _QUESTION), self._end]
        for each, most in zip(before, _BEFORE, strict=False):
            wish = [self._wish] if self._weights.get(each.message.ts, -math.inf) >= _WISH else []
            yield [_AHEAD_OF + (each.author == note.author), *wish, *self._cut(each, most), self._end]
        for each, most in zip(self._ctx.after(note, math.inf, most=len(_AFTER)), _AFTER, strict=False):
            yield [_BEHIND + (each.author == note.author), *self._cut(each, most), self._end]
        for each, most in zip(self._alike(note, before), _ALIKE, strict=False):
            yield [_EARLIER + (each.author == note.author), *self._cut(each, most), self._end]

    def _before(self, note: Note) -> Sequence[Note]:
        """The messages before it, the nearest first; those of a thread are followed by its root and what stood before that."""
        found = list(reversed(self._ctx.lately(note, len(_BEFORE))))
        root = self._ctx.note(note.room) if note.room and len(found) < len(_BEFORE) else None
        if root is not None:
            found.append(root)
        if root is not None and len(found) < len(_BEFORE):
            found += reversed(self._ctx.lately(root, _UNDER))
        return found[: len(_BEFORE)]

    def _alike(self, note: Note, before: Sequence[Note]) -> Sequence[Note]:
        """The earlier wishes that have most in common with it, the likest first."""
        own, near, says = set(self._pieces(note)), {each.message.ts for each in before}, self._says
        found = []
        for each in self._earlier(note):
            if each.message.ts not in near:
                shared = own.intersection(self._pieces(each))
                found.append((math.fsum(says.get(piece, 0.0) for piece in shared), each.message.ts, each))
        alike = sorted((each for each in found if each[0] > _LIKE), key=itemgetter(0, 1), reverse=True)
        return [each for _, _, each in alike[: len(_ALIKE)]]

    def _cut(self, note: Note, most: int) -> Sequence[int]:
        """A message as far as it is read beside another: its beginning, and a third of that much of its end."""
        pieces = self._pieces(note)
        return pieces if len(pieces) <= most else [*pieces[: most - most // 3], *pieces[-(most // 3) :]]


def of(ctx: Context, weights: Mapping[str, float]) -> WideReading | None:
    """The wide reading of a conversation; None where no network for it is shipped, as while its weights are learnt."""
    from bot.domain.harvest import network  # what reckons takes longer to load than the rest of the harvest

    by = network.widely()
    return None if by is None else WideReading(ctx, by, weights)
