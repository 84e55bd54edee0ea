"""H4: the process that reads is killed at a call, and another one reads on: what is read again, and what is left in the end."""

from __future__ import annotations

import json
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks import databases, processes
from benchmarks.report import Line

MESSAGES, THREADS = 3_000, (1, 7, 500, 997, 1_500, 2_500)
PAGE, THREAD = "conversations.history", "conversations.replies"


def measure(quick: bool = False) -> Iterator[Line]:
    """A reading that nothing disturbs; then one for each of its calls, killed with -9 while that call is under way."""
    whole = _reading()
    calls = Counter(whole["calls"])
    at = range(1, calls.total() + 1, 5 if quick else 1)
    again: list[Counter[str]] = []
    others = 0
    for number in at:
        found = _reading(kill_at=number)
        again.append(Counter(found["calls"]) - calls)
        others += found["left"] != whole["left"]
    what = f"killed at each of {len(at)} calls"
    yield Line("H4", f"{what}: pages read again, at most", max(each[PAGE] for each in again), None, 1, unit="")
    yield Line("H4", f"{what}: threads read again, at most", max(each[THREAD] for each in again), None, 1, unit="")
    yield Line("H4", f"{what}: readings that left something else", others, None, 0, unit="")


def _reading(kill_at: int = 0) -> Any:
    threads = ",".join(map(str, THREADS))
    with (
        processes.started("-m", "benchmarks.stub_history", str(MESSAGES), threads, "40") as stub,
        databases.sqlite() as url,
    ):
        port = processes.line(stub)
        if kill_at:
            _control(port, f"hold?at={kill_at}")
            # The block ends with kill -9.
            with processes.started("-m", "benchmarks.run_harvest", "begun", url, port):
                if not _control(port, "held"):
                    raise RuntimeError(f"no call {kill_at} was made")
        with processes.started("-m", "benchmarks.run_harvest", "resumed" if kill_at else "begun", url, port) as reader:
            return json.loads(processes.line(reader))


def _control(port: str, what: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{what}", data=b"") as answer:
        return json.loads(answer.read())
