"""Our tables on Bolt: one way in for each kind of payload, catch-alls for what nobody listens to, and the answer in Slack's form.

Bolt runs with `process_before_response`: the handler is one transaction, and its end is the acknowledgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltResponse

from bot.blocks import modals
from bot.domain.permissions import Door
from bot.listeners import gate, layers, payloads
from bot.listeners import intake as intakes
from bot.listeners.actions import buttons
from bot.listeners.answer import Answer
from bot.listeners.call import Call, Modal
from bot.listeners.commands import table
from bot.listeners.desk import Desk
from bot.listeners.events import news
from bot.listeners.intake import Intake
from bot.listeners.shortcuts import table as menu
from bot.listeners.views import submissions
from bot.ports.screens import OpenView, Respond
from bot.ports.store import Unit
from bot.usecases.open_record import Place

ANYTHING = re.compile(".*")
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listeners:
    """The Slack door. `team_id` is the workspace of the token, for payloads that name none."""

    desk: Desk
    intake: Intake
    team_id: str

    def register(self, app: App) -> None:
        """Put every entry of the tables on the app, and a catch-all behind each kind."""
        app.use(_well_formed)
        app.command(table.COMMAND)(self._on(self.command))
        app.command(ANYTHING)(self._on(self.command))
        app.action(ANYTHING)(self._on(self.action))
        app.view(ANYTHING)(self._on(self.submission))
        app.event(ANYTHING)(self._on(self.event))
        app.shortcut(ANYTHING)(self._on(self.shortcut))
        for quiet in (app.view_closed, app.options):
            quiet(ANYTHING)(self._nothing)

    def command(self, body: Body, ack: Ack) -> BoltResponse:
        """A slash command: the answer is in the acknowledgement, seen by the one who typed."""
        subcommand, word, rest = table.parse(_text(body, "text"))
        command = subcommand or table.unknown(word)
        place = Place(str(body["team_id"]), str(body["channel_id"]), str(body["user_id"]))
        call = Call(
            key=payloads.key(body),
            place=place,
            text=rest,
            sent=_text(body, "text"),
            trigger_id=_text(body, "trigger_id"),
            response_url=_text(body, "response_url") or None,
            channel_name=_text(body, "channel_name"),
        )
        act = partial(command.run, self.desk)
        answer = self._answer(
            Door.COMMAND, command.name, call, lambda unit, now: act(unit, call, now), reads=command.reads
        )
        if answer.drawing is None:
            return ack()
        blocks = [dict(block) for block in answer.drawing.blocks]
        return ack(text=answer.drawing.text, blocks=blocks, response_type="ephemeral")

    def action(self, body: Body, ack: Ack) -> BoltResponse:
        """A pressed button: what it says goes to the one who pressed."""
        pressed = body["actions"][0]
        channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id") or ""
        place = Place(self._team(body), str(channel), str(body["user"]["id"]))
        call = Call(
            key=payloads.key(body),
            place=place,
            text=_text(pressed, "value") or _text(pressed.get("selected_option") or {}, "value"),
            trigger_id=_text(body, "trigger_id"),
            response_url=_text(body, "response_url") or None,
            **_of_modal(body),
        )
        name = str(pressed["action_id"])
        press = buttons.BUTTONS.get(name, buttons.unknown)
        quiet = name in buttons.QUIET
        act = partial(press, self.desk)
        answer = self._answer(Door.BUTTON, name, call, lambda unit, now: act(unit, call, now), reads=quiet)
        if quiet:
            return ack()
        if answer.drawing and call.response_url and not answer.replayed:
            self.intake.screens.show(Respond(call.response_url, answer.drawing, answer.replace))
        elif answer.drawing and call.modal and not answer.replayed:
            # A modal has no response address: what is to be said is laid over it.
            self.intake.screens.show(layers.shown(call, modals.notice(answer.drawing)))
        elif answer.drawing and not answer.replayed:
            # The Home tab has neither.
            self.intake.screens.show(OpenView(call.trigger_id, modals.notice(answer.drawing)))
        return ack()

    def shortcut(self, body: Body, ack: Ack) -> BoltResponse:
        """An entry of a message's menu: a form over the message, or a sentence in its place. One that belongs to no message is
        not ours."""
        if body.get("type") != "message_action":
            return ack()
        channel, name = body["channel"], str(body["callback_id"])
        call = Call(
            key=payloads.key(body),
            place=Place(self._team(body), str(channel["id"]), str(body["user"]["id"])),
            trigger_id=_text(body, "trigger_id"),
            response_url=_text(body, "response_url") or None,
            channel_name=_text(channel, "name"),
            message=body["message"],
        )
        act = partial(menu.run, name, self.desk)
        answer = self._answer(Door.SHORTCUT, name, call, lambda unit, now: act(unit, call, now), reads=True)
        if answer.drawing:
            view = layers.notice(answer.drawing, menu.label(name))
            self.intake.screens.show(OpenView(call.trigger_id, view, call.response_url, answer.drawing))
        return ack()

    def submission(self, body: Body, ack: Ack) -> BoltResponse:
        """A form: refused with a sentence at the field, or saved and closed."""
        view = body["view"]
        place = Place(self._team(body), "", str(body["user"]["id"]))
        call = Call(
            key=f"{view['id']}:{view.get('hash') or ''}:{payloads.digest([place.user_id, view.get('state')])}",
            place=place,
            trigger_id=_text(body, "trigger_id"),
            **_of_modal(body),
        )
        name = str(view["callback_id"])
        submit = submissions.FORMS.get(name, submissions.unknown)
        answer = self._answer(Door.FORM, name, call, lambda unit, now: submit(self.desk, unit, call, now))
        if answer.errors:
            return ack(response_action="errors", errors=_at_inputs(answer.errors, view))
        if answer.view:
            return ack(response_action="update", view=dict(answer.view))
        return ack()

    def event(self, body: Body, ack: Ack) -> BoltResponse:
        """An event: followed where it matters. A failure is not acknowledged, so that Slack sends it again."""
        event = body["event"]
        listener = news.EVENTS.get(str(event.get("type")))
        team, key = str(body["team_id"]), str(body["event_id"])
        if (
            listener
            and listener.means(self.desk, event)
            and self.intake.concerns(lambda unit: listener.concerns(unit, team, event))
        ):
            answer = self.intake.accept(
                team, key, lambda unit, now: _heard(listener, self.desk, unit, team, event, now)
            )
            if answer.errors:
                return BoltResponse(status=503, body="busy")
        return ack()

    @staticmethod
    def _on(handler: Callable[[Body, Ack], BoltResponse]) -> Callable[..., BoltResponse]:
        def listener(body: dict[str, Any], ack: Ack) -> BoltResponse:
            return handler(body, ack)

        return listener

    @staticmethod
    def _nothing(ack: Ack) -> BoltResponse:
        return ack()

    def _answer(self, door: Door, name: str, call: Call, act: intakes.Act, *, reads: bool = False) -> Answer:
        """Through the gate and the intake; a bug is logged and answered with its id, since Slack never repeats what people do."""
        act = gate.guarded(self.desk, door, name, call, act, reads=reads)
        try:
            return self.intake.look(act) if reads else self.intake.accept(call.place.team_id, call.key, act)
        except Exception:  # noqa: BLE001 - Slack's door: the person must not see a timeout
            return intakes.bug(name)

    def _team(self, body: Body) -> str:
        return str((body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id") or self.team_id)


def _heard(listener: news.News, desk: Desk, unit: Unit, team: str, event: Body, now: datetime) -> Answer:
    return listener.hear(desk, unit, team, event, now) or Answer()


def _of_modal(body: Body) -> dict[str, Any]:
    """What a payload from a modal carries beside its button: nothing for one from a message or the Home tab."""
    view = body.get("view")
    if not isinstance(view, Mapping) or view.get("type", "modal") != "modal":
        return {}
    modal = Modal(_text(view, "id"), _text(view, "previous_view_id") or None, _text(view, "root_view_id") or None)
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    return {
        "modal": modal,
        "metadata": _text(view, "private_metadata"),
        "values": values if isinstance(values, Mapping) else {},
        "view": view,
    }


def _at_inputs(errors: Mapping[str, str], view: Body) -> dict[str, str]:
    """Slack takes errors for input blocks of the form alone: whatever else is wrong is said at the first one."""
    inputs = [str(block.get("block_id")) for block in view.get("blocks") or [] if block.get("type") == "input"]
    if not inputs:
        return dict(errors)
    placed: dict[str, str] = {}
    for field, sentence in errors.items():
        placed.setdefault(field if field in inputs else inputs[0], sentence)
    return placed


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _well_formed(body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:
    """Bolt's middleware: a payload of another shape than Slack's is answered 400 before anything looks at it."""
    wrong = payloads.malformed(body)
    if wrong:
        return BoltResponse(status=400, body=wrong)
    return next()
