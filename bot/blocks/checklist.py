"""The checklist as people see it: the next step with its button, what is missing, what is done. The card, the answer to
`/postmortem` and the Home tab draw the same entries, so that they never say different things."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import ids, lines, meeting_form, move_buttons, parts, text
from bot.blocks.parts import Block
from bot.domain import checklist as rules
from bot.domain.checklist import Entry, Mark, Task
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

LABELS: Mapping[Task, str] = {
    Task.OWNER: "Owner",
    Task.DETAILS: "Incident details",
    Task.MEETING: "Meeting booked",
    Task.CALENDAR: "On the shared calendar",
    Task.TIMELINE: "Timeline with evidence",
    Task.CONTENT: "What happened, and why",
    Task.EXTERNAL: "Message to customers",
    Task.WORDING: "Wording looked at",
    Task.SEND_TO_REVIEW: "Sent to review",
    Task.TODOS: "TODOs decided",
    Task.NOTES: "Readers' notes",
    Task.QUESTIONS: "Questions",
    Task.HOLD_MEETING: "Meeting held",
    Task.TOPICS: "Topics decided",
    Task.REVIEWED: "Reviewed",
    Task.MAIL: "Internal e-mail sent",
    Task.PUBLISH: "Message posted by support",
    Task.CLOSED: "Closed",
}
BUTTONS: Mapping[Task, tuple[str, str]] = {
    Task.OWNER: ("Choose the owner", ids.OWNER_CHOOSE_OPEN),
    Task.DETAILS: ("Fill in the details", ids.DETAILS_OPEN),
    Task.MEETING: ("Book the meeting", ids.MEETING_OPEN),
    Task.CALENDAR: ("It is on the shared calendar", ids.SHARED_OPEN),
    Task.TIMELINE: ("Go through the timeline", ids.TIMELINE_OPEN),
    Task.CONTENT: ("Write the post-mortem", ids.CONTENT_OPEN),
    Task.EXTERNAL: ("Decide on the message", ids.EXTERNAL_OPEN),
    Task.WORDING: ("Look at the wording", ids.WORDING_OPEN),
    Task.TODOS: ("Decide on the TODOs", ids.TODOS_OPEN),
    Task.NOTES: ("Read the notes", ids.NOTES_OPEN),
    Task.QUESTIONS: ("See the questions", ids.QUESTIONS_OPEN),
    Task.HOLD_MEETING: ("Was it held?", ids.HELD_OPEN),
    Task.TOPICS: ("Decide on the topics", ids.TODOS_OPEN),
    Task.MAIL: ("Write the e-mail", ids.MAIL_SUMMARY_OPEN),
    Task.PUBLISH: ("Posted", ids.EXTERNAL_POSTED),
}
_MOVES: Mapping[Task, Status] = {
    Task.SEND_TO_REVIEW: Status.IN_REVIEW,
    Task.REVIEWED: Status.REVIEWED,
    Task.CLOSED: Status.CLOSED,
}
SIGN = {Mark.DONE: ":white_check_mark:", Mark.TODO: ":white_medium_square:", Mark.LATER: ":white_small_square:"}
_MOST_HEADINGS = 4


def next_line(overview: Overview) -> str:
    """`*Next:* ...`: the one thing to do, and who does it; that nothing is left when nothing is."""
    return f"*Next:* {step(overview)}"


def step(overview: Overview) -> str:
    """The sentence for the one thing to do next."""
    record, entry = overview.postmortem, rules.next_entry(overview)
    if record.status is Status.CLOSED:
        return "nothing, it is closed"
    if record.merged is not None:
        return f"nothing here: it is a part of {record.merged.name} in {lines.channel(record.merged.channel_id)}"
    if record.waiver is not None:
        return "nothing, it is waived; the incident commander takes that back with `/postmortem waive undo`"
    if entry is None:
        waits = _waits_for(overview)
        return waits or "nothing right now"
    return _SENTENCES[entry.task](overview)


def _waits_for(overview: Overview) -> str:
    booking = overview.life.booking
    if booking is None or booking.cancelled:
        return ""
    owner, ic = _owner(overview), _ic(overview)
    return f"the meeting, {text.when(booking.start)}: {ic} runs it, {owner} walks through the document"


def _owner(overview: Overview) -> str:
    return text.mention(overview.postmortem.owner, "the owner")


def _ic(overview: Overview) -> str:
    return text.mention(overview.postmortem.roles.ic, "the incident commander")


def _designate(overview: Overview) -> str:
    waiting = lines.pending(overview)
    if waiting:
        return f"{text.mention(waiting.asked, _ic(overview))} confirms the owner, in the direct message"
    return f"{_ic(overview)} designates one owner: `/postmortem assign @name`"


def _book(overview: Overview) -> str:
    early = ", before anything is written" if rules.nothing_written(overview) else ""
    return f"{_owner(overview)} books the meeting{early}"


_SENTENCES: Mapping[Task, Callable[[Overview], str]] = {
    Task.OWNER: _designate,
    Task.DETAILS: lambda o: f"{_ic(o)} or {_owner(o)} fills in the incident's details",
    Task.MEETING: _book,
    Task.CALENDAR: lambda o: f"{_owner(o)} puts the meeting on the shared calendar",
    Task.TIMELINE: lambda o: f"{_owner(o)} goes through the timeline: what to keep, and the link that shows it",
    Task.CONTENT: lambda o: f"{_owner(o)} writes what is still missing",
    Task.EXTERNAL: lambda o: f"{_owner(o)} writes the message to customers, or decides that there is none",
    Task.WORDING: lambda o: f"{_owner(o)} looks at the suggestions on wording",
    Task.SEND_TO_REVIEW: lambda o: f"{_owner(o)} sends it to review: everything is there",
    Task.TODOS: lambda o: f"{_owner(o)} decides what becomes of the TODOs",
    Task.NOTES: lambda o: f"{_owner(o)} goes through the readers' notes",
    Task.QUESTIONS: lambda o: "the answers to the open questions",
    Task.HOLD_MEETING: lambda o: f"{_ic(o)} or {_owner(o)} says whether the meeting was held",
    Task.TOPICS: lambda o: f"{_owner(o)} decides the topics that were discussed",
    Task.REVIEWED: lambda o: f"{_owner(o)} or {_ic(o)} marks it as reviewed",
    Task.MAIL: lambda o: f"{_owner(o)} sends the internal e-mail",
    Task.PUBLISH: lambda o: "the support team posts the message to customers, and closes it",
    Task.CLOSED: lambda o: f"{_owner(o)} or {_ic(o)} closes it",
}


def next_button(overview: Overview) -> Block | None:
    """The button that does the next step, where a button can."""
    entry = rules.next_entry(overview)
    if entry is None or entry.task is Task.PUBLISH:
        # The support team has its own message with the text and this button.
        return None
    return button(overview.postmortem, entry.task, "primary")


def waits_for_meeting(overview: Overview) -> bool:
    """Whether it is in review and its meeting is still to come."""
    booking, record = overview.life.booking, overview.postmortem
    coming = booking is not None and booking.stands and overview.now < booking.end
    return coming and record.status is Status.IN_REVIEW and not record.set_aside


def meeting_buttons(overview: Overview) -> list[Block]:
    """While the meeting is waited for: it may have been held earlier (R-19), or be moved."""
    booking, record = overview.life.booking, overview.postmortem
    if booking is None or not waits_for_meeting(overview):
        return []
    return [
        parts.button("It was held already", ids.MEETING_REAL, meeting_form.value(record, booking)),
        parts.button("Change the meeting", ids.MEETING_OPEN, record.id),
    ]


def button(record: Postmortem, task: Task, style: str | None = None) -> Block | None:
    """The button that leads to where an entry is done; None where there is none in this state."""
    to = _MOVES.get(task)
    if to is not None:
        return move_buttons.button(record, to, style) if move_buttons.leads(record.status, to) else None
    label, action_id = BUTTONS[task]
    return parts.button(label, action_id, record.id, style)


def how_far(overview: Overview) -> str:
    """`*Checklist:* 5 of 13 done`."""
    done, of = rules.progress(rules.checklist(overview))
    return f"*Checklist:* {done} of {of} done"


def short(overview: Overview) -> str:
    """The checklist in a few lines, for the card: how many are done, and what is missing."""
    missing = [_line(entry) for entry in rules.checklist(overview) if not entry.done]
    return "\n".join([how_far(overview), *missing])


def full(overview: Overview, *, support: bool = False) -> list[Block]:
    """Every entry, each that is to be done with the button that leads there; `support` says that the reader is in the support
    team, whose button nobody else is offered."""
    record, entries = overview.postmortem, rules.checklist(overview)
    done = [_line(entry) for entry in entries if entry.done]
    blocks: list[Block] = []
    for entry in entries:
        if entry.mark is Mark.TODO:
            theirs = entry.task is Task.PUBLISH and not support
            section, leads = parts.section(_line(entry)), None if theirs else button(record, entry.task)
            blocks.append({**section, "accessory": leads} if leads else section)
    later = [_line(entry) for entry in entries if entry.mark is Mark.LATER]
    waiting = meeting_buttons(overview)
    return [
        *([parts.actions(*waiting)] if waiting else []),
        *blocks,
        *([parts.context("\n".join(later))] if later else []),
        *([parts.context("\n".join(done))] if done else []),
    ]


def _line(entry: Entry) -> str:
    said = text.when(entry.at) if entry.at else text.escape(entry.said)
    # An owner who was told and has not answered is one, and is waited for all the same.
    waited = entry.task is Task.OWNER and entry.done and bool(entry.said)
    line = f"{':hourglass_flowing_sand:' if waited else SIGN[entry.mark]} {LABELS[entry.task]}{f': {said}' if said else ''}"
    if not entry.headings:
        return line
    shown = ", ".join(entry.headings[:_MOST_HEADINGS])
    rest = len(entry.headings) - _MOST_HEADINGS
    return f"{line}. Missing: {shown}{f' and {rest} more' if rest > 0 else ''}"
