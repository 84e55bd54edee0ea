"""What Jira wants for tickets, asked of a person once for all tickets of one project and issue type (R-31): the fields by the names
that Jira gives them. What cannot be asked for here is named, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.blocks import ids, inputs, modals, pages, parts, text
from bot.blocks.inputs import Answers, Block
from bot.blocks.pages import ACTIONS, Page
from bot.domain import phrases, ticket_fields
from bot.domain.errors import BadInput, Reason
from bot.domain.ticket_fields import Asked, Extra, Form
from bot.domain.tickets import FieldKind, FieldNeed, Value

TITLE = "Create tickets"
_NAME, _FIELD, _NAMED = 150, "want", 40
_WORDS_HINT = "One or more words with commas in between; each without spaces."
_TOO_MANY = (
    ":warning: Jira wants more here than one form can hold. Give these fields default values in Jira, or make the tickets by hand "
    "and link them."
)


def form(asked: Sequence[Asked], carried: str) -> dict[str, Any]:
    """The fields of every form that can be filled in here, and what is to be said of the others."""
    blocks: list[Block] = []
    for number, each in enumerate(can_be_filled(asked)):
        blocks.append(parts.section(f"*{_form(each)}*: Jira wants this for its tickets."))
        blocks += [_field(number, need, each.given.get(need.id)) for need in each.needs]
    blocks += [block for each in asked if each.odd for block in _cannot(each)]
    if not can_be_filled(asked):
        return pages.plain_view(TITLE, [*blocks, _back(carried)], carried)
    view = modals.view(ids.TICKET_FIELDS, TITLE, "Create tickets", blocks, carried)
    return view if modals.fits(view) else pages.plain_view(TITLE, [parts.section(_TOO_MANY), _back(carried)], carried)


def can_be_filled(asked: Sequence[Asked]) -> list[Asked]:
    """Those that a person can fill in here, in the order of their sections."""
    return [each for each in asked if not each.odd]


def read(forms: Sequence[Form], values: object) -> dict[Form, Extra]:
    """What was filled in, by form. Raises BadInput with a sentence at each field that is not as Jira takes it."""
    answers = Answers(values)
    found: dict[Form, dict[str, Value]] = {}
    problems: list[Reason] = []
    for block_id in answers.names():
        what, _, rest = block_id.partition(":")
        section, kind, field_id = (*rest.split(":", 2), "", "")[:3]
        if what != _FIELD or kind not in set(FieldKind) or not _is_of(section, forms):
            continue
        try:
            filled = ticket_fields.checked(FieldKind(kind), _answer(answers, FieldKind(kind), block_id))
        except BadInput as error:
            problems.append(Reason(block_id, error.message))
            continue
        found.setdefault(forms[int(section)], {})[field_id] = filled
    if problems:
        raise BadInput("Some fields need another look.", reasons=tuple(problems))
    return dict(found)


def _is_of(section: str, forms: Sequence[Form]) -> bool:
    return section.isascii() and section.isdigit() and len(section) < 4 and int(section) < len(forms)


def _answer(answers: Answers, kind: FieldKind, block_id: str) -> Value:
    if kind is FieldKind.CHOICES:
        return tuple(answers.several(block_id))
    if kind is FieldKind.CHOICE:
        return answers.choice(block_id) or ""
    if kind is FieldKind.DATE:
        chosen = answers.day(block_id)
        return chosen.isoformat() if chosen else ""
    return answers.text(block_id)


def _field(number: int, need: FieldNeed, given: Value | None) -> Block:
    block_id, name = f"{_FIELD}:{number}:{need.kind}:{need.id}", text.clip(need.name, _NAME)
    many = () if given is None else (given,) if isinstance(given, str) else given
    first = many[0] if many else ""
    match need.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            options = [(label, value) for value, label in need.options]
            return inputs.pick(name, block_id, options, many, several=need.kind is FieldKind.CHOICES)
        case FieldKind.DATE:
            return inputs.day(name, block_id, _day(first), optional=False)
        case FieldKind.WORDS:
            return inputs.line(name, block_id, ", ".join(many), most=1000, hint=_WORDS_HINT)
        case FieldKind.NUMBER:
            return inputs.line(name, block_id, first, most=40, hint="A number such as 3 or 2.5.")
        case _:
            several = need.kind is FieldKind.LONG
            most = 3000 if several else ticket_fields.LONGEST_TEXT
            return inputs.line(name, block_id, first, most=most, multiline=several)


def _cannot(asked: Asked) -> list[Block]:
    names = phrases.listing([each.name for each in asked.odd], most=_NAMED)
    said = (
        f":warning: *{_form(asked)}*: Jira wants {text.escape(text.clip(names, 1000))}, which cannot be asked for here. Give it a "
        "default value in Jira or make it optional there, or make the tickets by hand and link them."
    )
    return [parts.section(said)]


def _form(asked: Asked) -> str:
    project, issue_type = asked.form
    return text.escape(text.clip(f"{issue_type} in {project}", _NAME))


def _back(carried: str) -> Block:
    record = pages.record_of(carried)
    return parts.actions(pages.go("See all action items", record, Page(ACTIONS)))


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
