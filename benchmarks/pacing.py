"""H3: a Slack that allows fifty calls a minute, on a clock that nobody waits for: nothing missed, nothing early, nothing else held up."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from benchmarks import databases
from benchmarks.report import Line
from benchmarks.run_harvest import BOT, CHANNEL, RECORD
from benchmarks.stub_history import message
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.outgoing import Kind, Lane
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.integrations.slack_call import Gate, SlackCall
from bot.integrations.slack_chat import SlackChat
from bot.jobs.handlers.channel import PostRoleSteps
from bot.jobs.handlers.harvest import ReadChannel
from bot.jobs.outcome import Handler
from bot.jobs.scene import Scene
from bot.jobs.worker import Worker
from bot.usecases import rows
from bot.usecases.give_up import GiveUp
from storage.engine import make_engine
from storage.store import SqlStore

ALLOWED, MINUTE = 50, 60.0
PAGES, SIZE = 300, 10
MOST = 1.05
PATIENCE = timedelta(seconds=5)


@dataclass
class Virtual:
    """Time that stands still until it is moved."""

    seconds: float = 0.0
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.seconds)

    def shift(self) -> timedelta:
        return timedelta(seconds=self.seconds)


class Limited(WebClient):
    """Fifty calls of a method in any minute; one more is refused, and one more before its Retry-After is early."""

    def __init__(self, time: Virtual) -> None:
        super().__init__()
        self.time, self.early, self.refused = time, 0, 0
        self._seen: deque[float] = deque()
        self._until = 0.0
        self.posted_at: list[float] = []

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        now = self.time.seconds
        if api_method == "chat.postMessage":
            self.posted_at.append(now)
            return self._answer({"ok": True, "ts": f"{1772460000 + len(self.posted_at)}.000100"})
        self.early += now < self._until
        while self._seen and self._seen[0] <= now - MINUTE:
            self._seen.popleft()
        if len(self._seen) >= ALLOWED:
            wait = int(self._seen[0] + MINUTE - now) + 1
            self._until, self.refused = now + wait, self.refused + 1
            headers = {"Retry-After": str(wait)}
            refused = self._answer({"ok": False, "error": "ratelimited"}, 429, headers)
            raise SlackApiError("ratelimited", refused)  # type: ignore[no-untyped-call]
        self._seen.append(now)
        return self._answer(self._page(int(arguments["params"].get("cursor") or 0)))

    @staticmethod
    def _page(start: int) -> dict[str, Any]:
        found = [message(number) for number in range(start, start + SIZE)]
        following = start + SIZE
        return {
            "ok": True,
            "messages": found,
            "response_metadata": {"next_cursor": str(following) if following < PAGES * SIZE else ""},
        }

    def _answer(self, data: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> SlackResponse:
        return SlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=data, headers=headers or {}, status_code=status
        )


def measure(quick: bool = False) -> Iterator[Line]:
    """A reading of three hundred pages, with a message to post in the middle of each wait."""
    time = Virtual()
    client = Limited(time)
    with databases.sqlite() as url:
        store = SqlStore(make_engine(url), shift=time.shift)
        asked = _read(store, client, time)
        with store.reading() as unit:
            state = unit.harvests.state(RECORD)
            assert state
            missed = PAGES * SIZE - unit.harvests.counts(state).messages
    late = max(posted - due for posted, due in zip(client.posted_at, asked, strict=True))
    yield Line("H3", "messages missed", missed, None, 0, unit="")
    yield Line("H3", "calls before Retry-After had passed", client.early, None, 0, unit="")
    yield Line("H3", f"time of {PAGES} calls at {ALLOWED} a minute", time.seconds, PAGES / ALLOWED * MINUTE, MOST, "s")
    yield Line("H3", "a post held up by it, at most", late, None, 1.0, "s")


def _read(store: SqlStore, client: Limited, time: Virtual) -> list[float]:
    """Work, and move the time from one due row to the next; returns when posts became due."""
    call = SlackCall(client, Gate(lambda: time.seconds))
    scene = Scene(store, SlackChat(call, BOT), time, Policy(), "https://acme.slack.com/", BOT)
    handlers: dict[Kind, Handler] = {Kind.HARVEST: ReadChannel(scene), Kind.ROLE_STEPS: PostRoleSteps(scene)}
    lanes = [Worker(store, handlers, GiveUp(time), lane, lane) for lane in (Lane.MESSAGES, Lane.HARVEST)]
    record = Postmortem(RECORD, "T1", CHANNEL, 1, time.now(), "U1")
    asked: list[float] = []
    with store.transaction(PATIENCE) as unit:
        unit.records.add(record)
        unit.people.mark_synced("T1", time.now())
        unit.harvests.put_state(HarvestState(RECORD, CHANNEL, Phase.HISTORY, requested_at=time.now()))
        unit.outbox.put(rows.harvest(record, time.now()))
    while True:
        with store.reading() as unit:
            state, wait = unit.harvests.state(RECORD), unit.outbox.next_due(Lane.HARVEST)
        if state is None or state.phase is Phase.ANALYSE or wait is None:
            return asked
        if wait > timedelta(seconds=2) and not asked:
            time.seconds += 1
            asked.append(time.seconds)
            with store.transaction(PATIENCE) as unit:
                unit.outbox.put(rows.role_steps(record, time.now()))
        elif wait > timedelta(0):
            time.seconds += wait.total_seconds() + 0.002
        for lane in lanes:
            lane.drain(most=1) if lane.lane is Lane.HARVEST else _one_post(lane)


def _one_post(worker: Worker) -> None:
    """Only what this benchmark puts there; cards are drawn elsewhere."""
    with worker.store.transaction(PATIENCE) as unit:
        claimed = unit.outbox.claim(worker.lane, by=worker.name, limit=10, lease=timedelta(seconds=60))
    for row in claimed:
        if row.kind is Kind.ROLE_STEPS:
            worker.handle(row)
