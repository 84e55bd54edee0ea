"""The short messages about a deadline: that it rests, runs again, or moved; and how it is counted, day by day.

| topic          | values                  | to          |
|----------------|-------------------------|-------------|
| open_again     | by, reason              | the channel |
| resolved_again | by, end, said, ping     | the channel |
| deadline_moved | why, said, ping         | the channel |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.blocks import lines, parts, text
from bot.domain import counted, phrases
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
TITLE = "The deadline"
_MOST_LINES = 40


def working(overview: Overview) -> Drawing:
    """Each day of the count with what it counts for."""
    record, deadline = overview.postmortem, overview.deadline
    head = f"How the deadline of {lines.name(record)} is counted: {text.escape(counted.line(record, deadline))}"
    listed = [f"• {text.escape(each)}" for each in _few(deadline.working)]
    if record.open_again:
        # Nothing is counted while it goes on.
        rests = lines.due(overview)
        return parts.drawing(rests, [parts.section(f"{lines.name(record)}\n{rests}")])
    late = f"Too late from {text.escape(phrases.moment(deadline.due, record.business_tz))} on."
    return parts.drawing(head, [parts.section(head), parts.section("\n".join(listed)), parts.context(late)])


def _few(lines_: tuple[str, ...]) -> tuple[str, ...]:
    """An office that is closed for months needs no line a day."""
    if len(lines_) <= _MOST_LINES:
        return lines_
    half = _MOST_LINES // 2
    return (*lines_[:half], f"… {len(lines_) - 2 * half} days more …", *lines_[-half:])


def _who(values: Values) -> str:
    value = values.get("by")
    return text.mention(value if isinstance(value, str) else None, "somebody")


def _sentences(values: Values) -> list[parts.Block]:
    said, ping = values.get("said"), values.get("ping")
    told = [f"• {text.escape(str(each))}" for each in said] if isinstance(said, list) else []
    people = " ".join(text.mention(str(user)) for user in ping) if isinstance(ping, list) else ""
    body = "\n".join([*told, *([f"This concerns {people}."] if people else [])])
    return [parts.section(body)] if body else []


def _open_again(overview: Overview, values: Values) -> Drawing:
    reason = values.get("reason")
    quoted = f"\n{text.quote(reason)}" if isinstance(reason, str) and reason else ""
    head = f":arrows_counterclockwise: {_who(values)} says that the incident of {lines.name(overview.postmortem)} is open again."
    how = "Its deadline rests, and nobody is reminded of the meeting, until `/postmortem incident resolved` is typed here."
    return parts.drawing(head, [parts.section(head + quoted), parts.context(how)])


def _resolved_again(overview: Overview, values: Values) -> Drawing:
    end = values.get("end")
    when = f" {text.when(datetime.fromisoformat(end))}" if isinstance(end, str) else ""
    head = (
        f":white_check_mark: {_who(values)} says that the incident of {lines.name(overview.postmortem)} was over{when}."
    )
    return parts.drawing(head, [parts.section(head), *_sentences(values)])


def _moved(overview: Overview, values: Values) -> Drawing:
    why = text.escape(str(values.get("why") or ""))
    head = f":calendar: The deadline of {lines.name(overview.postmortem)} moved: {why}."
    return parts.drawing(head, [parts.section(head), *_sentences(values)])


TO_CHANNEL: Mapping[str, Note] = {
    Topic.OPEN_AGAIN: _open_again,
    Topic.RESOLVED_AGAIN: _resolved_again,
    Topic.DEADLINE_MOVED: _moved,
}
