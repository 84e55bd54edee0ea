"""Responders confirm the lines that come from their messages (X-8): each is asked once for a set of lines, says that they are
right, or what is off, which becomes a note for the owner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import line_checks, questions
from bot.domain.errors import Refused, Stale
from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.outgoing import Json, Kind, Outgoing
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import rows, standing, visibility
from bot.usecases.keep_timeline import KeepTimeline
from bot.usecases.read_review import Comment

NOT_ASKED = "Nobody asks you about lines of this post-mortem any more."


@dataclass(frozen=True, slots=True)
class CheckLines:
    """Ask, and take the answers."""

    timeline: KeepTimeline
    comment: Comment

    def record(self, unit: Unit, team_id: str, record_id: str, by: str) -> Postmortem:
        """The record, held, for somebody who writes, while it is written."""
        record = self.timeline.record(unit, team_id, record_id, by)
        questions.check_matters(record)
        return record

    def to_ask(self, unit: Unit, record: Postmortem, by: str) -> tuple[str, ...]:
        """Who would be asked now, of those who may see it."""
        lines = line_checks.lines_of(unit.items.timeline(record.id))
        people = unit.people.some(record.team_id, lines)
        due = line_checks.to_ask(lines, unit.line_checks.all(record.id), people, by)
        return tuple(user for user in due if visibility.may_see(unit, record, user))

    def ask(self, unit: Unit, record: Postmortem, opened: datetime, by: str, now: datetime) -> tuple[str, ...]:
        """Ask them; whom somebody else asked after the form was `opened` is left alone. Raises `Refused` for nobody."""
        known = {check.user_id: check for check in unit.line_checks.all(record.id)}
        asked = [
            user
            for user in self.to_ask(unit, record, by)
            if user not in known or known[user].asked_at <= opened
        ]  # fmt: skip
        if not asked:
            raise Refused(
                "There is nobody to ask: everybody whose lines are kept has confirmed them, or was asked just now."
            )
        for user in asked:
            check = LineCheck(record.id, user, by, now)
            unit.line_checks.put(check)
            old = [known[user]] if user in known else []
            unit.outbox.put(*(row(record, each, now) for each in (*old, check)))
        unit.ledger.note(Audit(record.id, now, by, "lines", None, f"{len(asked)} asked to confirm theirs", "form"))
        return tuple(asked)

    def check(self, unit: Unit, team_id: str, record_id: str, by: str) -> tuple[Postmortem, LineCheck]:
        """Who was asked. Raises `Refused` for anybody else, `Stale` when it was answered or is over."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        check = next((each for each in unit.line_checks.all(record.id) if each.user_id == by), None)
        if check is None:
            raise Refused(NOT_ASKED)
        if check.state is not CheckState.ASKED:
            raise Stale("You have answered this already, thank you. Nothing was changed.")
        return record, check

    def confirm(self, unit: Unit, team_id: str, record_id: str, by: str, now: datetime) -> LineCheck:
        """They are right."""
        record, check = self.check(unit, team_id, record_id, by)
        return self._answer(unit, record, check, CheckState.RIGHT, "", now)

    def object(self, unit: Unit, team_id: str, record_id: str, text: str, by: str, now: datetime) -> LineCheck:
        """Something is off: a note for the owner. Raises `BadInput` for no words, `Stale` when the review is over."""
        record, check = self.check(unit, team_id, record_id, by)
        self.comment(unit, team_id, record_id, text, by, now)
        told = self._answer(unit, record, check, CheckState.OFF, text.strip(), now)
        if record.owner and record.owner != by:
            once = f"{by}:{check.asked_at.isoformat()}"
            unit.outbox.put(
                rows.person_dm(record, record.owner, Topic.LINES_OFF, once, now, by=by, reason=text.strip())
            )
        return told

    @staticmethod
    def _answer(
        unit: Unit, record: Postmortem, check: LineCheck, state: CheckState, said: str, now: datetime
    ) -> LineCheck:
        answered = replace(check, state=state, said=said, answered_at=now)
        unit.line_checks.put(answered)
        unit.ledger.note(Audit(record.id, now, check.user_id, "lines", None, state.value, "button"))
        unit.outbox.put(row(record, answered, now))
        return answered


def row(record: Postmortem, check: LineCheck, now: datetime) -> Outgoing:
    """The message to one person about the lines as they stood when they were asked, or drawn anew."""
    since = check.asked_at.isoformat()
    values: dict[str, Json] = {"user": check.user_id, "since": since}
    key = f"{Kind.LINES_DM}:{record.id}:{check.user_id}:{since}"
    return Outgoing(Kind.LINES_DM, key, record.team_id, now, record.id, values, again=True)
