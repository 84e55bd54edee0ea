"""Connections do not live for ever: after a while Slack warns each of them, and a little later asks for a new one and closes it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

from sandbox.deliver.connection import Connection
from sandbox.world.clock import Timer
from sandbox.world.workspace import World

SPREAD = 0.1
"""Each connection lives up to so much of the time less, so that not all of an app's go at once; by the seed."""

USUAL_SECONDS = 18_060


class Refresh:
    """Ends connections by the world's clock, as the rules disconnect_every and disconnect_grace say."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._timers: dict[Connection, Timer] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def lifetime(self) -> int:
        """What hello announces, seconds."""
        return int(self._world.rules.disconnect_every) or USUAL_SECONDS

    def arm(self, connection: Connection) -> None:
        """Let a connection live as long as the rules say, counted from now."""
        self.forget(connection)
        every = self._world.rules.disconnect_every
        if every:
            seconds = every * (1 - SPREAD * self._world.rng.random())
            self._timers[connection] = self._world.clock.call_later(seconds, lambda: self._warn(connection))

    def rearm(self, connections: Iterable[Connection]) -> None:
        """The rules, or the clock, are new ones."""
        for connection in connections:
            self.arm(connection)

    def forget(self, connection: Connection) -> None:
        """The connection is gone."""
        timer = self._timers.pop(connection, None)
        if timer:
            timer.cancel()

    def _warn(self, connection: Connection) -> None:
        self._run(connection.leave("warning", close=False))
        grace = self._world.rules.disconnect_grace
        self._timers[connection] = self._world.clock.call_later(grace, lambda: self._end(connection))

    def _end(self, connection: Connection) -> None:
        self._timers.pop(connection, None)
        self._run(connection.leave("refresh_requested", close=True))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Nothing more happens by itself."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        for task in list(self._tasks):
            task.cancel()
