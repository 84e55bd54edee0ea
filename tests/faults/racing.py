"""A race of real processes on one outbox: reminders of post-mortems fall due, the ladder of each is looked at, a Slack that remembers
takes what it says, and kill -9 comes at random: to whoever posts, just before Slack takes the message and just after, and to anybody at
any moment between."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path

from bot.domain import ladder
from bot.domain.outgoing import Lane
from bot.domain.policy import Policy
from bot.domain.postmortem import OwnerState, Postmortem, Roles, Times
from bot.domain.reminders import Nudge
from bot.usecases import remind
from storage.engine import make_engine
from storage.store import SqlStore
from tests.faults import race_slack
from tests.faults.race_slack import AFTER, BEFORE, MEANWHILE, Memory

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = timedelta(seconds=20)
# Who owns the post-mortems, in turns: five direct conversations hold everything.
OWNERS = 5
# When the organisation's day is at its height in some zone, nothing else is due for hours.
NOON, REST = 14, timedelta(hours=1)
# SQLite counts milliseconds, rounded up.
CLOCK = 0.002
LONGEST_PAUSE = 0.05
# Who lives and has something in hand shows it within so many seconds.
QUIET = 3.0
RANDOM, MOVED_ON = "at random", "moved on"


@dataclass(frozen=True)
class Plan:
    """How large the race is. `kills` are shared out among the calls that post, by the seed. `wait`: leases are waited for, else the clock
    of the next processes is moved to their end, once nothing else is left to do."""

    processes: int
    rows: int
    kills: int
    seed: int
    over: float
    wait: bool = False
    limit: float = 600.0


@dataclass
class Outcome:
    """What is to be judged."""

    lost: list[str]
    doubled: list[str]
    early: list[str]
    kills: Counter[str]
    looks: int


class Race:
    """One run on one database, which has the schema."""

    def __init__(self, url: str, folder: Path, plan: Plan) -> None:
        self._url, self._folder, self._plan = url, folder, plan
        self._dice = random.Random(plan.seed)
        self._alive: dict[str, int] = {}
        self._ahead = 0.0
        self._number = 0
        self._kills: Counter[str] = Counter()
        self._changed = threading.RLock()
        self.memory = Memory(self._planned(), self._kill)

    def run(self) -> Outcome:
        """Until nothing is left to do. Raises AssertionError when it takes too long."""
        self._engine = make_engine(self._url)
        store = SqlStore(self._engine)
        due = self._fill(store)
        server = race_slack.serve(self.memory)
        self._api = f"http://127.0.0.1:{server.server_address[1]}/api/"
        self._forks = self._start_forks()
        try:
            self._watch(store, time.time() + self._plan.limit)
        finally:
            self._end(server)
        return self._judge(due)

    def _planned(self) -> dict[int, str]:
        """The calls at which somebody dies, a third of each kind, spread over the whole race."""
        plan, calls = self._plan, range(5, self._plan.rows - 5)
        chosen = self._dice.sample(calls, plan.kills)
        return {call: (BEFORE, AFTER, MEANWHILE)[number % 3] for number, call in enumerate(chosen)}

    def _fill(self, store: SqlStore) -> dict[str, float]:
        """A ladder for each reminder, due one after another; returns when each is due, by the mark that its message must have."""
        first, due = datetime.now(UTC) + timedelta(seconds=1), dict[str, float]()
        step = timedelta(seconds=self._plan.over / self._plan.rows)
        with store.transaction(PATIENCE) as unit:
            unit.people.mark_synced("T1", first)
            for n in range(self._plan.rows):
                record = _unbooked(n, first + n * step)
                unit.records.add(record)
                state = remind.state(unit, record, Policy())
                (rung,) = (each for each in ladder.ladder(state, Policy().pace) if each.due_at < first + REST)
                assert (rung.nudge, rung.to) == (Nudge.UNBOOKED, record.owner)
                unit.outbox.put(remind.look(record, rung.due_at))
                due[remind.nudge(record, rung.to, [rung], rung.due_at).key] = rung.due_at.timestamp()
        return due

    def _start_forks(self) -> subprocess.Popen[str]:
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        log = (self._folder / "racers.log").open("w")
        command = [sys.executable, "-m", "tests.faults.racers"]
        with log:
            return subprocess.Popen(
                command, cwd=self._folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )

    def _watch(self, store: SqlStore, end: float) -> None:
        """Keep as many alive as there should be, until nothing is left."""
        seen, quiet_since = (0, 0, 0), time.time()
        while True:
            self._fill_up()
            with store.reading() as unit:
                wait = unit.outbox.next_due(Lane.MESSAGES)
            if wait is None or wait > REST:
                return
            signs = self.memory.calls, self.memory.looks, self._number
            if signs != seen:
                seen, quiet_since = signs, time.time()
            if not self._plan.wait and wait.total_seconds() - self._ahead > 2 and time.time() - quiet_since > QUIET:
                self._move_on(wait)
            assert time.time() < end, f"rows are left after {self._plan.limit} s: {self.memory.calls} calls"
            time.sleep(0.05)

    def _move_on(self, wait: timedelta) -> None:
        """Nobody has anything to do until a lease ends: those who come next live after that."""
        with self._changed:
            for token in list(self._alive):
                self._kill(MOVED_ON, token)
            self._ahead = wait.total_seconds() + 0.5

    def _fill_up(self) -> None:
        with self._changed:
            while len(self._alive) < self._plan.processes:
                self._number += 1
                token = f"xoxb-{self._number}"
                given = {"url": self._url, "api": self._api, "token": token, "ahead": self._ahead}
                assert self._forks.stdin
                assert self._forks.stdout
                self._forks.stdin.write(f"{json.dumps(given)}\n")
                self._forks.stdin.flush()
                self._alive[token] = int(self._forks.stdout.readline())

    def _kill(self, how: str, token: str) -> None:
        """kill -9 of whoever called, or of anybody a moment later."""
        if how == MEANWHILE:
            threading.Timer(self._dice.uniform(0, LONGEST_PAUSE), self._kill_anybody).start()
            return
        with self._changed:
            pid = self._alive.pop(token, None)
            if pid is None:
                # Killed already by another: a later call takes its place.
                self.memory.plan[self.memory.calls + 3] = how
                return
            self._kills[how] += 1
            _kill(pid)

    def _kill_anybody(self) -> None:
        with self._changed:
            if self._alive:
                self._kill(RANDOM, self._dice.choice(sorted(self._alive)))
            else:
                self.memory.plan[self.memory.calls + 3] = MEANWHILE

    def _end(self, server: ThreadingHTTPServer) -> None:
        with self._changed:
            for token in list(self._alive):
                _kill(self._alive.pop(token))
        self._forks.communicate()
        server.shutdown()
        server.server_close()
        self._engine.dispose()

    def _judge(self, due: dict[str, float]) -> Outcome:
        seen = Counter(post.mark for post in self.memory.posts)
        early = [post.mark for post in self.memory.posts if post.at < due.get(post.mark, 0) - CLOCK]
        doubled = [mark for mark, times in seen.items() if times > 1]
        return Outcome([mark for mark in due if not seen[mark]], doubled, early, self._kills, self.memory.looks)


def check(outcome: Outcome, kills: int) -> None:
    """Each reminder once, none before its time, and so many processes died on the way."""
    died = {how: number for how, number in outcome.kills.items() if how != MOVED_ON}
    assert (outcome.lost, outcome.doubled, outcome.early) == ([], [], [])
    assert sum(died.values()) >= kills, died
    assert {BEFORE, AFTER, RANDOM} <= died.keys()
    assert outcome.looks >= died[AFTER], "what a dead process had in hand was looked for"


def _unbooked(n: int, due: datetime) -> Postmortem:
    """Its owner was told four working hours before that moment, has accepted, and has booked no meeting."""
    began, since = due - timedelta(days=1), due - Policy().pace.unbooked_after
    return Postmortem(
        f"pm{n}", "T1", f"C{n}", n + 1, began, "UIC", business_tz=_zone(due), weekend=frozenset(), severity=1,
        times=Times(None, None, began), roles=Roles(ic="UIC"), owner=f"U{n % OWNERS}", owner_state=OwnerState.ACCEPTED,
        owner_since=since,
    )  # fmt: skip


def _zone(at: datetime) -> str:
    """A zone in which it is early in the afternoon; its name has the sign the other way round."""
    ahead = (NOON - at.hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def _kill(pid: int) -> None:
    """kill -9, and wait until it is gone: its lock on the file is gone with it."""
    os.kill(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        while True:
            os.kill(pid, 0)
            time.sleep(0.001)
