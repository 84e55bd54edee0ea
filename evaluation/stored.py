"""The network as it is shipped: whole numbers of one byte with a scale for each row, and of its pieces those that are used or usual."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from bot.domain.harvest.pieces import Pieces

PLACES, USUAL = 128, 12_000
"""How many places are kept; of the pieces that no example has, the first so many are."""
_FIRST_WORD = 999  # by number: before it stands what is no piece of a text
_MARKS = 9  # of those, the first are for close_reading
_AS_IT_IS = ("places", "parts", "last")


def written(arrays: Mapping[str, Any], pieces: Pieces, used: Collection[int]) -> bytes:
    """The file. `arrays`: the weights by name; `used`: the pieces that examples have, by number."""
    kept = [number for number, piece in enumerate(pieces.known) if is_kept(number, piece, used)]
    named = np.frombuffer("\n".join(pieces.known[each] for each in kept).encode(), np.uint8)
    return rounded({**arrays, "known": arrays["known"][kept], "places": arrays["places"][:PLACES]}, {"pieces": named})


def rounded(arrays: Mapping[str, Any], held: Mapping[str, Any] | None = None) -> bytes:
    """The file of some weights, rounded, with what else it is to hold."""
    found = dict(held or {})
    for name, each in arrays.items():
        if each.ndim > 1 and name not in _AS_IT_IS:
            scale = np.maximum(np.abs(each).max(1), 1e-9).astype(np.float32) / 127
            found[name], found[f"{name}.scale"] = np.round(each / scale[:, None]).astype(np.int8), scale
        else:
            found[name] = each
    out = io.BytesIO()
    np.savez_compressed(out, **found)
    return out.getvalue()


def widely(arrays: Mapping[str, Any]) -> bytes:
    """The file of the network that reads widely: without the pieces, which are those of the first, and with one output."""
    one = {name: arrays[name][:1] for name in ("last", "last.plus")}
    return rounded({name: each for name, each in {**arrays, **one}.items() if name != "known"})


def unscaled(held: Mapping[str, Any]) -> dict[str, Any]:
    """The weights of a file as they were before they were rounded, as nearly as it tells."""
    return {
        name: each.astype(np.float32) * held[f"{name}.scale"][:, None]
        if f"{name}.scale" in held
        else each.astype(np.float32)
        for name, each in held.items()
        if not name.endswith(".scale") and name != "pieces"
    }


def is_kept(number: int, piece: str, used: Collection[int]) -> bool:
    """Whether a piece is shipped: the marks, and of those in Latin script what was used, is usual, or is a single letter or mark."""
    if number < _FIRST_WORD:
        return number < _MARKS or piece in ("[UNK]", "[CLS]", "[SEP]")
    latin = all(not letter.isalpha() or ord(letter) < 0x250 for letter in piece)
    return latin and (number in used or number < USUAL or len(piece.removeprefix("##")) == 1)
