"""H1, H2: how many calls a harvest makes, and what it costs beside http.client, json and the same upsert."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from benchmarks import databases, processes
from benchmarks.report import Line

SIZES = (10_000, 100_000)
MOST, MOST_MB = 2.0, 25.0
MESSAGES, THREADS, PEOPLE = 3_000, (1, 7, 500, 997, 1_500, 2_500), 2_500
NEW = 10


def measure(quick: bool = False) -> Iterator[Line]:
    """Calls, then time and memory at both sizes."""
    yield from _calls()
    sizes = SIZES[:1] if quick else SIZES
    for name, database in databases.DATABASES.items():
        peaks = []
        for size in sizes:
            ours, floor = _both(database, size)
            yield Line("H2", f"{name}, wall of {size:,} messages", ours["wall"], floor["wall"], MOST, "s")
            yield Line("H2", f"{name}, CPU of {size:,} messages", ours["cpu"], floor["cpu"], MOST, "s")
            yield Line("H2", f"{name}, analysis of {size:,} messages", ours["analysis"], unit="s")
            peaks.append(ours)
        if len(peaks) == 2:
            small, large = peaks
            yield Line(
                "H2", f"{name}, memory, the large less the small", large["rss"] - small["rss"], None, MOST_MB, "MB"
            )
            more = large["rss_analysis"] - small["rss_analysis"]
            yield Line("H2", f"{name}, the same with the analysis", more, unit="MB")


def _both(database: Any, size: int) -> tuple[dict[str, float], dict[str, float]]:
    """The better of two runs each, in turns; the large size runs once, since its noise is small beside it."""
    found: dict[str, list[dict[str, float]]] = {"floor": [], "ours": []}
    with processes.started("-m", "benchmarks.stub_history", str(size), "", "40") as stub:
        port = processes.line(stub)
        for _ in range(2 if size < 50_000 else 1):
            with database() as url:
                found["floor"].append(_run("-m", "benchmarks.run_floor", url, port))
            with database() as url:
                found["ours"].append(_run("-m", "benchmarks.run_harvest", "timed", url, port))
    ours, floor = ([min(each[key] for each in found[name]) for key in found[name][0]] for name in ("ours", "floor"))
    return dict(zip(found["ours"][0], ours, strict=True)), dict(zip(found["floor"][0], floor, strict=True))


def _calls() -> Iterator[Line]:
    """Calls made, less calls that the formula gives."""
    threads = ",".join(map(str, THREADS))
    with (
        processes.started("-m", "benchmarks.stub_history", str(MESSAGES), threads, str(PEOPLE)) as stub,
        databases.sqlite() as url,
    ):
        port = processes.line(stub)
        found = _run("-m", "benchmarks.run_harvest", "counted", url, port)
    wanted = {
        "conversations.history": math.ceil(MESSAGES / 999),
        "conversations.replies": sum(math.ceil((replies + 1) / 999) for replies in THREADS),
        "users.list": math.ceil(PEOPLE / 999),
    }
    yield _exactly("a first reading", found["first"], wanted)
    yield _exactly("a second reading", found["second"], {"conversations.history": 1, "conversations.replies": 1})


def _exactly(what: str, found: dict[str, int], wanted: dict[str, int]) -> Line:
    made = {name: number for name, number in found.items() if number}
    wrong = sum(abs(made.get(name, 0) - wanted.get(name, 0)) for name in {*made, *wanted})
    return Line("H1", f"calls of {what} ({sum(wanted.values())}) beside the formula", wrong, None, 0, unit="")


def _run(*arguments: str) -> Any:
    with processes.started(*arguments) as process:
        return json.loads(processes.line(process))
