"""kill -9 of the real `app.py serve` at two requests to Jira, then a new process on what was left: one issue for each action item, and
no request twice. The one that nothing happens to is asked for a field in a form. `make torture` does it at every request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults import ticket_killing
from tests.faults.ticket_killing import ITEMS, RealTickets

# What is asked for two tickets, in order, while nobody is to be assigned: the form in two pages, then each ticket, whose labels are right.
REQUESTS = ("types", "fields", "fields", *("search", "create", "read", "link") * len(ITEMS))
KILLS = ((5, True), (7, False))


def test_killed_at_a_request_the_next_process_makes_each_ticket_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        undisturbed = pool.submit(RealTickets(tmp_path / "undisturbed", wanted=True).run)
        running = [pool.submit(RealTickets(tmp_path / f"{at}", at, after=after).run) for at, after in KILLS]
        assert sorted(undisturbed.result().requests) == sorted(REQUESTS)
        assert undisturbed.result().filled_in == ("Blue", "Blue")
        for run, (at, after) in zip(running, KILLS, strict=True):
            ticket_killing.check(run.result(), at, after=after)
