"""`/postmortem assign @owner`: the IC names the one owner; the post-mortem is opened by it (R-04 to R-06, R-09)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import lines, replies
from bot.domain import mentions, ownership
from bot.listeners import forms, opening
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases.designate import Designated, Outcome

PICK = "Choose the one person who will own the post-mortem."
NOT_A_MENTION = "Slack did not tell me who that is. Choose the one person who will own the post-mortem."


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Designate, propose, or ask who is meant."""
    found = mentions.read(call.text)
    candidate = ownership.one_candidate(found)
    if candidate is None:
        sentence = NOT_A_MENTION if found.rest else PICK
        return Answer(replies.say(sentence), screens=(forms.choose_owner(call, call.place.channel_id, sentence),))
    made = desk.designate(unit, call.place, candidate, now)
    screens = (forms.details(desk, unit, made.record, call, now),) if made.created else ()
    strangers = opening.strangers(unit, call.place.team_id, call.place.channel_id)
    return Answer(replies.say_here(said(made, candidate), strangers=strangers), screens=screens)


def said(made: Designated, candidate: str) -> str:
    """What the one who typed is told."""
    name, person = lines.name(made.record), f"<@{candidate}>"
    match made.outcome:
        case Outcome.ALREADY:
            return f"{person} is the owner of {name} already. Nothing was changed."
        case Outcome.PROPOSED:
            return (
                f"You proposed {person} as the owner of {name}. <@{made.asked}>, who is the IC, was asked to confirm."
            )
        case Outcome.DESIGNATED if made.created:
            return f"{name} is open. {person} is the owner and is told now; the channel is being read for the draft."
        case _:
            return f"{person} is the owner of {name} now and is told. The deadline stays as it was."


ASSIGN = Subcommand("assign", "assign @owner", "name the owner; opens the post-mortem if there is none", run)
