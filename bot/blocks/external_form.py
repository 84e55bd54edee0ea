"""The form of the message to customers: whether there is one, its three parts with what belongs into each, a preview, and
what somebody else saved meanwhile. A part of any length is shown in as many fields as it needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.blocks import hints, ids, inputs, modals, parts, said_lines, section_form, text
from bot.blocks.inputs import Answers, Block
from bot.blocks.said_lines import LinkOf
from bot.domain import pieces
from bot.domain.external_message import ExternalMessage
from bot.domain.external_message import Parts as Text
from bot.domain.message_sheet import Sheet, Wish
from bot.domain.postmortem import Postmortem
from bot.domain.said_there import Saying
from bot.domain.status import Status
from bot.domain.wording.finding import Finding

# Name, heading of the template, and what belongs there.
PARTS: tuple[tuple[str, str, str], ...] = (
    (
        ids.SUMMARY,
        "Summary",
        "Two or three sentences: from when to when, and what customers saw of it. Say that you are sorry, in your own words "
        "and once: customers know a phrase from an apology that is meant.",
    ),
    (
        ids.HAPPENED,
        "What Happened?",
        "In words that a customer knows: what went wrong, what you did about it, and when it was over. No names of people.",
    ),
    (
        ids.DOING,
        "What Are We Doing About This?",
        "What you have changed already, and what will follow. Promise nothing that is not decided.",
    ),
)
_CHOICES = (
    ("There is a message to customers", ExternalMessage.PRESENT.value),
    ("There will be no message", ExternalMessage.NONE.value),
)
_WHY = (
    "Customers read this on the status page. The meeting agrees on it first, and the support team posts it; the bot never "
    "does. Where only a part was down or it was slow, say *incident* or *service degradation*."
)
_BACK = (
    ":warning: *This text was reviewed.* If you change it, the post-mortem goes back to In Review as you save, and the "
    "support team's task is taken back: the new text has to be agreed on before anybody posts it."
)
_PREVIEWED = 2800


def draw(
    record: Postmortem, sheet: Sheet, wish: Wish, *, theirs: Sheet | None = None, warning: str = "", suggested: str = "",
    found: Mapping[str, Sequence[Finding]] | None = None, written: Saying | None = None, link: LinkOf | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The modal. `wish` is in the fields; `theirs` is what somebody else saved; `suggested` is what was told to customers, and
    `written` a text for them that stands in the channel, whether it was told or not."""
    shown = asdict(wish.text)
    blocks: list[Block] = [parts.section(f":warning: {warning}")] if warning else []
    blocks += [parts.section(_BACK)] if record.status is Status.REVIEWED else []
    chosen = None if wish.value is ExternalMessage.UNDECIDED else wish.value.value
    blocks += [parts.context(_WHY), inputs.select("What is decided?", ids.DECISION, _CHOICES, chosen, optional=True)]
    if suggested:
        blocks.append(parts.section(f"_Said in the channel:_\n{text.quote(suggested, 1500)}"))
    if written:
        where = said_lines.source(link(written.ts, written.thread_ts) if link else None, "H-41")
        blocks.append(
            parts.section(f"_Written for customers in the channel_ {where}:\n{text.quote(written.words, 1500)}")
        )
    for name, heading, hint in PARTS:
        blocks += _part(name, heading, hint, shown[name])
        if theirs is not None and asdict(theirs.decision.text)[name] != shown[name]:
            blocks += _other(asdict(theirs.decision.text)[name])
    outage = inputs.tick("Was it a full outage?", ids.FULL_OUTAGE, "Yes: everything was down", wish.full_outage)
    why = "Needed when a message was written already. The history keeps it."
    blocks += [
        hints.live(outage),
        inputs.line("If there will be none: why?", ids.REASON, wish.reason, most=1000, optional=True, hint=why),
        parts.actions(
            parts.button("Preview", ids.EXTERNAL_PREVIEW, record.id),
            parts.button("Look at examples", ids.EXAMPLES_OPEN, record.id),
        ),
    ]
    counts = {name: len(pieces.split(shown[name])) for name, _, _ in PARTS}
    metadata = json.dumps({"record": record.id, "seen": sheet.stamp, "in": record.status.value, "parts": counts})
    return modals.view(ids.EXTERNAL, "Message to customers", "Save", hints.placed(blocks, found or {}), metadata)


def read(values: object, drawn: Mapping[str, int]) -> Wish:
    """What was typed and chosen; `drawn` says how many fields held each part. Words without a choice are a message."""
    answers = Answers(values)
    typed = {name: _typed(answers, name, drawn.get(name, 1)) for name, _, _ in PARTS}
    said, choice = Text(**typed), answers.choice(ids.DECISION)
    value = ExternalMessage.UNDECIDED if choice is None and said.empty else ExternalMessage.PRESENT
    value = ExternalMessage.NONE if choice == ExternalMessage.NONE.value else value
    return Wish(value, said, answers.text(ids.REASON).strip(), answers.ticked(ids.FULL_OUTAGE))


def preview(record: Postmortem, said: Text) -> dict[str, Any]:
    """The message as customers read it: headings and words, whole."""
    blocks = [parts.context(f"{record.name} · how it reads; nothing is saved by looking at it")]
    for heading, words in written(said):
        blocks.append(parts.header(heading))
        blocks += [parts.section(text.escape(each)) for each in pieces.split(words, _PREVIEWED // 2)]
    if said.empty:
        blocks.append(parts.section("Nothing is written yet."))
    return {
        "type": "modal",
        "title": parts.plain("Preview", 24),
        "close": parts.plain("Back", 24),
        "blocks": blocks[:100],
    }


def written(said: Text) -> list[tuple[str, str]]:
    """(heading, words) of the parts in which something is written."""
    words = asdict(said)
    return [(heading, words[name].strip()) for name, heading, _ in PARTS if words[name].strip()]


def fields(wish: Wish) -> list[tuple[str, str]]:
    """(field, words) of every field that the text is shown in."""
    words = asdict(wish.text)
    return [
        (section_form.piece_id(name, number), each)
        for name, _, _ in PARTS
        for number, each in enumerate(pieces.split(words[name]))
    ]


def _part(name: str, heading: str, hint: str, words: str) -> list[Block]:
    split = pieces.split(words)
    split = (*split, "") if pieces.nearly_full(words) else split
    return [
        hints.live(
            inputs.line(
                heading if number == 0 else f"{heading}, continued",
                section_form.piece_id(name, number),
                each,
                optional=True,
                multiline=True,
                hint=hint if number == 0 else "",
            )
        )
        for number, each in enumerate(split)
    ]


def _other(words: str) -> list[Block]:
    if not words.strip():
        return [parts.context("Saved meanwhile: this part is empty")]
    split = pieces.split(words, _PREVIEWED // 2)
    return [parts.section("_Saved meanwhile:_"), *(parts.section(text.quote(each, _PREVIEWED)) for each in split)]


def _typed(answers: Answers, name: str, drawn: int) -> str:
    typed = [answers.text(name)]
    while answers.has(section_form.piece_id(name, len(typed))):
        typed.append(answers.text(section_form.piece_id(name, len(typed))))
    return pieces.join(typed, drawn)
