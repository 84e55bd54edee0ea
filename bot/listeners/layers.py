"""Showing a form wherever its button was: laid over an open form, or by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.blocks import inside, modals, parts, replies
from bot.domain.errors import BadInput
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.ports.chat import Drawing
from bot.ports.screens import OpenView, PushView, UpdateView

NOT_OPENED = "The form did not open. Please press the button again."
TOO_LONG = "This is too long to be shown in one form, so nothing of it is shown here: it stands whole in the document."
BOTH_TOO_LONG = (
    "Somebody else saved this while you had the form open, and both texts together are too long for one form. Nothing was "
    "saved: copy what you wrote, close this form and open it again to see theirs."
)


def shown(call: Call, view: Mapping[str, Any], fallback: str = NOT_OPENED) -> OpenView | PushView | UpdateView:
    """The form over the one whose button was pressed, or alone; `fallback` is said where Slack does not open it. A form in
    which somebody types never gives way to another."""
    if not modals.fits(view):
        view = notice(replies.say(TOO_LONG), "Too long")
    if call.modal:
        instead = inside.instead(call.view, view)
        if call.modal.topmost:
            return UpdateView(call.modal.id, instead)
        return PushView(call.trigger_id, view, call.modal.id, instead)
    return OpenView(call.trigger_id, view, call.response_url, replies.say(fallback))


def fitting(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """A form that comes back with both texts in it. Raises BadInput where Slack would not take it: what was typed stays."""
    if not modals.fits(view):
        raise BadInput(BOTH_TOO_LONG)
    return view


def said(call: Call, drawing: Drawing, title: str) -> Answer:
    """An answer in the place of the form whose button was pressed, or beside the message."""
    if call.modal:
        return Answer(screens=(UpdateView(call.modal.id, notice(drawing, title)),))
    return Answer(drawing)


def sent(call: Call, drawing: Drawing | None, title: str) -> Answer:
    """After a form was taken: what is to be said takes its place, or that of the form under it, which is out of date."""
    if drawing is None:
        return Answer()
    if call.modal and call.modal.previous:
        return Answer(screens=(UpdateView(call.modal.previous, notice(drawing, title)),))
    return Answer(view=notice(drawing, title))


def notice(drawing: Drawing, title: str) -> dict[str, Any]:
    """A form with nothing to send, under a title of at most 24 characters."""
    return {**modals.notice(drawing), "title": parts.plain(title, 24), "close": parts.plain("Close", 24)}
