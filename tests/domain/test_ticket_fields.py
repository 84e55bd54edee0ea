"""What a person fills in for Jira, as it is kept; and which tickets a button means."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import ticket_bulk, ticket_fields
from bot.domain.actions import ActionItem, Decision
from bot.domain.errors import BadInput
from bot.domain.ticket_bulk import Which
from bot.domain.tickets import FieldKind, FieldNeed, KeptTicket, TicketState, Value

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        (FieldKind.TEXT, "  a\n b ", "a b"),
        (FieldKind.LONG, " a\nb ", "a\nb"),
        (FieldKind.NUMBER, " 2.5 ", "2.5"),
        (FieldKind.NUMBER, "-3", "-3"),
        (FieldKind.DATE, "2026-12-01", "2026-12-01"),
        (FieldKind.WORDS, "a, b  c,a", ("a", "b", "c")),
        (FieldKind.CHOICE, "7", "7"),
        (FieldKind.CHOICES, ("7", "8"), ("7", "8")),
    ],
)
def test_what_was_typed_is_kept_as_jira_takes_it(kind: FieldKind, said: Value, kept: Value) -> None:
    assert ticket_fields.checked(kind, said) == kept


@pytest.mark.parametrize("said", ["", "x", "1,5", "1_000", "nan", "inf", "1e400", "٣", "9" * 16, "0x10"])
def test_what_is_no_number_is_refused(said: str) -> None:
    with pytest.raises(BadInput):
        ticket_fields.checked(FieldKind.NUMBER, said)


def test_a_choice_without_anything_to_choose_from_cannot_be_asked_for() -> None:
    none = FieldNeed("c", "Component", FieldKind.CHOICE, True)
    assert not none.can_be_asked
    assert replace(none, options=(("1", "One"),)).can_be_asked
    assert not replace(none, kind=FieldKind.OTHER, options=(("1", "One"),)).can_be_asked


def kept(number: int, state: TicketState = TicketState.REFUSED, wants: tuple[str, ...] = ()) -> KeptTicket:
    at = NOW + timedelta(minutes=number)
    return KeptTicket(f"a{number}", "pm1", f"pm-{number}", "OPS", "Task", "U1", at, state, wants=wants)


def test_what_was_filled_in_last_is_given_again_and_only_for_the_same_form() -> None:
    first = replace(kept(1), extra={"x": "old", "y": "1"})
    second, other = replace(kept(2), extra={"x": "new"}), replace(kept(3), project="WEB", extra={"x": "web"})
    assert ticket_fields.given([second, other, first], ("OPS", "Task")) == {"x": "new", "y": "1"}


def test_a_retry_means_those_of_its_asking_that_were_refused() -> None:
    items = [ActionItem(f"a{number}", "pm1", "x", Decision.TICKET, "U1", NOW) for number in range(5)]
    known = {each.action_id: each for each in (kept(0), kept(1), kept(2, TicketState.MADE), kept(3, wants=("x",)))}
    meant = {
        which.text(): [each.id for each in which.among(items, known)]
        for which in (Which(), Which(failed_since=NOW + timedelta(minutes=1)), Which(wanting=True))
    }
    assert list(meant.values()) == [["a0", "a1", "a3", "a4"], ["a1", "a3"], ["a3"]]
    assert all(ticket_bulk.which(text).text() == text for text in meant)


@given(st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_a_moment_comes_back_as_it_was_written(at: datetime) -> None:
    assert ticket_bulk.moment(ticket_bulk.stamp(at)) == at


@given(st.text(max_size=40))
def test_what_is_no_moment_of_ours_is_none_or_one(text: str) -> None:
    ticket_bulk.which(text)
