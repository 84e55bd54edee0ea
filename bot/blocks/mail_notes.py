"""The short messages about mails.

| topic        | values                                       | to                                     |
|--------------|----------------------------------------------|----------------------------------------|
| mail_unknown | mail, tries, purpose, names, all, at         | who wanted the mail, else the owner    |
| mail_refused | mail, purpose, names, all, reached, refused  | who wanted the mail, else the owner    |
| mail_dropped | mail, purpose, names, all                    | who sent the mail                      |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.blocks import ids, lines, parts, text
from bot.blocks.parts import Block
from bot.domain import invitation_mail, phrases
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
_MOST, _LONGEST, _REASON, _SHOWN = 10, 80, 200, 3
_INVITED = "another one took its place or the meeting is over"
_CHANGED = "the post-mortem was restricted or opened again"
WHAT: Mapping[str, str] = {
    Purpose.INVITATION: "The invitation to the meeting",
    Purpose.SUMMARY: "The mail with the summary",
    Purpose.FIRST: "The first mail about the incident",
    Purpose.SUPPORT: "The mail to Customer Support",
}


def _unknown(overview: Overview, values: Values) -> Drawing:
    return question(overview, values)[0]


def question(overview: Overview, values: Values) -> tuple[Drawing, bool]:
    """What became of a mail, and whether that is still to be said; without buttons where it is not."""
    mail = next((each for each in overview.life.mails if each.identity == values.get("mail")), None)
    if mail is not None and (not _open(overview, mail) or mail.tries != values.get("tries", mail.tries)):
        return _settled(overview, values, mail), False
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
    return parts.drawing(sentence, [parts.section(sentence), buttons]), True


def _open(overview: Overview, mail: KeptMail) -> bool:
    """Whether somebody has to say what became of it."""
    return mail.state is MailState.UNKNOWN and not invitation_mail.overtaken(mail, overview.life.mails)


def _settled(overview: Overview, values: Values, mail: KeptMail) -> Drawing:
    became = f"{_what(values)} {_became(overview, values, mail)}."
    sentence = f":white_check_mark: {lines.name(overview.postmortem)}: {became}{_by(values, mail)}"
    return parts.drawing(sentence, [parts.section(sentence)])


def _became(overview: Overview, values: Values, mail: KeptMail) -> str:
    if mail.state in (MailState.UNKNOWN, MailState.DROPPED) and invitation_mail.overtaken(mail, overview.life.mails):
        return "needs no answer any more: a newer one has taken its place"
    if mail.state is MailState.DROPPED:
        why = _INVITED if mail.purpose is Purpose.INVITATION else _CHANGED
        return f"was not sent again, since {why}"
    if mail.tries != values.get("tries"):
        return "was sent once more"
    return "counts as sent" if mail.state is MailState.SENT else "goes out once more"


def _by(values: Values, mail: KeptMail) -> str:
    """Who said so, and when: nobody, where the mail server or a newer mail did."""
    at = _moment(values.get("at"))
    if not mail.settled_by:
        return ""
    return f" Settled by {text.mention(mail.settled_by)}{f', {text.when(at)}' if at else ''}."


def _moment(written: Json) -> datetime | None:
    return datetime.fromisoformat(written) if isinstance(written, str) else None


def open_block(overview: Overview) -> list[Block]:
    """On the card: the mails of which nobody knows whether they were sent, until somebody says so. To whom they went is for the one who
    is asked."""
    lost = [each for each in overview.life.mails if _open(overview, each)]
    said = [
        f":email: {WHAT[each.purpose]}, {text.when(each.tried_at or each.asked_at)}: {_waits(overview, each)}"
        for each in lost[:_SHOWN]
    ]
    rest = [f"and {len(lost) - _SHOWN} more"] if len(lost) > _SHOWN else []
    return [parts.section("\n".join(["*May have been sent, or not*", *said, *rest]))] if lost else []


def _waits(overview: Overview, mail: KeptMail) -> str:
    record = overview.postmortem
    whom = mail.asked_by or record.owner or record.roles.ic or record.created_by
    return f"{text.mention(whom)} says whether it arrived"


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
