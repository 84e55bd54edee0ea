"""The short messages, one function a topic, and two tables that say which topic is told to a person and which in the
channel. A row in the outbox carries the topic and the values listed here; whatever is missing reads as "somebody".

| topic         | values                       | to                                                   |
|---------------|------------------------------|------------------------------------------------------|
| relieved      | owner, by                    | the old owner                                        |
| ic_named      | owner, by                    | the IC who did not designate by themselves           |
| declined      | owner, reason                | the IC; the channel                                  |
| accepted      | owner                        | the IC; the channel                                  |
| owner_silent  | owner, hours                 | the IC                                               |
| owner_gone    | owner                        | the IC; the channel                                  |
| owner_refused | owner, reason                | who designated                                       |
| trouble       | what (a Kind), reason        | who is concerned; the channel                        |
| designated    | owner, by                    | the channel                                          |
| handed_over   | before, owner, by            | the channel                                          |
| proposed      | candidate, by, asked         | the channel                                          |
| escalated     | candidate, by, before, asked | who proposed; the channel                            |
| replaced      | candidate, owner, by         | who proposed                                         |
| moved         | number (T…), frm, to, by, reason | the channel                                      |

Those about the message to customers are in `message_notes`, about the meeting and the review in `meeting_notes`,
those about its course in `course_notes`, about its deadline in `deadline_notes`, about questions in `question_notes`, about
the channel in `room_notes`, about a merge in `merge_notes`, about mails that people send in `mail_draft_notes`, about tickets in
`ticket_notes` and `ticket_bulk_notes`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import (
    course_notes,
    deadline_notes,
    ids,
    lines,
    mail_draft_notes,
    mail_notes,
    meeting_notes,
    merge_notes,
    message_notes,
    parts,
    question_notes,
    room_notes,
    text,
    ticket_bulk_notes,
    ticket_notes,
)
from bot.blocks.parts import Block
from bot.domain.outgoing import Json, Kind
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
_WHAT: Mapping[str, str] = {
    Kind.CARD: "The card in the channel could not be drawn",
    Kind.PIN_CARD: "The card could not be pinned in the channel",
    Kind.ROLE_STEPS: "The steps by role could not be posted",
    Kind.CHANNEL_NOTE: "A note could not be posted in the channel",
    Kind.OWNER_DM: "The owner could not be told",
    Kind.PERSON_DM: "A direct message could not be sent",
    Kind.CONFIRM_DM: "Nobody could be asked to confirm the owner",
    Kind.INVITE_OWNER: "The owner could not be invited to the channel",
    Kind.ESCALATE_PROPOSAL: "Nobody else could be asked to confirm the owner",
    Kind.OWNER_SILENT: "The incident commander could not be told that the owner has not answered",
    Kind.CHECK_OWNER: "It could not be found out whether the owner has an account here",
    Kind.HARVEST: "The channel could not be read to its end",
    Kind.PEOPLE: "The names of people could not be read",
    Kind.PLACE: "It could not be found out who is in the channel, so only people with a role may see this",
    Kind.DOCUMENT: "The document could not be uploaded",
    Kind.ACTIONS_FILE: "The tickets could not be uploaded as a file",
    Kind.REMOVE_FILE: "The document before this one could not be removed",
    Kind.CANVAS: "The document is not shown as a canvas; the file in the thread of the card has all of it",
    Kind.REVIEW_DUE: "The review could not be asked for",
    Kind.REVIEW_POST: "The review could not be asked for",
    Kind.RESULTS_POST: "The results of the post-mortem could not be told",
    Kind.TIMELINE_PICTURE: "The picture of the timeline could not be put in the thread of the review or of the results",
    Kind.HELD_CARD: "Nobody could be asked whether the meeting was held",
    Kind.HELD_SILENT: "Nobody could be reminded to say whether the meeting was held",
    Kind.SUPPORT_DUE: "The message to customers could not be handed to the support team",
    Kind.SUPPORT_TASK: "The message to customers could not be handed to the support team",
    Kind.SUPPORT_NUDGE: "The support team could not be reminded",
    Kind.NOTES_DUE: "The owner could not be told of the readers' notes",
    Kind.AGENDA: "The agenda of the meeting could not be posted",
    Kind.CALENDAR: "The invitation to the meeting could not be uploaded",
    Kind.CALENDAR_EVENT: "The meeting could not be kept on the shared calendar",
    Kind.CALENDAR_ASK: "Nobody could be asked about the meeting on the shared calendar",
    Kind.CALENDAR_BUSY: "It could not be read when the shared calendar is taken",
    Kind.CALENDAR_MAIL: "The invitation to the meeting could not be mailed",
    Kind.MAIL: "A mail could not be sent",
    Kind.QUESTION_DM: "A question could not be put to the person who was asked",
    Kind.INVITE_ASKED: "The person who was asked could not be invited to the channel",
    Kind.QUESTION_SILENT: "Nobody could be reminded of a question",
    Kind.QUESTION_NUDGE: "Nobody could be reminded of a question",
    Kind.WATCH_DM: "Somebody who watches could not be told of a change",
    Kind.LINES_DM: "Somebody could not be asked to confirm their lines of the timeline",
    Kind.CAPTURE: "A message that somebody marked could not be taken up",
    Kind.CAPTURE_MARK: "A marked message could not be answered with a reaction",
    Kind.WITHDRAWN_DM: "Somebody could not be asked about a line that nobody marks any more",
    Kind.REMIND: "What is to be reminded of could not be found out",
    Kind.NUDGE: "Somebody could not be reminded",
    Kind.START_OFFER: "The channel could not be asked whether to start a post-mortem",
    Kind.DIGEST: "The weekly digest could not be put together",
    Kind.DIGEST_POST: "The weekly digest could not be posted",
    Kind.REPORT_FILE: "The report could not be sent",
    Kind.TICKET: "A ticket could not be made, or not brought up to date",
    Kind.TICKET_PAGE: "A ticket could not be led to the page of the post-mortem",
    Kind.TICKET_OFF: "The labels could not be taken off a ticket that was unlinked",
    Kind.RELABELLED: "Nobody could be told what came of new labels on tickets",
    Kind.TICKETS_READ: "How the tickets stand in Jira could not be read",
    Kind.TICKET_READ: "How a ticket stands in Jira could not be read",
    Kind.TICKET_FORM: "It could not be found out what Jira wants for the tickets",
    Kind.TICKETS_WATCH: "It could not be shown what came of the tickets",
    Kind.WIKI_PAGE: "The page in the wiki could not be brought up to date",
}


def _who(values: Values, key: str, nobody: str = "somebody") -> str:
    value = values.get(key)
    return text.mention(value if isinstance(value, str) else None, nobody)


def _owner(overview: Overview, values: Values) -> str:
    return _who({"owner": values.get("owner") or overview.postmortem.owner}, "owner", "the owner")


def _reason(values: Values) -> str:
    value = values.get("reason")
    quoted = text.quote(value) if isinstance(value, str) else ""
    return f"\n{quoted}" if quoted else ""


def _say(sentence: str, *more: Block) -> Drawing:
    return parts.drawing(sentence, [parts.section(sentence), *more])


def _choose(overview: Overview, label: str = "Choose an owner") -> Block:
    return parts.actions(parts.button(label, ids.OWNER_CHOOSE_OPEN, overview.postmortem.id, "primary"))


def _relieved(overview: Overview, values: Values) -> Drawing:
    name, owner = lines.name(overview.postmortem), _owner(overview, values)
    return _say(
        f"{_who(values, 'by', 'The incident commander')} has handed {name} over to {owner}. "
        f"Nothing more is asked of you as its owner; please give {owner} what you have. Thank you."
    )


def _ic_named(overview: Overview, values: Values) -> Drawing:
    name = lines.name(overview.postmortem)
    sentence = (
        f"You are named as the incident commander of {name}. {_who(values, 'by', 'Somebody')} has designated "
        f"{_owner(overview, values)} as its owner. If that is right, nothing is left to do."
    )
    return _say(sentence, _choose(overview, "Choose someone else"))


def _declined(overview: Overview, values: Values) -> Drawing:
    name = lines.name(overview.postmortem)
    sentence = f"{_who(values, 'owner')} cannot be the owner of {name}.{_reason(values)}"
    return _say(sentence, parts.section("It has no owner now. The deadline stays as it is."), _choose(overview))


def _declined_note(overview: Overview, values: Values) -> Drawing:
    ic = text.mention(overview.postmortem.roles.ic, "the incident commander")
    return _say(f"{_who(values, 'owner')} cannot be the owner of {lines.name(overview.postmortem)}; {ic} was told.")


def _accepted(overview: Overview, values: Values) -> Drawing:
    return _say(f":white_check_mark: {_owner(overview, values)} has accepted {lines.name(overview.postmortem)}.")


def _owner_silent(overview: Overview, values: Values) -> Drawing:
    hours = values.get("hours")
    length = hours if isinstance(hours, int) and not isinstance(hours, bool) else 4
    sentence = (
        f"{_owner(overview, values)} has not answered for {length} working hours whether they can be the owner of "
        f"{lines.name(overview.postmortem)}. A word from you may help, or choose somebody else."
    )
    return _say(sentence, parts.context(lines.due(overview)), _choose(overview, "Choose someone else"))


def _owner_gone(overview: Overview, values: Values) -> Drawing:
    sentence = (
        f"The account of {_owner(overview, values)}, the owner of {lines.name(overview.postmortem)}, was deactivated. "
        "Please choose another owner; the deadline stays as it is."
    )
    return _say(sentence, parts.context(lines.due(overview)), _choose(overview))


def _owner_gone_note(overview: Overview, values: Values) -> Drawing:
    ic = text.mention(overview.postmortem.roles.ic, "the incident commander")
    owner = _owner(overview, values)
    return _say(
        f"The account of {owner} was deactivated; {ic} chooses another owner of {lines.name(overview.postmortem)}."
    )


def _owner_refused(overview: Overview, values: Values) -> Drawing:
    sentence = f"{_who(values, 'owner')} cannot be the owner of {lines.name(overview.postmortem)}.{_reason(values)}"
    return _say(sentence, parts.section("Nobody was told. Please choose somebody else."), _choose(overview))


def _trouble(overview: Overview, values: Values) -> Drawing:
    what = _WHAT.get(str(values.get("what")), "Something could not be done")
    reason = values.get("reason")
    because = f": {text.escape(text.clip(reason, 500))}" if isinstance(reason, str) and reason.strip() else "."
    return _say(f":warning: {lines.name(overview.postmortem)}\n{what}{because}")


def _designated(overview: Overview, values: Values) -> Drawing:
    by = _who(values, "by", "The incident commander")
    return _say(f"{by} has designated {_owner(overview, values)} as the owner of {lines.name(overview.postmortem)}.")


def _handed_over(overview: Overview, values: Values) -> Drawing:
    name, by = lines.name(overview.postmortem), _who(values, "by", "the incident commander")
    sentence = f"{name} was handed over from {_who(values, 'before')} to {_owner(overview, values)} by {by}."
    return _say(sentence, parts.context(f"The deadline is unchanged. {lines.due(overview)}"))


def _proposed(overview: Overview, values: Values) -> Drawing:
    name = lines.name(overview.postmortem)
    asked = _who(values, "asked", "the incident commander")
    return _say(
        f"{_who(values, 'candidate')} as the owner of {name}: proposed by {_who(values, 'by')}; {asked} is asked to confirm."
    )


def _escalated(overview: Overview, values: Values) -> Drawing:
    before = _who(values, "before", "the incident commander")
    asked = _who(values, "asked", "somebody else who may decide")
    return _say(
        f"{before} has not answered yet whether {_who(values, 'candidate')} is to be the owner of "
        f"{lines.name(overview.postmortem)}, so {asked} is asked now."
    )


def _replaced(overview: Overview, values: Values) -> Drawing:
    by, owner = _who(values, "by", "The incident commander"), _owner(overview, values)
    name = lines.name(overview.postmortem)
    return _say(f"{by} chose {owner} as the owner of {name} in place of {_who(values, 'candidate')}.")


def _moved(overview: Overview, values: Values) -> Drawing:
    name, by = lines.name(overview.postmortem), _who(values, "by")
    to, number = str(values.get("to")), values.get("number")
    known = _MOVES.get(str(number))
    said = (
        known.format(by=by, name=name, agreed=_agreed(overview))
        if known
        else f"{by} moved {name} to *{text.escape(to)}*."
    )
    more = message_notes.after_move(overview, str(number))
    return _say(said + _reason(values), *more)


def _agreed(overview: Overview) -> str:
    """Who confirmed the content: often another one than who moved it."""
    booking = overview.life.booking
    if booking is None or booking.confirmed_by is None:
        return "It was agreed on."
    how = "it was agreed on in writing" if booking.in_writing else "the meeting was held and agreed on it"
    return f"{text.mention(booking.confirmed_by)} confirmed that {how}."


_MOVES: Mapping[str, str] = {
    "T1": "{by} has sent {name} to review: it is *In Review*.",
    "T2": "{by} has taken {name} back to *Draft*.",
    "T3": ":white_check_mark: {by} has moved {name} to *Reviewed*. {agreed}",
    "T4": ":lock: {by} has closed {name}: it was reviewed, and there is no message to customers.",
    "T5": ":lock: {by} has closed {name}: there is no message to customers.",
    "T6": ":lock: {by} has posted the message to customers, and {name} is *Closed*.",
    "T7": "{by} has taken {name} back to *In Review*.",
    "T8": "{by} has opened {name} again: it is *In Review*.",
}


TO_PERSON: Mapping[str, Note] = {
    Topic.RELIEVED: _relieved,
    Topic.IC_NAMED: _ic_named,
    Topic.DECLINED: _declined,
    Topic.ACCEPTED: _accepted,
    Topic.OWNER_SILENT: _owner_silent,
    Topic.OWNER_GONE: _owner_gone,
    Topic.OWNER_REFUSED: _owner_refused,
    Topic.TROUBLE: _trouble,
    Topic.ESCALATED: _escalated,
    Topic.REPLACED: _replaced,
    **course_notes.TO_PERSON,
    **meeting_notes.TO_PERSON,
    **mail_draft_notes.TO_PERSON,
    **mail_notes.TO_PERSON,
    **merge_notes.TO_PERSON,
    **message_notes.TO_PERSON,
    **question_notes.TO_PERSON,
    **room_notes.TO_PERSON,
    **ticket_bulk_notes.TO_PERSON,
    **ticket_notes.TO_PERSON,
}
TO_CHANNEL: Mapping[str, Note] = {
    Topic.DECLINED: _declined_note,
    Topic.ACCEPTED: _accepted,
    Topic.OWNER_GONE: _owner_gone_note,
    Topic.TROUBLE: _trouble,
    Topic.DESIGNATED: _designated,
    Topic.HANDED_OVER: _handed_over,
    Topic.PROPOSED: _proposed,
    Topic.ESCALATED: _escalated,
    Topic.MOVED: _moved,
    **course_notes.TO_CHANNEL,
    **deadline_notes.TO_CHANNEL,
    **meeting_notes.TO_CHANNEL,
    **merge_notes.TO_CHANNEL,
}
