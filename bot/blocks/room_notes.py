"""What the owner and the IC are told when the incident's channel cannot be written to, and the line that says so wherever the
post-mortem is shown.

| topic       | values      | to                    |
|-------------|-------------|-----------------------|
| room_closed | how, review | the owner and the IC  |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import ids, lines, parts, text
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.room import Closed, How
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
_WHAT: Mapping[How, tuple[str, str]] = {
    How.ARCHIVED: ("The channel of {name} was archived", "{by} archived the channel of {name}"),
    How.LEFT: ("I was taken out of the channel of {name}", "{by} took me out of the channel of {name}"),
    How.DELETED: ("The channel of {name} was deleted", "{by} deleted the channel of {name}"),
}
_GOES_ON = (
    "I go on in direct messages: the owner and the incident commander are reminded there, and every step can be done from "
    "*All steps* here and from my Home tab. The card and the document in the channel stay as they are."
)
_THEN: Mapping[How, str] = {
    How.ARCHIVED: "Once the channel is unarchived, everything is there again by itself.",
    How.LEFT: "I read nothing there any more. Type `/invite @postmortem` in the channel, and I read what I missed.",
    How.DELETED: "What was read of it is kept, but links to its messages lead nowhere.",
}
_LINES: Mapping[How, str] = {
    How.ARCHIVED: "*The channel is archived:* nothing is posted there, and reminders come as direct messages.",
    How.LEFT: "*I am not in the channel any more* and read nothing there: type `/invite @postmortem` in it.",
    How.DELETED: "*The channel was deleted:* reminders come as direct messages.",
}


def line(closed: Closed) -> str:
    """For the card's facts, wherever else than in the channel they are shown."""
    return f":no_entry_sign: {_LINES[closed.how]}"


def _closed(overview: Overview, values: Values) -> Drawing:
    how = next((each for each in How if each == values.get("how")), How.ARCHIVED)
    by = overview.closed.by if overview.closed else None
    what = _WHAT[how][by is not None].format(name=lines.name(overview.postmortem), by=text.mention(by))
    said = f":no_entry_sign: {what}. {_THEN[how]}"
    steps = parts.actions(parts.button("All steps", ids.HUB_OPEN, overview.postmortem.id, "primary"))
    return parts.drawing(said, [parts.section(said), parts.section(f"{_GOES_ON} {_review(values)}"), steps])


def _review(values: Values) -> str:
    channel = values.get("review")
    if isinstance(channel, str) and channel:
        return f"Readers are asked for their review in <#{channel}> alone."
    return "Readers are not asked for their review by me: share the page with them yourself."


TO_PERSON: Mapping[str, Note] = {Topic.ROOM_CLOSED: _closed}
