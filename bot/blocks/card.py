"""The card of a post-mortem in its channel: pinned, redrawn in place, and enough to see at a glance where it stands."""

from __future__ import annotations

from bot.blocks import (
    checklist,
    harvest_line,
    ids,
    lines,
    mail_notes,
    meeting_line,
    merge_form,
    merge_lines,
    move_buttons,
    parts,
    question_lines,
    room_notes,
    text,
    ticket_lines,
)
from bot.blocks.parts import Block
from bot.domain import checklist as rules
from bot.domain.checklist import Task
from bot.domain.harvest_state import Phase
from bot.domain.overview import Overview
from bot.domain.status import Status
from bot.ports.chat import Drawing

_MOST_TROUBLES = 5
_READING = (Phase.HISTORY, Phase.THREADS, Phase.ANALYSE)


def card(overview: Overview) -> Drawing:
    """The whole card as it should look at `overview.now`."""
    blocks = [*summary_blocks(overview), *ticket_lines.relabel(overview), *_troubles(overview), *_page_steps(overview)]
    buttons = _buttons(overview)
    if buttons:
        blocks.append(parts.actions(*buttons))
    return parts.drawing(summary(overview), blocks)


def summary(overview: Overview) -> str:
    """The card in one line, for notifications and screen readers."""
    record = overview.postmortem
    owner = text.mention(record.owner)
    return (
        f"{record.name} {text.escape(lines.title(record))}: {lines.status(record)}, severity {lines.severity(record)}, "
        f"owner {owner}. {lines.due(overview)}"
    )


def summary_blocks(overview: Overview, *, short: bool = True) -> list[Block]:
    """What the card and the status answer share: facts, deadline, next step, reading, document; `short` adds the checklist
    in a few lines."""
    record = overview.postmortem
    return [
        parts.header(f"{record.name} · {lines.title(record)}"),
        *([parts.section(lines.STRANGERS)] if overview.strangers else []),
        *([parts.section(room_notes.line(overview.closed))] if overview.closed else []),
        parts.fields(_facts(overview)),
        parts.section(f"{lines.due(overview)}\n{checklist.next_line(overview)}"),
        *([parts.section(checklist.short(overview))] if short and overview.facts and not record.set_aside else []),
        *merge_lines.blocks(overview),
        *question_lines.open_block(overview),
        *mail_notes.open_block(overview),
        *ticket_lines.block(overview),
        parts.context(harvest_line.harvest_line(overview)),
        *_document(overview),
    ]


def _facts(overview: Overview) -> list[tuple[str, str]]:
    record = overview.postmortem
    roles = record.roles
    facts = [
        ("Status", lines.status(record)),
        ("Severity", lines.severity(record)),
        ("Owner", lines.owner(overview)),
        ("Incident commander", text.mention(roles.ic) + (" (assumed)" if roles.ic and roles.ic_assumed else "")),
        ("Scribe", text.mention(roles.scribe)),
    ]
    if overview.life.booking is not None:
        facts.append(("Meeting", meeting_line.line(overview)))
    if record.services:
        facts.append(("Services", text.escape(text.clip(", ".join(record.services), 300))))
    return facts


def _document(overview: Overview) -> list[Block]:
    """The page and the document in one block where they have room; a link is never cut."""
    page = overview.postmortem.page_url
    draft = "The draft document appears here once the channel has been read."
    canvas = f" · {text.link(overview.canvas, 'as a canvas')}" if overview.canvas else ""
    said = [
        *([f":bookmark: {text.link(page, 'Open the page')}"] if page else []),
        f":page_facing_up: {text.link(overview.document, 'Open the document') if overview.document else draft}{canvas}",
    ]
    together = "\n".join(said)
    return [parts.section(together)] if text.fit(together) == together else [parts.section(each) for each in said]


def _troubles(overview: Overview) -> list[Block]:
    shown = [text.foreign(text.clip(trouble, 400)) for trouble in overview.troubles[:_MOST_TROUBLES]]
    left_out = len(overview.troubles) - len(shown)
    if left_out:
        shown.append(f"and {left_out} more")
    return (
        [parts.section(":warning: *Not everything worked*\n" + "\n".join(f"• {each}" for each in shown))]
        if shown
        else []
    )


def _page_steps(overview: Overview) -> list[Block]:
    """What can be done about a page in the wiki that could not be kept."""
    if not overview.page_failed:
        return []
    again = parts.button("Try the page again", ids.WIKI_AGAIN, overview.postmortem.id)
    anew = [parts.button("Make a new page", ids.WIKI_ANEW, overview.postmortem.id)] if overview.page_lost else []
    return [parts.actions(again, *anew)]


def _buttons(overview: Overview) -> list[Block]:
    record, state = overview.postmortem, overview.harvest
    if record.merged is not None:
        steps = parts.button("What it has", ids.HUB_OPEN, record.id)
        return [steps, merge_form.undo_button(record.merged.record_id, record.id)]
    if record.status is Status.CLOSED:
        return [move_buttons.button(record, Status.IN_REVIEW)]
    first = checklist.next_button(overview)
    waiting = [] if first else checklist.meeting_buttons(overview)
    buttons = [*([first] if first else waiting), parts.button("All steps", ids.HUB_OPEN, record.id)]
    if first is None or first["action_id"] != ids.DETAILS_OPEN:
        there = any(entry.task is Task.DETAILS and entry.done for entry in rules.checklist(overview))
        label = "Incident details" if there else "Fill in the details"
        buttons.append(parts.button(label, ids.DETAILS_OPEN, record.id))
    if state is None or state.phase not in _READING:
        stopped = state is not None and state.phase is Phase.STOPPED
        label = "Try reading the channel again" if stopped else "Read the channel again"
        buttons.append(parts.button(label, ids.HARVEST_AGAIN, record.id))
    return buttons
