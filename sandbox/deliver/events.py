"""The Events API: who may hear an event, when it comes again, and the modes that double and shuffle."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass

from sandbox.deliver import payloads
from sandbox.deliver.delivery import Delivery
from sandbox.spec import events, eventshapes
from sandbox.spec.types import Json
from sandbox.world.apps import App
from sandbox.world.channels import Channel
from sandbox.world.workspace import World

UNASKED = "function_executed"
"""Comes to whoever declares the function; there is no subscription to it."""

RETRY_AFTER = (0.0, 60.0, 300.0)
"""Seconds after each failure until the next try; then the event is dropped."""


@dataclass
class Modes:
    """Unkindness that can be switched on: everything twice, neighbours swapped, nothing delivered for now."""

    duplicate: bool = False
    shuffle: bool = False
    frozen: bool = False


class Events:
    """Listens to the world and delivers to each app what it subscribed to, at least once."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world, self._delivery = world, delivery
        self.modes = Modes()
        self.dropped: list[Json] = []
        self.held: list[tuple[App, Json]] = []
        self._swap: tuple[App, Json] | None = None
        self._swap_timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        world.listeners.append(self.hear)

    def hear(self, event: Json, channel: Channel | None) -> None:
        """A listener of the world."""
        if event["type"].startswith("sandbox."):
            return
        self._check({key: value for key, value in event.items() if key != "sandbox_app"})
        for app in self._world.apps:
            if self._may_hear(app, event, channel):
                body = _for(app, event)
                event_id = self._world.ids.new("Ev")
                outer = payloads.event(self._world, app, body, channel, event_id)
                self._dispatch(app, json.loads(json.dumps(outer)))

    def _check(self, event: Json) -> None:
        for problem in eventshapes.problems(event)[:3]:
            text = f"{event['type']} is unlike Slack's: {problem.text} [json-pointer:{problem.pointer}]"
            self._world.violation("sandbox", text)

    def _may_hear(self, app: App, event: Json, channel: Channel | None) -> bool:
        kind = event["type"]
        if app.revoked or event.get("sandbox_app", app.id) != app.id:
            return False
        if kind == UNASKED:
            return True
        name, scopes = _needs(kind, channel)
        if name not in app.bot_events and not (kind == "message" and "message" in app.bot_events):
            return False
        if scopes and not set(scopes) & set(app.scopes):
            return False
        open_to_all = kind.startswith("channel_") and channel is not None and channel.kind == "public"
        return channel is None or open_to_all or app.bot_user_id in channel.members

    def _dispatch(self, app: App, outer: Json) -> None:
        if self.modes.frozen:
            self.held.append((app, outer))
        elif self.modes.shuffle:
            self._shuffle(app, outer)
        else:
            self._start(app, outer)

    def _shuffle(self, app: App, outer: Json) -> None:
        if self._swap_timer:
            self._swap_timer.cancel()
        if self._swap is None:
            self._swap = (app, outer)
            self._swap_timer = asyncio.get_running_loop().call_later(0.1, self._flush)
        else:
            self._start(app, outer)
            self._flush()

    def _flush(self) -> None:
        if self._swap is not None:
            waiting, self._swap = self._swap, None
            self._start(*waiting)

    def thaw(self) -> int:
        """Deliver what was held; returns how many."""
        held, self.held = self.held, []
        self.modes.frozen = False
        for app, outer in held:
            self._dispatch(app, outer)
        return len(held)

    def _start(self, app: App, outer: Json) -> None:
        for _ in range(2 if self.modes.duplicate else 1):
            task = asyncio.get_running_loop().create_task(self._deliver(app, outer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, app: App, outer: Json) -> None:
        reason = ""
        for attempt in range(len(RETRY_AFTER) + 1):
            if attempt:
                await self._pause(RETRY_AFTER[attempt - 1])
            answer = await self._delivery.send(app, "events_api", outer, (attempt, reason))
            if not answer.reason:
                return
            reason = answer.reason if not app.socket_mode else "timeout"
            if answer.no_retry or (answer.reason == "not_connected" and self._world.rules.offline == "drop"):
                break
        self.dropped.append(outer)
        self._world.violation("delivery", f"event {outer['event']['type']} was never acknowledged", app=app.id)

    async def _pause(self, seconds: float) -> None:
        if seconds:
            over: asyncio.Future[object] = asyncio.get_running_loop().create_future()
            self._world.clock.call_later(seconds, lambda: None if over.done() else over.set_result(None))
            await over

    def waiting(self) -> int:
        """How many events are on their way or wait for another try."""
        return len(self._tasks) + len(self.held) + (self._swap is not None)

    def cancel(self) -> None:
        """Forget everything on its way."""
        for task in list(self._tasks):
            task.cancel()
        self.held.clear()
        self._swap = None


def _for(app: App, event: Json) -> Json:
    """The event as this app gets it: without the sandbox's own marks, and without an e-mail it may not read."""
    body = {key: value for key, value in event.items() if key != "sandbox_app"}
    if event["type"] in ("user_change", "team_join", "user_profile_changed") and "users:read.email" not in app.scopes:
        profile = {key: value for key, value in body["user"]["profile"].items() if key != "email"}
        body["user"] = {**body["user"], "profile": profile}
    return body


def _needs(kind: str, channel: Channel | None) -> tuple[str, tuple[str, ...]]:
    if kind == "message" and channel is not None:
        return events.MESSAGE_EVENTS[channel.kind], (events.HISTORY[channel.kind],)
    if kind in ("member_joined_channel", "member_left_channel") and channel is not None:
        return kind, (events.READ[channel.kind],)
    return kind, events.SCOPES.get(kind, ("no such scope",))
