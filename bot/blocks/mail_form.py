"""The form of a mail (R-53, R-55): to whom, its subject and its text as they are proposed or were saved, what is missing, what
became of it, and the ways in which it goes out. People's words stand in fields and in preformatted text, where nothing is
mark-up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.blocks import ids, inputs, mail_state, modals, parts, rich, section_form, text
from bot.blocks.inputs import Answers, Block
from bot.domain import mail_draft, pieces
from bot.domain.mail_draft import Letter
from bot.domain.mail_sheet import MailSheet, Typed

TITLES = {Letter.SUMMARY: "Internal e-mail", Letter.FIRST: "First e-mail", Letter.SUPPORT: "E-mail to support"}
_WHY = {
    Letter.SUMMARY: (
        "For colleagues who were not there, right after the meeting: a short paragraph, what was learnt, and the link. "
        "It comes from the post-mortem; change whatever you like."
    ),
    Letter.FIRST: (
        "For colleagues, right after the incident: what is known so far, who goes on with it, and the link. It may be short, and "
        "you need not send it."
    ),
    Letter.SUPPORT: "The message to customers as it was reviewed, for whoever posts it and reads mail rather than Slack.",
}
_RESTRICTED = (
    "This post-mortem is restricted: its e-mails go to the list for restricted ones and to nobody else, and name its number alone. Put "
    "no details into them; whoever may read it follows the link."
)
_TO_HINT = (
    "With commas or semicolons between, with names or without. Each address is looked at before anything is kept."
)
_FIELDS = (ids.MAIL_TO, ids.MAIL_SUBJECT, ids.MAIL_BODY)


def draw(
    sheet: MailSheet, given: Typed | None = None, *, theirs: MailSheet | None = None, warning: str = "", done: str = "", drawn: int = 0,
) -> dict[str, Any]:  # fmt: skip
    """The modal. `given` is in the fields where it is not what the sheet says; `theirs` is what somebody else saved; `done` says what was
    just done. `drawn` counts
    how often the fields were filled anew: Slack keeps what is typed in a field as long as it has its name."""
    shown, other = given or sheet.typed, theirs.typed if theirs else None
    blocks: list[Block] = [parts.section(f":warning: {warning}")] if warning else []
    blocks += [parts.section(done)] if done else []
    blocks.append(parts.context(_RESTRICTED if sheet.record.restricted else _WHY[sheet.draft.purpose]))
    blocks += [*mail_state.lines(sheet), *_missing(sheet)]
    blocks.append(inputs.line("To", _id(ids.MAIL_TO, drawn), shown.to, optional=True, hint=_TO_HINT))
    blocks += rich.meanwhile(other.to) if other and other.to != shown.to else []
    most = max(mail_draft.SUBJECT_MOST, len(shown.subject))
    blocks.append(inputs.line("Subject", _id(ids.MAIL_SUBJECT, drawn), shown.subject, most=most))
    blocks += rich.meanwhile(other.subject) if other and other.subject != shown.subject else []
    split = _split(shown.body)
    blocks += [_piece(_id(ids.MAIL_BODY, drawn), number, each) for number, each in enumerate(split)]
    blocks += rich.meanwhile(other.body) if other and other.body != shown.body else []
    blocks += mail_state.ways(sheet)
    return modals.view(
        ids.MAIL, TITLES[sheet.draft.purpose], "Save", blocks, _metadata(sheet, len(pieces.split(shown.body)), drawn)
    )


def read(values: object, carried: Mapping[str, object]) -> Typed:
    """What was typed, of a form that carried this."""
    answers, drawn = Answers(values), _number(carried.get("drawn"))
    name = _id(ids.MAIL_BODY, drawn)
    typed = [answers.text(name)]
    while answers.has(section_form.piece_id(name, len(typed))):
        typed.append(answers.text(section_form.piece_id(name, len(typed))))
    body = pieces.join(typed, _number(carried.get("pieces")) or 1)
    return Typed(answers.text(_id(ids.MAIL_TO, drawn)), answers.text(_id(ids.MAIL_SUBJECT, drawn)), body)


def seen(carried: Mapping[str, object]) -> int:
    """The version that the form showed."""
    return _number(carried.get("seen"))


def times_drawn(carried: Mapping[str, object]) -> int:
    """How often its fields were filled anew."""
    return _number(carried.get("drawn"))


def fields(carried: Mapping[str, object]) -> dict[str, str]:
    """What the fields are called in the form that carries this, by their names in reasons."""
    return {name: _id(name, times_drawn(carried)) for name in _FIELDS}


def _split(body: str) -> tuple[str, ...]:
    split = pieces.split(body)
    return (*split, "") if pieces.nearly_full(body) else split


def _piece(name: str, number: int, words: str) -> Block:
    label = "Text" if number == 0 else "Text, continued"
    hint = "Lines that begin with a hyphen become a list." if number == 0 else ""
    return inputs.line(
        label, section_form.piece_id(name, number), words, optional=number > 0, multiline=True, hint=hint
    )


def _missing(sheet: MailSheet) -> list[Block]:
    said = [*([sheet.list.missing] if sheet.list.missing and not sheet.to else []), *sheet.missing]
    return [parts.context("\n".join(f":information_source: {text.escape(each)}" for each in said))] if said else []


def _metadata(sheet: MailSheet, split: int, drawn: int) -> str:
    carried = {"record": sheet.record.id, "purpose": sheet.draft.purpose.value, "seen": sheet.draft.version}
    return json.dumps({**carried, "pieces": split, "drawn": drawn})


def _id(name: str, drawn: int) -> str:
    return f"{name}-{drawn}" if drawn else name


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
