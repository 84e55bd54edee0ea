"""`/postmortem query`: the form of a command or query that a number comes from (R-25), with what was typed after it in the
form, to the letter."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import pages, query_form
from bot.blocks.pages import QUERIES, Page
from bot.domain import queries
from bot.domain.queries import Written
from bot.listeners import layers
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

NOT_OPENED = "The form did not open, and nothing was saved. Please type the command again."


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form, filled in with who typed it."""
    record = status.current(unit, call, lock=True)
    desk.queries.check_right(unit, record, call.place.user_id)
    text = typed(call.sent)
    if queries.too_long(text):
        raise queries.refuse_too_long(text)
    written = Written(text, ran_by=call.place.user_id)
    view = query_form.draw(written, pages.metadata(record.id, Page(QUERIES)), new=True)
    return Answer(screens=(layers.shown(call, view, NOT_OPENED),))


def typed(sent: str) -> str:
    """What stands after the word, to the letter: in a command Slack writes `&`, `<` and `>` as entities, and nothing else."""
    rest = sent.lstrip()[len(QUERY.name) :][1:]
    rest = "" if not rest.strip() else rest
    return rest.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


QUERY = Subcommand("query", "query [text]", "enter a command or query that a number comes from", run)
