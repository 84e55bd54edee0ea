"""`app.py serve`: the bot for real, until it is told to stop; then it finishes what it has in hand, within ten seconds."""

from __future__ import annotations

import argparse
import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TextIO

from bot import config, logs
from bot.config import ConfigError, Settings
from bot.integrations import slack_identity
from bot.integrations.slack_call import BAD_TOKEN, SlackCall
from bot.integrations.slack_identity import Identity
from bot.jobs.runner import OK
from bot.listeners.http import Door
from bot.ports.errors import IntegrationError
from cli import database, web
from cli.metrics import Metrics, Sight
from cli.socket_mode import Socket
from cli.table import Build

log = logging.getLogger("postmortem")

LONGEST_PAUSE = 30.0
# What is in hand gets so long, in seconds; a call that hangs is left to its lease. The rest of the ten is for the end of the process.
LONGEST_STOP = 7.0
FIRST_READING, STEP = 5.0, 0.1


def run(arguments: list[str], build: Build, out: TextIO, err: TextIO) -> int:
    """Serve until SIGTERM or SIGINT; 0 then, 2 when it cannot start."""
    argparse.ArgumentParser(prog="app.py serve", description="Run the bot.").parse_args(arguments)
    settings = config.load()
    engine = database.open_engine(settings.database_url.get_secret_value())
    logs.set_up(settings.server.log_level)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    lock = database.hold(engine)
    database.make_ready(engine)
    identity = who_we_are(settings, stopping)
    if identity is None:
        return 0
    service = build(settings, identity=identity, engine=engine)
    if lock:
        service.take_over()
    service.runner.start()
    _wait_until(service.knows_people, stopping)
    if settings.slack.socket_mode:
        close = _socket_mode(settings, service, stopping)
    else:
        close = _http(settings, service)
        service.read_missed.soon(stopping)
    log.info("serving %s as %s", identity.url or identity.team_id, identity.bot_user)
    stopping.wait()
    log.info("stopping")
    end = time.monotonic() + LONGEST_STOP
    close()
    service.runner.stop(timedelta(seconds=max(1.0, end - time.monotonic())))
    engine.dispose()
    if lock:
        lock.release()
    return 0


def _wait_until(known: Callable[[], bool], stopping: threading.Event) -> None:
    """Give the first reading of the people a moment, so that the first command can be answered with certainty."""
    for _ in range(int(FIRST_READING / STEP)):
        if known() or stopping.wait(STEP):
            return


def who_we_are(settings: Settings, stopping: threading.Event) -> Identity | None:
    """Ask Slack until it answers; None when told to stop before. Raises `ConfigError` for a token that Slack refuses."""
    client = slack_identity.client(settings.slack.bot_token.get_secret_value(), settings.slack.api_url)
    pause = 1.0
    while not stopping.is_set():
        try:
            return slack_identity.ask(SlackCall(client))
        except IntegrationError as error:
            if error.name in BAD_TOKEN:
                raise ConfigError(
                    f"SLACK_BOT_TOKEN is refused by Slack ({error.name}): copy it anew from the app's page."
                ) from None
            if not error.retryable:
                raise ConfigError(f"Slack refused the first call: {error.name}.") from None
            log.warning("Slack does not answer yet (%s); trying again in %.0f s", error.name, pause)
        stopping.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    return None


def _http(settings: Settings, service: Any) -> Callable[[], None]:
    """Serve Slack's path and the health paths; returns what closes it. Figures are on a port that Slack does not reach."""
    server = settings.server
    close = web.listen(service.door, server.host, server.port)
    if server.health_port is None or (server.health_port == server.port != 0):
        return close
    health = _health(settings, replace(service.door, slack_path=None, metrics=_metrics(service)), [close])
    return _all(close, health)


def _socket_mode(settings: Settings, service: Any, stopping: threading.Event) -> Callable[[], None]:
    """Connect the socket; returns what closes it."""
    assert settings.slack.app_token
    client = slack_identity.client(settings.slack.app_token.get_secret_value(), settings.slack.api_url)
    handler = Socket(service.app, client, service.meter.acknowledged, lambda: service.read_missed.soon(stopping))
    handler.open(stopping)
    if settings.server.health_port is None:
        return handler.close

    return _all(handler.close, _health(settings, beside(handler, service), [handler.close]))


def beside(handler: Socket, service: Any) -> Door:
    """The health paths and the figures, with how the socket stands among them."""

    def states() -> Mapping[str, str]:
        return {**service.door.states(), "socket": OK if handler.is_connected() else "gone"}

    metrics = _metrics(service, Sight(handler.is_connected, handler.connections))
    door: Door = service.door
    return replace(door, states=states, slack_path=None, metrics=metrics)


def _metrics(service: Any, socket: Sight | None = None) -> Metrics:
    return Metrics(service.engine, service.meter, service.gate.refused, socket)


def _health(settings: Settings, door: Door, opened: Sequence[Callable[[], None]]) -> Callable[[], None]:
    """Serve the health paths and the figures; where the port cannot be had, what was opened before is closed."""
    assert settings.server.health_port is not None
    try:
        return web.listen(door, settings.server.host, settings.server.health_port, "HEALTH_PORT")
    except ConfigError:
        _all(*opened)()
        raise


def _all(*closing: Callable[[], None]) -> Callable[[], None]:
    def close() -> None:
        for each in closing:
            each()

    return close
