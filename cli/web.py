"""Serving HTTP: a door on a port in a thread of its own, closed so that no answer is lost on the way out."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from bot.config import ConfigError

log = logging.getLogger("postmortem")

THREADS = 16
LONGEST_BODY = 1 << 20
FINISH = 5
NAMES = {"HEALTH_PORT": "health: ", "JIRA_WEBHOOK_PORT": "jira: "}
FLUSH, STEP = 1.0, 0.01


@dataclass(frozen=True, slots=True)
class Listening:
    """A server at work on `port`; calling it closes it."""

    port: int
    close: Callable[[], None]

    def __call__(self) -> None:
        """Close it: what was taken in hand is answered first."""
        self.close()


def listen(door: Callable[..., Any], host: str, port: int, setting: str = "PORT") -> Listening:
    """Serve a WSGI application; port 0 takes any free one. Raises `ConfigError` when the port, given by that setting, cannot be had."""
    channels: dict[int, Any] = {}
    try:
        server = create_server(
            door,
            map=channels,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=1000,
            max_request_body_size=LONGEST_BODY,
            clear_untrusted_proxy_headers=True,
            ident=None,
        )
    except (OSError, ValueError) as error:
        wasyncore.close_all(channels, ignore_all=True)
        raise ConfigError(f"{setting} {port} on HOST {host} cannot be served: {error}.") from None
    closing = threading.Event()
    loop = threading.Thread(target=_run, args=(server, closing), name="http", daemon=True)
    loop.start()
    taken = int(getattr(server, "effective_port", port))
    log.info("%slistening on port %s", NAMES.get(setting, ""), taken)

    def close() -> None:
        # What was accepted is saved: its answer must still get out. So no new connections first, then the requests
        # in hand, then their bytes, and the loop that sends them last.
        for each in list(channels.values()):
            if isinstance(each, BaseWSGIServer):
                each.accepting = False
        server.task_dispatcher.shutdown(timeout=FINISH)
        end = time.monotonic() + FLUSH
        while _unsent(channels) and time.monotonic() < end:
            threading.Event().wait(STEP)
        closing.set()
        server.close()
        wasyncore.close_all(channels, ignore_all=True)
        loop.join(FLUSH)

    return Listening(taken, close)


def _run(server: Any, closing: threading.Event) -> None:
    """The loop of the server. That its sockets are taken from under it is how it is told to end."""
    try:
        server.run()
    except OSError:
        if not closing.is_set():
            raise


def _unsent(channels: dict[int, Any]) -> bool:
    return any(isinstance(each, HTTPChannel) and each.total_outbufs_len for each in list(channels.values()))
