"""Messages to customers to learn from (R-38), a page at a time, for one person alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import external_form, ids, lines, parts, text
from bot.blocks.parts import Block
from bot.domain.examples import Link
from bot.domain.external_message import Parts
from bot.domain.postmortem import Postmortem
from bot.ports.chat import Drawing

_SHOWN = 2600
_NONE = "There is no earlier message to customers yet that you may see: the first one is yours."


def drawing(
    shown: Sequence[tuple[Postmortem, Parts]], number: int, of: int, links: Sequence[Link], record_id: str = ""
) -> Drawing:
    """One page; `record_id` is what they should be like, for turning the page."""
    blocks: list[Block] = [parts.section("*Messages to customers to learn from*")]
    for record, said in shown:
        blocks += _example(record, said)
    if not shown:
        blocks.append(parts.section(_NONE))
    blocks += _turn(number, of, record_id)
    if links:
        listed = " · ".join(text.link(each.url, each.name) for each in links)
        blocks += [parts.divider(), parts.section(f"*Public ones of others*\n{listed}")]
    return parts.drawing("Messages to customers to learn from", blocks)


def _example(record: Postmortem, said: Parts) -> list[Block]:
    about = [lines.severity(record), text.escape(text.clip(", ".join(record.services), 200)) if record.services else ""]
    if record.closed_at:
        about.append(text.when(record.closed_at))
    head = f"{lines.name(record)}\n{' · '.join(each for each in about if each)}"
    quoted = [
        parts.section(f"*{heading}*\n{text.quote(words, _SHOWN)}") for heading, words in external_form.written(said)
    ]
    return [parts.divider(), parts.section(head), *quoted]


def _turn(number: int, of: int, record_id: str) -> list[Block]:
    if of < 2:
        return []
    buttons: list[Block] = []
    if number > 0:
        buttons.append(parts.actions(parts.button("← Back", ids.EXAMPLES_PAGE, f"{record_id}:{number - 1}")))
    if number < of - 1:
        buttons.append(parts.actions(parts.button("More →", ids.EXAMPLES_PAGE, f"{record_id}:{number + 1}")))
    return [parts.context(f"Page {number + 1} of {of}"), *buttons]
