"""What is heard of a message comes to the same whatever is heard first, and however often."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import capture
from bot.domain.capture import Heard, Reactions, Use
from bot.domain.harvest.message import Message

REACTIONS = Reactions()
TIMES = st.integers(1, 6).map(lambda second: f"{second}.000000")
PIECES = st.one_of(
    st.builds(
        capture.reacted,
        st.sampled_from(["memo", "mag", "tada"]),
        st.sampled_from(["U1", "U2"]),
        TIMES,
        on=st.booleans(),
    ),
    st.builds(capture.pinned, st.sampled_from(["U1", "U2"]), TIMES, on=st.booleans()),
    st.builds(
        capture.seen,
        st.builds(Message, st.just("C1"), st.just("1.0"), text=st.sampled_from("abc"), edited_ts=st.none() | TIMES),
    ),
    st.builds(capture.deleted, TIMES),
)


def together(pieces) -> Heard:
    return reduce(Heard.joined, pieces, Heard())


@given(st.lists(PIECES, max_size=8), st.randoms())
def test_the_order_and_the_number_of_times_make_no_difference(pieces, random):
    twice = [*pieces, *pieces]
    random.shuffle(twice)
    assert together(twice) == together(pieces)


@given(st.lists(PIECES, max_size=5), st.lists(PIECES, max_size=5))
def test_joining_what_two_have_heard_is_hearing_it_all(some, others):
    assert together(some).joined(together(others)) == together([*some, *others])


def test_of_each_persons_mark_the_latest_word_counts():
    heard = together(
        [
            capture.reacted("memo", "U1", "5.0", on=False),
            capture.reacted("memo", "U1", "3.0", on=True),
            capture.reacted("memo::skin-tone-3", "U2", "4.0", on=True),
        ]
    )
    assert [mark.user_id for mark in heard.active(REACTIONS)[Use.TIMELINE]] == ["U2"]


def test_taking_back_counts_at_one_and_the_same_moment():
    heard = together([capture.reacted("memo", "U1", "3.0", on=False), capture.reacted("memo", "U1", "3.0", on=True)])
    assert not heard.active(REACTIONS)


def test_a_pin_is_everybodys():
    heard = together([capture.pinned("U1", "3.0", on=True), capture.pinned("U2", "4.0", on=False)])
    assert not heard.active(REACTIONS)


def test_a_reaction_that_nobody_agreed_on_marks_nothing():
    assert not capture.reacted("tada", "U1", "3.0", on=True).active(REACTIONS)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_first_words_are_kept_beside_the_last(order):
    versions = [
        capture.seen(Message("C1", "1.0", text="restarting pay")),
        capture.seen(Message("C1", "1.0", text="restarting pay-3", edited_ts="70.0")),
        capture.seen(Message("C1", "1.0", text="restarted pay-3", edited_ts="90.0")),
    ]
    heard = together(versions[place] for place in order)
    assert (heard.said, heard.before) == ("restarted pay-3", "restarting pay")
    assert heard.edited_at is not None
    assert heard.edited_at.timestamp() == 90
