"""kill -9 of the real `app.py serve` at two requests to Confluence, then a new process on what was left: one page. `make torture` does it
at every request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults import page_killing
from tests.faults.page_killing import RealPage

# The page was made, and nobody heard of it; and its words are about to be written.
KILLS = ((5, True), (10, False))


def test_killed_at_a_request_the_next_process_keeps_one_page(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(RealPage(tmp_path / f"{at}", at, after=after).run) for at, after in KILLS]
        for run, (at, after) in zip(running, KILLS, strict=True):
            left = run.result()
            page_killing.check(left)
            # Otherwise it died elsewhere than it says above.
            assert left.requests[at - 1] == ("create" if after else "update"), left.requests
