"""A responder's own lines of the timeline, to be confirmed before the review (X-8), and the forms around that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks import ids, inputs, lines, modals, parts, text
from bot.blocks.parts import Block
from bot.domain import line_checks, phrases, timeline
from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.ports.chat import Drawing

MOST = 20
_WORDS, _NAMES = 700, 30


def draw(overview: Overview, check: LineCheck | None, user: str, since: str) -> Drawing:
    """The message as it stands now; `since` is when this one asked."""
    name = lines.name(overview.postmortem)
    if check is None or check.asked_at.isoformat() != since:
        said = f"Your lines of the timeline of {name}: there is a newer message about them."
        return parts.drawing(said, [parts.section(said)])
    theirs = line_checks.lines_of(overview.life.items).get(user, ())
    if not theirs and check.state is CheckState.ASKED:
        said = f"None of your lines is in the timeline of {name} any more: there is nothing to confirm."
        return parts.drawing(said, [parts.section(said)])
    head = f"{text.mention(check.asked_by)} asks: are your lines of the timeline of {name} right?"
    shown = [parts.section(_line(overview, item.id)) for item in theirs[:MOST]]
    return parts.drawing(head, [parts.section(head), *shown, *_rest(overview, len(theirs)), *_end(overview, check)])


def hidden() -> Drawing:
    """For somebody who may not see the post-mortem any more."""
    said = "Nothing more is asked of you here."
    return parts.drawing(said, [parts.section(said)])


def object_form(record: Postmortem) -> dict[str, Any]:
    """What is off."""
    hint = "The owner reads this, and it stands among the notes of the review."
    blocks = [
        parts.section(lines.name(record)),
        inputs.line("What is off?", ids.REASON, "", multiline=True, hint=hint),
    ]
    return modals.view(ids.LINES_OFF, "Something is off", "Send", blocks, lines_metadata(record))


def ask_form(people: Sequence[str], again: int, metadata: str) -> dict[str, Any]:
    """How many are asked, before they are; `again` of them were asked before."""
    many = phrases.count(len(people), "person", "people")
    named = phrases.listing([text.mention(user) for user in people], most=_NAMES)
    before = f"\nAsked before, without an answer or with lines that changed since: {again}." if again else ""
    blocks = [
        parts.section(
            f"*{many}* will get the lines of the timeline that come from their messages, and say whether they are right: "
            f"{named}.{before}"
        )
    ]
    return modals.view(ids.LINES, "Ask for confirmation", f"Ask {many}", blocks, metadata)


def lines_metadata(record: Postmortem) -> str:
    """What the form carries: the record, and what its button named."""
    return modals.carry(record=record.id, check=line_checks.named(record.id))


def _line(overview: Overview, item_id: str) -> str:
    item = next(each for each in overview.life.items if each.id == item_id)
    link = overview.link(item.ts, item.thread_ts, item.channel_id) if item.ts else None
    source = f" ({text.link(link, 'message')})" if link else ""
    return f"*{timeline.moment(item)} UTC*{source}\n{text.quote(item.text, _WORDS) or '–'}"


def _rest(overview: Overview, many: int) -> list[Block]:
    if many <= MOST:
        return []
    where = f": {text.link(overview.document, 'all of them are in the document')}" if overview.document else ""
    return [parts.section(f"and {many - MOST} more{where}")]


def _end(overview: Overview, check: LineCheck) -> list[Block]:
    match check.state:
        case CheckState.RIGHT:
            return [parts.section(":white_check_mark: You say that they are right. Thank you.")]
        case CheckState.OFF:
            return [
                parts.section(
                    f":pencil2: You say what is off; the owner was told. Thank you.\n{text.quote(check.said, 1500)}"
                )
            ]
        case _:
            buttons = parts.actions(
                parts.button("They are right", ids.LINES_RIGHT, line_checks.named(overview.postmortem.id), "primary"),
                parts.button("Something is off", ids.LINES_WRONG, line_checks.named(overview.postmortem.id)),
            )
            return [buttons]
