"""What `/postmortem` answers: the whole of one post-mortem for one reader, with every next step as a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.blocks import calendar_links, card, checklist, earlier, ids, merge_form, move_buttons, parts, text, todo_pages
from bot.blocks.parts import Block
from bot.domain import checklist as rules
from bot.domain import counted, leading, response_times
from bot.domain.checklist import Mark, Task
from bot.domain.earlier import Earlier
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.ports.chat import Drawing

# The ways that are not the next step: back, and past a message that the meeting decided against.
_ASIDE: Mapping[Status, tuple[Status, ...]] = {
    Status.DRAFT: (),
    Status.IN_REVIEW: (Status.DRAFT,),
    Status.REVIEWED: (Status.IN_REVIEW,),
    Status.CLOSED: (Status.IN_REVIEW,),
}

# What is done can be looked at again, under a name that asks for nothing.
_AGAIN: Mapping[Task, str] = {
    Task.DETAILS: "Incident details",
    Task.MEETING: "Meeting",
    Task.TIMELINE: "Timeline",
    Task.CONTENT: "What happened",
    Task.TODOS: "Action items",
    Task.EXTERNAL: "Message to customers",
    Task.NOTES: "Readers' notes",
    Task.QUESTIONS: "Questions",
}


def hub(
    overview: Overview, *, support: bool = False, again: bool = True, similar: Sequence[Earlier] = ()
) -> Drawing:  # fmt: skip
    """Facts, deadline, next step, the checklist with its buttons, and the ways back; `support` says that the reader is in the
    support team, `similar` are earlier ones that the reader may see. What is shown to one person stays as it was: `again`
    adds the button that shows it anew in its place."""
    record = overview.postmortem
    steps = [] if record.merged else checklist.full(overview, support=support)
    blocks = [
        *card.summary_blocks(overview, short=False),
        *_counted(overview),
        *_times(overview),
        *earlier.block(similar),
        *steps,
        *_action_items(overview),
        *_calendar(overview),
        parts.actions(*(_set_aside(record) if record.merged else _aside(overview))),
    ]
    if again:
        anew = parts.button("Show it anew", ids.HUB_ANEW, overview.postmortem.id)
        blocks += [parts.context(f"As it stood {text.when(overview.now)}."), parts.actions(anew)]
    return parts.drawing(card.summary(overview), blocks)


def _action_items(overview: Overview) -> list[Block]:
    """While readers look at them: what they would ask about the action items as a whole."""
    return todo_pages.warned(overview, reviewing=True) if overview.postmortem.status is Status.IN_REVIEW else []


def _counted(overview: Overview) -> list[Block]:
    """How the deadline comes about, where there is one to keep; its days one by one are behind a button."""
    record = overview.postmortem
    if record.set_aside or record.open_again is not None:
        return []
    return [parts.context(f"Counted: {text.escape(counted.line(record, overview.deadline))}")]


def _calendar(overview: Overview) -> list[Block]:
    """The ways into a calendar, while the meeting is to come; who is invited, as long as that may still change."""
    said = calendar_links.line(overview)
    if not leading.meeting_matters(overview.postmortem):
        return []
    links = [parts.context(f":calendar: {said}")] if said else []
    return [*links, parts.actions(*calendar_links.buttons(overview))]


def _times(overview: Overview) -> list[Block]:
    """X-4, as far as they are known."""
    took = response_times.line(response_times.response_times(overview.life.items, overview.postmortem.times))
    return [parts.context(f":stopwatch: {took}.")] if took else []


def _set_aside(record: Postmortem) -> list[Block]:
    """One that was merged can be read, and be taken out again."""
    into = record.merged.record_id if record.merged else ""
    history = parts.button("History", ids.HISTORY_PAGE, record.id)
    return [parts.button("Notes", ids.NOTES_OPEN, record.id), history, merge_form.undo_button(into, record.id)]


def _aside(overview: Overview) -> list[Block]:
    """What is done can be looked at and changed; each button once, since the checklist has its own."""
    record = overview.postmortem
    ways = [move_buttons.button(record, to) for to in _ASIDE[record.status]]
    offered = {entry.task for entry in rules.checklist(overview) if entry.mark is Mark.TODO}
    if checklist.waits_for_meeting(overview):
        offered.add(Task.MEETING)
    known = checklist.BUTTONS
    again = [parts.button(label, known[task][1], record.id) for task, label in _AGAIN.items() if task not in offered]
    days = parts.button("How is this counted?", ids.DEADLINE_WORKING, record.id)
    history = parts.button("History", ids.HISTORY_PAGE, record.id)
    taken = [merge_form.undo_button(record.id, record.took_in[-1].record_id)] if record.took_in else []
    return [*again, *ways, days, history, *taken]
