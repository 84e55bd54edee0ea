"""The network reckons as it is written down, in any company, and what it read it knows."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from bot.domain.harvest import network
from bot.domain.harvest.close_reading import OUTPUTS
from bot.domain.harvest.network import Network
from bot.domain.harvest.pieces import Row

WIDTH, HEADS, LAYERS, PIECES = 24, 12, 2, 9
Arrays = dict[str, np.ndarray]


def arrays() -> Arrays:
    """A network of two layers that knows nine pieces, drawn by lot."""
    drawn = np.random.default_rng(7)

    def lot(*shape: int) -> np.ndarray:
        return drawn.normal(size=shape).astype(np.float32)

    known = drawn.integers(-127, 127, size=(PIECES, WIDTH)).astype(np.int8)
    found: Arrays = {
        "pieces": np.frombuffer("\n".join(["[UNK]", *"abcdefgh"]).encode(), np.uint8),
        "known": known, "known.scale": np.full(PIECES, 0.01, np.float32), "places": lot(16, WIDTH), "parts": lot(2, WIDTH),
        "last": lot(3, 2 * WIDTH), "last.plus": lot(3),
    }  # fmt: skip
    shapes = {"qkv": (3 * WIDTH, WIDTH), "out": (WIDTH, WIDTH), "up": (4 * WIDTH, WIDTH), "down": (WIDTH, 4 * WIDTH)}
    for layer in range(LAYERS):
        for name, shape in shapes.items():
            whole = drawn.integers(-127, 127, size=shape).astype(np.int8)
            found |= {f"{layer}.{name}": whole, f"{layer}.{name}.scale": np.full(shape[0], 0.004, np.float32)}
            found[f"{layer}.{name}.plus"] = lot(shape[0])
    for name in ("first", *(f"{layer}.even{place}" for layer in range(LAYERS) for place in (1, 2))):
        found |= {name: lot(WIDTH), f"{name}.plus": lot(WIDTH)}
    return found


def by_hand(of: Mapping[str, np.ndarray], row: Row) -> list[float]:
    """The same, one piece after another, in the plainest way."""

    def through(x: np.ndarray, name: str) -> np.ndarray:
        scale = of.get(f"{name}.scale", np.ones(len(of[name])))
        return (of[name].astype(float) * scale[:, None]) @ x + of[f"{name}.plus"]

    def even(x: np.ndarray, name: str) -> np.ndarray:
        return (x - x.mean()) / math.sqrt(x.var() + 1e-12) * of[name] + of[f"{name}.plus"]

    def attended(xs: list[np.ndarray], layer: int) -> list[np.ndarray]:
        parted = [through(x, f"{layer}.qkv").reshape(3, HEADS, -1) for x in xs]
        found = []
        for asks, _, _ in parted:
            heads = []
            for head in range(HEADS):
                near = [math.exp(asks[head] @ keys[head] / math.sqrt(WIDTH / HEADS)) for _, keys, _ in parted]
                heads.append(sum(a * v[head] for a, (_, _, v) in zip(near, parted, strict=True)) / sum(near))
            found.append(through(np.concatenate(heads), f"{layer}.out"))
        return found

    def bent(y: float) -> float:
        return 0.5 * y * (1 + math.tanh(math.sqrt(2 / math.pi) * (y + 0.044715 * y**3)))

    parts = [0] * len(row.own) + [1] * len(row.around)
    xs = [
        even(of["known"][number] * 0.01 + of["places"][place] + of["parts"][part], "first")
        for place, (number, part) in enumerate(zip((*row.own, *row.around), parts, strict=True))
    ]
    for layer in range(LAYERS):
        xs = [even(x + y, f"{layer}.even1") for x, y in zip(xs, attended(xs, layer), strict=True)]
        up = [np.array([bent(each) for each in through(x, f"{layer}.up")]) for x in xs]
        xs = [even(x + through(y, f"{layer}.down"), f"{layer}.even2") for x, y in zip(xs, up, strict=True)]
    own = np.mean(xs[: len(row.own)], axis=0)
    return [float(each) for each in through(np.concatenate([xs[0], own]), "last")]


ROWS = [Row((1, 2, 3), (4, 5)), Row((1, 8, 8, 8, 7, 6, 2), (3, 3, 4)), Row((5,), ()), Row((1, 2), (3, 4, 5))]


def test_it_reckons_what_is_reckoned_by_hand() -> None:
    of = arrays()
    for row, read in zip(ROWS, Network(of).read(ROWS), strict=True):
        assert read == pytest.approx(by_hand(of, row), abs=1e-3)


def test_a_row_is_read_alike_whatever_is_read_with_it() -> None:
    together = Network(arrays()).read(ROWS)
    for row, read in zip(ROWS, together, strict=True):
        assert Network(arrays()).read([row])[0] == pytest.approx(read, abs=1e-4)


def test_what_a_row_is_read_as_stands_in_its_place_however_often_it_is_asked_for() -> None:
    of = Network(arrays())
    first, again = of.read([ROWS[2], ROWS[0]]), of.read([ROWS[0], ROWS[1], ROWS[0], ROWS[2]])
    assert (again[0], again[2], again[3]) == (first[1], first[1], first[0])
    assert of.read([]) == []


def test_nothing_is_read_twice_until_much_was_read() -> None:
    counted = Counted(arrays(), remembers=4)
    for _ in range(3):
        counted.read(ROWS)
    assert counted.rows == 4
    for piece in range(4):
        counted.read([Row((piece,), (6,))])
    counted.read(ROWS)
    assert counted.rows == 4 + 4 + 4


class Counted(Network):
    rows = 0

    def _read(self, rows):  # type: ignore[no-untyped-def]
        self.rows += len(rows)
        return super()._read(rows)


def test_the_shipped_one_says_what_is_asked_of_it() -> None:
    of = network.shipped()
    assert of is not None
    row = Row((of.pieces.number("[CLS]"), *of.pieces.numbers("we should alert on that"), of.pieces.number("[SEP]")), ())
    assert len(of.read([row])[0]) == len(OUTPUTS)
