"""What somebody reads who has just pointed at a message, or typed a line: what was kept and where, with Change and Undo beside
a line, and why nothing was added where it is there already."""

from __future__ import annotations

from bot.blocks import ids, lines, parts, text, timeline_line
from bot.domain import actions, evidence, timeline
from bot.domain.actions import ActionItem
from bot.domain.harvest.finding import TodoFinding
from bot.domain.postmortem import Postmortem
from bot.domain.queries import Query
from bot.domain.timeline import Item
from bot.ports.chat import Drawing

_WORDS = 300


def added(record: Postmortem, item: Item, understood: str = "", *, changed: bool = False) -> Drawing:
    """A line stands in the timeline; `understood` is how its time was read, as plain text."""
    head = f"{'Changed' if changed else 'Added'} in the timeline of {lines.name(record)}:"
    whole = f"{head}\n{_line(item)}"
    value = timeline_line.value(item, item.version)
    buttons = parts.actions(
        parts.button("Change", ids.LINE_CHANGE, value), parts.button("Undo", ids.LINE_TAKE_BACK, value)
    )
    how = [parts.context(text.escape(understood))] if understood else []
    return parts.drawing(whole, [parts.section(whole), *how, buttons])


def taken_back(record: Postmortem, item: Item) -> Drawing:
    """The line is out again."""
    return said(f"Taken out of the timeline of {lines.name(record)}: {timeline_line.short(item)}")


def in_timeline(record: Postmortem, item: Item, who: str) -> Drawing:
    """The message has its line already, and this person does not change it; `who` says who does."""
    return said(f"This message is in the timeline of {lines.name(record)} already:\n{_line(item)}\n{text.escape(who)}")


def todo_added(record: Postmortem, words: str, link: str | None) -> Drawing:
    """It waits for a decision."""
    where = f" ({text.link(link, 'message')})" if link else ""
    return said(f"Added to the TODOs of {lines.name(record)}, where it waits for a decision: {_short(words)}{where}")


def todo_there(record: Postmortem, found: TodoFinding | ActionItem) -> Drawing:
    """It is in the list: waiting, or decided on."""
    if isinstance(found, ActionItem):
        label = actions.LABELS[found.decision]
        outcome = text.link(found.ticket, label) if found.ticket else text.escape(label)
        stands = f"was decided on already: {outcome}"
    else:
        stands = "waits for a decision already"
    head = f"This message is in the list of TODOs of {lines.name(record)} and {stands}."
    blocks = [
        parts.section(f"{head}\n{text.quote(found.text, _WORDS)}"),
        parts.actions(parts.button("Look at the TODOs", ids.TODOS_OPEN, record.id)),
    ]
    return parts.drawing(head, blocks)


def query_added(record: Postmortem, query: Query) -> Drawing:
    """It is kept, to the letter."""
    return said(f"Kept among the queries of {lines.name(record)}: {text.code(query.text)}")


def query_there(record: Postmortem, query: Query) -> Drawing:
    """A query of this message is kept already."""
    head = f"A query of this message is kept in {lines.name(record)} already: {text.code(query.text)}"
    button = parts.button("Look at the queries", ids.QUERIES_OPEN, record.id)
    return parts.drawing(head, [parts.section(head), parts.actions(button)])


def attached(record: Postmortem, item: Item, urls: tuple[str, ...]) -> Drawing:
    """These addresses show the line from now on."""
    shown = timeline_line.links(urls)
    return said(f"Attached in {lines.name(record)}: {shown} shows\n{timeline_line.short(item)}")


def nothing_to_show() -> Drawing:
    """No address, no file."""
    return said(
        "There is no web address and no file in this message that could show anything. Choose the message with the graph, "
        "the log or the page; or add the address to its line in the timeline."
    )


def no_line(record: Postmortem) -> Drawing:
    """There is nothing that it could show yet."""
    return said(f"{lines.name(record)} has no line in its timeline yet: choose *Add to timeline* in the menu first.")


def _line(item: Item) -> str:
    kind = timeline_line.kind(item.kind)
    shown = f"\n:bar_chart: {timeline_line.links(evidence.proposed(item.evidence))}" if item.evidence else ""
    return f"*{timeline.moment(item)} UTC*{kind} {text.escape(text.clip(item.text, _WORDS))}{shown}"


def _short(words: str) -> str:
    return text.escape(text.clip(" ".join(words.split()), _WORDS))


def said(markup: str) -> Drawing:
    """A sentence in finished mark-up."""
    return parts.drawing(markup, [parts.section(markup)])
