"""Merging two post-mortems, in forms: the list to choose from, and both side by side with what would hold before anything is
done; and how the answers are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.blocks import ids, inputs, lines, modals, parts, text
from bot.blocks.parts import Block
from bot.domain import counted, merge_said, phrases, severity, typed
from bot.domain.countdown import Change, Countdown
from bot.domain.place import Channel
from bot.domain.postmortem import Postmortem

TITLE = "Merge post-mortems"
_LABEL = 75


def pick(record: Postmortem, others: Sequence[tuple[Postmortem, Channel | None]], intro: str = "") -> dict[str, Any]:
    """Which one becomes a part of this one; the nearest in time first."""
    options = [(_option(other, channel), other.id) for other, channel in others]
    hint = "Those that are open and that you may see, the nearest in time first. Nothing is done yet: the next page shows both."
    blocks = [
        *([parts.section(text.escape(intro))] if intro else []),
        parts.section(f"Which one is about the same incident as {lines.name(record)}, and becomes a part of it?"),
        inputs.select("Post-mortem", ids.OTHER, options, None, hint),
    ]
    return modals.view(ids.MERGE_PICK, TITLE, "Next", blocks, json.dumps({"record": record.id}))


def confirm(
    primary: Postmortem, other: Postmortem, after: Postmortem, change: Change, alone: Countdown, said: Sequence[str], stamp: str,
    lines: int = 0,
) -> dict[str, Any]:  # fmt: skip
    """Both, and what will hold; `alone` is the deadline of the other one, `said` what should be known first, `lines` how many of
    its timeline can be brought over."""
    head = f"*{other.name}* in <#{other.channel_id}> becomes a part of *{primary.name}* in <#{primary.channel_id}>."
    then = f"*Then:* {text.escape(merge_said.then(after, change))}."
    remarks = "\n".join(f"• {text.escape(each)}" for each in said)
    hint = "Kept with both, and told in both channels."
    blocks = [
        parts.section(head),
        _facts(primary, change.before, "stays"),
        _facts(other, alone, "is set aside"),
        parts.section(then),
        *([parts.section(remarks)] if remarks else []),
        parts.context("The IC, the deputy and who stands in for them can take it back: `/postmortem merge undo`"),
        *([_bring(lines, other)] if lines else []),
        inputs.line("Why do they belong together?", ids.REASON, "", most=300, optional=True, hint=hint),
    ]
    metadata = json.dumps({"record": primary.id, "other": other.id, "seen": stamp})
    return modals.view(ids.MERGE_RECORD, TITLE, "Merge", blocks, metadata)


def read_bring(values: object) -> bool:
    """Whether the lines of the other timeline come along."""
    return inputs.Answers(values).ticked(ids.BRING)


def read_pick(values: object) -> str:
    """The id of the chosen one, "" for none."""
    return inputs.Answers(values).choice(ids.OTHER) or ""


def read_reason(values: object) -> str:
    """Why they belong together, "" where nobody said."""
    return inputs.Answers(values).text(ids.REASON).strip()


def undo_value(primary_id: str, other_id: str) -> str:
    """What the button that takes it back hands back."""
    return f"{primary_id}:{other_id}"


def read_undo(value: str) -> tuple[str, str]:
    """The primary and the other one."""
    primary_id, _, other_id = value.partition(":")
    return primary_id, other_id


def undo_button(primary_id: str, other_id: str) -> Block:
    """Takes the merge back; Slack asks whether that is meant."""
    asked = {
        "title": parts.plain("Take the merge back?", 100),
        "text": parts.plain("Both stand alone again; a meeting that was cancelled stays cancelled.", 75),
        "confirm": parts.plain("Take it back", 30),
        "deny": parts.plain("Leave it", 30),
    }
    return {
        **parts.button("Take the merge back", ids.MERGE_UNDO, undo_value(primary_id, other_id)),
        "confirm": asked,
    }


def _bring(lines: int, other: Postmortem) -> Block:
    hint = f"Copies, each with the message that it comes from; {other.name} keeps its own."
    option = f"Bring over {phrases.count(lines, 'line')} that people confirmed in {other.name}"
    return inputs.tick("Timeline", ids.BRING, option, True, hint)


def _facts(record: Postmortem, count: Countdown, what: str) -> Block:
    times = record.times
    end = "open again" if record.open_again else merge_said.moment(record, times.resolved_at)
    if times.resolved_at is None and not record.open_again and not counted.anchor(record).provisional:
        end = f"not entered; counted from {merge_said.moment(record, counted.anchor(record).at)}"
    pairs = [
        (f"{record.name} {what}", text.escape(lines.title(record))),
        ("Severity", severity.label(record.severity)),
        ("Began", text.escape(merge_said.moment(record, times.started_at))),
        ("Ended", text.escape(end)),
        ("Deadline", text.escape(merge_said.last_day(count))),
        ("Status, owner", f"{lines.status(record)}, {text.mention(record.owner)}"),
    ]
    return parts.fields(pairs)


def _option(record: Postmortem, channel: Channel | None) -> str:
    day = phrases.day((record.times.started_at or record.created_at).date()).rpartition(" ")[0]
    where = f" #{channel.name}" if channel and channel.name else ""
    return typed.clip(
        f"{record.name}{where} · {severity.label(record.severity)} · {day} · {lines.title(record)}", _LABEL
    )
