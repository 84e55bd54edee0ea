"""The timeline at one look: what happened and when, above the phases from the start to detection, mitigation and resolution and
the severity. Events are numbered and explained beneath where there are too many for words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from bot.domain import emoji, phrases, picture, picture_axis, picture_bands, picture_marks, typed
from bot.domain.harvest.finding import TimelineKind as Kind
from bot.domain.picture import Picture, Rule, Words
from bot.domain.picture_axis import Axis
from bot.domain.picture_bands import Phase
from bot.domain.picture_marks import LOOKS, PITCH, Event, Marks
from bot.domain.severity_time import Stretch

WIDTH, _LEFT, _RIGHT = 960.0, 24.0, 936.0
# More of them cannot be told apart; those that carry the story stay.
MOST = 120
# Of an address only where it leads: the rest of it is for following it, and takes the room that words need.
_ADDRESS = re.compile(r"https?://(?:[^\s/?#@]*@)?([^\s/?#:]+)\S*", re.IGNORECASE)
_STEPS = range(int(_RIGHT), 640, -16)
_WEIGHT = (
    Kind.impact_start, Kind.resolved, Kind.mitigation, Kind.detection, Kind.page, Kind.severity_change,
    Kind.status_change, Kind.public, Kind.decision, Kind.action, Kind.other,
)  # fmt: skip


def draw(
    name: str, events: Iterable[Event], moments: Sequence[tuple[str, datetime]] = (), severity: Sequence[Stretch] = ()
) -> Picture | None:
    """The picture of one post-mortem; None while there is nothing to show. `moments` are the known ones of start, detection,
    mitigation and resolution, with their names; all times are aware. The same is asked for again and again, and kept."""
    return _drawn(name, tuple(events), tuple(moments), tuple(severity))


@lru_cache(maxsize=16)
def _drawn(
    name: str, events: Sequence[Event], moments: Sequence[tuple[str, datetime]], severity: Sequence[Stretch]
) -> Picture | None:
    cleaned = (replace(each, at=each.at.astimezone(UTC), text=plain(each.text)) for each in events)
    everything = sorted(cleaned, key=lambda each: each.at)
    shown, passed = _most_important(everything), picture_bands.phases(moments)
    if not shown:
        return None
    instants = [each.at for each in shown]
    instants += [at for each in passed for at in (each.start, each.end)]
    instants += [at for each in severity for at in (each.start, each.end)]
    title = f"{name}, timeline: {_days(instants)} (UTC)"
    described = _described(title, everything, shown, passed, severity)
    flags = _with_words(shown, instants)
    on = flags[0] if flags else picture_axis.axis(instants, _LEFT, _RIGHT)
    left, right = _LEFT + PITCH / 2, _RIGHT - PITCH / 2
    above = flags[1] if flags else picture_marks.numbers(shown, on, left, right)
    return _composed(
        Picture(WIDTH, 0, title, described), on, above, passed, severity, shown if flags is None else (), shown,
        len(everything) - len(shown),
    )  # fmt: skip


def plain(text: str) -> str:
    """The words as they stand in the picture: on one line, without short codes of emoji, and of addresses the host."""
    return emoji.without_codes(_ADDRESS.sub(r"\1", text))


def _most_important(events: Sequence[Event]) -> list[Event]:
    by_weight = sorted(range(len(events)), key=lambda each: (events[each].proposed, _WEIGHT.index(events[each].kind)))
    return [events[each] for each in sorted(by_weight[:MOST])]


def _days(instants: Sequence[datetime]) -> str:
    first, last = min(instants), max(instants)
    begins = phrases.day(first.date())
    return begins if first.date() == last.date() else f"{begins} to {phrases.day(last.date())}"


def _with_words(shown: Sequence[Event], instants: Sequence[datetime]) -> tuple[Axis, Marks] | None:
    """The widest axis that leaves room for the words of the last events."""
    for right in _STEPS:
        on = picture_axis.axis(instants, _LEFT, float(right))
        if above := picture_marks.labels(shown, on, _RIGHT):
            return on, above
    return None


def _described(
    title: str,
    everything: Sequence[Event],
    shown: Sequence[Event],
    passed: Sequence[Phase],
    severity: Sequence[Stretch],
) -> str:
    parts = [f"{title}.", f"{phrases.count(len(everything), 'event')}."]
    if len(shown) < len(everything):
        parts = [f"{title}.", f"{len(shown)} of {len(everything)} events."]
    if passed:
        parts.append(f"Phases: {'; '.join(each.said for each in passed)}.")
    if severity:
        said = (f"SEV-{each.severity} from {_moment(each.start)} to {_moment(each.end)}" for each in severity)
        parts.append(f"Severity: {'; '.join(said)}.")
    for kind in (Kind.impact_start, Kind.detection, Kind.mitigation, Kind.resolved):
        found = next((each for each in shown if each.kind is kind), None)
        if found:
            parts.append(f"{_moment(found.at)}, {LOOKS[kind][2]}: {picture.clip(found.text, 1, 60)}.")
    return typed.clip(" ".join(parts), 1900)


def _moment(at: datetime) -> str:
    return f"{picture_axis.day(at)} {at:%H:%M}"


def _composed(
    empty: Picture, on: Axis, above: Marks, passed: Sequence[Phase], severity: Sequence[Stretch], listed: Sequence[Event],
    shown: Sequence[Event], left_out: int,
) -> Picture:  # fmt: skip
    """Everything beneath each other: title, marks, axis, bands, key, and the list of what the numbers mean."""
    y = 34 + above.height
    words = [Words(_LEFT, 24, empty.title, 15, strong=True)]
    bands = y + 44
    boxes, in_boxes, untold = picture_bands.bands(on, bands, passed, severity)
    bottom = bands + picture_bands.BAND * (bool(passed) + bool(severity)) + 4 * (bool(passed) and bool(severity))
    rules, times = picture_axis.marks(on, y, 40, bottom)
    words += [replace(each, y=each.y + y) for each in above.words] + times + in_boxes
    shapes = [replace(each, y=each.y + y) for each in above.shapes]
    poles = [replace(each, points=tuple((x, at + y) for x, at in each.points)) for each in above.rules]
    key = picture_bands.key(shown, untold, left_out, bottom + (24 if boxes else 10), _LEFT, _RIGHT)
    bottom = max((each.y for each in key[2]), default=bottom) + 12
    if listed:
        end, entries = picture_marks.legend(listed, _LEFT, _RIGHT, bottom + 22)
        rules.append(Rule(((_LEFT, bottom), (_RIGHT, bottom))))
        words += entries
        bottom = end - 6
    return replace(
        empty, height=bottom + 12, boxes=(*boxes, *key[0]), rules=(*rules, *poles), shapes=(*shapes, *key[1]),
        words=(*words, *key[2]),
    )  # fmt: skip
