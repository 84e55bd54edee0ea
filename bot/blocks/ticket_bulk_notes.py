"""What came of tickets that were asked for at once, told to the one who asked and closed the modal.

| topic           | values     | to        |
|-----------------|------------|-----------|
| tickets_settled | since      | who asked |
| tickets_stopped | why, which | who asked |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import ids, lines, parts, text, ticket_lines, ticket_progress
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]


def _settled(overview: Overview, values: Values) -> Drawing:
    name = lines.name(overview.postmortem)
    bulk = ticket_progress.bulk_of(overview, str(values.get("since") or ""))
    if bulk is None:
        said = f"{name}: the tickets that you asked for are settled."
        return parts.drawing(said, [parts.section(said)])
    counted, blocks = ticket_progress.told(overview, bulk)
    said = f"{name}: {counted}."
    return parts.drawing(said, [parts.section(said), *blocks])


def _stopped(overview: Overview, values: Values) -> Drawing:
    name, why = lines.name(overview.postmortem), text.foreign(text.clip(str(values.get("why") or ""), 1000))
    said = f"{name}: no ticket was asked for. {why} The action items stay as they are."
    again = f"{overview.postmortem.id}:{values.get('which') or ''}"
    create = parts.button("Create the tickets", ids.TICKETS_CREATE, again, "primary")
    button = ticket_lines.careful(overview.postmortem, create)
    return parts.drawing(said, [parts.section(said), parts.actions(button)])


TO_PERSON: Mapping[str, Callable[[Overview, Values], Drawing]] = {
    Topic.TICKETS_SETTLED: _settled,
    Topic.TICKETS_STOPPED: _stopped,
}
