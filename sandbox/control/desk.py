"""Everything the control API works on, in one hand, with the look-ups by name that people's requests need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.deliver.delivery import Delivery
from sandbox.deliver.events import Events
from sandbox.deliver.http import HttpDelivery
from sandbox.deliver.socket import Hub
from sandbox.spec.types import Json, Refusal
from sandbox.web.api import Api
from sandbox.world import access
from sandbox.world.apps import App
from sandbox.world.channels import Channel
from sandbox.world.messages import stamp
from sandbox.world.users import User
from sandbox.world.workspace import World


@dataclass
class Desk:
    """The parts of a running sandbox. `states` holds what people chose in messages, by channel, ts and user;
    `reads` how far somebody has read, by user and channel."""

    world: World
    api: Api
    hub: Hub
    http: HttpDelivery
    delivery: Delivery
    events: Events
    renew: Callable[[], World]
    states: dict[tuple[str, str, str], dict[str, dict[str, Json]]] = field(default_factory=dict)
    suggested: dict[str, list[Json]] = field(default_factory=dict)
    reads: dict[tuple[str, str], str] = field(default_factory=dict)
    opened: str = ""

    def __post_init__(self) -> None:
        """What was there before the sandbox opened counts as read."""
        self.opened = stamp(int(self.world.clock.now() * 1_000_000))

    def user(self, body: Json, key: str = "user") -> User:
        """The person named in a request. Refusal when there is none, or a deactivated one."""
        if not body.get(key):
            raise Refusal(f"{key} is missing")
        found = self.world.user(str(body[key]))
        if found is None:
            raise Refusal(f"no user {body[key]!r} in this workspace")
        if found.deleted:
            raise Refusal(f"{found.name} is deactivated")
        return found

    def channel(self, body: Json, user: User | None = None, key: str = "channel") -> Channel:
        """A channel by id or name; "@name" is the direct conversation of `user` with that one. Refusal."""
        wanted = str(body.get(key) or "")
        if not wanted:
            raise Refusal(f"{key} is missing")
        if wanted.startswith("@") and user is not None:
            other = self.world.user(wanted)
            if other is None:
                raise Refusal(f"no user {wanted} in this workspace")
            return self.world.direct([user.id, other.id])
        found = self.world.channel(wanted)
        if found is None:
            raise Refusal(f"no channel {wanted!r} in this workspace")
        if user is not None and access.is_bound(user) and not access.sees(user, found):
            raise Refusal(f"{user.name} is a guest and not in #{found.name}")
        return found

    def place(self, body: Json, user: User) -> Channel:
        """A channel the user can write in. Refusal when not a member, or archived."""
        channel = self.channel(body, user)
        if user.id not in channel.members:
            raise Refusal(f"{user.name} is not in #{channel.name}")
        if channel.archived:
            raise Refusal(f"#{channel.name} is archived")
        return channel

    def message(self, body: Json, channel: Channel) -> str:
        """The ts of an existing message. Refusal."""
        ts = str(body.get("ts", ""))
        if ts not in channel.messages.by_ts:
            raise Refusal(f"no message {ts!r} in #{channel.name}")
        return ts

    def app(self, body: Json) -> App:
        """The app named by id or name; the first one when nothing is said. Refusal."""
        wanted = body.get("app")
        if wanted is None:
            if not self.world.apps:
                raise Refusal("no app is installed")
            return self.world.apps[0]
        for app in self.world.apps:
            bot = self.world.users[app.bot_user_id]
            if wanted in (app.id, app.name, bot.name, bot.id):
                return app
        raise Refusal(f"no app {wanted!r} in this workspace")
