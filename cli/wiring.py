"""Where everything is put together, from the settings to the doors. Nothing is decided here."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy.engine import Engine

from bot.config import Settings
from bot.integrations import slack_identity
from bot.integrations.ics_calendar import IcsCalendar
from bot.integrations.slack_call import Gate, SlackCall
from bot.integrations.slack_chat import SlackChat
from bot.integrations.slack_identity import Identity
from bot.integrations.slack_screens import TIMEOUT as SCREEN_TIMEOUT
from bot.integrations.slack_screens import SlackScreens
from bot.integrations.system_clock import SystemClock
from bot.jobs import table as jobs
from bot.jobs.housekeeping import Housekeeping
from bot.jobs.missed import ReadMissed
from bot.jobs.runner import Runner
from bot.jobs.scene import Scene
from bot.jobs.table import Outside
from bot.jobs.worker import PATIENCE
from bot.listeners.bolt import Listeners
from bot.listeners.http import Door
from bot.listeners.intake import Intake
from bot.listeners.tracker_hook import TrackerHook
from bot.meter import Meter
from bot.ports.calendar import SharedCalendar
from bot.ports.chat import Chat
from bot.ports.clock import Clock
from bot.ports.mailer import Mailer
from bot.ports.publisher import Publisher
from bot.ports.screens import Screens
from bot.ports.tracker import Tracker
from bot.usecases.give_up import GiveUp
from bot.usecases.settle_capture import SettleCapture
from cli import desk, outside
from storage.engine import make_engine
from storage.store import SqlStore

# Slack may show a message a moment after it was posted: before looking for one, it is given this long.
TAKE_OVER = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that a running bot consists of, wired."""

    settings: Settings
    engine: Engine
    store: SqlStore
    identity: Identity
    app: App
    door: Door
    runner: Runner
    read_missed: ReadMissed
    intake: Intake
    meter: Meter
    gate: Gate
    hook: TrackerHook | None = None

    def take_over(self) -> None:
        """We are the only process: what an earlier one had in hand when it ended is ours after a short pause."""
        with self.store.transaction(PATIENCE) as unit:
            unit.outbox.release(TAKE_OVER)

    def knows_people(self) -> bool:
        """Whether the list of people was read once: until then nobody can be refused as an owner at once."""
        with self.store.reading() as unit:
            return unit.people.synced_at(self.identity.team_id) is not None


def build(
    settings: Settings,
    *,
    identity: Identity | None = None,
    clock: Clock | None = None,
    chat: Chat | None = None,
    screens: Screens | None = None,
    engine: Engine | None = None,
    shift: Callable[[], timedelta | datetime] = lambda: timedelta(0),
    gate: Gate | None = None,
    tracker: Tracker | None = None,
    shared: SharedCalendar | None = None,
    mailer: Mailer | None = None,
    publisher: Publisher | None = None,
) -> Service:
    """Wire a bot. The overrides are for tests: what is left out is what users get."""
    clock = clock or SystemClock()
    engine = engine or make_engine(settings.database_url.get_secret_value())
    store = SqlStore(engine, shift=shift)
    token, address = settings.slack.bot_token.get_secret_value(), settings.slack.api_url
    call = SlackCall(slack_identity.client(token, address), gate)
    identity = identity or slack_identity.ask(call)
    # One gate for both: a method that Slack asked to wait with waits, whoever calls it.
    quick = SlackCall(slack_identity.client(token, address, SCREEN_TIMEOUT), call.gate)
    asked = desk.desk(settings.policy, identity, call.gate)
    scene = Scene(
        store, chat or SlackChat(call, identity.bot_user), clock, settings.policy, identity.url, identity.bot_user
    )
    calendar = IcsCalendar(scene.chat, clock)
    meter = Meter()
    housekeeping = Housekeeping(store, clock, settings.policy, identity.team_id)
    settle = SettleCapture(settings.policy, identity.url, lambda: uuid.uuid4().hex)
    beyond = Outside(
        calendar,
        shared or outside.shared(settings, clock),
        tracker or outside.tracker(settings),
        mailer or outside.mailer(settings, clock),
        publisher or outside.publisher(settings),
    )
    handlers = jobs.handlers(scene, asked.designate, settle, beyond)
    gate = call.gate
    runner = Runner(store, handlers, GiveUp(clock), housekeeping, gate.closed, gate.refused, meter.rows)
    store.when_rows_were_written(runner.wake)
    intake = Intake(store, clock, screens or SlackScreens(quick))
    app = _bolt(call.client, identity)
    Listeners(asked, intake, identity.team_id).register(app)
    secret = settings.slack.signing_secret.get_secret_value() if settings.slack.signing_secret else uuid.uuid4().hex
    door = Door(app, secret, runner.states, acknowledged=meter.acknowledged)
    missed = ReadMissed(store, clock, settings.policy, identity.team_id)
    hook = _hook(settings, store, clock, identity)
    return Service(settings, engine, store, identity, app, door, runner, missed, intake, meter, call.gate, hook)


def _hook(settings: Settings, store: SqlStore, clock: Clock, identity: Identity) -> TrackerHook | None:
    secret = settings.jira.webhook_secret if settings.jira else None
    return TrackerHook(secret.get_secret_value(), store, clock, identity.team_id) if secret else None


def _bolt(client: WebClient, identity: Identity) -> App:
    """Bolt with one transaction a payload; who we are is known, and our own door checks signatures before it."""
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team_id,
        bot_token=client.token,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user,
    )

    def authorize(**_: Any) -> AuthorizeResult:
        return known

    return App(
        # Without a name Bolt looks through the whole stack for one.
        name="postmortem",
        client=client,
        # Bolt's own logger takes the root's level, and its debug lines hold bodies.
        logger=logging.getLogger("slack_bolt"),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        token_verification_enabled=False,
    )
