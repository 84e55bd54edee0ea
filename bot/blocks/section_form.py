"""The form of one section: its fields filled in with what is saved, and what came back of them. Where somebody else saved
meanwhile, their text stands under the field, and what was typed stays in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.blocks import hints as wording_hints
from bot.blocks import ids, inputs, modals, parts, rich, text
from bot.blocks.inputs import Answers, Block
from bot.domain import pieces, section_forms, section_values, typed
from bot.domain.section_forms import Field, Form, Shape
from bot.domain.section_values import Typed

_MANY_LINES = (Shape.TEXT, Shape.LINES, Shape.LINKS)
_NUMBERS = (Shape.MINUTES, Shape.COUNT, Shape.PORTION)
# So many mentions always fit into one block.
_PEOPLE = 60
_ASKED = "Needed for the review"
_EXAMPLE = {Shape.MINUTES: "45", Shape.COUNT: "1204", Shape.PORTION: "24 of 100000", Shape.LINK: "https://"}


def draw(
    form: Form, shown: Typed, metadata: str, *, hints: Mapping[str, str] | None = None, theirs: Typed | None = None,
    warning: str = "", said: Mapping[str, Sequence[Block]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The modal. `shown` is in the fields; `hints` replace those of the table; `theirs` is what somebody else saved; `said` is what
    the channel tells about a field, drawn."""
    blocks = [parts.context("\n".join([text.escape(form.why), *_what_is_asked(form)]))]
    if warning:
        blocks = [parts.section(f":warning: {warning}"), *blocks]
    for each in form.fields:
        blocks += _field(each, shown.get(each.name, ""), _hint(each, (hints or {}).get(each.name, each.hint)))
        if theirs is not None and theirs.get(each.name) != shown.get(each.name):
            blocks += _other(each, theirs.get(each.name, ""))
        blocks += (said or {}).get(each.name, ())
    return modals.view(ids.SECTION, form.title, "Save", blocks, metadata)


def parts_drawn(form: Form, shown: Typed) -> dict[str, int]:
    """How many inputs hold one text, where it is more than one: reading it back joins them."""
    counts = {each.name: len(pieces.split(str(shown.get(each.name) or ""))) for each in form.fields}
    return {name: count for name, count in counts.items() if count > 1}


def read(form: Form, values: object, drawn: Mapping[str, int]) -> dict[str, str | bool]:
    """What was typed, by field; `drawn` is what `parts_drawn` said of the form."""
    answers = Answers(values)
    return {each.name: _answer(answers, each, drawn.get(each.name, 1)) for each in form.fields}


def piece_id(name: str, number: int) -> str:
    """The block id of the nth input of a text, from 0."""
    return name if number == 0 else f"{name}__{number + 1}"


def _what_is_asked(form: Form) -> list[str]:
    """Slack writes "optional" beside every field, since anything may be saved half done."""
    return (
        [f"Save it half done whenever you like: “{_ASKED}” stands under what has to be there in the end."]
        if form.gate
        else []
    )


def _hint(each: Field, hint: str) -> str:
    return " ".join(filter(None, (f"{_ASKED}." if each.asked else "", hint)))


def _field(each: Field, value: str | bool, hint: str) -> list[Block]:
    if each.shape is Shape.TICK:
        return [inputs.tick(each.label, each.name, "Yes", value is True, hint)]
    shown = value if isinstance(value, str) else ""
    if each.shape is Shape.PERSON:
        return [inputs.person(each.label, each.name, shown or None, hint, optional=True)]
    if each.shape is Shape.PEOPLE:
        return [inputs.people(each.label, each.name, shown.split(), hint)]
    return [
        wording_hints.live(
            inputs.line(
                each.label if number == 0 else f"{each.label}, continued",
                piece_id(each.name, number),
                part,
                most=_most(each, part),
                optional=True,
                multiline=each.shape in _MANY_LINES,
                hint=hint if number == 0 else "",
                placeholder=_EXAMPLE.get(each.shape, ""),
            )
        )
        for number, part in enumerate(section_values.drawn(each, shown))
    ]


def _most(each: Field, part: str) -> int:
    """How much the field takes: never less than what is in it, so that nothing is cut."""
    bound = each.most or section_forms.MOST.get(each.shape.value, pieces.FIELD)
    return min(pieces.FIELD, max(bound, typed.width(part)))


def _other(each: Field, value: str | bool) -> list[Block]:
    """What somebody else saved in this field, all of it."""
    if isinstance(value, bool):
        return [parts.context(f"Saved meanwhile: {'ticked' if value else 'not ticked'}")]
    if each.shape in (Shape.PERSON, Shape.PEOPLE) and value.strip():
        named = list(map(text.mention, value.split()))
        groups = (named[at : at + _PEOPLE] for at in range(0, len(named), _PEOPLE))
        return [parts.context(f"Saved meanwhile: {', '.join(group)}") for group in groups]
    return rich.meanwhile(value)


def _answer(answers: Answers, each: Field, drawn: int) -> str | bool:
    if each.shape is Shape.TICK:
        return answers.ticked(each.name)
    if each.shape is Shape.PERSON:
        return answers.user(each.name) or ""
    if each.shape is Shape.PEOPLE:
        return "\n".join(answers.users(each.name))
    texts = [answers.text(each.name)]
    while answers.has(piece_id(each.name, len(texts))):
        texts.append(answers.text(piece_id(each.name, len(texts))))
    return pieces.join(texts, drawn)
