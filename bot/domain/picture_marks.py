"""Where the events of a timeline are drawn: beside their words while all of them have room, else as numbers that a list explains.
Nothing that is drawn here lies over anything else of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import picture, picture_axis, timeline
from bot.domain.harvest.finding import TimelineKind as Kind
from bot.domain.picture import Anchor, Form, Rule, Shape, Tone, Words
from bot.domain.picture_axis import Axis

PITCH, RADIUS = 27.0, 11.0
_BESIDE = RADIUS + 5
_LANES, _LANE, _SIZE = 6, 36.0, 12.0
# How long words beside an event may be: the longest with which all of them have room, and for the last events no less than the least.
_LABELS = (540.0, 380.0, 220.0)
_ROW, _GAP = 18.0, 24.0
LOOKS: Mapping[Kind, tuple[Form, Tone, str]] = {
    Kind.impact_start: (Form.UP, Tone.BEGAN, "impact starts"),
    Kind.detection: (Form.DIAMOND, Tone.NOTICED, "detection or page"),
    Kind.page: (Form.DIAMOND, Tone.NOTICED, "detection or page"),
    Kind.severity_change: (Form.PENTAGON, Tone.CHANGED, "severity or status"),
    Kind.status_change: (Form.PENTAGON, Tone.CHANGED, "severity or status"),
    Kind.public: (Form.SQUARE, Tone.TOLD, "told to customers"),
    Kind.decision: (Form.HEXAGON, Tone.DECIDED, "decision"),
    Kind.action: (Form.CIRCLE, Tone.DONE, "action"),
    Kind.mitigation: (Form.DOWN, Tone.EASED, "mitigation"),
    Kind.resolved: (Form.OCTAGON, Tone.OVER, "resolved"),
    Kind.other: (Form.CIRCLE, Tone.OTHER, "other"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event: when it was (aware, UTC), about when, what, and whether nobody stands behind it yet."""

    at: datetime
    text: str
    kind: Kind
    about: bool = False
    proposed: bool = False

    @property
    def head(self) -> str:
        """`14:02 Detection`."""
        kind = "" if self.kind is Kind.other else f" {timeline.kind_label(self.kind)}"
        return f"{'about ' if self.about else ''}{self.at:%H:%M}{kind}"


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands above an axis at y = 0, so with places below zero; `height` is how far it reaches."""

    height: float
    shapes: tuple[Shape, ...]
    rules: tuple[Rule, ...]
    words: tuple[Words, ...]


def labels(events: Sequence[Event], on: Axis, right: float) -> Marks | None:
    """Each event with its words, as flags on poles; None where they have no room. An earlier flag flies above a later one, so that
    no pole goes through words."""
    xs = [on.x(each.at) for each in events]
    for most in _LABELS:
        said = [_said(each, min(most, right - x - _BESIDE)) for each, x in zip(events, xs, strict=True)]
        lengths = [_length(each, words) for each, words in zip(events, said, strict=True)]
        if any(x + length > right for x, length in zip(xs, lengths, strict=True)):
            return None
        lanes = _lanes(xs, lengths)
        if max(lanes, default=0) < _LANES:
            return _flags([_flag(*each) for each in zip(events, xs, lanes, said, strict=True)], lanes)
    return None


def _flags(flags: Sequence[tuple[Shape, Rule, tuple[Words, ...]]], lanes: Sequence[int]) -> Marks:
    return Marks(
        (max(lanes, default=0) + 1) * _LANE + 14,
        tuple(shape for shape, _, _ in flags),
        tuple(rule for _, rule, _ in flags),
        tuple(words for _, _, both in flags for words in both),
    )


def _said(each: Event, most: float) -> str:
    return picture.clip(each.text, _SIZE, max(most, _LABELS[-1]))


def _length(each: Event, said: str) -> float:
    return _BESIDE + max(picture.width(each.head, _SIZE, strong=True), picture.width(said, _SIZE))


def _lanes(xs: Sequence[float], lengths: Sequence[float]) -> list[int]:
    lanes = [0] * len(xs)
    for place in reversed(range(len(xs))):
        end = xs[place] + lengths[place] + 8
        under = [lanes[later] for later in range(place + 1, len(xs)) if xs[later] - RADIUS < end]
        lanes[place] = 1 + max(under, default=-1)
    return lanes


def _flag(each: Event, x: float, lane: int, said: str) -> tuple[Shape, Rule, tuple[Words, ...]]:
    y = -(lane * _LANE + 30)
    form, tone, _ = LOOKS[each.kind]
    left = x + _BESIDE
    return (
        Shape(x, y, RADIUS - 2, form, tone, each.proposed),
        Rule(((x, y), (x, 0)), Tone.MUTED),
        (Words(left, y - 3, each.head, _SIZE, strong=True), Words(left, y + 12, said, _SIZE)),
    )


def numbers(events: Sequence[Event], on: Axis, left: float, right: float) -> Marks:
    """A number each, in columns that keep the order, with lines to the places on the axis."""
    xs = [on.x(each.at) for each in events]
    columns = _columns(xs, right - left)
    places = _apart([sum(xs[each] for each in column) / len(column) for column in columns], left, right)
    shapes: list[Shape] = []
    rules: list[Rule] = []
    words: list[Words] = []
    for x, column in zip(places, columns, strict=True):
        rules += [Rule(((x, -22), (foot, 0)), Tone.MUTED) for foot in sorted({xs[each] for each in column})]
        for row, each in enumerate(column):
            y = -(row * PITCH + 34)
            form, tone, _ = LOOKS[events[each].kind]
            shapes.append(Shape(x, y, RADIUS, form, tone, events[each].proposed))
            low = {Form.UP: 6.5, Form.DOWN: 2.5}.get(form, 3.5)
            words.append(Words(x, y + low, str(each + 1), 10 if each < 99 else 8.5, Anchor.MIDDLE, True, on=tone))
    height = max((len(column) for column in columns), default=0) * PITCH + 24
    return Marks(height, tuple(shapes), tuple(rules), tuple(words))


def _columns(xs: Sequence[float], room: float) -> list[list[int]]:
    """As low as they have room side by side."""
    for most in range(4, max(5, len(xs) + 1)):
        columns: list[list[int]] = []
        for each, x in enumerate(xs):
            if columns and len(columns[-1]) < most and x - xs[columns[-1][0]] < PITCH:
                columns[-1].append(each)
            else:
                columns.append([each])
        if (len(columns) - 1) * PITCH <= room:
            return columns
    return [list(range(len(xs)))]


def _apart(wanted: Sequence[float], left: float, right: float) -> list[float]:
    """The places nearest to these that are a pitch apart; they have room. Neighbours that collide spread to both sides."""
    groups: list[tuple[float, int]] = []
    for place, x in enumerate(wanted):
        mean, many = x - place * PITCH, 1
        while groups and groups[-1][0] > mean:
            before, number = groups.pop()
            mean, many = (before * number + mean * many) / (number + many), number + many
        groups.append((mean, many))
    means = [mean for mean, many in groups for _ in range(many)]
    last = right - (len(wanted) - 1) * PITCH
    return [max(left, min(last, mean)) + place * PITCH for place, mean in enumerate(means)]


def legend(events: Sequence[Event], left: float, right: float, y: float) -> tuple[float, tuple[Words, ...]]:
    """What the numbers stand for, in two columns; and where it ends."""
    rows, half = (len(events) + 1) // 2, (right - left - _GAP) / 2
    several = len({each.at.date() for each in events}) > 1
    words = []
    for place, each in enumerate(events):
        x = left + (half + _GAP) * (place // rows)
        line = y + _ROW * (place % rows)
        when = f"{picture_axis.day(each.at)} {each.head}" if several else each.head
        said = picture.clip(f"{when}{': ' if each.text else ''}{each.text}", _SIZE, half - 30)
        words.append(Words(x + 22, line, str(place + 1), _SIZE, Anchor.END, strong=True))
        words.append(Words(x + 30, line, said, _SIZE))
    return y + _ROW * rows, tuple(words)
