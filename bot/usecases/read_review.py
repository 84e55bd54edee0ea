"""What readers say to the review post (R-40, R-41): an approval counts once a person, a comment or a reply in the thread
becomes a note, and a note is open until somebody ticks it off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import errors, leading
from bot.domain.errors import Refused, Stale
from bot.domain.harvest import text as markup
from bot.domain.harvest.message import Message
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.review import Approval, Note, NoteState
from bot.domain.status import Status
from bot.ports.store import Unit
from bot.usecases import actors, meeting_rows, rows, standing

COMMENT_MOST = 3000
_PAST = (Status.REVIEWED, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Approve:
    """A reader is content with it."""

    def __call__(self, unit: Unit, team_id: str, record_id: str, by: str, now: datetime) -> Postmortem:
        """Raises `Stale` when this person approved already, or the review is over."""
        record = _under_review(unit, team_id, record_id)
        if any(each.user_id == by for each in unit.reviews.approvals(record.id)):
            raise Stale(f"You approved {record.name} already; one time is enough. Thank you.")
        unit.reviews.approve(Approval(record.id, by, now))
        unit.ledger.note(Audit(record.id, now, by, "review", None, "approved", "button"))
        _redraw(unit, record, now)
        return record


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader types what could be better."""

    new_id: Callable[[], str]

    def check(self, unit: Unit, team_id: str, record_id: str) -> Postmortem:
        """Raises `Stale` when the review is over."""
        return _under_review(unit, team_id, record_id)

    def __call__(self, unit: Unit, team_id: str, record_id: str, text: str, by: str, now: datetime) -> Postmortem:
        """Raises `BadInput` for an empty comment, `Stale` when the review is over."""
        record = _under_review(unit, team_id, record_id)
        if not text.strip():
            raise errors.bad_input("comment_missing", "Write what could be better; one sentence is enough.")
        unit.reviews.put_note(Note(f"{record.id}:{self.new_id()}", record.id, by, text.strip(), now))
        unit.ledger.note(Audit(record.id, now, by, "note", None, "commented", "form"))
        _redraw(unit, record, now)
        return record


@dataclass(frozen=True, slots=True)
class HearReply:
    """A reply in the thread of the review post is a note; writing it anew in Slack changes the note."""

    def record_of(self, unit: Unit, team_id: str, channel_id: str, thread_ts: str) -> Postmortem | None:
        """The record whose review was posted there, in this workspace."""
        posted = unit.posts.at(channel_id, thread_ts)
        if posted is None or posted.name not in [meeting_rows.review_name(place) for place in meeting_rows.PLACES]:
            return None
        record = unit.records.get(posted.postmortem_id, lock=True)
        return record if record and record.team_id == team_id else None

    def __call__(self, unit: Unit, team_id: str, message: Message, now: datetime) -> None:
        """Heard twice, it is one note. Our own messages and those of other apps are no notes."""
        if message.is_bot or not message.user_id or not message.is_reply:
            return
        record = self.record_of(unit, team_id, message.channel_id, message.thread_ts or "")
        if record is None:
            return
        said = _said(unit, team_id, message)
        note = Note(
            f"{record.id}:{message.channel_id}:{message.ts}", record.id, message.user_id, said, message.at,
            message.channel_id, message.ts,
        )  # fmt: skip
        known = next((each for each in unit.reviews.notes(record.id) if each.id == note.id), None)
        if not said or (known and known.text == said):
            return
        unit.reviews.put_note(replace(known, text=said) if known else note)
        change = ("edited", known.text) if known else ("replied in the thread", None)
        unit.ledger.note(Audit(record.id, now, message.user_id, "note", change[1], change[0], "thread"))
        _redraw(unit, record, now)


@dataclass(frozen=True, slots=True)
class SettleNote:
    """Tick a note off, or open it again."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, note_id: str, state: NoteState, by: str, now: datetime) -> Postmortem:
        """The owner, the IC, the deputy and whoever wrote the note may. Raises `Refused`, or `Stale` when it is so already."""
        record = standing.record_or_refuse(unit, note_id.partition(":")[0], team_id=team_id)
        note = next((each for each in unit.reviews.notes(record.id) if each.id == note_id), None)
        if note is None:
            raise Refused("This note is not here any more. Type `/postmortem notes` to see those that are.")
        if note.user_id != by:
            leading.only_leads(actors.actor(unit, record, by, self.policy), record, "tick off what others noted")
        if note.state is state:
            who = f" by <@{note.done_by}>" if note.done_by else ""
            raise Stale(f"This note is {state.value} already{who}. Nothing was changed.")
        done = state is NoteState.DONE
        settled = replace(note, state=state, done_by=by if done else None, done_at=now if done else None)
        unit.reviews.put_note(settled)
        unit.ledger.note(Audit(record.id, now, by, "note", note.state.value, state.value, "button"))
        _redraw(unit, record, now)
        return record


def _under_review(unit: Unit, team_id: str, record_id: str) -> Postmortem:
    record = standing.record_or_refuse(unit, record_id, team_id=team_id)
    if record.merged is not None:
        raise Stale(f"{record.name} was merged into {record.merged.name}: it is reviewed there.")
    if record.waiver is not None:
        raise Stale(f"{record.name} was waived, so there is nothing to review any more.")
    if record.status in _PAST:
        raise Stale(f"{record.name} is {record.status} already, so the review is over. Write to the owner instead.")
    return record


def _said(unit: Unit, team_id: str, message: Message) -> str:
    """The words as they are read, mentions as names; a reply of files alone is their names."""

    def name_of(user_id: str, label: str) -> str:
        person = unit.people.get(team_id, user_id)
        return person.name if person else label or user_id

    said = markup.decode(message.text, name_of).strip()
    return said or ", ".join(file.name or file.permalink for file in message.files)


def _redraw(unit: Unit, record: Postmortem, now: datetime) -> None:
    unit.outbox.put(rows.card(record, now, soon=True))
    meeting_rows.redraw_review(unit, record, now)
