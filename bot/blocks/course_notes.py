"""The short messages about a post-mortem's course: its severity, that it was waived, restricted, or that strangers read along.

| topic             | values                                          | to                        |
|-------------------|-------------------------------------------------|---------------------------|
| severity_asked    | by, asked, severity, seen, reason               | the IC, with two buttons  |
| severity_proposed | by, asked, severity, seen, reason               | the channel               |
| severity_set      | by, frm, to_severity, said, reason, ping        | the channel               |
| severity_told     | by, frm, to_severity, said                      | the owner, the IC         |
| severity_kept     | by, proposed, said                              | the channel               |
| waived            | by, reason                                      | the channel               |
| waiver_undone     | by                                              | the channel               |
| restricted, unrestricted | by                                       | the channel               |
| shared_channel    |                                                 | who opened it             |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import ids, lines, parts, text
from bot.domain import severity
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]


def severity_value(record_id: str, seen: int | None, to: int) -> str:
    """What the IC's buttons hand back: the record, what the severity was then, and what was proposed."""
    return f"{record_id}:{seen or 0}:{to}"


def read_severity(value: str) -> tuple[str, int | None, int] | None:
    """The same read back; None for a value that is not ours."""
    record_id, _, numbers = value.partition(":")
    seen, _, to = numbers.partition(":")
    if seen not in set("012345") or to not in set("12345"):
        return None
    return record_id, int(seen) or None, int(to)


def _who(values: Values, key: str = "by") -> str:
    value = values.get(key)
    return text.mention(value if isinstance(value, str) else None, "somebody")


def _number(values: Values, key: str) -> int | None:
    value = values.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _reason(values: Values) -> str:
    value = values.get("reason")
    quoted = text.quote(value) if isinstance(value, str) else ""
    return f"\n{quoted}" if quoted else ""


def _say(sentence: str, *more: parts.Block) -> Drawing:
    return parts.drawing(sentence, [parts.section(sentence), *more])


def _sentences(values: Values) -> list[str]:
    said = values.get("said")
    return [text.escape(str(each)) for each in said] if isinstance(said, list) else []


def _change(overview: Overview, values: Values) -> str:
    old, new = severity.label(_number(values, "frm")), severity.label(_number(values, "to_severity"))
    return f"{_who(values)} set the severity of {lines.name(overview.postmortem)}: *{new}*, it was {old}."


def _set(overview: Overview, values: Values) -> Drawing:
    ping = values.get("ping")
    people = " ".join(text.mention(str(user)) for user in ping) if isinstance(ping, list) else ""
    said = [f"• {each}" for each in _sentences(values)]
    body = "\n".join([*said, *([f"This concerns {people}."] if people else [])])
    head = _change(overview, values) + _reason(values)
    return parts.drawing(head, [parts.section(head), *([parts.section(body)] if body else [])])


def _told(overview: Overview, values: Values) -> Drawing:
    head = _change(overview, values)
    return _say(head, *(parts.section(each) for each in _sentences(values)))


def _asked(overview: Overview, values: Values) -> Drawing:
    to, seen = _number(values, "severity") or 0, _number(values, "seen")
    name, new = lines.name(overview.postmortem), severity.label(to)
    head = f"{_who(values)} proposes *{new}* as the severity of {name}; it is {severity.label(seen)}.{_reason(values)}"
    if overview.postmortem.severity != seen:
        return _say(head, parts.context("It was changed meanwhile: nothing is left to do here."))
    value = severity_value(overview.postmortem.id, seen, to)
    buttons = parts.actions(
        parts.button(f"Set {new}", ids.SEVERITY_CONFIRM, value, "primary"),
        parts.button("Leave it", ids.SEVERITY_KEEP, value),
    )
    return _say(head, parts.context("The incident commander sets it, so this waits for you."), buttons)


def _proposed(overview: Overview, values: Values) -> Drawing:
    new = severity.label(_number(values, "severity"))
    name = lines.name(overview.postmortem)
    return _say(
        f"{_who(values)} proposes *{new}* as the severity of {name}; {_who(values, 'asked')} is asked."
        + _reason(values)
    )


def _kept(overview: Overview, values: Values) -> Drawing:
    stays = text.escape(str(values.get("said") or ""))
    proposed = text.escape(str(values.get("proposed") or ""))
    return _say(f"{_who(values)} does not set the severity of {lines.name(overview.postmortem)} to {proposed}. {stays}")


def _waived(overview: Overview, values: Values) -> Drawing:
    name = lines.name(overview.postmortem)
    head = f":zzz: {_who(values)} has waived {name}: nothing more is asked of anybody.{_reason(values)}"
    return _say(head, parts.context("The incident commander can take that back: `/postmortem waive undo`"))


def _waiver_undone(overview: Overview, values: Values) -> Drawing:
    name = lines.name(overview.postmortem)
    return _say(f"{_who(values)} has taken the waiver of {name} back. {lines.due(overview)}")


def _restricted(overview: Overview, values: Values) -> Drawing:
    name = f"*{overview.postmortem.name}*"
    return _say(
        f":lock: {_who(values)} has restricted {name}: it is for the people of this channel, and named by its number alone."
    )


def _unrestricted(overview: Overview, values: Values) -> Drawing:
    return _say(f":unlock: {_who(values)} has lifted the restriction of *{overview.postmortem.name}*.")


def _shared(overview: Overview, values: Values) -> Drawing:
    return _say(f"{lines.name(overview.postmortem)}\n{lines.STRANGERS}")


TO_PERSON: Mapping[str, Note] = {
    Topic.SEVERITY_ASKED: _asked,
    Topic.SEVERITY_TOLD: _told,
    Topic.SHARED_CHANNEL: _shared,
}
TO_CHANNEL: Mapping[str, Note] = {
    Topic.SEVERITY_PROPOSED: _proposed,
    Topic.SEVERITY_SET: _set,
    Topic.SEVERITY_KEPT: _kept,
    Topic.WAIVED: _waived,
    Topic.WAIVER_UNDONE: _waiver_undone,
    Topic.RESTRICTED: _restricted,
    Topic.UNRESTRICTED: _unrestricted,
}
