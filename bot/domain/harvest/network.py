"""A small network (a transformer of a few layers) that reads a message with its neighbours, as numbers of word pieces. Its weights are
data (tables/network.npz), made from labelled channels by `python -m evaluation.network`; nothing is learnt while the bot runs."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from bot.domain.harvest import weights
from bot.domain.harvest.pieces import Pieces, Row

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]
_HEADS = 12
_TOGETHER = 512  # pieces at once, so that what is held meanwhile stays near the processor
_NEVER = np.float32(-1e9)
_BEND = np.float32(0.7978845608028654)  # the root of 2 / pi


class Network:
    """`arrays` by name: whole numbers with a `.scale` for each row, or numbers as they are. Its pieces are those of a network that it is
    `like`, if there is one. Some `remembers` rows are not read again, in ten megabytes."""

    def __init__(
        self,
        arrays: Mapping[str, npt.NDArray[np.generic]],
        like: Network | None = None,
        remembers: int = 20_000,
    ) -> None:
        # The table of pieces is the largest and little of it is looked up, so it stays as small as it is stored.
        self.pieces: Pieces = (
            like.pieces if like else Pieces(bytes(arrays["pieces"].astype(np.uint8)).decode().split("\n"))
        )
        self._known: npt.NDArray[np.generic] = like._known if like else arrays["known"]
        self._scale: Floats = like._scale if like else arrays["known.scale"].astype(np.float32)
        self._of = {
            name: _scaled(each, arrays[f"{name}.scale"]) if f"{name}.scale" in arrays else each.astype(np.float32)
            for name, each in arrays.items()
            if not name.endswith(".scale") and name not in ("pieces", "known")
        }
        self._lately: dict[Row, Sequence[float]] = {}
        self._remembers = remembers
        self._layers = sum(name.endswith(".qkv") for name in self._of)
        for layer in range(self._layers):
            self._of |= _parted(self._of, f"{layer}.")

    def read(self, rows: Sequence[Row]) -> list[Sequence[float]]:
        """What each row is read as: the numbers of the last layer, in its order. What was read lately is remembered."""
        known = self._lately  # another thread may begin anew meanwhile
        fresh = [row for row in dict.fromkeys(rows) if row not in known]
        found = {row: known[row] for row in rows if row in known}
        for batch in _batches(fresh):
            found.update(zip(batch, (tuple(map(float, each)) for each in self._read(batch)), strict=True))
        self._remember(found)
        return [found[row] for row in rows]

    def _remember(self, read: Mapping[Row, Sequence[float]]) -> None:
        if len(self._lately) > self._remembers:
            self._lately = {}
        self._lately.update(read)

    def _read(self, rows: Sequence[Row]) -> Floats:
        numbers, part, there = _padded(rows)
        known = self._known[numbers].astype(np.float32) * self._scale[numbers][..., None]
        x = known + self._of["places"][: numbers.shape[1]] + self._of["parts"][part]
        x = self._even(x, "first")
        hidden = np.where(there, np.float32(0), _NEVER)[:, None, None, :]
        for layer in range(self._layers):
            # After the last only a message itself is asked for, not its neighbours.
            near = x if layer < self._layers - 1 else x[:, : max(len(row.own) for row in rows)]
            x = self._even(near + self._attend(near, x, hidden, f"{layer}."), f"{layer}.even1")
            x = self._even(x + self._think(x, f"{layer}."), f"{layer}.even2")
        own = (there & (part == 0))[:, : x.shape[1], None].astype(np.float32)
        mean = (x * own).sum(1) / own.sum(1)
        read: Floats = self._through(np.concatenate([x[:, 0], mean], axis=1), "last")
        return read

    def _attend(self, near: Floats, x: Floats, hidden: Floats, layer: str) -> Floats:
        """What `near`, the first pieces of each row in `x`, take from all of it."""
        rows, length, width = near.shape
        asks, keys, values = (
            each.reshape(rows, -1, _HEADS, width // _HEADS).transpose(0, 2, 1, 3)
            for each in (self._through(near, f"{layer}q"), self._through(x, f"{layer}k"), self._through(x, f"{layer}v"))
        )
        share = asks @ keys.transpose(0, 1, 3, 2) / np.float32((width // _HEADS) ** 0.5) + hidden
        share = np.exp(share - share.max(-1, keepdims=True))
        share /= share.sum(-1, keepdims=True)
        return self._through((share @ values).transpose(0, 2, 1, 3).reshape(rows, length, width), f"{layer}out")

    def _think(self, x: Floats, layer: str) -> Floats:
        y = self._through(x, f"{layer}up")
        bent = np.tanh(_BEND * (y + np.float32(0.044715) * y * y * y))
        return self._through(np.float32(0.5) * y * (1 + bent), f"{layer}down")

    def _through(self, x: Floats, name: str) -> Floats:
        weight: Floats = self._of[name]
        flat: Floats = x.reshape(-1, x.shape[-1]) @ weight.T + self._of[f"{name}.plus"]
        return flat.reshape(*x.shape[:-1], weight.shape[0])

    def _even(self, x: Floats, name: str) -> Floats:
        x = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(1e-12))
        even: Floats = x / spread * self._of[name] + self._of[f"{name}.plus"]
        return even


def _scaled(whole: npt.NDArray[np.generic], scale: npt.NDArray[np.generic]) -> Floats:
    return whole.astype(np.float32) * scale.astype(np.float32)[:, None]


def _parted(of: Mapping[str, Floats], layer: str) -> dict[str, Floats]:
    """What asks, what is asked and what answers, each by itself; the numbers are not held twice."""
    return {
        f"{layer}{name}{more}": part
        for more in ("", ".plus")
        for name, part in zip("qkv", np.split(of[f"{layer}qkv{more}"], 3), strict=True)
    }


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows of like length, so that little is filled up."""
    batch: list[Row] = []
    for row in sorted(rows, key=lambda row: (len(row), len(row.own))):
        if batch and (len(batch) + 1) * len(row) > _TOGETHER:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _padded(rows: Sequence[Row]) -> tuple[Whole, Whole, npt.NDArray[np.bool_]]:
    """The numbers, which part each is of, and whether it is there or only fills up."""
    length = max(map(len, rows))
    numbers = np.zeros((len(rows), length), dtype=np.int64)
    part, there = np.zeros_like(numbers), np.zeros(numbers.shape, dtype=np.bool_)
    for place, row in enumerate(rows):
        numbers[place, : len(row)] = (*row.own, *row.around)
        part[place, len(row.own) : len(row)] = 1
        there[place, : len(row)] = True
    return numbers, part, there


@cache
def shipped() -> Network | None:
    """The shipped network that reads closely, loaded when something is to be read; None where there is none yet."""
    held = _arrays("network.npz")
    return Network(held) if held else None


@cache
def widely() -> Network | None:
    """The one that reads a message with much of what was said before; it knows the same pieces."""
    like, held = shipped(), _arrays("wide.npz")
    return Network(held, like) if like and held else None


def _arrays(name: str) -> Mapping[str, npt.NDArray[np.generic]] | None:
    held = weights.raw(name)
    if held is None:
        return None
    with np.load(io.BytesIO(held), allow_pickle=False) as arrays:
        return dict(arrays)
