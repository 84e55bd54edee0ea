"""The timeline's picture: nothing lies over anything else, everything is inside, and it says what it shows."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import outlines, timeline_colours, timeline_svg
from bot.domain import picture as pictures_of
from bot.domain import picture_axis, picture_bands, timeline_picture
from bot.domain.harvest.finding import TimelineKind
from bot.domain.picture import Form, Picture, Shape, Tone, Words
from bot.domain.picture_marks import LOOKS, Event
from tests.documents import pictures
from tests.documents.pictures import T

SVG = "{http://www.w3.org/2000/svg}"
each_timeline = pytest.mark.parametrize("found", pictures.TIMELINES.values(), ids=pictures.TIMELINES.keys())


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        one[0] < other[2] - 0.01 and other[0] < one[2] - 0.01 and one[1] < other[3] - 0.01 and other[1] < one[3] - 0.01
    )


def of_shape(shape: Shape) -> tuple[float, float, float, float]:
    points = outlines.corners(shape) or tuple(
        (shape.x + x * shape.radius, shape.y + y * shape.radius) for x, y in ((-1, -1), (1, 1))
    )
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


def labels(picture: Picture) -> list[Words]:
    """The words that are not the number on a marker."""
    return [each for each in picture.words if each.on is Tone.PAPER]


def well_drawn(picture: Picture) -> None:
    for one, other in combinations(labels(picture), 2):
        assert not overlap(one.box, other.box), (one, other)
    for shape, words in ((shape, words) for shape in picture.shapes for words in labels(picture)):
        assert not overlap(of_shape(shape), words.box), (shape, words)
    for first, second in combinations(picture.shapes, 2):
        assert math.dist((first.x, first.y), (second.x, second.y)) >= 1.7 * min(first.radius, second.radius), (
            first,
            second,
        )
    for box in (*(each.box for each in labels(picture)), *map(of_shape, picture.shapes)):
        assert box[0] >= 0, box
        assert box[1] >= 0, box
        assert box[2] <= picture.width, box
        assert box[3] <= picture.height, box
    for x, y in (point for rule in picture.rules for point in rule.points):
        assert -0.01 <= x <= picture.width
        assert -0.01 <= y <= picture.height
    for each in picture.boxes:
        assert each.width >= 0
        assert each.x >= 0
        assert each.x + each.width <= picture.width


@each_timeline
def test_nothing_lies_over_anything_else_and_everything_is_inside(found: list[Event]) -> None:
    well_drawn(pictures.drawn(found))


@given(
    st.lists(
        st.tuples(st.integers(0, 6 * 86400), st.sampled_from(list(TimelineKind)), st.text(max_size=60)),
        min_size=1,
        max_size=90,
    )
)
@settings(max_examples=40, deadline=None)
def test_it_is_so_whatever_happened_when(given_events: list[tuple[int, TimelineKind, str]]) -> None:
    found = [Event(T + timedelta(seconds=at), text, kind) for at, kind, text in given_events]
    picture = pictures.drawn(found)
    well_drawn(picture)
    ElementTree.fromstring(timeline_svg.render(picture))


@each_timeline
def test_every_event_has_a_marker_of_its_own(found: list[Event]) -> None:
    picture = pictures.drawn(found)
    key = len({LOOKS[each.kind] for each in found[: timeline_picture.MOST]}) + any(each.proposed for each in found)
    if len(found) <= timeline_picture.MOST:
        assert len(picture.shapes) == len(found) + key


@each_timeline
def test_no_break_of_the_axis_goes_through_a_name_in_a_band(found: list[Event]) -> None:
    picture = pictures.drawn(found)
    plates = [each for each in picture.boxes if each.tone is Tone.PAPER]
    gaps = [each for each in plates if each.width == 8]
    for plate, gap in ((one, other) for one in plates if one.width != 8 for other in gaps):
        beside = plate.x + plate.width <= gap.x or gap.x + gap.width <= plate.x
        assert beside or not gap.y <= plate.y <= gap.y + gap.height


def test_few_events_have_as_many_words_beside_them_as_there_is_room_for() -> None:
    words = "Rolled seat-ledger 7.42.0 back, errors fall to 2 %, https://ada:pw@grafana.example.com:3000/d/abc?x=1"
    picture = pictures.drawn([replace(each, text=words) for each in pictures.events(5, 13)])
    said = [each.text for each in picture.words if each.text.startswith("Rolled")]
    assert said[0].endswith("fall to 2 %, grafana.example.com"), "of an address only where it leads"
    assert all(len(each) > 25 for each in said)


def test_five_events_stand_beside_their_words_and_eighty_are_numbered() -> None:
    few, many = pictures.drawn(pictures.events(5, 13)), pictures.drawn(pictures.events(80, 2))
    assert [each.text for each in few.words if each.text.startswith("Restarted")] == [
        f"Restarted the pods of checkout {number}" for number in range(5)
    ]
    assert not [each for each in few.words if each.on is not Tone.PAPER]
    on_markers = [each.text for each in many.words if each.on is not Tone.PAPER]
    assert sorted(on_markers, key=int) == [str(number) for number in range(1, 81)]
    explained = [each.text for each in labels(many) if each.text.isdigit()]
    assert explained == [str(number) for number in range(1, 81)]


def test_numbers_follow_the_times_also_within_one_instant() -> None:
    picture = pictures.drawn(pictures.events(80, 0))
    entries = [each.text for each in labels(picture) if "Restarted" in each.text]
    assert [int(text.rstrip("…").rsplit(" ", 1)[-1]) for text in entries] == list(range(80))


def test_more_than_can_be_told_apart_keeps_the_story_and_says_what_is_left_out() -> None:
    found = [*pictures.events(300, 1), Event(T + timedelta(hours=6), "It is over", TimelineKind.resolved)]
    picture = pictures.drawn(found)
    assert any(each.text == "181 more events in the document only" for each in picture.words)
    assert "120 of 301 events." in picture.description
    assert any("It is over" in each.text for each in picture.words)


def test_quiet_hours_are_cut_out_and_said() -> None:
    found = [each for day in range(3) for each in pictures.events(20, 5, T + timedelta(days=day))]
    axis = picture_axis.axis([each.at for each in found], 0, 900)
    assert len(axis.stretches) == 3
    xs = [axis.x(each.at) for each in found]
    assert xs == sorted(xs)
    picture = timeline_picture.draw("PM-7", found)
    assert picture is not None
    words = [each.text for each in picture.words]
    assert words.count("22 h") == 2
    assert [text for text in words if text in ("Mon 23 Nov", "Tue 24 Nov", "Wed 25 Nov")] == [
        "Mon 23 Nov", "Tue 24 Nov", "Wed 25 Nov",
    ]  # fmt: skip


def test_even_steps_are_not_cut_up() -> None:
    assert len(picture_axis.axis([T + timedelta(days=day) for day in range(5)], 0, 900).stretches) == 1


def test_midnight_is_drawn_and_the_new_day_named() -> None:
    picture = pictures.drawn(pictures.events(5, 11, pictures.EVENING))
    (day,) = [each for each in picture.words if each.text == "Tue 24 Nov"]
    assert [rule for rule in picture.rules if rule.broken and all(abs(x - day.x) < 0.1 for x, _ in rule.points)]


def test_each_of_ten_days_is_named() -> None:
    words = [each.text for each in pictures.drawn(pictures.events(80, 190)).words]
    assert [f"{day} Nov" for day in range(24, 31)] == [
        each for each in words if each in {f"{day} Nov" for day in range(24, 31)}
    ]


def test_of_a_hundred_days_some_are_named_and_only_these_have_a_line() -> None:
    picture = pictures.drawn(pictures.events(100, 1440))
    named = [each for each in picture.words if each.y == max(w.y for w in picture.words if w.text.endswith("Dec"))]
    lines = [rule for rule in picture.rules if rule.broken and rule.points[0][0] == rule.points[1][0]]
    assert 5 < len(lines) <= len(named) < 30


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=60))
@settings(max_examples=100, deadline=None)
def test_the_axis_keeps_the_order_of_times(seconds: list[int]) -> None:
    times = sorted(T + timedelta(seconds=each) for each in seconds)
    axis = picture_axis.axis(times, 10, 900)
    xs = [axis.x(each) for each in times]
    assert all(earlier <= later + 1e-6 for earlier, later in pairwise(xs))
    assert xs[0] >= 10
    assert xs[-1] <= 900


def test_phases_go_from_moment_to_moment_and_pass_over_what_cannot_be() -> None:
    minute = timedelta(minutes=1)
    known = [("start", T), ("detection", T - minute), ("mitigation", T + 30 * minute), ("resolution", T + 40 * minute)]
    assert [each.said for each in picture_bands.phases(known)] == [
        "Start to mitigation, 30 min", "Mitigation to resolution, 10 min",
    ]  # fmt: skip


def test_phases_and_severities_are_named_inside_or_in_the_key() -> None:
    words = [each.text for each in pictures.drawn(pictures.events(5, 13)).words]
    for said in (
        "Start to detection, 13 min",
        "Detection to mitigation, 13 min",
        "Mitigation to resolution, 26 min",
        "SEV-1",
        "SEV-2",
    ):
        assert words.count(said) == 1


def test_nothing_to_show_is_no_picture() -> None:
    assert timeline_picture.draw("PM-7", []) is None


@each_timeline
def test_the_svg_is_well_formed_and_says_what_it_shows(found: list[Event]) -> None:
    picture = pictures.drawn(found)
    root = ElementTree.fromstring(timeline_svg.render(picture))
    assert root.attrib["role"] == "img"
    named = [root.find(f"{SVG}{tag}") for tag in ("title", "desc")]
    assert [each is not None and each.attrib["id"] for each in named] == root.attrib["aria-labelledby"].split()
    assert "".join(root.itertext()).count("PM-7, timeline") >= 2
    assert len(picture.description) <= 2000


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "]]>", "\" onload='x'", "&lt;", "مرحبا", "\ud800\x00\ufffe", "a\u2028b"]
)
def test_hostile_words_are_words(text: str) -> None:
    picture = pictures.drawn([Event(T, text, TimelineKind.action)])
    svg = timeline_svg.render(picture)
    root = ElementTree.fromstring(svg)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "style", "defs", "pattern", "path", "circle", "rect", "polyline", "polygon", "text",
    }  # fmt: skip
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]
    assert not re.search(r"<script|<image|href", svg)


@pytest.mark.parametrize("colours", [timeline_colours.LIGHT, timeline_colours.DARK], ids=["light", "dark"])
def test_words_and_outlines_have_contrast_enough(colours: dict[Tone, str]) -> None:
    for tone in (Tone.INK, Tone.MUTED):
        assert timeline_colours.contrast(colours[tone], colours[Tone.PAPER]) >= 4.5
    for tone in {tone for _, tone, _ in LOOKS.values()}:
        assert timeline_colours.contrast(timeline_colours.on(tone, colours), colours[tone]) >= 4.5, tone
    bands = [Tone.SEV1, Tone.SEV2, Tone.SEV3, Tone.UNTIL_DETECTION, Tone.UNTIL_MITIGATION, Tone.UNTIL_RESOLUTION]
    for tone in bands:
        assert timeline_colours.contrast(colours[Tone.INK], colours[tone]) >= 3, tone
    assert set(colours) == set(Tone)


def test_no_two_kinds_share_shape_and_colour_and_shapes_alone_tell_them_apart() -> None:
    looks = set(LOOKS.values())
    assert len({said for _, _, said in looks}) == len(looks)
    by_form = {form: {said for each, _, said in looks if each is form} for form in Form}
    assert {form for form, said in by_form.items() if len(said) > 1} <= {Form.CIRCLE}
    light = [timeline_colours.LIGHT[tone] for form, tone, _ in looks if form is Form.CIRCLE]
    assert timeline_colours.contrast(*light) >= 3


def test_clipped_words_say_so_and_fit() -> None:
    clipped = pictures_of.clip("x" * 100, 12, 100)
    assert clipped.endswith("…")
    assert pictures_of.width(clipped, 12) <= 100


def test_times_of_another_zone_are_shown_in_utc() -> None:
    at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC).astimezone()
    assert any("23:30" in each.text for each in pictures.drawn([Event(at, "x", TimelineKind.action)]).words)
