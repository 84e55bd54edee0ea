"""The buttons of the list of findings about wording: better words, leave it, ignore it, another page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, wording_list
from bot.domain import errors
from bot.domain.postmortem import Postmortem
from bot.listeners import forms, layers
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import UpdateView
from bot.ports.store import Unit
from bot.usecases import look_at_wording


def open_list(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The list, from its beginning."""
    record, _ = desk.wording.record(unit, call.place.team_id, call.text, call.place.user_id)
    return _drawn(desk, unit, record, call, 0, fresh=True)


def turn(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Another page."""
    record_id, _, said = call.text.partition(":")
    record, _ = desk.wording.record(unit, call.place.team_id, record_id, call.place.user_id)
    return _drawn(desk, unit, record, call, number(said))


def take(which: int) -> Press:
    """Put the better words in, and draw the list anew."""

    def press(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        record_id, _, said = call.text.partition(":")
        key, seen = wording_list.read(said)
        record = desk.wording.take(unit, call.place.team_id, record_id, key, seen, which, call.place.user_id, now)
        return _drawn(desk, unit, record, call, page(call))

    return press


def leave(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """One finding was looked at, and the text stays."""
    record_id, _, said = call.text.partition(":")
    key, _ = wording_list.read(said)
    record = desk.wording.look(unit, call.place.team_id, record_id, {key}, call.place.user_id, now)
    return _drawn(desk, unit, record, call, page(call))


def leave_page(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Everything that was shown on this page was looked at; nothing that came since."""
    record_id, _, said = call.text.partition(":")
    record, _ = desk.wording.record(unit, call.place.team_id, record_id, call.place.user_id)
    named = set(said.split(","))
    keys = {
        look_at_wording.key_of(each)
        for each in desk.wording.listing(unit, record).left
        if wording_list.short(each) in named
    }
    desk.wording.look(unit, call.place.team_id, record_id, keys, call.place.user_id, now)
    return _drawn(desk, unit, record, call, page(call))


def open_ignore(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks why it is right as it stands."""
    record_id, _, said = call.text.partition(":")
    record, _ = desk.wording.record(unit, call.place.team_id, record_id, call.place.user_id)
    key, _ = wording_list.read(said)
    left = desk.wording.listing(unit, record).left
    located = next((each for each in left if look_at_wording.key_of(each) == key), None)
    if located is None:
        raise errors.Stale(look_at_wording.CHANGED)
    return Answer(screens=(layers.shown(call, wording_list.ignore_form(record, located, call.text)),))


def view(desk: Desk, unit: Unit, record: Postmortem, shown: int) -> dict[str, object]:
    """One page of the list as it stands."""
    found = desk.wording.listing(unit, record)
    return wording_list.listing(record, found.left, found.looked, shown)


def page(call: Call) -> int:
    """The page that the open list shows."""
    return number(str(forms.read(call.metadata).get("page") or ""))


def number(said: str) -> int:
    """A page's number; the first for anything that is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def _drawn(desk: Desk, unit: Unit, record: Postmortem, call: Call, shown: int, *, fresh: bool = False) -> Answer:
    drawn = view(desk, unit, record, shown)
    if call.modal and not fresh:
        return Answer(screens=(UpdateView(call.modal.id, drawn),))
    return Answer(screens=(layers.shown(call, drawn),))


BUTTONS: Mapping[str, Press] = {
    ids.WORDING_OPEN: open_list,
    ids.WORDING_PAGE: turn,
    ids.WORDING_TAKE: take(0),
    ids.WORDING_TAKE_OTHER: take(1),
    ids.WORDING_LEAVE: leave,
    ids.WORDING_LEAVE_PAGE: leave_page,
    ids.WORDING_IGNORE_OPEN: open_ignore,
}
