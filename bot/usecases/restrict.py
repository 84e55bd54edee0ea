"""Keeping a post-mortem among the people concerned (R-63), and opening it again. It is possible in private channels only:
what is posted in a public one is everybody's to read, whatever the bot keeps to itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors
from bot.domain.errors import Refused
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import (
    canvas_rows,
    check_lines,
    meeting_rows,
    picture_rows,
    question_rows,
    results_rows,
    rows,
    standing,
)  # fmt: skip

PUBLIC = (
    "This channel is public, so what is posted here is everybody's to read: nothing was changed. Make the channel private in "
    "Slack, or open the post-mortem in a private one."
)
NOT_READ = "It is not known yet whether this channel is private: nothing was changed. It is looked at now; try again in a minute."
SHARED = "People of other organisations are in this channel: nothing was changed. Use a private channel of your own organisation."


@dataclass(frozen=True, slots=True)
class Restrict:
    """Set the mark, or take it away. Who may is asked at the door."""

    policy: Policy

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, restricted: bool, reason: str, by: str, now: datetime
    ) -> Postmortem:  # fmt: skip
        """Raises `Refused` in a channel that others can read and when it is so already, `BadInput` without a reason."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        if record.restricted is restricted:
            raise Refused(f"{record.name} is {'restricted already' if restricted else 'not restricted'}.")
        if not reason.strip():
            word = "restrict" if restricted else "unrestrict"
            raise errors.bad_input("reason_missing", f"Say why: type `/postmortem {word} ` and a sentence after it.")
        if restricted:
            _check_channel(unit, record)
        saved = record.changed(restricted=restricted)
        unit.records.save(saved)
        old, new = ("no", "yes") if restricted else ("yes", "no")
        unit.ledger.note(Audit(record.id, now, by, "restricted", old, new, f"command: {reason.strip()}"))
        unit.outbox.put(rows.card(saved, now), rows.document(saved, now))
        if self.policy.wiki is not None:
            unit.outbox.put(rows.wiki_page(saved, now))
        topic = Topic.RESTRICTED if restricted else Topic.UNRESTRICTED
        unit.outbox.put(rows.channel_note(saved, topic, f"{saved.version}", now, by=by))
        results_rows.follow(unit, saved, now)
        canvas_rows.take_away(unit, saved, now)
        meeting_rows.follow(unit, saved, now)
        picture_rows.take_away(unit, saved, now)
        _redraw_told(unit, saved, now)
        return saved


def _redraw_told(unit: Unit, record: Postmortem, now: datetime) -> None:
    """What people have in direct messages shows the title too: the owner's, questions, and lines to be confirmed."""
    if record.owner and unit.people.get(record.team_id, record.owner):
        unit.outbox.put(rows.owner_dm(record, now))
    unit.outbox.put(*(question_rows.ask(record, each, now) for each in unit.questions.all(record.id)))
    unit.outbox.put(*(check_lines.row(record, each, now) for each in unit.line_checks.all(record.id)))


def _check_channel(unit: Unit, record: Postmortem) -> None:
    channel = unit.channels.get(record.team_id, record.channel_id)
    if channel is None:
        raise Refused(NOT_READ)
    if not channel.private:
        raise Refused(PUBLIC)
    if channel.shared:
        raise Refused(SHARED)
