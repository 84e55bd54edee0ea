"""The outbox: every row is written once, held by one worker at a time, and ends in a state that says what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.outgoing import Kind, Lane, RowState

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def claim(write):
    def claim(by="w1", lane=Lane.MESSAGES, limit=10, lease=MINUTE):
        with write() as unit:
            return unit.outbox.claim(lane, by=by, limit=limit, lease=lease)

    return claim


@pytest.fixture
def put(write):
    def put(*rows):
        with write() as unit:
            unit.outbox.put(*rows)

    return put


@pytest.fixture
def mark(write):
    def mark(how, *args, **kwargs):
        with write() as unit:
            return getattr(unit.outbox, how)(*args, **kwargs)

    return mark


@pytest.fixture
def next_due(store):
    def next_due(lane=Lane.MESSAGES):
        with store.reading() as unit:
            return unit.outbox.next_due(lane)

    return next_due


@pytest.fixture
def lag(store):
    def lag():
        with store.reading() as unit:
            return unit.outbox.lag()

    return lag


def in_a_while(wait=HOUR):
    return datetime.now(UTC) + wait


def test_a_claimed_row_is_what_was_put(put, claim, a_row):
    put(a_row("k", payload={"channel": "C1", "n": [1, None, {"a": "\U0001f600"}]}))
    (row,) = claim()
    assert (row.key, row.kind, row.team_id, row.postmortem_id) == ("k", Kind.CARD, "T1", "pm1")
    assert row.payload == {"channel": "C1", "n": [1, None, {"a": "\U0001f600"}]}
    assert (row.state, row.generation, row.attempts, row.result, row.last_error) == (RowState.OPEN, 1, 1, {}, None)
    assert row.due_at == a_row().due_at
    assert abs(row.first_attempt_at - datetime.now(UTC)) < MINUTE


def test_the_same_key_twice_is_one_row(put, claim, a_row):
    put(a_row(payload={"n": 1}), a_row(payload={"n": 2}))
    put(a_row(payload={"n": 3}))
    assert [row.payload for row in claim()] == [{"n": 1}]


def test_a_key_that_is_done_stays_done(put, claim, mark, a_row):
    put(a_row())
    assert mark("done", claim()[0], "w1", {"ts": "1.2"})
    put(a_row())
    assert claim() == []


def test_rows_are_claimed_oldest_due_first_and_no_more_than_asked(put, claim, a_row):
    now = datetime.now(UTC)
    put(*(a_row(str(minute), due_at=now - minute * MINUTE) for minute in (3, 9, 1, 7)))
    assert [row.key for row in claim(limit=3)] == ["9", "7", "3"]
    assert [row.key for row in claim(limit=3)] == ["1"]


def test_a_row_that_was_due_just_now_is_due(put, claim, a_row):
    put(a_row(due_at=datetime.now(UTC)))
    assert len(claim()) == 1


def test_a_row_is_not_claimed_before_it_is_due(put, claim, a_row, shift):
    put(a_row(due_at=in_a_while()))
    assert claim() == []
    shift[0] = HOUR - MINUTE
    assert claim() == []
    shift[0] = HOUR + MINUTE
    assert len(claim()) == 1


def test_a_clock_that_stands_still_is_that_instant_for_every_statement(put, claim, mark, next_due, lag, a_row, shift):
    instant, moment = datetime(2026, 11, 23, 9, 0, 0, 999_999, tzinfo=UTC), timedelta(microseconds=1)
    shift[0] = instant
    put(a_row(due_at=instant + moment))
    assert claim() == []
    assert next_due() == moment
    shift[0] = instant + moment
    assert (next_due(), lag()) == (timedelta(0), timedelta(0))
    (row,) = claim()
    assert row.first_attempt_at == instant + moment
    assert next_due() == MINUTE, "the lease"
    assert mark("release", 2 * moment) == 1
    assert next_due() == 2 * moment
    assert mark("later", row, "w1", wait=HOUR, error=None, keep_attempts=True)
    assert next_due() == HOUR
    put(a_row(due_at=instant, again=True))
    assert (next_due(), lag()) == (timedelta(0), moment)


def test_lanes_do_not_see_each_other(put, claim, a_row):
    put(a_row("card"), a_row("harvest", kind=Kind.HARVEST), a_row("document", kind=Kind.DOCUMENT))
    assert {lane: [row.key for row in claim(lane=lane)] for lane in Lane} == {
        Lane.MESSAGES: ["card"],
        Lane.HARVEST: ["harvest"],
        Lane.FILES: ["document"],
    }


def test_a_leased_row_is_nobody_elses_until_the_lease_ends(put, claim, mark, a_row, shift):
    put(a_row())
    (first,) = claim("w1", lease=2 * MINUTE)
    shift[0] = MINUTE
    assert claim("w2") == []
    shift[0] = 3 * MINUTE
    (second,) = claim("w2")
    assert second == replace(first, attempts=2)
    assert not mark("done", first, "w1")
    assert not mark("later", first, "w1", wait=MINUTE, error=None, keep_attempts=True)
    assert not mark("give_up", first, "w1", "no")
    assert mark("done", second, "w2")


def test_a_lease_that_ended_and_that_nobody_took_is_still_good_for_the_mark(put, claim, mark, a_row, shift):
    put(a_row())
    (row,) = claim(lease=MINUTE)
    shift[0] = HOUR
    assert mark("done", row, "w1")


def test_an_older_claim_of_the_same_worker_has_lost_its_lease(put, claim, mark, a_row, shift):
    put(a_row())
    (older,) = claim("w1")
    shift[0] = HOUR
    (newer,) = claim("w1")
    assert not mark("done", older, "w1")
    assert mark("done", newer, "w1")


def test_a_row_is_marked_once(put, claim, mark, a_row):
    put(a_row())
    (row,) = claim()
    assert mark("done", row, "w1")
    assert not mark("done", row, "w1")
    assert claim() == []


def test_the_result_of_a_row_is_kept(put, claim, mark, a_row):
    put(a_row())
    mark("done", claim()[0], "w1", {"ts": "1700.1"})
    put(a_row(again=True))
    (row,) = claim()
    assert row.result == {"ts": "1700.1"}
    mark("done", row, "w1")
    put(a_row(again=True))
    assert claim()[0].result == {"ts": "1700.1"}


@pytest.mark.parametrize(
    ("keep", "after"), [pytest.param(True, [1, 2, 3], id="counted"), pytest.param(False, [1, 1, 1], id="not counted")]
)
def test_a_row_given_back_comes_again_after_its_wait(put, claim, mark, a_row, shift, keep, after):
    put(a_row())
    seen = []
    for _ in range(3):
        (row,) = claim()
        seen.append(row.attempts)
        assert mark("later", row, "w1", wait=10 * MINUTE, error="Slack is away", keep_attempts=keep)
        shift[0] += 9 * MINUTE
        assert claim() == []
        shift[0] += 2 * MINUTE
    assert seen == after
    assert claim()[0].last_error == "Slack is away"


def test_the_first_attempt_is_remembered_through_later_ones(put, claim, mark, a_row, shift):
    put(a_row())
    (first,) = claim()
    mark("later", first, "w1", wait=MINUTE, error="x", keep_attempts=True)
    shift[0] += HOUR
    (second,) = claim()
    assert second.first_attempt_at == first.first_attempt_at


def test_a_claim_that_did_not_count_leaves_no_first_attempt(put, claim, mark, a_row, shift):
    put(a_row())
    mark("later", claim()[0], "w1", wait=MINUTE, error="ratelimited", keep_attempts=False)
    shift[0] += HOUR
    (row,) = claim()
    assert row.attempts == 1
    assert row.first_attempt_at > datetime.now(UTC) + HOUR - MINUTE


def test_a_claim_that_did_not_count_hides_no_earlier_one_that_did(put, claim, mark, a_row, shift):
    """Whoever looks before a second try must still look when Slack asked to wait in between."""
    put(a_row())
    (first,) = claim()
    mark("later", first, "w1", wait=MINUTE, error="answer lost", keep_attempts=True)
    shift[0] += HOUR
    mark("later", claim()[0], "w1", wait=MINUTE, error="ratelimited", keep_attempts=False)
    shift[0] += HOUR
    (row,) = claim()
    assert row.attempts == 2
    assert row.first_attempt_at == first.first_attempt_at


def test_rows_given_up_are_shown_for_their_record(put, claim, mark, a_row, store):
    put(a_row("a"), a_row("b"), a_row("c"), a_row("d", postmortem_id="pm2"))
    rows = {row.key: row for row in claim()}
    assert mark("give_up", rows["b"], "w1", "channel_not_found")
    assert mark("give_up", rows["a"], "w1", "is_archived")
    assert mark("give_up", rows["c"], "w1", "no longer wanted", dead=False)
    assert mark("give_up", rows["d"], "w1", "x")
    with store.reading() as unit:
        dead = unit.outbox.dead("pm1")
        assert unit.outbox.dead("pm3") == []
    assert [(row.key, row.last_error, row.state) for row in dead] == [
        ("a", "is_archived", RowState.DEAD),
        ("b", "channel_not_found", RowState.DEAD),
    ]
    assert claim() == []


def test_what_lapsed_is_opened_again_by_key_and_what_was_done_is_not(put, claim, mark, next_due, a_row):
    put(*(a_row(key) for key in ("cancelled", "not needed", "done", "open")), a_row("other", postmortem_id="pm2"))
    by_key = {row.key: row for row in claim()}
    mark("give_up", by_key["not needed"], "w1", "it is over", dead=False)
    mark("give_up", by_key["other"], "w1", "it is over", dead=False)
    mark("done", by_key["done"], "w1")
    mark("cancel", "pm1", ["cancelled"])
    assert mark("resume", "pm1", [*by_key, "unknown"], in_a_while()) == 2
    assert mark("resume", "pm1", [*by_key], in_a_while()) == 0, "once"
    mark("done", by_key["open"], "w1")
    assert HOUR - MINUTE < next_due() <= HOUR
    assert claim() == []


def test_open_rows_are_cancelled_by_key(put, claim, mark, a_row):
    put(a_row("a"), a_row("b"), a_row("c"), a_row("d"), a_row("other", postmortem_id="pm2"))
    rows = {row.key: row for row in claim(limit=2)}
    mark("done", rows["a"], "w1")
    assert mark("cancel", "pm1", ["a", "b", "c", "other", "unknown"]) == 2
    assert not mark("done", rows["b"], "w1")
    assert sorted(row.key for row in claim()) == ["d", "other"]
    assert mark("cancel", "pm1", []) == 0


def test_rows_that_were_given_up_are_settled_by_key(put, claim, mark, a_row, store):
    put(a_row("a"), a_row("b"), a_row("open"), a_row("other", postmortem_id="pm2"))
    for row in claim():
        if row.key != "open":
            mark("give_up", row, "w1", "it is gone")
    assert mark("settle", "pm1", ["a", "open", "other", "unknown"]) == 1
    with store.reading() as unit:
        assert [row.key for row in unit.outbox.dead("pm1")] == ["b"]
        assert [row.key for row in unit.outbox.dead("pm2")] == ["other"]


def test_leases_of_a_process_that_is_gone_are_let_end_soon(put, claim, mark, a_row, shift):
    put(a_row("a"), a_row("b"), a_row("free"))
    claim("gone", limit=1, lease=HOUR)
    claim("gone", limit=1, lease=MINUTE / 2)
    assert mark("release", MINUTE) == 1
    assert [row.key for row in claim()] == ["free"]
    shift[0] = 2 * MINUTE
    assert [row.key for row in claim("w2")] == ["a", "b", "free"]


class TestWritingAKeyAgain:
    @pytest.mark.parametrize(("end", "attempt"), [("done", 1), ("dead", 2), ("cancelled", 1)])
    def test_reopens_a_row_that_has_ended(self, put, claim, mark, a_row, end, attempt):
        """One that was given up may have been done all the same: whoever takes it up again looks, as at a second attempt."""
        put(a_row(payload={"n": 1}))
        (row,) = claim()
        marks = {"done": ("done",), "dead": ("give_up", "x"), "cancelled": ("give_up", "x")}
        how, *more = marks[end]
        mark(how, row, "w1", *more, **({"dead": False} if end == "cancelled" else {}))
        put(a_row(payload={"n": 2}, again=True))
        (again,) = claim("w2")
        assert (again.id, again.generation, again.attempts, again.payload) == (row.id, 2, attempt, {"n": 2})
        assert again.last_error is None
        assert end != "dead" or again.first_attempt_at == row.first_attempt_at

    def test_makes_the_row_when_there_is_none(self, put, claim, a_row):
        put(a_row(again=True))
        assert [(row.generation, row.attempts) for row in claim()] == [(1, 1)]

    def test_leaves_the_row_open_for_a_worker_that_is_busy_with_the_older_generation(self, put, claim, mark, a_row):
        put(a_row(payload={"n": 1}))
        (row,) = claim("w1")
        put(a_row(payload={"n": 2}, again=True))
        assert claim("w2") == []
        assert mark("done", row, "w1", {"ts": "1"})
        (newer,) = claim("w2")
        assert (newer.generation, newer.attempts, newer.payload, newer.result) == (2, 1, {"n": 2}, {"ts": "1"})

    def test_is_not_lost_when_the_older_generation_is_given_up(self, put, claim, mark, a_row):
        put(a_row())
        (row,) = claim("w1")
        put(a_row(again=True))
        assert mark("give_up", row, "w1", "channel_not_found")
        assert [(row.generation, row.attempts, row.last_error) for row in claim()] == [(2, 1, "channel_not_found")]

    def test_moves_the_due_time_of_a_leased_row(self, put, claim, mark, a_row, shift):
        put(a_row())
        (row,) = claim("w1")
        put(a_row(again=True, due_at=in_a_while()))
        assert mark("done", row, "w1")
        assert claim() == []
        shift[0] = HOUR + MINUTE
        assert len(claim()) == 1

    def test_never_pushes_an_open_row_away(self, put, claim, a_row, shift):
        put(a_row(due_at=in_a_while(HOUR)))
        for hours in (2, 3, 4):
            put(a_row(again=True, due_at=in_a_while(hours * HOUR)))
        shift[0] = HOUR + MINUTE
        assert [row.generation for row in claim()] == [4]

    def test_brings_an_open_row_forward(self, put, claim, a_row):
        put(a_row(due_at=in_a_while()))
        put(a_row(again=True))
        assert len(claim()) == 1

    def test_takes_the_lease_away_once_it_has_ended(self, put, claim, mark, a_row, shift):
        put(a_row())
        (row,) = claim("w1")
        shift[0] = HOUR
        put(a_row(again=True))
        assert not mark("done", row, "w1")
        assert [row.generation for row in claim("w2")] == [2]

    def test_does_not_hide_that_an_open_row_was_tried(self, put, claim, mark, a_row, shift):
        put(a_row())
        (row,) = claim()
        mark("later", row, "w1", wait=MINUTE, error="answer lost", keep_attempts=True)
        put(a_row(again=True))
        shift[0] = HOUR
        (again,) = claim()
        assert again.attempts == 2
        assert again.first_attempt_at == row.first_attempt_at

    def test_counts_each_time(self, put, claim, a_row):
        put(a_row("k", again=True), a_row("k", again=True), a_row("k"), a_row("k", again=True, payload={"last": True}))
        assert [(row.generation, row.payload) for row in claim()] == [(3, {"last": True})]


class TestLag:
    def test_is_none_while_nothing_is_due_or_it_is_in_somebodys_hand(self, put, claim, lag, a_row):
        assert lag() == timedelta(0)
        put(a_row("later", due_at=in_a_while()))
        assert lag() == timedelta(0)
        put(a_row("now", due_at=datetime.now(UTC) - HOUR))
        assert abs(lag() - HOUR) < MINUTE
        claim()
        assert lag() == timedelta(0)

    def test_is_that_of_the_oldest_of_all_lanes_and_a_lease_that_ended_holds_nothing(
        self, put, claim, lag, a_row, shift
    ):
        now = datetime.now(UTC)
        put(a_row("card", due_at=now - MINUTE), a_row("harvest", kind=Kind.HARVEST, due_at=now - HOUR))
        assert abs(lag() - HOUR) < MINUTE
        claim(lane=Lane.HARVEST, lease=MINUTE)
        assert MINUTE <= lag() < 2 * MINUTE
        shift[0] = 2 * MINUTE
        assert lag() > HOUR


class TestNextDue:
    def test_is_none_when_nothing_is_open(self, put, claim, mark, next_due, a_row):
        assert next_due() is None
        put(a_row(), a_row("h", kind=Kind.HARVEST))
        mark("done", claim()[0], "w1")
        assert next_due() is None

    def test_is_zero_when_something_is_due(self, put, next_due, a_row):
        put(a_row("a", due_at=in_a_while()), a_row("b"))
        assert next_due() == timedelta(0)

    def test_is_the_wait_for_the_soonest(self, put, next_due, a_row, shift):
        put(a_row("a", due_at=in_a_while(3 * HOUR)), a_row("b", due_at=in_a_while(HOUR)))
        assert HOUR - MINUTE < next_due() <= HOUR
        shift[0] = HOUR - MINUTE
        assert timedelta(0) < next_due() <= MINUTE

    def test_is_the_end_of_the_lease_of_a_claimed_row(self, put, claim, next_due, a_row, shift):
        put(a_row())
        claim(lease=HOUR)
        assert HOUR - MINUTE < next_due() <= HOUR
        shift[0] = 2 * HOUR
        assert next_due() == timedelta(0)

    def test_of_a_leased_row_that_was_put_off_is_its_due_time(self, put, claim, next_due, a_row):
        put(a_row())
        claim(lease=MINUTE)
        put(a_row(again=True, due_at=in_a_while(HOUR)))
        assert HOUR - MINUTE < next_due() <= HOUR
