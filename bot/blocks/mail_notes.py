"""The short messages about mails.

| topic        | values                                       | to                                     |
|--------------|----------------------------------------------|----------------------------------------|
| mail_unknown | mail, purpose, names, all                    | who wanted the mail, else the owner    |
| mail_refused | mail, purpose, names, all, reached, refused  | who wanted the mail, else the owner    |
| mail_dropped | mail, purpose, names, all                    | who sent the mail                      |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import ids, lines, parts, text
from bot.domain import phrases
from bot.domain.kept_mail import Purpose
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
_MOST, _LONGEST, _REASON = 10, 80, 200
WHAT: Mapping[str, str] = {
    Purpose.INVITATION: "The invitation to the meeting",
    Purpose.SUMMARY: "The mail with the summary",
    Purpose.FIRST: "The first mail about the incident",
    Purpose.SUPPORT: "The mail to Customer Support",
}


def _unknown(overview: Overview, values: Values) -> Drawing:
    names = values.get("names")
    people = [text.escape(text.clip(str(each), _LONGEST)) for each in names] if isinstance(names, list) else []
    to = f" to {phrases.listing(people)}" if people else ""
    sentence = (
        f":warning: {lines.name(overview.postmortem)}: {_what(values)} may have been sent{to}, or not: the mail server's answer was lost. "
        "Look whether it arrived, then tell me; I send nothing twice by myself."
    )
    value = f"{overview.postmortem.id}:{values.get('mail')}"
    buttons = parts.actions(
        parts.button("It arrived", ids.MAIL_ARRIVED, value), parts.button("Send it again", ids.MAIL_AGAIN, value)
    )
    return parts.drawing(sentence, [parts.section(sentence), buttons])


def _refused(overview: Overview, values: Values) -> Drawing:
    told = values.get("refused")
    pairs = [each for each in told if isinstance(each, list) and len(each) == 2] if isinstance(told, list) else []
    listed = [f"• {text.escape(text.clip(str(address), _LONGEST))}: {_why(why)}" for address, why in pairs[:_MOST]]
    if len(pairs) > _MOST:
        listed.append(f"and {len(pairs) - _MOST} more")
    sentence = (
        f":warning: {lines.name(overview.postmortem)}: {_what(values)} went to {values.get('reached')} of {values.get('all')} addresses. "
        "The mail server did not take it for the others: tell them yourself, and have their addresses corrected."
    )
    more = [parts.section("\n".join(listed))] if listed else []
    return parts.drawing(sentence, [parts.section(sentence), *more])


def _dropped(overview: Overview, values: Values) -> Drawing:
    sentence = (
        f":warning: {lines.name(overview.postmortem)}: {_what(values)} was not sent. The post-mortem was restricted, or opened again, "
        "after it was written: open it with `/postmortem mail`, look at it, and send it anew."
    )
    return parts.drawing(sentence, [parts.section(sentence)])


def _what(values: Values) -> str:
    said = WHAT.get(str(values.get("purpose")), "A mail")
    return said[0].lower() + said[1:]


def _why(why: Json) -> str:
    return text.foreign(text.clip(str(why), _REASON))


TO_PERSON: Mapping[str, Note] = {
    Topic.MAIL_UNKNOWN: _unknown,
    Topic.MAIL_REFUSED: _refused,
    Topic.MAIL_DROPPED: _dropped,
}
