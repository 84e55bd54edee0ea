"""Many workers on one outbox: no row is lost, and none is held twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bot.domain.outgoing import Lane
from storage.engine import make_engine
from storage.store import SqlStore

PATIENCE, LEASE = timedelta(seconds=20), timedelta(minutes=5)


def test_each_row_is_claimed_once_by_many_workers_of_two_processes_worth_of_stores(
    store, database_url, a_row, together
):
    other_engine = make_engine(database_url)
    stores = [store, SqlStore(other_engine)]
    with store.transaction(PATIENCE) as unit:
        unit.outbox.put(*(a_row(str(number)) for number in range(200)))

    def work(index):
        taken = []
        while True:
            with stores[index % 2].transaction(PATIENCE) as unit:
                rows = unit.outbox.claim(Lane.MESSAGES, by=f"w{index}", limit=7, lease=LEASE)
                marked = [unit.outbox.done(row, f"w{index}") for row in rows]
            if not rows:
                return taken
            assert all(marked)
            taken += [row.key for row in rows]

    claimed = Counter(key for keys in together(work, 16) for key in keys)
    other_engine.dispose()
    assert claimed == Counter({str(number): 1 for number in range(200)})


def test_a_worker_does_not_wait_for_rows_that_another_is_claiming(postgres_url, engine_of, a_row):
    store = SqlStore(engine_of(postgres_url))
    with store.transaction(PATIENCE) as unit:
        unit.outbox.put(a_row("a"), a_row("b"))
    with store.transaction(PATIENCE) as first, store.transaction(timedelta(seconds=2)) as second:
        one = first.outbox.claim(Lane.MESSAGES, by="w1", limit=1, lease=LEASE)
        two = second.outbox.claim(Lane.MESSAGES, by="w2", limit=2, lease=LEASE)
    assert [[row.key for row in rows] for rows in (one, two)] == [["a"], ["b"]]
