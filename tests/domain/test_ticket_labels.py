"""Labels of tickets: exactly those of the process, by the day in UTC on which the incident began; people's are left alone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import ticket_labels
from bot.domain.errors import Refused

LATE = datetime(2026, 11, 23, 23, 50, tzinfo=UTC)
OWN = f"pm-{'0' * 31}1"


def test_an_incident_over_midnight_has_the_day_of_its_start() -> None:
    assert ticket_labels.tags(2, LATE) == ("sev2", "sev2_20261123")


@pytest.mark.parametrize(
    ("severity", "start", "labels"),
    [(2, LATE, ("sev2", "sev2_20261123")), (1, None, ("sev1",)), (None, LATE, ()), (None, None, ())],
)
def test_a_file_has_the_labels_as_far_as_they_are_known(
    severity: int | None, start: datetime | None, labels: tuple[str, ...]
) -> None:
    assert ticket_labels.known(severity, start) == labels


@pytest.mark.parametrize("hours", [-11, 0, 14])
def test_the_day_is_that_of_utc_wherever_the_start_was_written(hours: int) -> None:
    assert ticket_labels.tags(1, LATE.astimezone(timezone(timedelta(hours=hours)))) == ("sev1", "sev1_20261123")


def test_another_severity_changes_the_pair_and_nothing_else() -> None:
    standing = ("backend", "sev2", "sev2_20261123", OWN, "sev2_noise")
    before, after = ticket_labels.tags(2, LATE), ticket_labels.tags(1, LATE)
    assert ticket_labels.changed(standing, before, after) == ("backend", OWN, "sev2_noise", "sev1", "sev1_20261123")
    change = ticket_labels.change(standing, before, after)
    assert (change.remove, change.add) == (("sev2", "sev2_20261123"), ("sev1", "sev1_20261123"))


def test_what_stands_or_is_gone_already_is_not_changed_again() -> None:
    before, after = ticket_labels.tags(2, LATE), ticket_labels.tags(1, LATE)
    assert ticket_labels.change(after, before, after) == ticket_labels.Change()


@given(st.lists(st.text(min_size=1), unique=True), st.integers(1, 5), st.integers(1, 5))
def test_people_s_labels_always_stay_in_their_order(people: list[str], old: int, new: int) -> None:
    before, after = ticket_labels.tags(old, LATE), ticket_labels.tags(new, LATE)
    theirs = [each for each in people if each not in (*before, *after)]
    changed = ticket_labels.changed((*theirs, *before, OWN), before, after)
    assert [each for each in changed if each in theirs] == theirs
    assert set(changed) == {*theirs, *after, OWN}


@pytest.mark.parametrize(
    ("severity", "start", "code"),
    [(None, LATE, "no_severity"), (1, None, "no_start"), (None, None, "no_severity_no_start")],
)
def test_while_severity_or_start_is_unknown_it_is_refused_with_what_to_do(
    severity: int | None, start: datetime | None, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        ticket_labels.tags(severity, start)
    assert caught.value.codes == (code,)


def test_a_start_without_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="zone"):
        ticket_labels.tags(1, datetime(2026, 11, 23))


def test_the_bot_s_own_label_is_the_action_item_s_uuid() -> None:
    item = uuid.uuid4()
    assert ticket_labels.own(str(item)) == ticket_labels.own(item.hex) == f"pm-{item.hex}"
    with pytest.raises(ValueError, match="UUID"):
        ticket_labels.own("7 or more")
