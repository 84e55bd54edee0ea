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
    cut = {**arrays, "known": arrays["known"][kept], "places": arrays["places"][:PLACES]}
    held: dict[str, Any] = {"pieces": np.frombuffer("\n".join(pieces.known[each] for each in kept).encode(), np.uint8)}
    for name, each in cut.items():
        if each.ndim > 1 and name not in _AS_IT_IS:
            scale = np.maximum(np.abs(each).max(1), 1e-9).astype(np.float32) / 127
            held[name], held[f"{name}.scale"] = np.round(each / scale[:, None]).astype(np.int8), scale
        else:
            held[name] = each
    out = io.BytesIO()
    np.savez_compressed(out, **held)
    return out.getvalue()


def is_kept(number: int, piece: str, used: Collection[int]) -> bool:
    """Whether a piece is shipped: the marks, and of those in Latin script what was used, is usual, or is a single letter or mark."""
    if number < _FIRST_WORD:
        return number < _MARKS or piece in ("[UNK]", "[CLS]", "[SEP]")
    latin = all(not letter.isalpha() or ord(letter) < 0x250 for letter in piece)
    return latin and (number in used or number < USUAL or len(piece.removeprefix("##")) == 1)
