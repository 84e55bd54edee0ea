"""The directory of services (R-14): read by colleagues, changed by whoever leads an open post-mortem and by administrators.
It concerns no post-mortem, so that its history is its own; meetings of the service that are still to come follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import colleagues, services
from bot.domain.errors import BadInput, Refused, Stale
from bot.domain.policy import Policy
from bot.domain.services import Service, ServiceChange, Wish
from bot.ports.store import Unit
from bot.usecases import positions, rows

GUEST = "The directory of services is for colleagues: ask somebody of the incident's channel."
WHO = (
    "Only the owner, the IC and the deputy of an open post-mortem, and administrators, change the directory of services: "
    "ask one of them."
)
THEIRS = "Somebody else changed this service while you had the form open. Close it and open it again to see theirs."
GONE = "This service is not in the directory any more. Type `/postmortem service` to see which are."
HISTORY_MOST = 3


@dataclass(frozen=True, slots=True)
class KeepServices:
    """Shows the directory, and changes it."""

    policy: Policy

    def all(self, unit: Unit, team_id: str, by: str) -> Sequence[Service]:
        """The whole directory. Raises `Refused` for guests."""
        self._check_reads(unit, team_id, by)
        return unit.services.all(team_id)

    def one(self, unit: Unit, team_id: str, name: str, by: str) -> Service | None:
        """The service of this name, in any case; None where there is none."""
        self._check_reads(unit, team_id, by)
        key = services.key(name)
        return unit.services.some(team_id, [key]).get(key)

    def history(self, unit: Unit, service: Service) -> Sequence[ServiceChange]:
        """The last changes, the newest first."""
        return unit.services.history(service.team_id, service.key, limit=HISTORY_MOST)

    def may_change(self, unit: Unit, team_id: str, by: str) -> bool:
        """Administrators, and the owner, IC and deputy of any open post-mortem."""
        if positions.guest(unit, team_id, by):
            return False
        return by in self.policy.admins or any(
            by in (record.owner, record.roles.ic, record.roles.deputy) for record in unit.census.open(team_id)
        )

    def check_right(self, unit: Unit, team_id: str, by: str) -> None:
        """Raises `Refused` for everybody else."""
        self._check_reads(unit, team_id, by)
        if not self.may_change(unit, team_id, by):
            raise Refused(WHO)

    def save(self, unit: Unit, team_id: str, wish: Wish, seen: int | None, by: str, now: datetime) -> Service:
        """Enter it, or change it; `seen` is the version that the form showed, None for a new one. Raises `BadInput` by field,
        `Refused`, or `Stale`."""
        self.check_right(unit, team_id, by)
        wish = services.check(wish)
        self._check_people(unit, team_id, wish)
        key = services.key(wish.name)
        before = unit.services.some(team_id, [key]).get(key)
        if (before.version if before else None) != seen:
            raise Stale(THEIRS if seen is not None else f"{wish.name} is in the directory already: change it there.")
        after = Service(
            team_id, key, before.name if before else wish.name, by, now, wish.owners, wish.manager, wish.product_manager,
            wish.project, before.version + 1 if before else 1,
        )  # fmt: skip
        if services.told(before) != services.told(after):
            unit.services.put(after)
            self._note(unit, before, after, by, now)
        return after

    def remove(self, unit: Unit, team_id: str, name: str, by: str, now: datetime) -> Service:
        """Take it out. Raises `Refused` when it is gone already."""
        self.check_right(unit, team_id, by)
        key = services.key(name)
        before = unit.services.some(team_id, [key]).get(key)
        if before is None:
            raise Refused(GONE)
        unit.services.remove(team_id, key)
        self._note(unit, before, None, by, now)
        return before

    def _check_reads(self, unit: Unit, team_id: str, by: str) -> None:
        if positions.guest(unit, team_id, by):
            raise Refused(GUEST)

    @staticmethod
    def _check_people(unit: Unit, team_id: str, wish: Wish) -> None:
        """People who can come to a meeting: no apps, nobody whose account is gone."""
        fields = {services.OWNERS: wish.owners, "manager": (wish.manager,), "product_manager": (wish.product_manager,)}
        reasons = colleagues.unfit(fields, unit.people.some(team_id, colleagues.users(fields)))
        if reasons:
            raise BadInput("Some fields need another look.", reasons=tuple(reasons))

    @staticmethod
    def _note(unit: Unit, before: Service | None, after: Service | None, by: str, now: datetime) -> None:
        """Into the history; the invitations of open post-mortems of this service are looked at again."""
        there = after or before
        if there is None:
            return
        told = (services.told(before), services.told(after))
        unit.services.note(ServiceChange(there.team_id, now, by, there.key, *told))
        for record in unit.census.open(there.team_id):
            if there.key in {services.key(name) for name in record.services}:
                unit.outbox.put(rows.calendar(record, now), rows.card(record, now, soon=True))
