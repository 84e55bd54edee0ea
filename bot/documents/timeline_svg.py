"""The timeline's picture as SVG: by itself, or inside of the HTML document. It follows the reader's theme, has its words as text,
and says in a title and a description what it shows."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from bot.documents import outlines, timeline_colours
from bot.domain import typed
from bot.domain.picture import Box, Hatch, Picture, Rule, Shape, Tone, Words

_NOT_XML = re.compile("[\x85\ufdd0-\ufdef\ufffe\uffff]")
_FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","DejaVu Sans",sans-serif'
_HATCHES = {
    Hatch.RISING: '<path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" class="tl-hatch"/>',
    Hatch.FALLING: '<path d="M0 0L6 6M-1 5L1 7M5 -1L7 1" class="tl-hatch"/>',
    Hatch.UPRIGHT: '<path d="M1.5 0V6" class="tl-hatch"/>',
    Hatch.DOTS: '<circle cx="1.5" cy="1.5" r="1" class="tl-dot"/><circle cx="4.5" cy="4.5" r="1" class="tl-dot"/>',
}


def render(picture: Picture) -> str:
    """An SVG element, ending with a line end; a file of its own as it is. The same picture gives the same text."""
    width, height = _number(picture.width), _number(picture.height)
    return "".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="tl-title tl-desc">\n',
        f'<title id="tl-title">{_escaped(picture.title)}</title>\n<desc id="tl-desc">{_escaped(picture.description)}</desc>\n',
        f"<style>{_style()}</style>\n<defs>{''.join(_pattern(*each) for each in _HATCHES.items())}</defs>\n",
        f'<rect width="{width}" height="{height}" class="tl-paper"/>\n',
        *map(_box, picture.boxes), *map(_rule, picture.rules), *map(_shape, picture.shapes), *map(_words, picture.words),
        "</svg>\n",
    ))  # fmt: skip


def _style() -> str:
    light, dark = _theme(timeline_colours.LIGHT), _theme(timeline_colours.DARK)
    tones = "".join(f".tl-{tone}{{fill:var(--tl-{tone})}}.tl-on-{tone}{{fill:var(--tl-on-{tone})}}" for tone in Tone)
    return (
        f".timeline{{{light};font-family:{_FONT}}}@media (prefers-color-scheme:dark){{.timeline{{{dark}}}}}"
        f"@media print{{.timeline{{{light}}}}}{tones}"
        ".tl-rule{fill:none}.tl-mark{stroke:var(--tl-ink);stroke-width:1.5}.tl-proposed{stroke-dasharray:3 2}"
        ".tl-hatch{stroke:var(--tl-ink);stroke-opacity:.4;stroke-width:1;fill:none}"
        ".tl-dot{fill:var(--tl-ink);fill-opacity:.4}.tl-strong{font-weight:600}"
    )


def _theme(colours: Mapping[Tone, str]) -> str:
    pairs = [
        f"--tl-{tone}:{colour};--tl-on-{tone}:{timeline_colours.on(tone, colours)}" for tone, colour in colours.items()
    ]
    return ";".join(pairs)


def _pattern(hatch: Hatch, drawn: str) -> str:
    return f'<pattern id="tl-{hatch}" width="6" height="6" patternUnits="userSpaceOnUse">{drawn}</pattern>'


def _box(box: Box) -> str:
    place = (
        f'x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}" rx="2"'
    )
    over = "" if box.hatch is Hatch.NONE else f'<rect {place} fill="url(#tl-{box.hatch})"/>'
    return f'<rect {place} class="tl-{box.tone}"/>{over}\n'


def _rule(rule: Rule) -> str:
    broken = ' stroke-dasharray="3 3"' if rule.broken else ""
    return (
        f'<polyline points="{_points(rule.points)}" class="tl-rule" stroke="var(--tl-{rule.tone})" '
        f'stroke-width="{_number(rule.weight)}"{broken}/>\n'
    )


def _shape(shape: Shape) -> str:
    looks = f'class="tl-mark tl-{shape.tone}{" tl-proposed" if shape.proposed else ""}"'
    corners = outlines.corners(shape)
    if corners:
        return f'<polygon points="{_points(corners)}" stroke-linejoin="round" {looks}/>\n'
    return f'<circle cx="{_number(shape.x)}" cy="{_number(shape.y)}" r="{_number(shape.radius)}" {looks}/>\n'


def _words(words: Words) -> str:
    tone = f"tl-{words.tone}" if words.on is Tone.PAPER else f"tl-on-{words.on}"
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    strong = " tl-strong" if words.strong else ""
    return (
        f'<text x="{_number(words.x)}" y="{_number(words.y)}" font-size="{_number(words.size)}" '
        f'class="{tone}{strong}"{anchor}>{_escaped(typed.isolate(words.text))}</text>\n'
    )


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    return html.escape(_NOT_XML.sub("\ufffd", text), quote=True)
