"""The directory of services as people see it: the list, one service with its buttons, and the form that changes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.blocks import ids, inputs, modals, parts, text
from bot.blocks.parts import Block
from bot.domain import phrases, services
from bot.domain.services import Service, ServiceChange, Wish
from bot.ports.chat import Drawing

_A_BLOCK, _MOST, _NAMED = 5, 100, 5
_EMPTY = (
    "The directory of services is empty. `/postmortem service add NAME` enters one: its owners, engineering manager and "
    "product manager are then invited to the meetings of its post-mortems."
)


def listed(found: Sequence[Service]) -> Drawing:
    """All services, a line each; of a long list the beginning, and how to see the rest."""
    if not found:
        return parts.drawing(_EMPTY, [parts.section(_EMPTY)])
    rows = [_line(each) for each in found[:_MOST]]
    pages = ["\n".join(rows[start : start + _A_BLOCK]) for start in range(0, len(rows), _A_BLOCK)]
    left = len(found) - _MOST
    more = f"{phrases.count(left, 'service')} more. " if left > 0 else ""
    said = f"{more}`/postmortem service NAME` shows one, `/postmortem service add NAME` enters another."
    head = f"Services: {len(found)}"
    return parts.drawing(head, [parts.section(f"*{head}*"), *map(parts.whole, pages), parts.context(said)])


def one(service: Service, changes: Sequence[ServiceChange], *, may_change: bool) -> Drawing:
    """One service with everything about it; buttons for those who may change it."""
    pairs = (
        ("Owners", _people(service.owners)),
        ("Engineering manager", text.mention(service.manager, "not entered")),
        ("Product manager", text.mention(service.product_manager, "not entered")),
        ("Jira project", text.escape(service.project) or "not entered"),
    )
    said = [f"{text.when(each.at)}, {text.mention(each.actor)}: {_change(each)}" for each in changes]
    blocks = [parts.section(f"*{text.escape(service.name)}*"), parts.fields(pairs)]
    if said:
        blocks.append(parts.context("\n".join(said)))
    if may_change:
        blocks.append(parts.actions(parts.button("Change it", ids.SERVICE_EDIT, service.name), _remove(service)))
    return parts.drawing(f"Service {text.escape(service.name)}", blocks)


def unknown(name: str, near: Sequence[str], *, may_change: bool) -> Drawing:
    """There is no such service: those of a similar name, and the button that enters it."""
    said = f"“{text.escape(text.clip(name, services.NAME_MOST))}” is not in the directory of services."
    if near:
        said += f" Did you mean {', '.join(text.escape(each) for each in near)}?"
    said += " `/postmortem service` lists all of them."
    enter = parts.button("Enter it", ids.SERVICE_ADD, text.clip(name, services.NAME_MOST))
    return parts.drawing(said, [parts.section(said), *([parts.actions(enter)] if may_change else [])])


def form(service: Service | None, name: str = "") -> dict[str, Any]:
    """The form: of a service that is there its name is fixed, of a new one it is typed."""
    carried = {"service": service.name if service else "", "seen": str(service.version) if service else None}
    given = service or Wish(name)
    hint = "As people type it into a post-mortem, in any case."
    named: Block = (
        parts.section(f"*{text.escape(service.name)}*")
        if service
        else inputs.line("Service", ids.SERVICE_NAME, name, most=services.NAME_MOST, hint=hint)
    )
    blocks = [
        named,
        inputs.people("Owners", ids.SERVICE_OWNERS, given.owners, "Invited to each meeting about it."),
        inputs.person("Engineering manager", ids.MANAGER, given.manager, optional=True),
        inputs.person("Product manager", ids.PRODUCT_MANAGER, given.product_manager, optional=True),
        inputs.line("Jira project", ids.PROJECT, given.project, most=10, optional=True, placeholder="BILL"),
    ]
    return modals.view(ids.SERVICE, "Service", "Save", blocks, json.dumps(carried))


def read(values: object, name: str) -> Wish:
    """The answers; `name` is that of the service that the form was opened for, "" for a new one."""
    answers = inputs.Answers(values)
    return Wish(
        name or answers.text(ids.SERVICE_NAME),
        tuple(answers.users(ids.SERVICE_OWNERS)),
        answers.user(ids.MANAGER),
        answers.user(ids.PRODUCT_MANAGER),
        answers.text(ids.PROJECT),
    )


def _line(service: Service) -> str:
    said = [
        f"owners {_people(service.owners)}" if service.owners else "no owner",
        f"EM {text.mention(service.manager)}" if service.manager else "no EM",
        f"PM {text.mention(service.product_manager)}" if service.product_manager else "no PM",
        f"Jira {text.escape(service.project)}" if service.project else "",
    ]
    return f"*{text.escape(service.name)}* · {' · '.join(each for each in said if each)}"


def _people(users: Sequence[str]) -> str:
    shown = ", ".join(text.mention(user) for user in users[:_NAMED])
    rest = len(users) - _NAMED
    return f"{shown} and {rest} more" if rest > 0 else shown or "not entered"


def _change(change: ServiceChange) -> str:
    return "taken out" if change.new is None else "entered" if change.old is None else "changed"


def _remove(service: Service) -> Block:
    sure = {
        "title": parts.plain("Take it out?", 100),
        "text": parts.plain("Its owners and managers are not invited to meetings about it any more.", 300),
        "confirm": parts.plain("Take it out", 30),
        "deny": parts.plain("Keep it", 30),
    }
    return {**parts.button("Take it out", ids.SERVICE_REMOVE, service.name, "danger"), "confirm": sure}
