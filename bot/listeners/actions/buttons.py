"""The buttons: action id to act. Each is one transaction; a second click finds the work done and says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, replies
from bot.blocks import lines as words
from bot.domain.errors import Refused
from bot.listeners import forms
from bot.listeners.actions import (
    calendar,
    content,
    course,
    deadline,
    examples,
    external,
    home,
    hub,
    invited,
    lines,
    mail_form,
    mails,
    marks,
    meeting,
    merging,
    moves,
    noticed,
    pointed,
    queries,
    questions,
    reminders,
    report,
    review,
    search,
    services,
    ticket_bulk,
    tickets,
    timeline,
    timeline_lines,
    todos,
    typing,
    walk,
    wiki,
    wording,
)
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import standing
from bot.usecases.decide_proposal import pending_or_refuse


def open_details(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form with the details, for those who may change them."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    desk.complete.check_right(unit, record, call.place.user_id)
    return Answer(screens=(forms.details(desk, unit, record, call, now),))


def accept(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The owner takes it on; their message is redrawn by the outbox."""
    desk.accept(unit, call.place.team_id, call.text, call.place.user_id, now)
    return Answer()


def open_decline(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks the owner why not."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    if record.owner != call.place.user_id:
        raise Refused(f"You are not the owner of {record.name} any more. There is nothing left to do for you.")
    return Answer(screens=(forms.decline(desk, unit, record, call, now),))


def confirm(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The IC confirms a proposal."""
    record = desk.confirm(unit, call.place.team_id, call.text, call.place.user_id, now)
    return Answer(replies.say(f"Confirmed: <@{record.owner}> is the owner of {words.name(record)} and is told."))


def open_other(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The IC wants somebody else than who was proposed."""
    record, proposal = pending_or_refuse(unit, call.place.team_id, call.text)
    sentence = f"Instead of the person who was proposed, who will own {record.name}?"
    return Answer(screens=(forms.choose_owner(call, record.channel_id, sentence, proposal.id),))


def open_choose(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Somebody who may designate looks for another owner."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    return Answer(screens=(forms.choose_owner(call, record.channel_id, f"Who will own {record.name}?"),))


def harvest_again(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Read the channel again; the card shows the progress."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    desk.request_harvest(unit, record, now)
    return Answer()


BUTTONS: Mapping[str, Press] = {
    ids.DETAILS_OPEN: open_details,
    ids.OWNER_ACCEPT: accept,
    ids.OWNER_DECLINE: open_decline,
    ids.OWNER_CHOOSE_OPEN: open_choose,
    ids.PROPOSAL_CONFIRM: confirm,
    ids.PROPOSAL_OTHER: open_other,
    ids.HARVEST_AGAIN: harvest_again,
    **wiki.BUTTONS,
    **home.BUTTONS,
    **hub.BUTTONS,
    **moves.BUTTONS,
    **content.BUTTONS,
    **timeline.BUTTONS,
    **timeline_lines.BUTTONS,
    **walk.BUTTONS,
    **todos.BUTTONS,
    **ticket_bulk.BUTTONS,
    **tickets.BUTTONS,
    **mails.BUTTONS,
    **queries.BUTTONS,
    **meeting.BUTTONS,
    **course.BUTTONS,
    **deadline.BUTTONS,
    **review.BUTTONS,
    **external.BUTTONS,
    **mail_form.BUTTONS,
    **examples.BUTTONS,
    **search.BUTTONS,
    **report.BUTTONS,
    **wording.BUTTONS,
    **typing.BUTTONS,
    **questions.BUTTONS,
    **lines.BUTTONS,
    **marks.BUTTONS,
    **pointed.BUTTONS,
    **reminders.BUTTONS,
    **services.BUTTONS,
    **invited.BUTTONS,
    **calendar.BUTTONS,
    **merging.BUTTONS,
    **noticed.BUTTONS,
}
# What somebody never pressed on purpose: answered from what is stored, without a word.
QUIET = frozenset(typing.BUTTONS)


def unknown(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """A button of an older version of the bot."""
    raise Refused(
        "This button is from an older version of the bot. Type `/postmortem` in the incident channel instead."
    )
