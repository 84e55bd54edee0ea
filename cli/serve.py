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
    server, hook_port = settings.server, _hook_port(settings)
    together = hook_port == server.port != 0
    door = replace(service.door, tracker=service.hook) if together else service.door
    opened: list[Callable[[], None]] = [web.listen(door, server.host, server.port)]
    if server.health_port is not None and not (server.health_port == server.port != 0):
        health = replace(service.door, slack_path=None, metrics=_metrics(service))
        opened.append(_beside(settings, health, server.health_port, "HEALTH_PORT", opened))
    return _all(*opened, *([] if together else _hooks(settings, service, opened)))


def _socket_mode(settings: Settings, service: Any, stopping: threading.Event) -> Callable[[], None]:
    """Connect the socket; returns what closes it."""
    assert settings.slack.app_token
    client = slack_identity.client(settings.slack.app_token.get_secret_value(), settings.slack.api_url)
    handler = Socket(service.app, client, service.meter.acknowledged, lambda: service.read_missed.soon(stopping))
    handler.open(stopping)
    opened: list[Callable[[], None]] = [handler.close]
    health_port = settings.server.health_port
    if health_port is not None:
        opened.append(_beside(settings, beside(handler, service), health_port, "HEALTH_PORT", opened))
    return _all(*opened, *_hooks(settings, service, opened))


def beside(handler: Socket, service: Any) -> Door:
    """The health paths and the figures, with how the socket stands among them."""

    def states() -> Mapping[str, str]:
        return {**service.door.states(), "socket": OK if handler.is_connected() else "gone"}

    metrics = _metrics(service, Sight(handler.is_connected, handler.connections))
    door: Door = service.door
    return replace(door, states=states, slack_path=None, metrics=metrics)


def _metrics(service: Any, socket: Sight | None = None) -> Metrics:
    return Metrics(service.engine, service.meter, service.gate.refused, socket)


def _hook_port(settings: Settings) -> int | None:
    return settings.jira.webhook_port if settings.jira else None


def _hooks(settings: Settings, service: Any, opened: Sequence[Callable[[], None]]) -> list[Callable[[], None]]:
    """Serve what Jira posts to, on a port of its own: Jira need not reach anything else."""
    port = _hook_port(settings)
    if port is None:
        return []
    door = replace(service.door, slack_path=None, metrics=None, tracker=service.hook)
    return [_beside(settings, door, port, "JIRA_WEBHOOK_PORT", opened)]


def _beside(
    settings: Settings, door: Door, port: int, setting: str, opened: Sequence[Callable[[], None]]
) -> Callable[[], None]:
    """Serve on one more port; where it cannot be had, what was opened before is closed."""
    try:
        return web.listen(door, settings.server.host, port, setting)
    except ConfigError:
        _all(*opened)()
        raise


def _all(*closing: Callable[[], None]) -> Callable[[], None]:
    def close() -> None:
        for each in closing:
            each()

    return close
