"""R3 and R4: `app.py serve` as users start it, and rows that are due. R3: it was down for an hour over 500 due times. R4: 1,000 fall due
at one moment, each in a channel of its own."""

from __future__ import annotations

import http.client
import json
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks import databases, processes, product
from benchmarks.product import Running
from benchmarks.report import Line
from bot.domain.outgoing import Outgoing
from bot.domain.postmortem import Postmortem
from bot.domain.topics import Topic
from bot.jobs import runner
from bot.usecases import rows
from storage.engine import make_engine
from storage.store import SqlStore

MISSED, AT_ONCE = 500, 1000
HOUR, AHEAD = timedelta(hours=1), timedelta(seconds=8)
TICK = runner.TICK.total_seconds()
PATIENCE, LONGEST = timedelta(seconds=60), 300.0
TIMES_BARE = 2.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the stub took: its mark, and when."""

    mark: str
    at: float


def measure(quick: bool = False) -> Iterator[Line]:
    """Both on both databases."""
    missed, at_once = (MISSED // 10, AT_ONCE // 10) if quick else (MISSED, AT_ONCE)
    for name, database in databases.DATABASES.items():
        with database() as url:
            yield from _after_an_hour(name, url, missed)
        with database() as url:
            yield from _at_one_moment(name, url, at_once)


def _after_an_hour(name: str, url: str, number: int) -> Iterator[Line]:
    """The rows are there before the process is. Each is of another post-mortem: what the bot may say about one is another question."""
    now = datetime.now(UTC)
    made = _fill(url, number, lambda n: now - HOUR + n * HOUR / number)
    with product.serving(url) as bot:
        begun = time.time()
        found = _wait_for(bot, made)
    counts = Counter(sent.mark for sent in found)
    took = max(sent.at for sent in found) - begun
    yield Line(
        "R3", f"{name}, lost of {number} that were due while it was down", number - len(counts), None, 0, unit=""
    )
    yield Line("R3", f"{name}, sent more than once", sum(times > 1 for times in counts.values()), None, 0, unit="")
    # One message a second and channel is what Slack allows, and each has its own.
    most = 2 * TICK + 1
    yield Line("R3", f"{name}, from ready to the last one", max(0.0, took), None, most, "s")


def _at_one_moment(name: str, url: str, number: int) -> Iterator[Line]:
    """They are put there by somebody else: nobody wakes the process, it sleeps until they are due."""
    with product.serving(url) as bot:
        due = datetime.now(UTC) + AHEAD
        made, used = _fill(url, number, lambda _: due), processes.cpu(bot.pid)
        found = _wait_for(bot, made)
        used = processes.cpu(bot.pid) - used
        bare = _bare_posts(bot.slack, number)
    took = max(sent.at for sent in found) - due.timestamp()
    early = sum(sent.at < due.timestamp() - 0.002 for sent in found)
    yield Line("R4", f"{name}, early of {number}", early, None, 0, unit="")
    yield Line("R4", f"{name}, from due to the last of {number} sent", took, None, TICK + TIMES_BARE * bare, "s")
    yield Line("R4", f"{name}, the same by as many bare posts", took, bare, None, "s")
    yield Line("R4", f"{name}, CPU of the process for each", used / number)


def _fill(url: str, number: int, due: Callable[[int], datetime]) -> list[Outgoing]:
    now = datetime.now(UTC)
    records = [Postmortem(f"pm{n}", "T1", f"C{n + 100}", n + 1, now, "U1") for n in range(number)]
    made = [rows.channel_note(each, Topic.ACCEPTED, "due", due(n), owner="U2") for n, each in enumerate(records)]
    engine = make_engine(url)
    with SqlStore(engine).transaction(PATIENCE) as unit:
        unit.people.mark_synced("T1", now)
        for record in records:
            unit.records.add(record)
        unit.outbox.put(*made)
    engine.dispose()
    return made


def _wait_for(bot: Running, made: list[Outgoing]) -> list[Sent]:
    """Until every mark was seen and nothing is due any more; all of them. Raises TimeoutError."""
    marks, end = {row.key for row in made}, time.monotonic() + LONGEST
    while time.monotonic() < end:
        found = [Sent(*each) for each in json.loads(_get(bot.slack, "posts")) if each[0] in marks]
        if len({sent.mark for sent in found}) == len(marks):
            time.sleep(1)
            return [Sent(*each) for each in json.loads(_get(bot.slack, "posts")) if each[0] in marks]
        time.sleep(0.5)
    raise TimeoutError(f"{len(marks)} were due, and not all of them came")


def _get(port: int, what: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/control/{what}", data=b"") as answer:
        content: bytes = answer.read()
    return content


def _bare_posts(port: int, number: int) -> float:
    """As many posts as a program can send one after another that does nothing else, s."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = json.dumps({"channel": "C1", "text": "x" * 200, "metadata": {"event_payload": {"mark": "bare"}}})
    begun = time.perf_counter()
    for _ in range(number):
        connection.request("POST", "/api/chat.postMessage", body, {"Content-Type": "application/json"})
        connection.getresponse().read()
    connection.close()
    return time.perf_counter() - begun
