"""The workspace itself: everything that is there, how to find it, and the one place that tells who listens what happened."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.spec.types import Json
from sandbox.world.apps import App
from sandbox.world.canvas import Canvas
from sandbox.world.channels import Channel
from sandbox.world.clock import Clock
from sandbox.world.ids import Ids
from sandbox.world.messages import stamp
from sandbox.world.text import Typist
from sandbox.world.tickets import Tickets
from sandbox.world.users import Group, User
from sandbox.world.views import Views


@dataclass
class Team:
    """The workspace's name card; a free plan has no user groups, and canvases in channels only, or none with `canvases` off."""

    id: str
    name: str
    domain: str
    plan: str = "paid"
    canvases: bool = True


@dataclass
class Rules:
    """Switches of the sandbox. `profile` is internal or non-marketplace; `offline` says what becomes of events with no socket
    (hold or drop); `disconnect_every` seconds (0: never) each connection is warned, and closed `disconnect_grace` seconds later."""

    profile: str = "internal"
    rate_limits: bool = True
    strict: bool = False
    short_pages: bool = False
    offline: str = "hold"
    disconnect_every: float = 0.0
    disconnect_grace: float = 10.0

    def change(self, given: Json) -> None:
        """Set some of them by name. ValueError for a name or a value that cannot be."""
        for name, value in given.items():
            if name not in self.__dataclass_fields__:
                raise ValueError(f"no rule {name!r}")
            setattr(self, name, _as(name, getattr(Rules, name), value))

    def untouched(self, name: str) -> bool:
        """True unless the rule was set already, as by the command line; of a name that is none, too."""
        return getattr(self, name, None) == getattr(Rules, name, None)


_CHOICES = {"profile": ("internal", "non-marketplace"), "offline": ("hold", "drop")}


def _as(name: str, default: object, value: object) -> object:
    """A value of the same kind as the default. ValueError."""
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise ValueError(f"rule {name} is true or false")
        return value
    if isinstance(default, float):
        if not isinstance(value, int | float | None) or isinstance(value, bool) or (value or 0) < 0:
            raise ValueError(f"rule {name} is a number of seconds")
        return float(value or 0)
    if value not in _CHOICES[name]:
        raise ValueError(f"rule {name} is one of {', '.join(_CHOICES[name])}")
    return value


Listener = Callable[[Json, Channel | None], None]


@dataclass
class World:
    """All state of one sandbox. `base_url` is set once the server knows its port; `skipped` says what of an export could not be read."""

    team: Team
    clock: Clock
    ids: Ids
    rng: random.Random
    rules: Rules = field(default_factory=Rules)
    users: dict[str, User] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    apps: list[App] = field(default_factory=list)
    files: dict[str, Json] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    canvases: dict[str, Canvas] = field(default_factory=dict)
    emoji: dict[str, str] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)
    violations: list[Json] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    base_url: str = ""

    def __post_init__(self) -> None:
        self.tickets = Tickets(self.clock, self.ids)
        self.views = Views(self.ids)
        self._last_ts = 0

    def move_to(self, base: str) -> None:
        """Tell the world its address; files that were there before learn it too."""
        old, self.base_url = self.base_url, base
        for file in self.files.values():
            for key in ("url_private", "url_private_download", "permalink", "permalink_public"):
                if key in file:
                    file[key] = base + file[key].removeprefix(old)

    def announce(self, event: Json, channel: Channel | None = None) -> None:
        """Tell every listener of an event in the shape of the Events API; names that begin with `sandbox.` are for pages only."""
        for listener in self.listeners:
            listener(event, channel)

    def violation(self, kind: str, text: str, **details: object) -> Json:
        """Keep something that Slack would let pass or that an app should not do."""
        found: Json = {"kind": kind, "text": text, "t": self.clock.now(), **details}
        self.violations.append(found)
        self.announce({"type": "sandbox.violation", "violation": found})
        return found

    def new_ts(self, channel: Channel | None = None) -> str:
        """A ts of now, later than every other made here and not in use in the channel."""
        self._last_ts = max(self._last_ts + 1, int(self.clock.now() * 1_000_000))
        while channel and stamp(self._last_ts) in channel.messages.by_ts:
            self._last_ts += 1
        return stamp(self._last_ts)

    def user(self, name_or_id: str) -> User | None:
        """By id, handle, or (only when it is nobody else's) display name; a leading @ is ignored."""
        wanted = name_or_id.removeprefix("@")
        if wanted in self.users:
            return self.users[wanted]
        people = self.users.values()
        by_handle = next((u for u in people if u.name == wanted), None)
        by_shown = [u for u in people if u.display_name == wanted]
        return by_handle or (by_shown[0] if len(by_shown) == 1 else None)

    def channel(self, name_or_id: str) -> Channel | None:
        """By id or name; a leading # is ignored."""
        wanted = name_or_id.removeprefix("#")
        if wanted in self.channels:
            return self.channels[wanted]
        return next((c for c in self.channels.values() if c.name == wanted and not c.direct), None)

    def group(self, handle_or_id: str) -> Group | None:
        """By id or handle."""
        wanted = handle_or_id.removeprefix("@")
        return self.groups.get(wanted) or next((g for g in self.groups.values() if g.handle == wanted), None)

    def app_of(
        self, *, bot_user: str | None = None, app_id: str | None = None, bot_id: str | None = None
    ) -> App | None:
        """The app with that id or that bot."""
        for app in self.apps:
            if app.id == app_id or app.bot_user_id == bot_user or app.bot_id == bot_id:
                return app
        return None

    def has_direct(self, members: list[str]) -> Channel | None:
        """The direct conversation of exactly these people."""
        wanted = sorted(members)
        return next((c for c in self.channels.values() if c.direct and sorted(c.members) == wanted), None)

    def direct(self, members: list[str]) -> Channel:
        """The direct conversation of exactly these people, made when there is none yet."""
        if (found := self.has_direct(members)) is not None:
            return found
        kind = "im" if len(members) <= 2 else "mpim"
        prefix = "D" if kind == "im" else "C"
        name = "" if kind == "im" else "mpdm-" + "--".join(self.users[m].name for m in members) + "-1"
        key = self.ids.new(prefix)
        channel = Channel(key, name, kind, creator=members[0], created=int(self.clock.now()), members=list(members))
        self.channels[key] = channel
        return channel

    def typist(self, *, labelled: bool = False) -> Typist:
        """What turns a typed line into Slack's text."""

        def user(name: str) -> str | None:
            found = self.user(name)
            return found.id if found else None

        def channel(name: str) -> str | None:
            found = self.channel(name)
            return found.id if found else None

        def group(name: str) -> str | None:
            found = self.group(name)
            return found.id if found else None

        return Typist(user, channel, group, labelled=labelled)
