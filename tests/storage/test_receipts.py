"""An exact replay of a payload has no second effect, also when both come at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.ports.errors import Busy, Outdated


def test_the_first_answer_is_kept(write, noon):
    answer = {"response_type": "ephemeral", "blocks": [{"text": "ok"}]}
    with write() as unit:
        assert unit.receipts.find("T1", "k") is None
        unit.receipts.add("T1", "k", answer, noon)
    with write() as unit:
        assert unit.receipts.find("T1", "k") == answer
        assert unit.receipts.find("T2", "k") is None


def test_a_second_answer_is_outdated(write, noon):
    with write() as unit:
        unit.receipts.add("T1", "k", {"n": 1}, noon)
    with pytest.raises(Outdated), write() as unit:
        unit.receipts.add("T1", "k", {"n": 2}, noon)
    with write() as unit:
        assert unit.receipts.find("T1", "k") == {"n": 1}


def test_a_refused_submission_leaves_none(write, noon):
    def refused():
        with write() as unit:
            unit.receipts.add("T1", "k", {}, noon)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refused()
    with write() as unit:
        assert unit.receipts.find("T1", "k") is None


def test_of_many_deliveries_at_once_one_is_accepted(write, noon, together):
    def deliver(index):
        try:
            with write() as unit:
                if unit.receipts.find("T1", "k") is not None:
                    return "replay"
                unit.receipts.add("T1", "k", {"by": index}, noon)
                return "accepted"
        except (Outdated, Busy):
            return "replay"

    assert sorted(together(deliver, 32)) == ["accepted"] + ["replay"] * 31


def test_a_delivery_that_waited_for_the_first_is_no_second_one(write, noon):
    def deliver():
        with write() as unit:
            unit.receipts.add("T1", "k", {"n": 2}, noon)

    with ThreadPoolExecutor(1) as pool:
        with write() as unit:
            unit.receipts.add("T1", "k", {"n": 1}, noon)
            second = pool.submit(deliver)
        with pytest.raises(Outdated):
            second.result(timeout=10)


def test_old_receipts_are_forgotten(write, noon):
    with write() as unit:
        for minute in range(5):
            unit.receipts.add("T1", str(minute), {}, noon + timedelta(minutes=minute))
        assert unit.receipts.purge(noon + timedelta(minutes=3)) == 3
        assert [unit.receipts.find("T1", str(minute)) for minute in range(5)] == [None, None, None, {}, {}]


@pytest.mark.parametrize(
    "key",
    ["x" * 20_000, "\x00" * 500, "\ud800" * 500, "\x00", ""],
    ids=["long", "nul", "surrogate", "one nul", "empty"],
)
def test_any_key_can_be_kept(write, noon, key):
    with write() as unit:
        unit.receipts.add("T1", key, {"a": 1}, noon)
        assert unit.receipts.find("T1", key) == {"a": 1}
        assert unit.receipts.find("T1", key + "y") is None
