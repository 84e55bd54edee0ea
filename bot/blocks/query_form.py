"""The form of one command or query (R-25). Its text goes in and comes back to the letter; where it looks like a secret is in
it, the form says so and asks once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks import ids, inputs, modals, parts, rich, section_form, text
from bot.blocks.inputs import Answers, Block
from bot.domain import pieces, queries
from bot.domain.queries import LINK, RESULT, TEXT, TOOL, TOOL_MOST, Suspect, Written

# The box carries the stamp of what it is about: a tick for one secret is none for another.
RAN_BY, NO_SECRET = "ran_by", "no_secret:"
NONE = "It is no secret, or it is not valid any more: keep it as it is"
_NAMED = 10
_FURTHER = "Only for what does not fit above: it goes on here exactly where the field above ends."


def draw(
    written: Written, metadata: str, *, new: bool, source: str = "", warning: str = "", suspects: Sequence[Suspect] = (),
    theirs: Written | None = None, callback: str = ids.QUERY,
) -> dict[str, Any]:  # fmt: skip
    """The modal. `source` links to the message that the query comes from; `suspects` are asked about; `theirs` is what somebody
    else saved meanwhile. `callback` names who may send it: POINTED_QUERY is for whoever sees the post-mortem."""
    other = theirs or written
    blocks: list[Block] = [
        *([parts.section(f":warning: {warning}")] if warning else []),
        *(_doubt(suspects, queries.stamp(queries.cleaned(written))) if suspects else []),
        *_texts(written.text),
        *(rich.meanwhile(other.text, code=True) if other.text != written.text else []),
        *([parts.context(source)] if source else []),
        inputs.line(
            "Tool", TOOL, written.tool, most=TOOL_MOST, optional=True, placeholder="psql, kubectl, Grafana",
            hint="Where it was run.",
        ),
        *_other(written.tool, other.tool),
        inputs.person("Who ran it", RAN_BY, written.ran_by, optional=True),
        *_person(written.ran_by, other.ran_by),
        inputs.line(
            "Link", LINK, written.link, most=2000, optional=True, placeholder="https://",
            hint="To the result, a dashboard, or a file.",
        ),
        *_other(written.link, other.link),
        *_results(written.result),
        *_other(written.result, other.result),
    ]  # fmt: skip
    return modals.view(callback, "Add a query" if new else "A query", "Save", blocks, metadata)


def read(values: object) -> tuple[Written, str]:
    """What was typed, and the stamp of the secrets of which somebody says that they are none."""
    answers = Answers(values)
    texts = [answers.verbatim(name) for name in _names(answers, TEXT)]
    results = [answers.text(name) for name in _names(answers, RESULT)]
    written = Written(
        "".join(texts), answers.text(TOOL), answers.text(LINK), "".join(results), answers.user(RAN_BY)
    )  # fmt: skip
    ticked = (name for name in answers.names() if name.startswith(NO_SECRET) and answers.ticked(name))
    return written, next((name.removeprefix(NO_SECRET) for name in ticked), "")


def said(suspects: Sequence[Suspect]) -> str:
    """Each of them in a line of plain text."""
    named = list(dict.fromkeys(each.said for each in suspects))
    more = [f"and {len(named) - _NAMED} more"] if len(named) > _NAMED else []
    return "\n".join(f"• {each}" for each in [*named[:_NAMED], *more])


def _doubt(suspects: Sequence[Suspect], stamp: str) -> list[Block]:
    warning = (
        f":warning: *This looks as if there was a secret in it. Nothing was saved.*\n{text.escape(said(suspects))}\n"
        "Everybody who may read the document would read it. Write `<token>` in its place; where it is one that still works, "
        "replace it where it is used, too."
    )
    return [parts.section(warning), inputs.tick("Where that is wrong", f"{NO_SECRET}{stamp}", NONE, on=False)]


def _texts(whole: str) -> list[Block]:
    found = pieces.exact(whole)
    # One more field than are full, so that a long query has where to go on.
    more = ("",) if len(whole) < pieces.FIELD or pieces.nearly_full(found[-1]) else ()
    return [
        inputs.line(
            "Query or command" if number == 0 else "Query or command, continued",
            section_form.piece_id(TEXT, number),
            part,
            multiline=True,
            optional=number > 0,
            hint="It is kept to the letter." if number == 0 else _FURTHER if not part else "",
            verbatim=True,
        )
        for number, part in enumerate((*found, *more))
    ]


def _results(whole: str) -> list[Block]:
    return [
        inputs.line(
            "What it showed" if number == 0 else "What it showed, continued",
            section_form.piece_id(RESULT, number),
            part,
            multiline=True,
            optional=True,
            hint="In a sentence or a number, so that nobody has to run it again." if number == 0 else "",
        )
        for number, part in enumerate(pieces.exact(whole))
    ]


def _other(mine: str, theirs: str) -> list[Block]:
    return [] if theirs == mine else rich.meanwhile(theirs)


def _person(mine: str | None, theirs: str | None) -> list[Block]:
    return [] if theirs == mine else [parts.context(f"Saved meanwhile: {text.mention(theirs, 'nobody is named')}")]


def _names(answers: Answers, name: str) -> list[str]:
    """The block ids of the fields of one text, in order."""
    found = [name]
    while answers.has(section_form.piece_id(name, len(found))):
        found.append(section_form.piece_id(name, len(found)))
    return found
