"""R-10: what has been done on a post-mortem, what is missing and what comes next. Nothing here is ticked by hand: each
entry follows from the record and its content, by the same guards that a move asks, so that no list ever disagrees with a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import content_gate, guards, leading, mailing, phrases, questions
from bot.domain.booking import Outcome
from bot.domain.external_message import ExternalMessage
from bot.domain.guards import Facts
from bot.domain.overview import Overview
from bot.domain.postmortem import OwnerState
from bot.domain.status import Status


class Task(StrEnum):
    """The entries, in the order in which they are best done: the owner, the meeting (R-12), the timeline (R-20), the rest."""

    OWNER = "owner"
    MEETING = "meeting"
    CALENDAR = "calendar"
    DETAILS = "details"
    TIMELINE = "timeline"
    CONTENT = "content"
    EXTERNAL = "external"
    WORDING = "wording"
    SEND_TO_REVIEW = "send_to_review"
    TODOS = "todos"
    NOTES = "notes"
    QUESTIONS = "questions"
    HOLD_MEETING = "hold_meeting"
    TOPICS = "topics"
    REVIEWED = "reviewed"
    MAIL = "mail"
    PUBLISH = "publish"
    CLOSED = "closed"


class Mark(StrEnum):
    """Done; to be done now; to be done, but something else comes first; not needed here."""

    DONE = "done"
    TODO = "todo"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the checklist: what, whether it is done, and a few plain words about how far it is. `headings` are the
    missing headings of the template, in its order; `at` is when the meeting begins."""

    task: Task
    mark: Mark
    said: str = ""
    headings: tuple[str, ...] = ()
    at: datetime | None = None

    @property
    def done(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.mark is Mark.DONE


_DETAILS = ("title", "severity", "started", "resolved", "IC")
_CONTENT_APART = {"Postmortem Owner", "Responders: IC", "Timeline"}


def checklist(overview: Overview) -> tuple[Entry, ...]:
    """Every entry as it stands. Empty when the facts were not read (an overview made for something else)."""
    facts = overview.facts
    if facts is None:
        return ()
    return tuple(entry for task in Task if (entry := _ENTRIES[task](overview, facts)) is not None)


def next_entry(overview: Overview) -> Entry | None:
    """The one thing to do next: the first entry that is to be done now. None when nothing is, or everything waits."""
    if overview.postmortem.status is Status.CLOSED or overview.postmortem.set_aside:
        return None
    # Once it was sent to review, no move asks for the wording: new warnings are a hint, and hold nothing up.
    wording = () if overview.postmortem.status is Status.DRAFT else (Task.WORDING,)
    hints = (Task.MAIL, *wording)
    return next((each for each in checklist(overview) if each.mark is Mark.TODO and each.task not in hints), None)


def progress(entries: tuple[Entry, ...]) -> tuple[int, int]:
    """How many are done, of how many."""
    return sum(entry.done for entry in entries), len(entries)


def nothing_written(overview: Overview) -> bool:
    """Whether nobody has written a word yet: no section, no item of the timeline, no decision on a message to customers."""
    life, decided = overview.life, overview.life.external.value is not ExternalMessage.UNDECIDED
    return not (any(entry.value for entry in life.content.entries.values()) or life.items or decided)


def _when(task: Task, done: bool, said: str = "", *, later: bool = False, headings: tuple[str, ...] = ()) -> Entry:
    mark = Mark.DONE if done else Mark.LATER if later else Mark.TODO
    return Entry(task, mark, said, headings)


def _owner(overview: Overview, facts: Facts) -> Entry:
    record = overview.postmortem
    waiting = "waiting for an answer" if record.owner and record.owner_state is OwnerState.TOLD else ""
    # An owner who was told owns it: nobody else has to act, so that it never holds up the rest.
    return _when(Task.OWNER, record.owner is not None, waiting)


def _details(overview: Overview, facts: Facts) -> Entry:
    record = overview.postmortem
    there = (record.title.strip(), record.severity, record.times.started_at, record.times.resolved_at, record.roles.ic)
    missing = tuple(name for name, value in zip(_DETAILS, there, strict=True) if not value)
    return _when(Task.DETAILS, not missing, f"{', '.join(missing)} missing" if missing else "")


def _meeting(overview: Overview, facts: Facts) -> Entry:
    booking = overview.life.booking
    if booking is None or booking.cancelled or booking.outcome is Outcome.NOT_HELD:
        return _when(Task.MEETING, False, "cancelled" if booking and booking.cancelled else "")
    return Entry(Task.MEETING, Mark.DONE, at=booking.start)


def _calendar(overview: Overview, facts: Facts) -> Entry | None:
    """R-13: said by a person. It holds nothing up, so it is never the next step; and afterwards nobody is asked for it."""
    booking = overview.life.booking
    if booking is None or not booking.stands:
        return None
    if booking.shared_at is None and (overview.now >= booking.end or not leading.meeting_matters(overview.postmortem)):
        return None
    return _when(Task.CALENDAR, booking.shared_at is not None, later=True)


def _timeline(overview: Overview, facts: Facts) -> Entry:
    life, items = overview.life, overview.life.items
    said = life.evidence_said
    if life.waiting_items:
        proposed = phrases.count(len(life.waiting_items), "proposal")
        said = f"{said}, {proposed} to look at" if said else f"{proposed} to look at"
    return _when(Task.TIMELINE, bool(items) and not facts.bare_items and not life.waiting_items, said)


def _content(overview: Overview, facts: Facts) -> Entry:
    missing = tuple(heading for heading in facts.missing_content if heading not in _CONTENT_APART)
    asked = len(content_gate.GATE)
    said = f"{asked - len(facts.missing_content)} of {asked} headings filled in"
    return _when(Task.CONTENT, not missing, said, headings=missing)


def _todos(overview: Overview, facts: Facts) -> Entry:
    left = f"{phrases.count(facts.open_todos, 'TODO')} to decide on" if facts.open_todos else ""
    return _when(Task.TODOS, not facts.open_todos, left)


def _wording(overview: Overview, facts: Facts) -> Entry:
    left = f"{phrases.count(facts.unseen_findings, 'finding')} to look at" if facts.unseen_findings else ""
    # Wording that nobody has written was not looked at either.
    done = not guards.findings_seen(facts, overview.now)
    early = done and nothing_written(overview) and bool(facts.missing_content)
    return _when(Task.WORDING, done and not early, left, later=early)


def _external(overview: Overview, facts: Facts) -> Entry:
    said = {ExternalMessage.NONE: "none", ExternalMessage.PRESENT: "written"}.get(facts.external, "not decided")
    text = overview.life.external.text
    if facts.external is ExternalMessage.PRESENT and not text.empty and text.unwritten:
        said = f"there will be one; still empty: {', '.join(text.unwritten)}"
    return _when(Task.EXTERNAL, facts.external is not ExternalMessage.UNDECIDED, said)


def _send_to_review(overview: Overview, facts: Facts) -> Entry:
    sent = overview.postmortem.status is not Status.DRAFT
    ready = not any(guard(facts, overview.now) for guard in _GATE)
    return _when(Task.SEND_TO_REVIEW, sent, "" if sent or not ready else "everything is there", later=not ready)


_GATE: tuple[Callable[[Facts, datetime], tuple[object, ...]], ...] = (
    guards.content_complete, guards.meeting_booked, guards.findings_seen, guards.external_decided,
)  # fmt: skip


def _notes(overview: Overview, facts: Facts) -> Entry | None:
    life = overview.life
    if not life.notes and not life.approvals:
        return None
    approved = f"approved by {phrases.count(len(life.approvals), 'person', 'people')}" if life.approvals else ""
    left = f"{phrases.count(life.open_notes, 'note')} open" if life.open_notes else ""
    return _when(Task.NOTES, not life.open_notes, ", ".join(each for each in (left, approved) if each))


def _questions(overview: Overview, facts: Facts) -> Entry | None:
    """They wait for somebody else, so they are never the next step (R-08)."""
    left = len(questions.open_ones(overview.life.questions))
    if not left or not questions.matters(overview.postmortem):
        return None
    return _when(Task.QUESTIONS, False, f"{left} {'waits' if left == 1 else 'wait'} for an answer", later=True)


def _hold_meeting(overview: Overview, facts: Facts) -> Entry:
    held = not guards.meeting_over(facts, overview.now) or _status_is(overview, Status.REVIEWED, Status.CLOSED)
    over = facts.meeting_end is not None and not facts.meeting_cancelled and overview.now >= facts.meeting_end
    return _when(Task.HOLD_MEETING, held, later=not over or overview.postmortem.status is Status.DRAFT)


def _topics(overview: Overview, facts: Facts) -> Entry | None:
    if not facts.undecided_actions:
        return None
    early = overview.postmortem.status is Status.DRAFT or bool(guards.meeting_over(facts, overview.now))
    left = f"{phrases.count(facts.undecided_actions, 'topic')} to discuss"
    return _when(Task.TOPICS, False, left, later=early and overview.postmortem.status is not Status.REVIEWED)


def _reviewed(overview: Overview, facts: Facts) -> Entry | None:
    if facts.external is not ExternalMessage.PRESENT and overview.postmortem.status is not Status.REVIEWED:
        return None
    done = _status_is(overview, Status.REVIEWED, Status.CLOSED)
    early = overview.postmortem.status is Status.DRAFT or bool(guards.meeting_over(facts, overview.now))
    return _when(Task.REVIEWED, done, later=early)


def _mail(overview: Overview, facts: Facts) -> Entry | None:
    """R-53: asked for once it was reviewed. It holds nothing up, so it is never the next step."""
    sent = bool(mailing.sent(overview))
    if not sent and not _status_is(overview, Status.REVIEWED, Status.CLOSED):
        return None
    return _when(Task.MAIL, sent)


def _publish(overview: Overview, facts: Facts) -> Entry | None:
    if facts.external is not ExternalMessage.PRESENT:
        return None
    done = _status_is(overview, Status.CLOSED)
    return _when(Task.PUBLISH, done, later=overview.postmortem.status is not Status.REVIEWED)


def _closed(overview: Overview, facts: Facts) -> Entry | None:
    if facts.external is ExternalMessage.PRESENT:
        return None
    done = _status_is(overview, Status.CLOSED)
    early = overview.postmortem.status is not Status.REVIEWED and bool(
        overview.postmortem.status is Status.DRAFT or guards.meeting_over(facts, overview.now)
    )
    return _when(Task.CLOSED, done, later=early)


def _status_is(overview: Overview, *states: Status) -> bool:
    return overview.postmortem.status in states


_ENTRIES: dict[Task, Callable[[Overview, Facts], Entry | None]] = {
    Task.OWNER: _owner,
    Task.DETAILS: _details,
    Task.MEETING: _meeting,
    Task.CALENDAR: _calendar,
    Task.TIMELINE: _timeline,
    Task.CONTENT: _content,
    Task.TODOS: _todos,
    Task.WORDING: _wording,
    Task.EXTERNAL: _external,
    Task.SEND_TO_REVIEW: _send_to_review,
    Task.NOTES: _notes,
    Task.QUESTIONS: _questions,
    Task.HOLD_MEETING: _hold_meeting,
    Task.TOPICS: _topics,
    Task.REVIEWED: _reviewed,
    Task.MAIL: _mail,
    Task.PUBLISH: _publish,
    Task.CLOSED: _closed,
}
