"""How far the tickets are that were asked for at once: a line for each, in a modal that is drawn anew while they are made, and for who
closed it in one message at the end."""

from __future__ import annotations

from typing import Any

from bot.blocks import ids, pages, parts, text, ticket_fields_form, ticket_lines
from bot.blocks.pages import ACTIONS, Page
from bot.blocks.parts import Block
from bot.domain import phrases, ticket_bulk
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.ticket_bulk import Bulk, Which

# Of a line, and of a block of lines; how many blocks a message, or a modal, has for them.
_TEXT, _BLOCK, _MOST = 150, 2800, 40
_ASKING = ":hourglass_flowing_sand: Asking Jira what it wants for these tickets …"


def loading(record_id: str, name: str) -> dict[str, Any]:
    """While Jira is asked."""
    return _view(record_id, name, [parts.section(_ASKING)])


def stopped(record: Postmortem, name: str, why: str, which: str) -> dict[str, Any]:
    """Jira could not be asked: nothing was made."""
    again = parts.button("Try again", ids.TICKETS_CREATE, f"{record.id}:{which}", "primary")
    said = parts.section(f":warning: {text.foreign(text.clip(why, 1000))}\n{_STANDS}")
    return _view(record.id, name, [said, parts.actions(ticket_lines.careful(record, again), _all(record.id))])


_STANDS = "No ticket was asked for, and the action items stay as they are."


def view(overview: Overview, bulk: Bulk, name: str) -> dict[str, Any]:
    """The modal as things stand."""
    head = parts.section(f"*{counted(bulk)}*")
    more = [] if bulk.settled else [parts.context(_CLOSE)]
    return _view(overview.postmortem.id, name, [head, *_lines(overview, bulk), *more, _buttons(overview, bulk)])


_CLOSE = "This goes on by itself. If you close it, one message tells you what came of it."


def told(overview: Overview, bulk: Bulk) -> tuple[str, list[Block]]:
    """The same for a message: a sentence, and all of it."""
    head = counted(bulk)
    return head, [*_lines(overview, bulk), _buttons(overview, bulk)]


def counted(bulk: Bulk) -> str:
    """`3 of 5 tickets made, 1 looked for, 1 refused`."""
    made, waiting, looked_for, refused, held = bulk.counts
    others = ((waiting, "being made"), (looked_for, "looked for"), (refused, "refused"), (held, "with a question"))
    of = f"{made} of {phrases.count(len(bulk.lines), 'ticket')} made"
    return ", ".join([of, *(f"{number} {what}" for number, what in others if number)])


def retry(overview: Overview, bulk: Bulk) -> list[Block]:
    """What can be done about those that were refused."""
    refused, record = [each for each in bulk.refused if not each.wants], overview.postmortem
    which = Which(failed_since=bulk.since).text()
    label = "Try the failed one again" if len(refused) == 1 else f"Try the {len(refused)} failed again"
    again = parts.button(label, ids.TICKETS_CREATE, f"{record.id}:{which}", "primary")
    fill_in = [ticket_lines.fill_in(record)] if bulk.wanting else []
    return [*fill_in, *([ticket_lines.careful(record, again)] if refused else [])]


def _buttons(overview: Overview, bulk: Bulk) -> Block:
    return parts.actions(*retry(overview, bulk), _all(overview.postmortem.id))


def _all(record_id: str) -> Block:
    return pages.go("See all action items", record_id, Page(ACTIONS))


def _lines(overview: Overview, bulk: Bulk) -> list[Block]:
    """As many lines a block as it holds; where there are too many, it is said how many are left out."""
    packed: list[str] = []
    shown = 0
    for action, _ in bulk.lines:
        line = "\n".join(
            [f"• {text.escape(text.clip(text.plain(action.text), _TEXT))}", *ticket_lines.said(overview, action)]
        )
        if packed and len(packed[-1]) + len(line) < _BLOCK:
            packed[-1] += f"\n{line}"
        elif len(packed) < _MOST:
            packed.append(line)
        else:
            break
        shown += 1
    left = len(bulk.lines) - shown
    rest = [parts.context(f"… and {left} more: see all action items.")] if left else []
    return [*(parts.section(each) for each in packed), *rest]


def _view(record_id: str, name: str, blocks: list[Block]) -> dict[str, Any]:
    drawn = pages.plain_view(ticket_fields_form.TITLE, blocks, pages.metadata(record_id, Page(ACTIONS)))
    return {**drawn, "external_id": name}


def bulk_of(overview: Overview, since: str) -> Bulk | None:
    """The tickets of the asking at that moment, as a row carries it; None for what is none."""
    at = ticket_bulk.moment(since)
    return None if at is None else ticket_bulk.bulk(overview.life.actions, overview.tickets, at)
