"""A4: from the start of the process to its first acknowledgement, and its memory at rest, against a process that only imports."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from benchmarks import databases, processes, product
from benchmarks.report import Line

IMPORTS = "import slack_bolt, sqlalchemy.orm, alembic.command, apscheduler.schedulers.background, pydantic"
MOST = 2.0
REST = 2.0


def measure(quick: bool = False) -> Iterator[Line]:
    """Each in turns, the median of three."""
    cold: list[float] = []
    idle: list[float] = []
    imported: list[float] = []
    held: list[float] = []
    for _ in range(1 if quick else 3):
        seconds, memory = _importing()
        imported.append(seconds)
        held.append(memory)
        with databases.sqlite() as url, product.serving(url) as bot:
            cold.append(bot.cold)
            time.sleep(REST)
            idle.append(processes.resident(bot.pid))
    yield Line("A4", "cold start to the first ack", statistics.median(cold), statistics.median(imported), MOST, "s")
    yield Line("A4", "memory at rest", statistics.median(idle), statistics.median(held), MOST, "MB")


def _importing() -> tuple[float, float]:
    begun = time.perf_counter()
    with processes.started("-c", f"{IMPORTS}\nprint('ready', flush=True)\nimport time\ntime.sleep(60)") as process:
        processes.line(process)
        return time.perf_counter() - begun, processes.resident(process.pid)
