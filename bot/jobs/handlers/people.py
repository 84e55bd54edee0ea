"""The workspace's list of people, read a page a claim and kept, so that no other act has to ask who somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.harvest.person import Person
from bot.domain.outgoing import Row
from bot.jobs.outcome import Done, GoOn, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.ports.store import Unit
from bot.usecases.person_changed import PersonChanged


@dataclass(frozen=True, slots=True)
class ReadPeople:
    """One page of people; at the end of the list also the members of the IC group (R-06) and the support group (R-50)."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.reading() as unit:
            cursor = unit.people.sync_cursor(row.team_id)
        page = self.scene.chat.people(cursor)
        groups = self._groups() if page.cursor is None else {}
        with self.scene.store.transaction(PATIENCE) as unit:
            self._keep(unit, row.team_id, page.people)
            unit.people.put_sync_cursor(row.team_id, page.cursor)
            if page.cursor:
                return GoOn()
            for group, members in groups.items():
                unit.people.put_group(row.team_id, group, members)
            unit.people.mark_synced(row.team_id, self.scene.clock.now())
        return Done({"people": len(page.people)})

    def _keep(self, unit: Unit, team_id: str, people: Sequence[Person]) -> None:
        """Keep them; whose account was deactivated while nobody told us is news like any other (R-09)."""
        known = unit.people.all(team_id)
        gone = [
            person
            for person in people
            if person.deleted and person.user_id in known and not known[person.user_id].deleted
        ]
        for person in gone:
            PersonChanged()(unit, team_id, person, self.scene.clock.now())
        unit.people.put(team_id, people)

    def _groups(self) -> dict[str, tuple[str, ...]]:
        """The members of the groups in the settings; one that cannot be read leaves the last known ones."""
        wanted = (self.scene.policy.ic_group, self.scene.policy.support_group)
        found = {}
        for group in dict.fromkeys(each for each in wanted if each):
            try:
                found[group] = self.scene.chat.group(group)
            except IntegrationError as error:
                if error.retryable:
                    raise
        return found
