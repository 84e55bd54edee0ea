"""The harvest of an export: the same analysis that the bot makes of a channel, with no Slack and no database, so that
it can be tried on last month's incident before anything is installed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.harvest import analyse
from bot.domain.harvest.analyse import Options
from bot.domain.harvest.dialect import Dialect
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import Message
from bot.domain.harvest.note import PLAIN
from bot.ports.export import Channel, Export, Skipped

_SHOWN = 40


class UnknownChannel(ValueError):
    """The export has no such channel. The text names the nearest and lists what there is."""


@dataclass(frozen=True, slots=True)
class HarvestedExport:
    """The findings and how much was read. `partial`: something had to be left out, so this may not be all. `names` are those of the
    people of the workspace, by id."""

    channel: Channel
    findings: Findings
    messages_read: int
    threads_read: int
    skipped: tuple[Skipped, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def partial(self) -> bool:
        return bool(self.skipped)


@dataclass(frozen=True, slots=True)
class HarvestExport:
    """Harvests one channel of an export."""

    export: Export
    dialect: Dialect = PLAIN

    def __call__(
        self, channel: str, *, since: datetime | None = None, until: datetime | None = None
    ) -> HarvestedExport:
        """`channel`: a name, "#name" or id. Only messages from `since` (inclusive) up to `until` (exclusive) count,
        both aware. Raises UnknownChannel."""
        found = channel_named(self.export, channel)
        messages = between(self.export.messages(found), since, until)
        people = self.export.people()
        findings = analyse.analyse(messages.values(), people, Options(dialect=self.dialect))
        threads = {each.thread_ts for each in messages.values() if each.is_reply}
        names = {user_id: person.name for user_id, person in people.items()}
        return HarvestedExport(found, findings, len(messages), len(threads), self.export.skipped(), names)


def between(messages: Iterable[Message], since: datetime | None, until: datetime | None) -> dict[str, Message]:
    """The messages of a span by their ts, each in its last version."""
    found: dict[str, Message] = {}
    for each in messages:
        if (since is None or each.at >= since) and (until is None or each.at < until):
            before = found.get(each.ts)
            found[each.ts] = analyse.newer(before, each) if before else each
    return found


def channel_named(export: Export, wanted: str) -> Channel:
    """The channel of that name, "#name" or id. Raises UnknownChannel."""
    name = wanted.strip().removeprefix("#")
    channels = export.channels()
    for fits in (lambda each: name in (each.name, each.id), lambda each: name.casefold() == each.name.casefold()):
        found = [each for each in channels if fits(each)]
        if found:
            return next((each for each in found if each.folder is not None), found[0])
    raise UnknownChannel(_unknown(wanted, channels))


def _unknown(wanted: str, channels: tuple[Channel, ...]) -> str:
    names = sorted({each.name for each in channels}, key=str.casefold)
    near = difflib.get_close_matches(wanted.strip().lstrip("#").casefold(), [name.casefold() for name in names], 1, 0.5)
    nearest = next((name for name in names if near and name.casefold() == near[0]), None)
    meant = f' Did you mean "{nearest}"?' if nearest else ""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f'The export has no channel "{wanted}".{meant} It has: {", ".join(names[:_SHOWN])}{more}.'
