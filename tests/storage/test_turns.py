"""Writers take turns in the order in which they came."""

from __future__ import annotations

import threading
from datetime import timedelta

from storage.turns import Turns

AGES = timedelta(seconds=30)


def test_who_waits_gets_the_turn_in_order_of_coming() -> None:
    turns, order = Turns(), []
    assert turns.acquire(AGES)

    def write(number: int) -> None:
        assert turns.acquire(AGES)
        order.append(number)
        turns.release()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=write, args=(number,)))
        threads[-1].start()
        while len(turns._waiting) <= number:
            threading.Event().wait(0.001)
    turns.release()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_who_has_no_patience_left_goes_and_leaves_the_turn_to_the_next() -> None:
    turns = Turns()
    assert turns.acquire(timedelta(0))
    assert not turns.acquire(timedelta(0))
    assert not turns.acquire(timedelta(milliseconds=5))
    turns.release()
    assert turns.acquire(timedelta(0))


def test_a_turn_is_never_held_by_two() -> None:
    turns, inside, most = Turns(), [], []

    def write() -> None:
        for _ in range(200):
            if turns.acquire(timedelta(milliseconds=1)):
                inside.append(1)
                most.append(len(inside))
                inside.pop()
                turns.release()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert turns.acquire(timedelta(0)), "nobody took it away with them"
