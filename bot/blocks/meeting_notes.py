"""The short messages about the meeting and the review; `notes` puts them into its tables.

| topic             | values                                    | to                             |
|-------------------|-------------------------------------------|--------------------------------|
| meeting_booked    | by, start, minutes, link, before, reason  | the channel                    |
| meeting_cancelled | by, start                                 | the channel                    |
| meeting_late      | by, start, reason                         | the IC                         |
| calendar_left     | address                                   | administrators, else the IC and the owner |
| held_silent       | start                                     | the IC, then the owner         |
| review_channel    | channel, error                            | the channel                    |
| learnings_channel | channel, error                            | the channel                    |
| notes             | start                                     | the owner                      |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.blocks import calendar_links, held, ids, lines, parts, review_notes, text
from bot.blocks.parts import Block
from bot.domain import held as rules
from bot.domain import meeting, phrases
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
_ADDRESS = 1000
_LONGEST = int(meeting.DURATIONS[-1].total_seconds() // 60)


def _booked(overview: Overview, values: Values) -> Drawing:
    name, by = lines.name(overview.postmortem), _who(values, "by")
    start, before = _when(values, "start"), _when(values, "before")
    minutes = values.get("minutes")
    length = minutes if isinstance(minutes, int) else _LONGEST
    link = str(values.get("link") or "")
    call = f", {text.link(link, 'join the call')}" if link else ""
    verb = (
        f"moved the meeting of {name} from {before} to" if values.get("before") else f"booked the meeting of {name} for"
    )
    if values.get("before") == values.get("start"):
        verb = f"changed the meeting of {name}:"
    said = f":calendar: {by} has {verb} {start}, {length} minutes{call}."
    if length > _LONGEST:
        said += " That is long: 15 to 30 minutes are enough when everybody has read it before."
    late = f"\nIt is after the deadline, because:{_reason(values)}" if _reason(values) else ""
    return _say(said + late, *_into_calendars(overview, values))


def _into_calendars(overview: Overview, values: Values) -> list[Block]:
    """While the meeting is still that of the note: where it was moved since, the later note has them."""
    booking = overview.life.booking
    if booking is None or booking.start.isoformat() != values.get("start") or not calendar_links.comes(overview):
        return []
    links = parts.context(calendar_links.line(overview))
    return [links, parts.actions(*calendar_links.buttons(overview))]


def _cancelled(overview: Overview, values: Values) -> Drawing:
    name, by, start = lines.name(overview.postmortem), _who(values, "by"), _when(values, "start")
    said = f":calendar: {by} has cancelled the meeting of {name}, {start}. Another one is to be booked. {lines.due(overview)}"
    return _say(said, _book(overview))


def _late(overview: Overview, values: Values) -> Drawing:
    name, by, start = lines.name(overview.postmortem), _who(values, "by"), _when(values, "start")
    said = (
        f":warning: {by} has booked the meeting of {name} for {start}, *after its deadline*, because:{_reason(values)}"
    )
    return _say(
        said, parts.context(f"{lines.due(overview)}\nIf that is not right, move it."), _book(overview, "Move it")
    )


def _held_silent(overview: Overview, values: Values) -> Drawing:
    booking, record = overview.life.booking, overview.postmortem
    if booking is not None and rules.open_question(booking, record, overview.now):
        return held.question(overview, ping=False)
    return _say(f"Somebody has said meanwhile what came of the meeting of {lines.name(record)}. Nothing is left to do.")


def _review_channel(overview: Overview, values: Values) -> Drawing:
    channel = f"<#{values['channel']}>" if str(values.get("channel", "")).isalnum() else "The channel for reviews"
    why = _WHY.get(str(values.get("error")), "Slack does not let me post there")
    name = lines.name(overview.postmortem)
    return _say(f":warning: {channel} was not asked to review {name}: {why}. Please ask people there to read it.")


def _learnings_channel(overview: Overview, values: Values) -> Drawing:
    channel = f"<#{values['channel']}>" if str(values.get("channel", "")).isalnum() else "The channel for results"
    why = _WHY.get(str(values.get("error")), "Slack does not let me post there")
    name = lines.name(overview.postmortem)
    return _say(f":warning: {channel} was not told the results of {name}: {why}. Please share the link there.")


_WHY: Mapping[str, str] = {
    "not_in_channel": "I am no member of it; somebody there has to type /invite with my name",
    "channel_not_found": "there is no such channel, or I am no member of it",
    "is_archived": "it is archived",
}


def _calendar_left(overview: Overview, values: Values) -> Drawing:
    """The record is named by its number alone: administrators need not be of its people (R-63)."""
    stands = text.escape(text.clip(str(values.get("address", "")), _ADDRESS)).replace("`", "'")
    return _say(
        f":warning: CALDAV_URL names another calendar than before, and the meeting of {overview.postmortem.name} may still stand at "
        f"`{stands}`, where I cannot take it off: please delete it there."
    )


def _notes(overview: Overview, values: Values) -> Drawing:
    record, left = overview.postmortem, overview.life.open_notes
    if not left:
        return _say(f"Every note on {lines.name(record)} has been dealt with. Nothing is left to do.")
    said = f"The meeting of {lines.name(record)} is {_when(values, 'start')}. Readers noted, and it is still open:"
    button = parts.actions(parts.button("Go through the notes", ids.NOTES_OPEN, record.id, "primary"))
    summary = f"{phrases.count(left, 'note')} on {record.name} open before the meeting"
    return parts.drawing(summary, [parts.section(said), *map(parts.section, review_notes.open_ones(overview)), button])


def _say(said: str, *more: Block) -> Drawing:
    return parts.drawing(said, [parts.section(said), *more])


def _book(overview: Overview, label: str = "Book the meeting") -> Block:
    return parts.actions(parts.button(label, ids.MEETING_OPEN, overview.postmortem.id, "primary"))


def _who(values: Values, key: str) -> str:
    value = values.get(key)
    return text.mention(value if isinstance(value, str) else None, "Somebody")


def _when(values: Values, key: str) -> str:
    try:
        return text.when(datetime.fromisoformat(str(values.get(key))))
    except ValueError:
        return "its time"


def _reason(values: Values) -> str:
    value = values.get("reason")
    quoted = text.quote(value, 1000) if isinstance(value, str) else ""
    return f"\n{quoted}" if quoted else ""


TO_PERSON: Mapping[str, Note] = {
    Topic.MEETING_LATE: _late,
    Topic.CALENDAR_LEFT: _calendar_left,
    Topic.HELD_SILENT: _held_silent,
    Topic.NOTES: _notes,
}
TO_CHANNEL: Mapping[str, Note] = {
    Topic.MEETING_BOOKED: _booked,
    Topic.MEETING_CANCELLED: _cancelled,
    Topic.REVIEW_CHANNEL: _review_channel,
    Topic.LEARNINGS_CHANNEL: _learnings_channel,
}
