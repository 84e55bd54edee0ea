"""The question at the end of a call whose incident has no post-mortem, what becomes of it, and the form that asks why none is
needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.blocks import ids, inputs, modals, parts, text
from bot.blocks.parts import Block
from bot.domain import noticed as rules
from bot.domain import phrases
from bot.domain.noticed import Gone, Noticed, NoticedState, Why
from bot.ports.chat import Drawing

REASONS: Mapping[Why, str] = {
    Why.FALSE_ALARM: "A false alarm: nothing was broken",
    Why.DRILL: "A drill or a test",
    Why.ELSEWHERE: "Written up or tracked elsewhere",
    Why.SAME: "The same incident as in another channel",
    Why.SMALL: "Too small, with no response by several people",
    Why.OTHER: "Something else",
}
_OVER = "The call is over."
_TYPED = text.code("/postmortem start")
_MOST_NOTE, _MOST_LISTED = 500, 12


def question(noticed: Noticed, earlier: str = "") -> Drawing:
    """Asked once in the channel; `earlier` is the record that the channel had before."""
    said = f"*{_OVER}* {_ask(noticed.severity)}"
    if earlier:
        again = text.code("/postmortem incident open")
        said += f"\nIf it is the incident of {earlier} that went on, type {again} instead."
    blocks = [parts.section(said), parts.actions(*_buttons(noticed)), parts.context("You are asked this once.")]
    return parts.drawing(f"{_OVER} {_short(noticed.severity)}Start the post-mortem", blocks)


def answered(noticed: Noticed, record: str = "") -> Drawing:
    """The same message once there is an answer: a line, and nothing to press."""
    if noticed.state is NoticedState.RECORDED:
        said = f":white_check_mark: {_OVER} *{record or 'Its post-mortem'}* was started for it."
    else:
        said = f"{_OVER} No post-mortem, says {text.mention(noticed.settled_by)}: {_why(noticed)}. {_TYPED} starts one all the same."
    return parts.drawing(said, [parts.context(said)])


def not_needed(noticed: Noticed) -> dict[str, Any]:
    """The form that asks why."""
    options = [(label, why.value) for why, label in REASONS.items()]
    blocks = [
        parts.section(f"{_named(noticed)} in {_where(noticed)}. The reason is kept, and it is not listed any more."),
        inputs.select("Why is none needed?", ids.WHY, options, None),
        inputs.line("Where it is, or what to know", ids.REASON, "", most=_MOST_NOTE, optional=True),
    ]
    carried = modals.carry(channel=noticed.channel_id, noticed=noticed.id)
    return modals.view(ids.NOT_NEEDED, "No post-mortem needed", "Save", blocks, carried)


def read(state_values: object) -> tuple[str, str]:
    """The reason that was chosen, and the words beside it."""
    answers = inputs.Answers(state_values)
    return answers.choice(ids.WHY) or "", answers.text(ids.REASON).strip()


def listing(listed: Sequence[Noticed], now: datetime) -> Drawing:
    """SEV-1 and SEV-2 without a post-mortem, for one person, each with what can be done about it."""
    head = "SEV-1 and SEV-2 with no post-mortem"
    if not listed:
        said = "None that you may see: every one that was noticed has its post-mortem, or a reason for none."
        return parts.drawing(f"{head}: none", [parts.section(f"*{head}*\n{said}")])
    blocks: list[Block] = [parts.section(f"*{head}*")]
    for each in listed[:_MOST_LISTED]:
        blocks += [parts.section(line(each, now)), parts.actions(*_buttons(each, quiet=True))]
    if len(listed) > _MOST_LISTED:
        blocks.append(parts.context(f"And {len(listed) - _MOST_LISTED} more, shown when these are answered."))
    return parts.drawing(f"{head}: {len(listed)}", blocks)


def line(noticed: Noticed, now: datetime) -> str:
    """One of them in a list: where, how severe, when it was over and how long ago."""
    when = "the call ended" if noticed.ended_at else "last heard of"
    over = noticed.over_at
    ago = phrases.count((now - over).days, "day")
    gone = f"; the channel was {noticed.gone}" if noticed.gone is not Gone.NOTHING else ""
    return f"{_where(noticed)}, {_named(noticed)}: {when} {text.when(over)}, {ago} ago{gone}"


def _ask(severity: int | None) -> str:
    if severity is None:
        return "Was it a SEV-1 or SEV-2? Then it gets a post-mortem."
    if severity <= rules.NEEDS_ONE:
        return f"A SEV-{severity} gets a post-mortem, and it is written best while everybody remembers."
    return f"It was called SEV-{severity}: one that several people answered may have a post-mortem, too."


def _short(severity: int | None) -> str:
    return f"SEV-{severity}? " if severity is not None else ""


def _named(noticed: Noticed) -> str:
    return f"SEV-{noticed.severity}" if noticed.severity is not None else "An incident"


def _where(noticed: Noticed) -> str:
    return f"<#{noticed.channel_id}>"


def _why(noticed: Noticed) -> str:
    label = REASONS[Why(noticed.why)] if noticed.why in set(Why) else "none is needed"
    note = text.escape(text.clip(" ".join(noticed.note.split()), _MOST_NOTE)).rstrip(".")
    if not note:
        return _lower(label)
    return note if noticed.why == Why.OTHER else f"{_lower(label)} ({note})"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _buttons(noticed: Noticed, *, quiet: bool = False) -> list[Block]:
    style = None if quiet else "primary"
    start = parts.button("Start the post-mortem", ids.NOTICED_START, noticed.id, style)
    archived = noticed.gone is Gone.ARCHIVED
    return [*([] if archived else [start]), parts.button("Not needed", ids.NOTICED_DECLINE, noticed.id)]
