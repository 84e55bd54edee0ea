"""Earlier messages to customers that somebody may see (R-38): of closed post-mortems, never of restricted ones (R-63), and
only of those whose channel they may look into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import examples
from bot.domain.examples import Link
from bot.domain.external_message import ExternalMessage, Parts
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import visibility

# As far back as is looked; a team has a few dozen a year.
LOOKED = 500
SIZE = 3


@dataclass(frozen=True, slots=True)
class Example:
    """One earlier message, as it was reviewed."""

    record: Postmortem
    text: Parts


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them; `number` counts from 0. `links` are public ones of others."""

    examples: Sequence[Example]
    number: int
    of: int
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class ShowExamples:
    """Finds them."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, record: Postmortem | None, user_id: str, number: int = 0) -> Page:
        """One page for this person; `record` is what they should be like."""
        eyes = visibility.eyes(unit, team_id, user_id)
        closed = [each for each in unit.census.closed(team_id, limit=LOOKED) if not each.restricted]
        decided = unit.census.externals([each.id for each in closed])
        seen = [each for each in closed if decided.get(each.id) is ExternalMessage.PRESENT and eyes.sees(each)]
        found = examples.alike(record, seen) if record else examples.newest(seen)
        last = max(0, (len(found) - 1) // SIZE)
        number = max(0, min(number, last))
        shown = found[number * SIZE : (number + 1) * SIZE]
        return Page([_example(unit, each) for each in shown], number, last + 1, self.policy.examples)


def _example(unit: Unit, record: Postmortem) -> Example:
    decision = unit.meetings.external(record.id)
    return Example(record, decision.frozen or decision.text)
