"""How the process goes, over the incidents of a period, as one reader may see them: meetings and reviews against their deadlines, what is
still to be done, what comes back. Restricted ones are counted and nothing of theirs is told (R-63)."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain import recurring, report_case
from bot.domain.actions import ActionItem
from bot.domain.content import Content, Section
from bot.domain.home import Line
from bot.domain.period import Period
from bot.domain.postmortem import Postmortem
from bot.domain.recurring import Recurring
from bot.domain.report_case import Case, Item, Kept, Work
from bot.domain.tickets import KeptTicket


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one incident beside its line: what was decided, how its tickets stand, what was written."""

    line: Line
    actions: Sequence[ActionItem] = ()
    content: Content = field(default_factory=Content)


@dataclass(frozen=True, slots=True)
class Severity:
    """The incidents of one severity; None where it was never set."""

    severity: int | None
    cases: tuple[Case, ...]

    def meetings(self, *kept: Kept) -> int:
        """How many meetings stand like that to their deadline."""
        return sum(each.meeting in kept for each in self.cases)

    def reviews(self, *kept: Kept) -> int:
        """The same of reviews."""
        return sum(each.review in kept for each in self.cases)

    @property
    def still_open(self) -> int:
        """How many are not closed."""
        return sum(each.open for each in self.cases)

    @property
    def median(self) -> float | None:
        """Days from the end of the incident to its meeting, of those that were held and whose end is known."""
        days = [each.days for each in self.cases if each.days is not None]
        return statistics.median(days) if days else None

    @property
    def worst(self) -> Case | None:
        """The one whose meeting took the longest."""
        held = [each for each in self.cases if each.days is not None]
        return max(held, key=lambda each: (each.days or 0, each.record.number), default=None)

    def items(self, *work: Work, overdue: bool = False) -> tuple[Item, ...]:
        """Action items that stand like that, or those of them that are past their day."""
        found = (item for each in self.cases for item in each.items if item.work in work)
        return tuple(item for item in found if item.overdue or not overdue)


@dataclass(frozen=True, slots=True)
class Report:
    """`severities` from the worst to those without one; `aside` are incidents of which nothing is asked: waived, merged into another
    one, or going on again. `process` are action items about how we respond, by incident, `badly` what did not go well in several."""

    period: Period
    severities: tuple[Severity, ...] = ()
    aside: int = 0
    restricted: int = 0
    services: tuple[Recurring, ...] = ()
    factors: tuple[Recurring, ...] = ()
    process: tuple[tuple[Case, tuple[Item, ...]], ...] = ()
    badly: tuple[Recurring, ...] = ()

    @property
    def cases(self) -> tuple[Case, ...]:
        """All of them, the oldest first."""
        found = (each for group in self.severities for each in group.cases)
        return tuple(sorted(found, key=lambda each: (each.ended, each.record.number)))


def build(
    known: Sequence[Known], tickets: Mapping[str, KeptTicket], period: Period, days: tuple[int, int], now: datetime
) -> Report:
    """`known` are the incidents that ended in the period, as far as the reader may see them, in any order."""
    asked = [each for each in known if not (each.line.record.set_aside or each.line.record.open_again)]
    cases = [report_case.judge(each.line, each.actions, tickets, days, now) for each in asked]
    cases.sort(key=lambda each: (each.ended, each.record.number))
    told = sorted((each for each in asked if not each.line.record.restricted), key=lambda each: each.line.record.number)
    return Report(
        period=period,
        severities=_severities(cases),
        aside=len(known) - len(asked),
        restricted=sum(each.record.restricted for each in cases),
        services=recurring.services(each.line.record for each in told),
        factors=recurring.alike(_texts(told, Section.FACTORS, "factors")),
        process=tuple((each, each.process) for each in cases if each.process and not each.record.restricted),
        badly=recurring.alike(_texts(told, Section.RETROSPECT, "badly")),
    )


def _severities(cases: Sequence[Case]) -> tuple[Severity, ...]:
    found: dict[int | None, list[Case]] = {}
    for each in cases:
        found.setdefault(each.record.severity, []).append(each)
    last = max((each for each in found if each is not None), default=0) + 1
    ordered = sorted(found.items(), key=lambda pair: last if pair[0] is None else pair[0])
    return tuple(Severity(severity, tuple(those)) for severity, those in ordered)


def _texts(known: Sequence[Known], section: Section, name: str) -> list[tuple[Postmortem, str]]:
    return [(each.line.record, text) for each in known for text in each.content.texts(section, name)]
