"""The short messages about two post-mortems that became one, and that this was taken back.

| topic         | values                                            | to                                   |
|---------------|---------------------------------------------------|--------------------------------------|
| merged_with   | by, other, channel, other_id, reason, said, left  | the channel of the primary           |
| unmerged_with | by, other, channel, said, kept                    | the channel of the primary           |
| merged_into   | by, into, channel, reason, cancelled, ping        | the channel and owner of the other   |
| unmerged      | by, into, channel, cancelled, ping                | the channel and owner of the other   |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.blocks import ids, lines, merge_form, parts, text
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]


def _who(values: Values) -> str:
    value = values.get("by")
    return text.mention(value if isinstance(value, str) else None, "somebody")


def _word(values: Values, key: str) -> str:
    value = values.get(key)
    return text.escape(value) if isinstance(value, str) else ""


def _where(values: Values) -> str:
    return lines.channel(str(values.get("channel") or ""))


def _listed(values: Values, key: str) -> list[str]:
    said = values.get(key)
    return [text.escape(str(each)) for each in said] if isinstance(said, list) else []


def _reason(values: Values) -> str:
    value = values.get("reason")
    quoted = text.quote(value) if isinstance(value, str) else ""
    return f"\n{quoted}" if quoted else ""


def _with(overview: Overview, values: Values) -> Drawing:
    record = overview.postmortem
    name, other = lines.name(record), _word(values, "other")
    head = f":twisted_rightwards_arrows: {_who(values)} merged *{other}* ({_where(values)}) into {name}."
    body = "\n".join(f"• {each}" for each in _listed(values, "said"))
    other_id = str(values.get("other_id") or "")
    there = [parts.button(f"What {other} has", ids.HUB_OPEN, other_id), merge_form.undo_button(record.id, other_id)]
    last = bool(record.took_in) and record.took_in[-1].record_id == other_id
    blocks = [
        parts.section(head + _reason(values)),
        *([parts.section(body)] if body else []),
        parts.context(_word(values, "left") or f"What was confirmed in {other} stays there."),
        parts.actions(*(there if last else there[:1])),
    ]
    return parts.drawing(head, blocks)


def _no_longer_with(overview: Overview, values: Values) -> Drawing:
    name, other = lines.name(overview.postmortem), _word(values, "other")
    head = f"{_who(values)} took the merge of *{other}* ({_where(values)}) into {name} back."
    said = [f"• {each}" for each in _listed(values, "said")]
    kept = ", ".join(_listed(values, "kept"))
    if kept:
        said.append(f"• Changed since the merge, and left as it is: {kept}.")
    return parts.drawing(head, [parts.section(head), *([parts.section("\n".join(said))] if said else [])])


def _into(overview: Overview, values: Values) -> Drawing:
    name, into = lines.name(overview.postmortem), _word(values, "into")
    head = f":twisted_rightwards_arrows: {_who(values)} merged {name} into *{into}* ({_where(values)}): go on there.{_reason(values)}"
    said = [
        "Nothing more is asked of anybody here, and no reminder comes. What was written and confirmed can still be read."
    ]
    said += [f"Its meeting, {when}, is cancelled."] if (when := _moment(values)) else []
    return parts.drawing(head, [parts.section(head), parts.section("\n".join([*said, *_concerns(values)]))])


def _apart(overview: Overview, values: Values) -> Drawing:
    name, into = lines.name(overview.postmortem), _word(values, "into")
    head = f"{_who(values)} took the merge of {name} into *{into}* ({_where(values)}) back. {lines.due(overview)}"
    said = ["It stands by itself again, and reminders go on."]
    said += [f"Its meeting, {when}, stays cancelled: book another one."] if (when := _moment(values)) else []
    return parts.drawing(head, [parts.section(head), parts.section("\n".join([*said, *_concerns(values)]))])


def _moment(values: Values) -> str:
    at = values.get("cancelled")
    return text.when(datetime.fromisoformat(at)) if isinstance(at, str) else ""


def _concerns(values: Values) -> list[str]:
    ping = values.get("ping")
    people = " ".join(text.mention(str(user)) for user in ping) if isinstance(ping, list) else ""
    return [f"This concerns {people}."] if people else []


TO_PERSON: Mapping[str, Note] = {Topic.MERGED_INTO: _into, Topic.UNMERGED: _apart}
TO_CHANNEL: Mapping[str, Note] = {
    Topic.MERGED_WITH: _with,
    Topic.UNMERGED_WITH: _no_longer_with,
    Topic.MERGED_INTO: _into,
    Topic.UNMERGED: _apart,
}
