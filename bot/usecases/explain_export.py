"""Why the harvest of an export made of one message what it made: the same reading and the same analysis as the harvest, looked at from
that message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.harvest import analyse, explain, message
from bot.domain.harvest.analyse import Options
from bot.domain.harvest.dialect import Dialect
from bot.domain.harvest.explanation import Explanation
from bot.domain.harvest.message import Message
from bot.domain.harvest.note import PLAIN
from bot.ports.export import Channel, Export, Skipped
from bot.usecases import export_listening, harvest_export


class UnknownMessage(ValueError):
    """The channel has no such message, or not in the chosen span. The text says which, and names the nearest."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A message as somebody names it: its ts, with the id of its channel where a link said so."""

    ts: str
    channel_id: str | None = None


@dataclass(frozen=True, slots=True)
class ExplainedMessage:
    """The explanation and how much was read for it; where the harvest `passed_over` the message, what it would make of it with the whole
    channel. `names` are those of the people, by their ids."""

    channel: Channel
    explanation: Explanation
    names: Mapping[str, str]
    messages_read: int
    skipped: tuple[Skipped, ...]
    passed_over: bool = False

    @property
    def partial(self) -> bool:
        return bool(self.skipped)


@dataclass(frozen=True, slots=True)
class ExplainExport:
    """Explains one message of a channel of an export."""

    export: Export
    dialect: Dialect = PLAIN

    def __call__(
        self,
        channel: str,
        pointed: Pointed,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        whole: bool = False,
    ) -> ExplainedMessage:
        """As `HarvestExport`, about one message. Raises UnknownChannel, UnknownMessage."""
        found = harvest_export.channel_named(self.export, channel)
        said = export_listening.between(self.export.messages(found), None, None)
        of = _message(said, pointed, found)
        every = export_listening.between(said.values(), since, until)
        if of.ts not in every:
            raise UnknownMessage(f"The message {of.ts} of #{found.name} is not between --since and --until.")
        chosen = export_listening.chosen(self.export, found, self.dialect, since, until, whole=whole)
        passed_over = of.ts not in chosen.close
        people = self.export.people()
        messages, talk = (every, None) if passed_over else (chosen.close, chosen.talk)
        options = Options(dialect=self.dialect, talk=talk, declared=chosen.declared)
        analysed = analyse.whole(messages.values(), people, options)
        names = {user_id: person.name for user_id, person in people.items()}
        explanation = explain.explain(of, analysed, people)
        return ExplainedMessage(found, explanation, names, chosen.read, self.export.skipped(), passed_over)


def _message(messages: Mapping[str, Message], pointed: Pointed, channel: Channel) -> Message:
    if pointed.channel_id not in (None, channel.id) and channel.id != channel.name:  # else its id is not known
        raise UnknownMessage(f"That is a message of the channel {pointed.channel_id}; #{channel.name} is {channel.id}.")
    wanted = message.ts_key(pointed.ts)
    found = next((each for each in messages.values() if message.ts_key(each.ts) == wanted), None)
    if found is not None:
        return found
    at = message.instant(pointed.ts)
    nearest = min(messages.values(), key=lambda each: abs(each.at - at), default=None)
    there = (
        f" The nearest is {nearest.ts}, of {nearest.at:%Y-%m-%d %H:%M:%S} UTC." if nearest else " It has none at all."
    )
    raise UnknownMessage(f"#{channel.name} has no message {pointed.ts}.{there}")
