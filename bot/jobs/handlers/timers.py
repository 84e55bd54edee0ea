"""Rows that look at the record when their time has come, and act only if the reason still holds."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.harvest.person import Person
from bot.domain.outgoing import Row
from bot.jobs.at_work import asleep
from bot.jobs.outcome import Done, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.usecases.decide_proposal import EscalateProposal
from bot.usecases.look_after_owner import OwnerChecked, OwnerSilent

UNKNOWN_PERSON = {"user_not_found", "user_not_visible", "users_not_found"}


@dataclass(frozen=True, slots=True)
class OnSilentOwner:
    """Four of the owner's working hours after they were told, and once the IC is at work (R-07)."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.transaction(PATIENCE) as unit:
            user, since, now = str(row.payload["user"]), str(row.payload["since"]), self.scene.clock.now()
            record = unit.records.get(row.postmortem_id or "", lock=True)
            ic = (record.roles.ic or record.created_by) if record else ""
            if record and (wait := asleep(unit, record, ic, self.scene.policy, now)):
                return wait
            OwnerSilent()(unit, row.postmortem_id or "", user, since, now)
        return Done()


@dataclass(frozen=True, slots=True)
class OnSilentIc:
    """Four working hours after the IC was asked (R-06)."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        escalate = EscalateProposal(self.scene.policy)
        with self.scene.store.transaction(PATIENCE) as unit:
            proposal, asked = str(row.payload["proposal"]), str(row.payload["asked"])
            escalate(unit, row.team_id, proposal, asked, self.scene.clock.now())
        return Done()


@dataclass(frozen=True, slots=True)
class CheckOwner:
    """Ask Slack who the designated owner is, before anybody is told (R-05)."""

    scene: Scene
    checked: OwnerChecked

    def __call__(self, row: Row) -> Outcome:
        user, since, by = (str(row.payload[name]) for name in ("user", "since", "by"))
        person = self._ask(user)
        with self.scene.store.transaction(PATIENCE) as unit:
            self.checked(unit, row.postmortem_id or "", person, user, since, by, self.scene.clock.now())
        return Done()

    def _ask(self, user: str) -> Person | None:
        try:
            return self.scene.chat.person(user)
        except IntegrationError as error:
            if error.name in UNKNOWN_PERSON:
                return None
            raise
