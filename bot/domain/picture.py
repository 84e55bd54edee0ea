"""A picture as a value that belongs to no format: boxes, lines, shapes and words with their places, so that every renderer draws
the same one. Lengths are units of the picture, y grows downwards; colours are named by what they mean."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot.domain import typed

# Letters of the widest of the usual sans-serif fonts, in parts of the size: places are kept for the worst of them.
_SHARES = {
    **dict.fromkeys("ijl'", 0.3), **dict.fromkeys("I.,:;|/\\ ", 0.36), **dict.fromkeys("frt()[]!-", 0.43),
    **dict.fromkeys("#&+<=>^~", 0.86),
    **dict.fromkeys("csvxyzkJ\"?*_`", 0.6), **dict.fromkeys("mwMW@%—…", 1.0), **dict.fromkeys("EFLPSTZ", 0.7),
}  # fmt: skip
_LARGE, _SMALL, _FOREIGN = 0.8, 0.64, 0.86
_STRONG = 1.16


class Tone(StrEnum):
    """What a colour means."""

    INK = "ink"
    MUTED = "muted"
    LINE = "line"
    PAPER = "paper"
    BEGAN = "began"
    NOTICED = "noticed"
    CHANGED = "changed"
    TOLD = "told"
    DONE = "done"
    DECIDED = "decided"
    EASED = "eased"
    OVER = "over"
    OTHER = "other"
    SEV1 = "sev1"
    SEV2 = "sev2"
    SEV3 = "sev3"
    UNTIL_DETECTION = "until-detection"
    UNTIL_MITIGATION = "until-mitigation"
    UNTIL_RESOLUTION = "until-resolution"


class Form(StrEnum):
    """The outline of a shape, which tells what a colour tells to eyes that see few."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    UP = "up"
    DOWN = "down"
    PENTAGON = "pentagon"
    HEXAGON = "hexagon"
    OCTAGON = "octagon"


class Hatch(StrEnum):
    """What lies over the colour of a box."""

    NONE = "none"
    RISING = "rising"
    FALLING = "falling"
    UPRIGHT = "upright"
    DOTS = "dots"


class Anchor(StrEnum):
    """Which part of the words `x` is."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Words:
    """One line; `y` is the line that letters stand on. `on` is what is behind them."""

    x: float
    y: float
    text: str
    size: float = 12
    anchor: Anchor = Anchor.START
    strong: bool = False
    tone: Tone = Tone.INK
    on: Tone = Tone.PAPER

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what it may take."""
        length = width(self.text, self.size, strong=self.strong)
        left = self.x - {Anchor.START: 0.0, Anchor.MIDDLE: length / 2, Anchor.END: length}[self.anchor]
        return left, self.y - 0.8 * self.size, left + length, self.y + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Shape:
    """A marker around its middle; `proposed` ones have a broken outline."""

    x: float
    y: float
    radius: float
    form: Form
    tone: Tone
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with its hatch."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone
    hatch: Hatch = Hatch.NONE


@dataclass(frozen=True, slots=True)
class Rule:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    tone: Tone = Tone.LINE
    weight: float = 1
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, from the back to the front: `boxes`, `rules`, `shapes`, `words`. `title` and `description` are for those who
    do not see it."""

    width: float
    height: float
    title: str
    description: str
    boxes: tuple[Box, ...] = ()
    rules: tuple[Rule, ...] = ()
    shapes: tuple[Shape, ...] = ()
    words: tuple[Words, ...] = ()


def width(text: str, size: float, *, strong: bool = False) -> float:
    """How long a line may be at the most, in units; an estimate, since every reader has other fonts."""
    return sum(map(_share, text)) * size * (_STRONG if strong else 1.0)


def clip(text: str, size: float, most: float, *, strong: bool = False) -> str:
    """At most that long, with a visible … where something was left out."""
    room = most - width(typed.ELLIPSIS, size, strong=strong)
    length, kept = 0.0, 0
    for place, letter in enumerate(text):
        length += width(letter, size, strong=strong)
        if length <= room:
            kept = place + 1
        elif length > most:
            # The rest need not be measured: a log that somebody pasted is long.
            return text[:kept].rstrip() + typed.ELLIPSIS
    return text


def _share(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return 1.3 if unicodedata.category(letter) == "So" else 1.02
    if letter in _SHARES:
        return _SHARES[letter]
    if letter.isupper():
        return _LARGE
    return _SMALL if letter.isascii() else _FOREIGN
