"""One call of the Web API as a handler sees it: who calls, with which arguments, in which world."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.spec import events, methods, strict
from sandbox.spec.types import Json, SlackError
from sandbox.world.apps import App
from sandbox.world.channels import Channel
from sandbox.world.messages import micros, stamp
from sandbox.world.workspace import World

_TRUE = frozenset({"true", "1", "True", "yes"})


def wrong(error: str, name: str, sentence: str) -> SlackError:
    """The error of one argument; invalid_arguments alone would say nothing, so it brings the sentence and the place."""
    bare = error != "invalid_arguments"
    return SlackError(error, messages=None if bare else [f"[ERROR] {sentence} [json-pointer:/{name}]"])


@dataclass
class Call:
    """A call that passed authentication. `warnings` and `violations` are filled on the way."""

    world: World
    method: str
    app: App
    args: Json
    warnings: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    @property
    def me(self) -> str:
        """The id of the bot user that calls."""
        return self.app.bot_user_id

    def text(self, name: str, default: str = "") -> str:
        """An argument as a string."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """An argument as a boolean, in any spelling Slack takes."""
        value = self.args.get(name)
        return default if value is None else value is True or str(value) in _TRUE

    def number(self, name: str, default: int, error: str = "invalid_arguments") -> int:
        """An argument as a whole number. SlackError `error` when it is none."""
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            return int(float(str(value)))
        except (ValueError, OverflowError):
            raise wrong(error, name, "must be an integer") from None

    def structure(self, name: str, error: str) -> Any:
        """An argument that is JSON, decoded when it came as a string; None when absent. SlackError `error`, with a sentence where
        it is invalid_arguments."""
        value = self.args.get(name)
        if value in (None, ""):
            return None
        if not isinstance(value, str):
            return value
        try:
            return strict.loads(value)
        except (ValueError, RecursionError):
            raise wrong(error, name, "must be valid JSON") from None

    def ts(self, name: str, error: str) -> str | None:
        """An argument as a ts of full length; None when absent. SlackError `error`."""
        value = self.text(name)
        if not value:
            return None
        try:
            return stamp(micros(value))
        except ValueError:
            raise wrong(error, name, "must be a valid timestamp") from None

    def listed(self, name: str, otherwise: str = "invalid_arguments") -> str:
        """The error name if this method's reference has it, else the other one."""
        return name if name in methods.table()[self.method].errors else otherwise

    def need_scope(self, *any_of: str) -> None:
        """SlackError missing_scope unless one of these is held."""
        held = self.app.scopes
        if any_of and not set(any_of) & set(held):
            raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(held))

    def channel(self, name: str = "channel") -> Channel:
        """A channel the bot can know of, by id. SlackError channel_not_found; a private one without the bot is not found."""
        found = self.world.channels.get(self.text(name))
        if found is None or (found.kind != "public" and self.me not in found.members):
            raise SlackError("channel_not_found")
        return found

    def joined(self, name: str = "channel") -> Channel:
        """A channel the bot is in. SlackError channel_not_found, not_in_channel."""
        found = self.channel(name)
        if self.me not in found.members:
            raise SlackError("not_in_channel")
        return found

    def history_scope(self, channel: Channel) -> None:
        """SlackError missing_scope unless this kind of conversation may be read."""
        self.need_scope(events.HISTORY[channel.kind])
