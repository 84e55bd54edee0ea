"""The timeline's picture as PNG, for places that show no SVG: the same picture at twice its size, on white. Its fonts come along; before
letters that they lack words end in a … and leave the rest to the document; emoji are left out."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.documents import outlines, right_to_left, timeline_colours
from bot.documents.timeline_colours import LIGHT
from bot.domain import emoji
from bot.domain.picture import Anchor, Box, Hatch, Picture, Rule, Shape, Tone, Words

SCALE = 2
# Drawn larger and made small, edges are smooth.
_DRAWN = 2 * SCALE
_FONTS = Path(__file__).with_name("fonts")
_NONE = "\U0010fffe"
_HATCH = 6
_MOST, _ALIKE = 128, 12
Point = tuple[float, float]


@lru_cache(maxsize=8)
def render(picture: Picture) -> bytes:
    """A PNG file. The same picture gives the same file; the last ones are kept, since one goes into several threads."""
    size = (round(picture.width * _DRAWN), round(picture.height * _DRAWN))
    image = Image.new("RGB", size, LIGHT[Tone.PAPER])
    draw = ImageDraw.Draw(image)
    for box in picture.boxes:
        _box(image, draw, box)
    for rule in picture.rules:
        _rule(draw, rule)
    for shape in picture.shapes:
        _shape(draw, shape)
    small = image.resize((size[0] // 2, size[1] // 2), Image.Resampling.LANCZOS)
    # Letters are drawn at their own size, where they are sharpest.
    draw = ImageDraw.Draw(small)
    for words in picture.words:
        _words(draw, words)
    out = io.BytesIO()
    _few_colours(small).save(out, "PNG", optimize=True)
    return out.getvalue()


def _few_colours(image: Image.Image) -> Image.Image:
    """The colours that most of it has stay as they are; those between them are edges, of which a few are enough. Two that are alike
    would be taken for each other."""
    counted = sorted(image.getcolors(image.width * image.height) or [], reverse=True)
    kept: list[tuple[int, ...]] = []
    for _, colour in counted:
        if isinstance(colour, tuple) and all(_apart(colour, other) >= _ALIKE for other in kept):
            kept.append(colour)
        if len(kept) == _MOST:
            break
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in kept for part in colour])
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def _apart(one: Sequence[int], other: Sequence[int]) -> int:
    return max(abs(first - second) for first, second in zip(one, other, strict=True))


def drawable(text: str) -> bool:
    """Whether the fonts have all of these letters and may set them one after the other."""
    return all(map(_drawable, text))


@lru_cache(maxsize=4096)
def _drawable(letter: str) -> bool:
    if unicodedata.combining(letter):
        return False
    font = _font(20, False)
    return letter == " " or bytes(font.getmask(letter)) != bytes(font.getmask(_NONE))


@lru_cache(maxsize=64)
def _font(size: int, strong: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansCondensed-Bold.ttf" if strong else "DejaVuSansCondensed.ttf"
    return ImageFont.truetype(_FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def _words(draw: ImageDraw.ImageDraw, words: Words) -> None:
    colour = LIGHT[words.tone] if words.on is Tone.PAPER else timeline_colours.on(words.on, LIGHT)
    anchor = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}[words.anchor]
    font = _font(round(words.size * SCALE), words.strong)
    draw.text((words.x * SCALE, words.y * SCALE), shown(words.text), fill=colour, font=font, anchor=anchor)


def shown(text: str) -> str:
    """The words in the order in which their letters stand, or as far as they can be drawn, with a … for the rest; emoji are left out."""
    text = unicodedata.normalize("NFC", text.translate(dict.fromkeys(map(ord, emoji.JOINTS))))
    if drawable(ordered := right_to_left.ordered(text)):
        return ordered
    plain = right_to_left.plain(text)
    left = "".join(letter for letter in plain if _drawable(letter) or not emoji.is_picture(letter))
    words = " ".join(left.split())
    if words and drawable(ordered := right_to_left.ordered(words)):
        return ordered
    kept = words[: next((place for place, letter in enumerate(words) if not _drawable(letter)), 0)]
    return right_to_left.ordered(f"{kept.rstrip()} …".strip())


def _box(image: Image.Image, draw: ImageDraw.ImageDraw, box: Box) -> None:
    left, top, right, bottom = (round(each * _DRAWN) for each in (box.x, box.y, box.x + box.width, box.y + box.height))
    draw.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), fill=LIGHT[box.tone])
    if box.hatch is Hatch.NONE or right <= left:
        return
    part = image.crop((left, top, right, bottom))
    _hatch(ImageDraw.Draw(part), box.hatch, right - left, bottom - top, _between(LIGHT[box.tone], LIGHT[Tone.INK]))
    image.paste(part, (left, top))


def _hatch(draw: ImageDraw.ImageDraw, hatch: Hatch, width: int, height: int, colour: str) -> None:
    step = _HATCH * _DRAWN
    if hatch is Hatch.DOTS:
        for row, y in enumerate(range(step // 4, height, step // 2)):
            for x in range(step // 4 if row % 2 else step * 3 // 4, width, step):
                draw.ellipse((x - _DRAWN, y - _DRAWN, x + _DRAWN, y + _DRAWN), fill=colour)
        return
    lean = {Hatch.RISING: height, Hatch.FALLING: -height}.get(hatch, 0)
    for x in range(-height - step, width + height + step, step):
        draw.line((x, height, x + lean, 0), fill=colour, width=_DRAWN)


def _between(one: str, other: str, share: float = 0.4) -> str:
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(first + (second - first) * share):02x}" for first, second in pairs)


def _rule(draw: ImageDraw.ImageDraw, rule: Rule) -> None:
    _line(draw, rule.points, LIGHT[rule.tone], rule.weight, (3, 3) if rule.broken else None)


def _shape(draw: ImageDraw.ImageDraw, shape: Shape) -> None:
    corners = outlines.corners(shape) or tuple(_around(shape))
    draw.polygon([(x * _DRAWN, y * _DRAWN) for x, y in corners], fill=LIGHT[shape.tone])
    _line(draw, (*corners, *corners[:2]), LIGHT[Tone.INK], 1.5, (3, 2) if shape.proposed else None)


def _around(shape: Shape) -> Iterator[Point]:
    for each in range(72):
        turn = 2 * math.pi * each / 72
        yield shape.x + shape.radius * math.sin(turn), shape.y - shape.radius * math.cos(turn)


def _line(
    draw: ImageDraw.ImageDraw, points: Sequence[Point], colour: str, weight: float, dashes: tuple[float, float] | None
) -> None:
    """A line through the points, whole or in dashes of these lengths with these gaps."""
    width = max(1, round(weight * _DRAWN))
    parts = [list(points)] if dashes is None else _dashed(points, *dashes)
    for part in parts:
        draw.line([(x * _DRAWN, y * _DRAWN) for x, y in part], fill=colour, width=width, joint="curve")


def _dashed(points: Sequence[Point], drawn: float, gap: float) -> list[list[Point]]:
    found: list[list[Point]] = []
    gone = 0.0
    for (x, y), (to_x, to_y) in pairwise(points):
        length, at = math.dist((x, y), (to_x, to_y)), 0.0
        while at < length:
            place = (gone + at) % (drawn + gap)
            until = min(length, at + (drawn - place if place < drawn else drawn + gap - place) + 1e-6)
            if place < drawn:
                found.append([(x + (to_x - x) * each / length, y + (to_y - y) * each / length) for each in (at, until)])
            at = until
        gone += length
    return found
