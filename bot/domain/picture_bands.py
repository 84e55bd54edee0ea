"""What lies under the axis of a timeline: the phases, the severity, and the key of shapes and hatches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.domain import phrases, picture, response_times
from bot.domain.picture import Box, Form, Hatch, Shape, Tone, Words
from bot.domain.picture_axis import BREAK, Axis
from bot.domain.picture_marks import LOOKS, Event
from bot.domain.severity_time import Stretch

BAND, _KEY = 22.0, 20.0
_PHASES = {
    "detection": (Tone.UNTIL_DETECTION, Hatch.RISING),
    "mitigation": (Tone.UNTIL_MITIGATION, Hatch.FALLING),
    "resolution": (Tone.UNTIL_RESOLUTION, Hatch.DOTS),
}
_SEVERITIES = {1: (Tone.SEV1, Hatch.RISING), 2: (Tone.SEV2, Hatch.UPRIGHT)}


@dataclass(frozen=True, slots=True)
class Phase:
    """From one known moment to the next; `until` names the later one."""

    start: datetime
    end: datetime
    name: str
    until: str

    @property
    def said(self) -> str:
        """`Start to detection, 6 min`."""
        return f"{self.name}, {response_times.span(self.end - self.start)}"


def phases(moments: Sequence[tuple[str, datetime]]) -> tuple[Phase, ...]:
    """The phases between known moments; a moment before the one that it should follow tells nothing."""
    known: list[tuple[str, datetime]] = []
    for name, at in moments:
        if not known or at > known[-1][1]:
            known.append((name, at))
    return tuple(
        Phase(start, end, f"{before.capitalize()} to {after}", after)
        for (before, start), (after, end) in pairwise(known)
    )


Named = tuple[Tone, Hatch, str]


def bands(
    on: Axis, y: float, passed: Sequence[Phase], severity: Sequence[Stretch]
) -> tuple[list[Box], list[Words], list[Named]]:
    """The phases, and the severity under them, each named inside where it has room; and those that have none."""
    rows: list[list[tuple[datetime, datetime, Named]]] = [
        [(each.start, each.end, (*_PHASES[each.until], each.said)) for each in passed],
        [
            (each.start, each.end, (*_SEVERITIES.get(each.severity, (Tone.SEV3, Hatch.NONE)), f"SEV-{each.severity}"))
            for each in severity
        ],
    ]
    boxes: list[Box] = []
    labels: list[Box] = []
    words: list[Words] = []
    untold: list[Named] = []
    for row in filter(None, rows):
        for start, end, (tone, hatch, said) in row:
            x, length = on.x(start), on.x(end) - on.x(start)
            boxes.append(Box(x, y, length, BAND, tone, hatch))
            taken = picture.width(said, 11, strong=True) + 10
            place = _unbroken(on, x, x + length, taken + 6)
            if place is None:
                untold.append((tone, hatch, said))
                continue
            labels.append(Box(place + 4, y + 3, taken, BAND - 6, Tone.PAPER))
            words.append(Words(place + 9, y + 15, said, 11, strong=True))
        # A band is as broken as the axis.
        boxes += [Box(each.right + BREAK / 2 - 4, y, 8, BAND, Tone.PAPER) for each in on.stretches[:-1]]
        y += BAND + 4
    return [*boxes, *labels], words, list(dict.fromkeys(untold))


def _unbroken(on: Axis, left: float, right: float, room: float) -> float | None:
    """Where so much room begins between these places that no break of the axis goes through it; None where there is none."""
    for each in on.stretches:
        begins = max(left, each.left - BREAK / 2 + 4)
        if min(right, each.right + BREAK / 2 - 4) - begins >= room:
            return begins
    return None


def key(
    shown: Sequence[Event], untold: Sequence[Named], left_out: int, y: float, left: float, right: float
) -> tuple[list[Box], list[Shape], list[Words]]:
    """What shapes and hatches mean, as far as they are there."""
    looks = dict.fromkeys(LOOKS[kind] for kind in LOOKS if any(each.kind is kind for each in shown))
    boxes: list[Box] = []
    shapes: list[Shape] = []
    words: list[Words] = []
    x = left
    marks: list[tuple[str, tuple[Form, Tone, bool] | tuple[Tone, Hatch]]] = [
        (said, (form, tone, False)) for form, tone, said in looks
    ]
    if any(each.proposed for each in shown):
        marks.append(("proposed, and not looked at yet", (Form.CIRCLE, Tone.PAPER, True)))
    marks += [(said, (tone, hatch)) for tone, hatch, said in untold]
    for said, look in marks:
        taken = 22 + picture.width(said, 11) + 16
        if x + taken > right:
            x, y = left, y + _KEY
        if len(look) == 3:
            shapes.append(Shape(x + 8, y - 4, 7, look[0], look[1], look[2]))
        else:
            boxes.append(Box(x, y - 10, 17, 12, look[0], look[1]))
        words.append(Words(x + 22, y, said, 11, tone=Tone.MUTED))
        x += taken
    if left_out:
        said = f"{phrases.count(left_out, 'more event')} in the document only"
        words.append(Words(left, y + _KEY, said, 11, strong=True))
    return boxes, shapes, words
