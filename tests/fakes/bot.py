"""A whole bot, wired by wiring.build, with a chat, screens and a clock that tests hold in their hands: payloads go in by the
signed door, the outbox is worked when the test says so, and everything can be looked at."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.config import ServerSettings, Settings, SlackSettings
from bot.domain.harvest.person import Person
from bot.domain.outgoing import Lane
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.integrations.slack_call import Gate
from bot.integrations.slack_identity import Identity
from bot.jobs.worker import Worker
from bot.listeners.http import PATH
from bot.ports.calendar import SharedCalendar
from bot.ports.mailer import Mailer
from bot.ports.publisher import Publisher
from bot.ports.tracker import Tracker
from cli import wiring
from storage.store import SqlStore, SqlUnit
from tests.fakes import beginnings, payloads
from tests.fakes import lanes as lanes_of
from tests.fakes.chat import BOT, FakeChat, Post, Room
from tests.fakes.clock import ManualClock
from tests.fakes.screens import FakeScreens

SECRET = "a-signing-secret"
PATIENCE = timedelta(seconds=5)
CAST = (
    Person("U1", "Ana", tz="Europe/London"),
    Person("U2", "Ben", tz="Europe/Berlin"),
    Person("U3", "Chioma"),
    Person("U4", "Dev"),
    Person("U5", "Eve"),
    Person("UBOT", "postmortem", is_bot=True),
    Person("UPAGER", "PagerDuty", is_bot=True),
    Person("UGONE", "Gone", deleted=True),
    Person("UGUEST", "Guest", is_restricted=True),
    Person("UFAR", "Far", is_stranger=True),
)


@dataclass(frozen=True)
class Reply:
    """What the door answered."""

    status: int
    text: str

    @property
    def json(self) -> dict[str, Any]:
        """The body as JSON; empty when there is none."""
        found = json.loads(self.text) if self.text else {}
        assert isinstance(found, dict)
        return found

    @property
    def sentence(self) -> str:
        """What the one who typed is told."""
        return str(self.json.get("text", ""))

    @property
    def errors(self) -> dict[str, str]:
        """The sentences at the fields of a form."""
        return dict(self.json.get("errors") or {})


def settings(url: str, policy: Policy | None = None) -> Settings:
    """Settings for HTTP with a secret."""
    return Settings(
        slack=SlackSettings(
            bot_token=SecretStr("xoxb-test"), app_token=None, signing_secret=SecretStr(SECRET),
            api_url="http://127.0.0.1:9/",
        ),
        server=ServerSettings(host="127.0.0.1", port=0, health_port=None, log_level="INFO"),
        database_url=SecretStr(url),
        policy=policy or Policy(),
    )  # fmt: skip


class Bot:
    """One replica. Give several the same engine's URL, chat and clock for races."""

    def __init__(
        self,
        engine: Engine,
        *,
        clock: ManualClock | None = None,
        chat: FakeChat | None = None,
        policy: Policy | None = None,
        synced: bool = True,
        gate: Gate | None = None,
        tracker: Tracker | None = None,
        shared: SharedCalendar | None = None,
        mailer: Mailer | None = None,
        publisher: Publisher | None = None,
    ) -> None:
        self.engine = engine
        self.clock = clock or ManualClock()
        self.chat = chat or new_chat(self.clock)
        self.screens = FakeScreens()
        self.policy = policy
        self.mailer = mailer
        # Nothing but the memory, the chat, the screens and the clock decides what it does, as long as no mail is wanted: see `once`.
        self.plain = all(each is None for each in (gate, tracker, shared, publisher))
        identity = Identity(payloads.TEAM, "https://acme.slack.com/", BOT, "B1")
        self.service = wiring.build(
            settings(str(engine.url), policy),
            identity=identity,
            clock=self.clock,
            chat=self.chat,
            screens=self.screens,
            engine=engine,
            shift=self.clock.shift,
            gate=gate,
            tracker=tracker,
            shared=shared,
            mailer=mailer,
            publisher=publisher,
        )
        self.store: SqlStore = self.service.store
        self.door = replace(self.service.door, now=lambda: self.clock.now().timestamp())
        everyone = self.service.runner.workers()
        self.workers: dict[Lane, Worker] = {worker.lane: worker for worker in reversed(everyone)}
        if synced:
            self.know(*self.chat.users.values())

    # Slack speaks.

    def send(self, payload: Mapping[str, Any], **headers: str) -> Reply:
        """A payload, signed now."""
        body, kind = payloads.encode(payload)
        return self.post(body, kind, **headers)

    def post(self, body: bytes, kind: str = payloads.JSON, *, stamp: str | None = None, **headers: str) -> Reply:
        """A body as it is, signed unless `signature` says otherwise; headers by their names in small letters."""
        stamp = stamp if stamp is not None else str(int(self.clock.now().timestamp()))
        signed = {"timestamp": stamp, "signature": payloads.sign(SECRET, body, stamp), **headers}
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": PATH,
            "QUERY_STRING": "",
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "HTTP_X_SLACK_REQUEST_TIMESTAMP": signed["timestamp"],
            "HTTP_X_SLACK_SIGNATURE": signed["signature"],
        }
        return self.raw({name: value for name, value in environ.items() if value != ""})

    def raw(self, environ: dict[str, Any]) -> Reply:
        """A WSGI request as it is."""
        seen: list[str] = []

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            seen.append(status)

        content = b"".join(self.door(environ, start))
        return Reply(int(seen[0].split()[0]), content.decode())

    def command(self, text: str, user: str = "U1", channel: str = "C1", **values: Any) -> Reply:
        """Somebody types `/postmortem text`."""
        return self.send(payloads.command(text, user, channel, **values))

    def press(self, action_id: str, value: str, user: str = "U1", **values: Any) -> Reply:
        """Somebody presses a button."""
        return self.send(payloads.button(action_id, value, user, **values))

    def choose(self, callback_id: str, message: Mapping[str, Any], user: str = "U1", **values: Any) -> Reply:
        """Somebody uses the menu of a message."""
        return self.send(payloads.shortcut(callback_id, message, user, **values))

    def press_in(self, view: Mapping[str, Any], action_id: str, value: str, user: str = "U1", **places: Any) -> Reply:
        """Somebody presses a button in an open form."""
        return self.send(payloads.modal_button(view, action_id, value, user, **places))

    def submit(self, view: Mapping[str, Any], user: str = "U1", view_id: str = "V1", **answers: Any) -> Reply:
        """Somebody sends a form."""
        return self.send(payloads.submission(view, user, view_id, **answers))

    # The outbox.

    def work(self, within: timedelta = timedelta(seconds=30)) -> None:
        """Do everything that is due, and what falls due in the next while."""
        end, lanes, at = self.clock.now() + within, list(self.workers), 0
        for _ in range(10000):
            waits = lanes_of.waiting(self.engine, self.clock.now())
            # A lane until nothing of it is due, then the next: those with nothing due are not asked.
            turn = (*lanes[at:], *lanes[:at])
            lane = next((each for each in turn if each in waits and waits[each].due), None)
            if lane is not None:
                at = lanes.index(lane)
                self.workers[lane].drain(most=waits[lane].due)
                continue
            wait = min((each.wait for each in waits.values()), default=None)
            if wait is None or self.clock.now() + wait > end:
                return
            at = 0
            self.clock.advance(wait + timedelta(milliseconds=2))
        raise AssertionError("the outbox never comes to rest")

    def step(self, lane: Lane) -> int:
        """Do one due row of a lane."""
        return self.workers[lane].drain(most=1)

    def next_due(self) -> timedelta | None:
        """How long until something is due."""
        waits = lanes_of.waiting(self.engine, self.clock.now()).values()
        return min((each.wait for each in waits), default=None)

    def later(self, by: timedelta) -> None:
        """Time passes, and what falls due is done."""
        self.clock.advance(by)
        self.work()

    # The memory.

    def know(self, *people: Person) -> None:
        """The list of people was read, and these are it."""
        with self.store.transaction(PATIENCE) as unit:
            unit.people.put(payloads.TEAM, people)
            unit.people.mark_synced(payloads.TEAM, self.clock.now())

    def look(self, ask: Callable[[SqlUnit], Any]) -> Any:
        """Ask the memory something."""
        with self.store.reading() as unit:
            return ask(unit)

    def record(self, channel: str = "C1") -> Postmortem:
        """The record of a channel."""
        found = self.look(lambda unit: unit.records.current(payloads.TEAM, channel))
        assert isinstance(found, Postmortem)
        return found

    def history(self) -> list[Audit]:
        """What is in the record's history."""
        record = self.record()
        return list(self.look(lambda unit: unit.ledger.history(record.id)))

    def rows(self, kind: str = "") -> list[dict[str, Any]]:
        """The rows of the outbox, all or of a kind."""
        with self.engine.begin() as conn:
            query = sa.text(
                "SELECT kind, key, state, attempts, generation, last_error, payload FROM outbox ORDER BY id"
            )
            found = [dict(row._mapping) for row in conn.execute(query)]
        return [row for row in found if not kind or row["kind"] == kind]

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table whole: for comparing before and after."""
        tables = sa.inspect(self.engine).get_table_names()
        with self.engine.begin() as conn:
            return {
                name: sorted(tuple(map(repr, row)) for row in conn.execute(sa.text(f"SELECT * FROM {name}")))
                for name in sorted(tables)
            }

    # Shorthands.

    def designated(self) -> list[str]:
        """Who was told to be the owner, in order."""
        told = [post for post in self.chat.posts if post.mark.startswith("owner_dm:")]
        return [post.channel.removeprefix("D") for post in told]

    @property
    def card(self) -> Post:
        """The card in the channel."""
        cards = [post for post in self.chat.in_room("C1") if post.mark.startswith("card:")]
        assert len(cards) == 1, f"{len(cards)} cards"
        return cards[0]

    def assigned(self, owner: str = "U2", by: str = "U1") -> Postmortem:
        """A record with an owner who was told, and a channel that was read."""
        self.once(Bot._assign, owner, by)
        return self.record()

    def once(self, step: Callable[..., object], *values: Hashable) -> None:
        """`step(bot, *values)`, or what came of it where it began in the same world before. A step is a plain function: it keeps
        nothing by itself, and what the process remembers may be forgotten after it."""
        key = (step.__module__, step.__qualname__, *values)
        beginnings.step(self, key, lambda: step(self, *values))

    def _assign(self, owner: str, by: str) -> None:
        reply = self.command(f"assign <@{owner}|x>", by)
        assert reply.status == 200, reply
        self.work()

    def details_form(self, user: str = "U1") -> dict[str, Any]:
        """The form with the details, opened from the card."""
        self.press(ids.DETAILS_OPEN, self.record().id, user)
        return self.screens.form()


def new_chat(clock: ManualClock) -> FakeChat:
    """A workspace with the cast, and #incident with everybody but Eve in it."""
    chat = FakeChat(clock.now)
    chat.users = {person.user_id: person for person in CAST}
    chat.rooms["C1"] = Room({"U1", "U2", "U3", "U4", BOT})
    return chat
