"""Which names an emoji may have: the standard ones, those of the workspace, and a skin tone where there is one."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from sandbox.spec import files
from sandbox.spec.types import words

TONES = frozenset(f"skin-tone-{number}" for number in range(2, 7))


@cache
def _table() -> tuple[frozenset[str], frozenset[str]]:
    """(all standard names, those of them that take a skin tone)."""
    rows = files.mapping(Path(__file__).with_name("emoji.yml"), "table of emoji")
    toned = words(rows["toned"])
    return toned | words(rows["plain"]) | words(rows["own"]), toned


def known(name: str, custom: Collection[str] = ()) -> bool:
    """True for a standard short name, with or without a skin tone, and for one of the workspace's own."""
    standard, toned = _table()
    if name in custom or name in standard:
        return True
    plain, mark, tone = name.partition("::")
    return bool(mark) and tone in TONES and plain in toned
