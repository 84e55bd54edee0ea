"""The support team has posted the External Message: kept with its time and address, and the post-mortem is closed in the
same transaction (R-51, T6). Nobody else can, owner and IC included."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import details, errors, guards, handing_over, moves, phrases
from bot.domain.actors import Role
from bot.domain.external_message import ExternalDecision, Posted
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.status import Status
from bot.ports.store import Unit
from bot.usecases import actors, facts, standing
from bot.usecases.move_status import MoveStatus

# Clocks differ, and pickers know minutes.
AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class MarkPosted:
    """Say that it was posted."""

    policy: Policy
    move: MoveStatus

    def check(self, unit: Unit, record: Postmortem, review: str, by: str, now: datetime) -> ExternalDecision:
        """The message that waits to be posted. Raises Refused when it does not wait, or not for this person; `review` is
        the hand-off that the person saw, empty for whichever stands."""
        known = facts.facts(unit, record, self.policy)
        for reason in guards.support_configured(known, now):
            raise errors.refused(reason.code, reason.text)
        if not actors.actor(unit, record, by, self.policy).any_of(Role.SUPPORT):
            raise errors.refused("wrong_role", moves.WHO["T6"])
        return self.waiting(unit, record, review)

    @staticmethod
    def waiting(unit: Unit, record: Postmortem, review: str) -> ExternalDecision:
        """The message that is handed over. Raises Refused for a task that is done, or was taken back."""
        decision = unit.meetings.external(record.id)
        if handing_over.waits(record, decision, review or handing_over.review_of(record)):
            return decision
        raise errors.refused("stale", handing_over.instead(record, decision))

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, review: str, url: str, at: datetime | None, by: str, now: datetime
    ) -> Postmortem:  # fmt: skip
        """`url` may be empty; `at` is when it was posted, now when nobody said. Raises BadInput and Refused."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        decision = self.check(unit, record, review, by, now)
        if url and not details.is_web_address(url):
            raise errors.bad_input(
                "bad_link",
                details.link_problem(url, "Paste the status page's address: it begins with https:// or http://."),
            )
        when = at or now
        _check_time(record, when, now)
        posted = Posted(when, by, url)
        unit.meetings.put_external(record.id, replace(decision, posted=posted))
        said = f"{phrases.moment(when, record.business_tz)} {url}".strip()
        unit.ledger.note(Audit(record.id, now, by, "external_message.posted", None, said, "form"))
        return self.move(unit, team_id, record.id, Status.CLOSED, expected=Status.REVIEWED, by=by, now=now)


def _check_time(record: Postmortem, when: datetime, now: datetime) -> None:
    if when > now + AHEAD:
        raise errors.bad_input("bad_time", "This time is still to come: enter when the message was posted.")
    began = record.times.started_at
    if began is not None and when < began:
        raise errors.bad_input("bad_time", "This is before the incident began: enter when the message was posted.")
