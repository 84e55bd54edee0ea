"""R3 and R4: `app.py serve` as users start it, and what is due. R3: it was down for an hour over 500 due times of reminders, several
of one post-mortem. R4: 1,000 messages fall due at one moment, each in a channel of its own."""

from __future__ import annotations

import http.client
import json
import math
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks import databases, missed, processes, product
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
# Messages of reminders, and of a question that nobody answered.
SPOKEN = ("nudge:", "person_dm:")


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
    """What was due is there before the process is: a ladder for each post-mortem, and messages on their way that are not true any more."""
    engine = make_engine(url)
    records = math.ceil(number / missed.DUE_EACH)
    made = missed.fill(SqlStore(engine), records, datetime.now(UTC))
    engine.dispose()
    with product.serving(url, missed.SETTINGS) as bot:
        begun = time.time()
        found = _wait_for(bot, made.lines, lambda mark: _whole(mark, made.lines))
        said = [mark for mark, _ in _posts(bot) if mark.startswith(SPOKEN)]
    counts, took = Counter(_whole(mark, made.lines) for mark in said), max(sent.at for sent in found) - begun
    told = f"{made.due} due times of {records} post-mortems"
    lost = sum(beginning not in counts for beginning in made.lines)
    yield Line("R3", f"{name}, down over {told}: of {len(made.lines)} messages lost", lost, None, 0, unit="")
    again = sum(times - 1 for beginning, times in counts.items() if beginning)
    yield Line("R3", f"{name}, a second one to the same person about the same post-mortem", again, None, 0, unit="")
    yield Line("R3", f"{name}, said though it was done meanwhile", counts[None], None, 0, unit="")
    # One message a second and channel is what Slack allows, and each has its own.
    most = 2 * TICK + 1
    yield Line("R3", f"{name}, from ready to the last one", max(0.0, took), None, most, "s")


def _whole(mark: str, beginnings: Collection[str]) -> str | None:
    """Which of the expected messages this one is: its mark goes on with what it tells, or when."""
    return next(
        (each for each in (mark[: place + 1] for place, sign in enumerate(mark) if sign == ":") if each in beginnings),
        None,
    )


def _at_one_moment(name: str, url: str, number: int) -> Iterator[Line]:
    """They are put there by somebody else: nobody wakes the process, it sleeps until they are due."""
    with product.serving(url) as bot:
        due = datetime.now(UTC) + AHEAD
        made, used = _fill(url, number, lambda _: due), processes.cpu(bot.pid)
        found = _wait_for(bot, {row.key for row in made})
        used = processes.cpu(bot.pid) - used
        bare = _bare_posts(bot.slack, number)
    took = max(sent.at for sent in found) - due.timestamp()
    first = min(sent.at for sent in found) - due.timestamp()
    early = sum(sent.at < due.timestamp() - 0.002 for sent in found)
    yield Line("R4", f"{name}, early of {number}", early, None, 0, unit="")
    yield Line("R4", f"{name}, from due to the first sent", max(0.0, first), unit="s")
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


def _wait_for(bot: Running, wanted: Collection[str], named: Callable[[str], str | None] = str) -> list[Sent]:
    """Until everything wanted was seen and nothing is due any more; all of it. Raises TimeoutError."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        if {named(mark) for mark, _ in _posts(bot)} >= set(wanted):
            time.sleep(1)
            return [Sent(mark, at) for mark, at in _posts(bot) if named(mark) in wanted]
        time.sleep(0.5)
    raise TimeoutError(f"{len(wanted)} were due, and not all of them came")


def _posts(bot: Running) -> list[tuple[str, float]]:
    return [(mark, at) for mark, at in json.loads(_get(bot.slack, "posts"))]


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
