"""The harvest of an export: the same analysis that the bot makes of a channel, with no Slack and no database, so that
it can be tried on last month's incident before anything is installed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.harvest import analyse
from bot.domain.harvest.analyse import Options
from bot.domain.harvest.dialect import Dialect
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import PLAIN
from bot.domain.harvest.rules import MARKED
from bot.ports.export import Channel, Export, Skipped
from bot.usecases import export_listening
from bot.usecases.export_listening import Chosen

_SHOWN = 40


class UnknownChannel(ValueError):
    """The export has no such channel. The text names the nearest and lists what there is."""


@dataclass(frozen=True, slots=True)
class HarvestedExport:
    """The findings and how much was read; of `passed_over` messages only marked lines were looked for, since nothing there sounds of an
    incident. `partial`: something had to be left out, so this may not be all. `names` are those of the people of the workspace, by id."""

    channel: Channel
    findings: Findings
    messages_read: int
    threads_read: int
    skipped: tuple[Skipped, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    passed_over: int = 0

    @property
    def partial(self) -> bool:
        return bool(self.skipped)


@dataclass(frozen=True, slots=True)
class HarvestExport:
    """Harvests one channel of an export."""

    export: Export
    dialect: Dialect = PLAIN

    def __call__(
        self, channel: str, *, since: datetime | None = None, until: datetime | None = None, whole: bool = False
    ) -> HarvestedExport:
        """`channel`: a name, "#name" or id. Only messages from `since` (inclusive) up to `until` (exclusive) count, both aware. Who names
        a time, or asks for the `whole`, has every message looked at, however ordinary it sounds. Raises UnknownChannel."""
        found = channel_named(self.export, channel)
        chosen = export_listening.chosen(self.export, found, self.dialect, since, until, whole=whole)
        findings = self._findings(chosen)
        names = {user_id: person.name for user_id, person in self.export.people().items()}
        skipped = self.export.skipped()
        return HarvestedExport(found, findings, chosen.read, chosen.threads, skipped, names, chosen.passed_over)

    def _findings(self, chosen: Chosen) -> Findings:
        people = self.export.people()
        found = Findings()
        if chosen.close:
            options = Options(dialect=self.dialect, talk=chosen.talk, declared=chosen.declared)
            found = analyse.analyse(chosen.close.values(), people, options)
        if not chosen.marked:
            return found
        only = Options(rules=MARKED, dialect=self.dialect, weigh=False)
        marked = analyse.analyse(chosen.marked.values(), people, only).todos
        return replace(found, todos=tuple(sorted([*found.todos, *marked], key=lambda each: ts_key(each.ts))))


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
