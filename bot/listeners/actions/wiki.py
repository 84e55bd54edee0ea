"""The buttons about a page in the wiki that could not be kept. The wiki itself is asked by the outbox, after the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, replies
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit

AGAIN = "The page of {} is tried again. The card tells what comes of it."
ANEW = "A new page is made for {}: the one before is left as it is. The card tells what comes of it."


def again(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Whoever has mended what was in the way need not wait."""
    record = desk.publish(unit, call.place.team_id, call.text, now)
    return Answer(replies.say(AGAIN.format(record.name)))


def anew(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The page that people put away is given up."""
    record = desk.publish.anew(unit, call.place.team_id, call.text, call.place.user_id, now)
    return Answer(replies.say(ANEW.format(record.name)))


BUTTONS: Mapping[str, Press] = {ids.WIKI_AGAIN: again, ids.WIKI_ANEW: anew}
