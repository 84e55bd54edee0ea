"""Listening to Slack over a socket: opened again and again until it stands, closed so that what is in hand is still answered,
and within a bounded time (the library's own closing can wait for its reader for ever)."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.config import ConfigError
from bot.integrations.slack_call import BAD_TOKEN
from bot.meter import Durations

log = logging.getLogger("postmortem")

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
FINISH, CLOSE = 5.0, 2.0
# The library notices a connection that was cut at the fifth ping that fails: ten seconds are to be enough for that.
PING = 1.5
# A renewed socket that stands so soon, in seconds, missed nothing.
RENEWED_WITHIN = 5.0
LONGEST_NOTICE = 500


class Socket(SocketModeHandler):
    """Bolt's handler, which knows how many requests it has in hand, and how many sockets of the app there are."""

    def __init__(
        self,
        app: App,
        client: WebClient,
        acknowledged: Durations | None = None,
        listening_again: Callable[[], None] = lambda: None,
        ping: float = PING,
    ) -> None:
        """`listening_again` is called whenever the socket stands after a time in which events may have been missed. `ping` are the
        seconds between two pings."""
        self._log = logging.getLogger("slack_bolt.socket")
        self._acknowledged = acknowledged or Durations()
        self._connections = 0
        self._listening_again = listening_again
        self._renewing_since: float | None = None
        self._in_hand = 0
        self._changed = threading.Condition()
        super().__init__(app, client.token, web_client=client, logger=self._log, ping_interval=ping)
        self.client.message_listeners.append(self._hear)
        self.client.on_message_listeners.append(self._hear_raw)

    def handle(self, client: Any, req: Any) -> None:
        """A request from Slack, on one of the library's threads."""
        with self._changed:
            self._in_hand += 1
        try:
            with self._acknowledged.timed():
                super().handle(client, req)
        finally:
            with self._changed:
                self._in_hand -= 1
                self._changed.notify_all()

    def is_connected(self) -> bool:
        """Whether the socket stands."""
        return bool(self.client.is_connected())

    def connections(self) -> int:
        """How many sockets this app has, by what Slack said when this one was opened; 0 while it does not stand."""
        return self._connections if self.is_connected() else 0

    def _hear(self, _client: Any, message: Any, _raw: str | None) -> None:
        """Slack greets each socket with the number of those that stand."""
        if isinstance(message, dict) and message.get("type") == "hello":
            number = message.get("num_connections")
            self._connections = number if isinstance(number, int) else 0
            self._stands()

    def _hear_raw(self, message: str) -> None:
        """Slack renews sockets now and then: the next one is opened before the old one goes. The library keeps that to itself."""
        if "disconnect" in message[:LONGEST_NOTICE]:
            with suppress(ValueError):
                told = json.loads(message)
                if isinstance(told, dict) and told.get("type") == "disconnect":
                    self._renewing_since = time.monotonic()

    def _stands(self) -> None:
        """A socket that took another's place at once has missed nothing; any other may have."""
        since, self._renewing_since = self._renewing_since, None
        if since is None or time.monotonic() - since > RENEWED_WITHIN:
            self._listening_again()

    def open(self, stopping: threading.Event) -> None:
        """Connect, however long it takes, unless told to stop. Raises `ConfigError` for a token that Slack refuses."""
        pause = FIRST_PAUSE
        while not stopping.is_set():
            try:
                self.client.connect()
                return
            except SlackApiError as error:
                name = str(error.response.get("error", "")) if error.response else ""
                if name in BAD_TOKEN:
                    raise ConfigError(
                        f"SLACK_APP_TOKEN is refused by Slack ({name}): copy it anew from the app's page."
                    ) from None
                log.warning("the socket is refused (%s); trying again in %.0f s", name, pause)
            except (SlackClientError, OSError, ValueError) as error:
                log.warning("the socket does not open (%s); trying again in %.0f s", type(error).__name__, pause)
            stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def close(self) -> None:
        """Let requests in hand be answered, then end the session; after a few seconds it is left to the process's end."""
        with self._changed:
            self._changed.wait_for(lambda: not self._in_hand, FINISH)
        # The client calls the end of its own session an error.
        self._log.setLevel(logging.CRITICAL)
        ending = threading.Thread(target=self._end, name="socket-end", daemon=True)
        ending.start()
        ending.join(CLOSE)

    def _end(self) -> None:
        self.client.auto_reconnect_enabled = False
        session: Any = self.client.current_session
        # The reader holds the lock that closing needs until something comes or three seconds pass: an end is something.
        with suppress(OSError, AttributeError):
            session.sock.shutdown(socket.SHUT_RDWR)
        # So does whoever hands on what comes, for a second: nothing is something.
        self.client.closed = True
        self.client.message_queue.put(None)
        close: Callable[[], None] = super().close
        close()
