"""The menu beside a line of the timeline, and what takes back what was done with it: up, down, merged, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, timeline_line
from bot.blocks.done import Done
from bot.blocks.pages import PROPOSALS, REMOVED, TIMELINE, Page
from bot.domain import errors
from bot.domain.errors import DomainError, Refused
from bot.domain.postmortem import Postmortem
from bot.listeners import doing
from bot.listeners import pages as rooms
from bot.listeners.actions import timeline
from bot.listeners.actions.content import OLD
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases.arrange_timeline import DECIDED, Place, Seen


def menu(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """What was chosen for a line; what cannot be done is said on the page, drawn as it stands now."""
    record, words = _named(desk, unit, call)
    if len(words) not in (3, 5):
        raise Refused(OLD)
    item_id, verb, *seen = words
    if verb == timeline_line.EDIT:
        return timeline.edit_item(desk, unit, call, record, item_id, now)
    try:
        done = _do(desk, unit, record, call, verb, [(item_id, _version(seen[0])), *_other(seen)], now)
    except DomainError as error:
        done = doing.refused(error)
    page = rooms.page_of(unit, record, item_id, timeline.back(call))
    return rooms.turned(desk, unit, record, call, page, now, done)


def _do(desk: Desk, unit: Unit, record: Postmortem, call: Call, verb: str, seen: list[Seen], now: datetime) -> Done:
    by = call.place.user_id
    match verb:
        case timeline_line.UP | timeline_line.DOWN:
            up = verb == timeline_line.UP
            return doing.moved(desk.arrange.move(unit, record, seen[0], up=up, by=by, now=now), up=up)
        case timeline_line.MERGE:
            return doing.merged(desk.arrange.merge(unit, record, seen, by, now), len(seen))
        case timeline_line.OUT:
            return doing.taken_out(desk.arrange.remove(unit, record, seen[0], by, now))
        case _:
            raise Refused(OLD)


def remove(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Take a line out, whatever its version."""
    record, words = _named(desk, unit, call)
    try:
        done = doing.taken_out(desk.arrange.remove(unit, record, (words[0], None), call.place.user_id, now))
    except errors.Stale as stale:
        done = doing.refused(stale)
    return rooms.turned(desk, unit, record, call, timeline.back(call), now, done)


def put_back(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Undo a removal, on the page of what was taken out."""
    record, words = _named(desk, unit, call)
    items = desk.arrange.put_back(unit, record, words[0], call.place.user_id, now)
    page = Page(REMOVED, rooms.here(call).number)
    return rooms.turned(desk, unit, record, call, page, now, doing.back(items) if items else None)


def split(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """A merged line becomes what it was."""
    record, words = _named(desk, unit, call)
    done = _split(desk, unit, record, words[0], call, now)
    return rooms.turned(desk, unit, record, call, timeline.back(call), now, done)


def undo(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Take back what the page says was done."""
    record, words = _named(desk, unit, call)
    what, which, *more = [*words, ""] if len(words) > 1 else ["", ""]
    page = Page(TIMELINE, rooms.here(call).number)
    match what:
        case doing.REMOVED:
            items = desk.arrange.put_back(unit, record, which, call.place.user_id, now)
            done = doing.back(items) if items else None
        case doing.MERGED:
            done = _split(desk, unit, record, which, call, now)
        case doing.DROPPED:
            page, done = Page(PROPOSALS), _ask_again(desk, unit, record, which, call, now)
        case doing.MOVED:
            done = _move_back(desk, unit, record, which, more, call, now)
            page = rooms.page_of(unit, record, which, page)
        case _:
            raise Refused(OLD)
    return rooms.turned(desk, unit, record, call, page, now, done)


def _move_back(
    desk: Desk, unit: Unit, record: Postmortem, item_id: str, words: list[str], call: Call, now: datetime
) -> Done:
    """The other way, or to the time that it had."""
    by, (way, rank, stood, *_) = call.place.user_id, (*words, "", "", "")
    try:
        if way in (timeline_line.UP, timeline_line.DOWN):
            went = desk.arrange.move(unit, record, (item_id, None), up=way == timeline_line.UP, by=by, now=now)
            return doing.moved_back(went.line)
        at, seen = doing.moment(way), doing.moment(stood)
        if at is None or seen is None:
            raise Refused(OLD)
        there = Place(at, _version(rank))
        return doing.moved_back(desk.arrange.move_back(unit, record, item_id, seen, there, by, now))
    except DomainError as error:
        return doing.refused(error)


def _split(desk: Desk, unit: Unit, record: Postmortem, item_id: str, call: Call, now: datetime) -> Done:
    try:
        return doing.back(desk.arrange.split(unit, record, item_id, call.place.user_id, now))
    except errors.Stale as stale:
        return doing.refused(stale)


def _ask_again(desk: Desk, unit: Unit, record: Postmortem, micros: str, call: Call, now: datetime) -> Done:
    at = doing.moment(micros)
    try:
        if at is None:
            raise errors.Stale(DECIDED)
        return doing.asked_again(desk.arrange.ask_again(unit, record, at, call.place.user_id, now))
    except errors.Stale as stale:
        return doing.refused(stale)


def _named(desk: Desk, unit: Unit, call: Call) -> tuple[Postmortem, list[str]]:
    """The record, held, and the other words of the button's value."""
    record_id, *words = call.text.split(":")
    return desk.timeline.record(unit, call.place.team_id, record_id, call.place.user_id), words or [""]


def _other(seen: list[str]) -> list[Seen]:
    return [(seen[1], _version(seen[2]))] if len(seen) == 3 else []


def _version(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else 0


BUTTONS: Mapping[str, Press] = {
    ids.ITEM_MENU: menu,
    ids.ITEM_REMOVE: remove,
    ids.ITEM_PUT_BACK: put_back,
    ids.ITEM_SPLIT: split,
    ids.ITEM_UNDO: undo,
}
