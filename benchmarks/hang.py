"""A3: with every outgoing call hanging and fifty commands in flight, all further commands are answered within a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from benchmarks import callers, databases, product
from benchmarks.report import Line

SLOW, FURTHER = 50, 200
SECOND = 1000.0


def measure(quick: bool = False) -> Iterator[Line]:
    """Bolt alone, with handlers that call out before they answer, acknowledges none of them."""
    for name, database in databases.DATABASES.items():
        with database() as url, product.serving(url) as bot:
            callers.load(bot.port, lambda: callers.command("help"), callers=4, calls=20)
            bot.hang()
            slow = threading.Thread(target=_assign, args=(bot.port, SLOW))
            slow.start()
            times = callers.load(bot.port, lambda: callers.command("assign <@U2|ben>"), callers=16, calls=FURTHER)
            slow.join()
            late = sum(ms > SECOND for ms in times.sorted_ms) + times.bad
            yield Line("A3", f"{name}, of {FURTHER} commands late or not 200", late, None, 0, unit="")
            yield Line("A3", f"{name}, slowest of them", times.sorted_ms[-1], None, SECOND)


def _assign(port: int, count: int) -> None:
    """Each opens a record, tells an owner, and begins a reading: all of it hangs."""
    callers.load(port, lambda: callers.command("assign <@U2|ben>", f"C{time.time_ns()}"), callers=SLOW, calls=count)
