"""The short messages about tickets that exist already.

| topic             | values                 | to                                    |
|-------------------|------------------------|---------------------------------------|
| ticket_not_linked | ticket, reason, action | who wanted it linked                       |
| tickets_outdated  |                        | who changed the severity or the start      |
| tickets_relabelled | actions               | who had them relabelled                    |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import ids, lines, parts, text, ticket_lines
from bot.blocks.parts import Block
from bot.domain import phrases, relabelling, ticket_labels
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.tickets import KeptTicket
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
_WORDS, _REASON, _FAILED = 150, 300, 10


def _not_linked(overview: Overview, values: Values) -> Drawing:
    key, reason = (
        text.escape(str(values.get("ticket") or "The ticket")),
        text.foreign(text.clip(str(values.get("reason")), _REASON)),
    )
    action = next((each for each in overview.life.actions if each.id == values.get("action")), None)
    to = f" to “{text.escape(text.clip(text.plain(action.text), _WORDS))}”" if action else ""
    sentence = f":warning: {key} was not linked{to} of {lines.name(overview.postmortem)}: {reason}"
    button = parts.button("Action items", ids.TODOS_OPEN, overview.postmortem.id)
    return parts.drawing(sentence, [parts.section(sentence), parts.actions(button)])


def _outdated(overview: Overview, values: Values) -> Drawing:
    name, found = lines.name(overview.postmortem), _wanted(overview)
    if found is None:
        sentence = f"The tickets of {name} have the labels of the incident as it is recorded now."
        return parts.drawing(sentence, [parts.section(sentence)])
    sentence = f"The severity or the start of {name} is another one now: shall its tickets follow?"
    return parts.drawing(sentence, [parts.section(sentence), *ticket_lines.relabel(overview)])


def _relabelled(overview: Overview, values: Values) -> Drawing:
    named = values.get("actions")
    theirs = [each for each in overview.tickets.values() if isinstance(named, list) and each.action_id in named]
    failed = [each for each in theirs if not each.linked_back]
    done, name = len(theirs) - len(failed), lines.name(overview.postmortem)
    tags = " ".join(ticket_labels.known(overview.postmortem.severity, overview.postmortem.times.started_at))
    sign = ":warning:" if failed else ":white_check_mark:"
    sentence = f"{sign} Labelled {text.code(tags)}: {done} of {phrases.count(len(theirs), 'ticket')} of {name}."
    listed = [_failed(each) for each in failed[:_FAILED]]
    if len(failed) > _FAILED:
        listed.append(f"and {len(failed) - _FAILED} more: the list of action items has all of them")
    more: list[Block] = [parts.section("\n".join(listed))] if listed else []
    return parts.drawing(sentence, [parts.section(sentence), *more, *_again(overview)])


def _failed(ticket: KeptTicket) -> str:
    return f"• {text.link(ticket.url, ticket.key)}: {text.foreign(text.clip(ticket.trouble, _REASON))}"


def _again(overview: Overview) -> list[Block]:
    found = _wanted(overview)
    return [parts.actions(ticket_lines.relabel_button(overview.postmortem.id, found))] if found else []


def _wanted(overview: Overview) -> relabelling.Relabelling | None:
    return relabelling.wanted(overview.postmortem, overview.tickets.values())


TO_PERSON: Mapping[str, Note] = {
    Topic.TICKET_NOT_LINKED: _not_linked,
    Topic.TICKETS_OUTDATED: _outdated,
    Topic.TICKETS_RELABELLED: _relabelled,
}
