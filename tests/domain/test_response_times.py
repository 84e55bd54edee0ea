"""Times to detect, acknowledge, mitigate and resolve (X-4): from the kinds of the kept lines, with the details as stand-ins."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain import response_times
from bot.domain.harvest.finding import TimelineKind as Kind
from bot.domain.postmortem import Times
from bot.domain.timeline import Item
from tests import factories

START = factories.STARTED
NOTHING = Times(None, None, None)


def item(kind: Kind, minute: float, **values: object) -> Item:
    at = START + timedelta(minutes=minute)
    return Item(f"{kind}{minute}", "record-7", at, "x", kind, "U1", at, **values)  # type: ignore[arg-type]


def said(*items: Item, times: Times = NOTHING) -> dict[str, str]:
    return {each.name: each.said for each in response_times.response_times(items, times)}


def test_every_time_comes_from_its_kinds() -> None:
    found = said(
        item(Kind.action, -5), item(Kind.impact_start, 0), item(Kind.page, 4), item(Kind.detection, 6),
        item(Kind.decision, 9), item(Kind.action, 20), item(Kind.mitigation, 84), item(Kind.resolved, 100),
        item(Kind.resolved, 60 * 51),
    )  # fmt: skip
    assert found == {
        "to detect": "6 min", "to acknowledge": "5 min", "to mitigate": "1 h 24 min", "to resolve": "2 days 3 h",
    }  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.action, Kind.decision, Kind.status_change])
def test_it_is_acknowledged_by_the_first_thing_that_somebody_does_after_they_know(kind: Kind) -> None:
    found = said(item(Kind.severity_change, 5), item(Kind.page, 4), item(kind, 4), item(Kind.action, 30))
    assert found["to acknowledge"] == "0 s"


def test_the_first_page_detects_it_where_nothing_else_does() -> None:
    assert said(item(Kind.impact_start, 0), item(Kind.page, 0.75))["to detect"] == "45 s"


def test_what_is_missing_is_named() -> None:
    assert said() == {
        "to detect": "not known: needs when it began and when it was noticed or somebody was paged",
        "to acknowledge": "not known: needs when it was noticed or somebody was paged and "
        "the first action, decision or status change after that",
        "to mitigate": "not known: needs when it began and the first mitigation",
        "to resolve": "not known: needs when it began and when it was resolved",
    }
    assert response_times.line(response_times.response_times((), NOTHING)) == ""


def test_the_details_stand_in_and_it_is_said_so() -> None:
    times = Times(START, START + timedelta(minutes=6), factories.RESOLVED)
    found = said(item(Kind.mitigation, 30), times=times)
    assert found["to detect"] == "6 min (with a time of the incident's details)"
    assert found["to resolve"] == "2 h (with a time of the incident's details)"
    assert found["to mitigate"] == "30 min (with a time of the incident's details)"
    assert said(item(Kind.impact_start, 1), item(Kind.detection, 3), times=times)["to detect"] == "2 min"


def test_an_end_before_its_beginning_is_no_figure() -> None:
    found = said(item(Kind.impact_start, 10), item(Kind.mitigation, 4))["to mitigate"]
    assert found == "not known: needs times that fit: the first mitigation is before when it began"


def test_a_time_that_is_about_right_makes_the_figure_one() -> None:
    lines = (item(Kind.impact_start, 0, approximate=True), item(Kind.mitigation, 7))
    assert said(*lines)["to mitigate"] == "about 7 min"
    line = response_times.line(response_times.response_times(lines, NOTHING))
    assert line == "Time to mitigate about 7 min; not known yet: to detect, to acknowledge, to resolve"


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0.5, "30 s"), (60, "1 h"), (24 * 60, "1 day"), (72 * 60 + 59, "3 days"), (25 * 60, "1 day 1 h")]
)  # fmt: skip
def test_a_span_keeps_its_days(minutes: float, shown: str) -> None:
    assert response_times.span(timedelta(minutes=minutes)) == shown
