"""Moving lines: the timeline follows the times, and a line goes past another only where they leave it open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import timeline, timeline_order
from bot.domain.errors import Refused
from bot.domain.harvest.finding import TimelineKind
from bot.domain.timeline import Item

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def line(name: str, micros: int = 0, *, about: bool = False, rank: int = 0) -> Item:
    at = NOON + timedelta(microseconds=micros)
    return Item(name, "pm", at, name, TimelineKind.other, "U1", NOON, approximate=about, rank=rank)


def names(items: tuple[Item, ...]) -> str:
    return "".join(item.id for item in timeline.in_order(items))


def moved(items: tuple[Item, ...], name: str, *, up: bool) -> tuple[Item, ...]:
    changed = {item.id: item for item in timeline_order.move(items, name, up=up).changed}
    return tuple(changed.get(item.id, item) for item in items)


def test_lines_of_one_instant_change_places_and_keep_their_time() -> None:
    items = (line("a"), line("b"), line("c"))
    after = moved(items, "c", up=True)
    assert names(after) == "acb"
    assert {item.at for item in after} == {NOON}


def test_lines_of_one_second_as_it_is_shown_count_as_one_instant() -> None:
    after = moved((line("a", 120_000), line("b", 800_000), line("c", 2_000_000)), "a", up=False)
    assert names(after) == "bac"
    assert [timeline.moment(item) for item in after] == ["2026-11-23 12:00:00"] * 2 + ["2026-11-23 12:00:02"]


@pytest.mark.parametrize(("name", "up"), [("b", True), ("a", False)])
def test_two_exact_times_say_what_to_do_instead(name: str, up: bool) -> None:
    with pytest.raises(Refused, match="follows the times: to move this line, edit its time"):
        timeline_order.move((line("a"), line("b", 2_000_000)), name, up=up)


@pytest.mark.parametrize(("name", "up", "where"), [("a", True, "first"), ("b", False, "last")])
def test_the_ends_are_ends(name: str, up: bool, where: str) -> None:
    with pytest.raises(Refused, match=f"the {where} already"):
        timeline_order.move((line("a"), line("b")), name, up=up)


@pytest.mark.parametrize(("name", "up"), [("b", True), ("a", False)])
def test_a_line_that_is_about_right_takes_the_time_of_the_one_that_it_goes_past(name: str, up: bool) -> None:
    items = (line("a", about=name == "a"), line("b", 60_000_000, about=name == "b"))
    after = moved(items, name, up=up)
    goes, stays = (after[0], after[1]) if name == "a" else (after[1], after[0])
    assert names(after) == "ba"
    assert goes.at == stays.at == (items[1] if name == "a" else items[0]).at
    assert goes.approximate


def test_an_exact_line_keeps_its_time_and_the_one_that_is_about_right_makes_room() -> None:
    items = (line("a", about=True), line("b", 60_000_000))
    after = moved(items, "b", up=True)
    assert names(after) == "ba"
    assert after[1] == replace(items[1], rank=after[1].rank)
    assert after[0].at == items[1].at


LINES = st.lists(
    st.tuples(st.sampled_from([0, 1, 500_000, 1_000_000, 60_000_000]), st.booleans(), st.integers(0, 2)), max_size=7
).map(
    lambda found: tuple(
        line(chr(97 + n), micros, about=about, rank=rank) for n, (micros, about, rank) in enumerate(found)
    )
)


@given(LINES, st.data())
def test_a_move_is_one_place_and_its_contrary_restores_the_order(items: tuple[Item, ...], data: st.DataObject) -> None:
    order = names(items)
    if len(order) < 2:
        return
    place = data.draw(st.integers(1, len(order) - 1))
    name = order[place]
    try:
        up = moved(items, name, up=True)
    except Refused:
        return
    assert names(up) == order[: place - 1] + name + order[place - 1] + order[place + 1 :]
    exact = {item.id: item.at.replace(microsecond=0) for item in items if not item.approximate}
    assert exact == {item.id: item.at.replace(microsecond=0) for item in up if not item.approximate}
    assert names(moved(up, name, up=False)) == order
