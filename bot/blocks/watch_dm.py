"""What changed, for somebody who watches (R-08): a line a change in words, and a line for all that one person wrote in one
place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.blocks import card, ids, lines, parts, text
from bot.domain import phrases, watching
from bot.domain.content import Section
from bot.domain.overview import Overview
from bot.domain.postmortem import Audit
from bot.domain.status import Status
from bot.ports.chat import Drawing

MOST = 10
_WORDS = 200
_PARTS: Mapping[str, str] = {
    "timeline": "the timeline",
    "query": "the queries",
    "action item": "the action items",
    "external_message": "the message to customers",
    "page": "the page that people share",
    "deadline": "the deadline",
    "question": "the questions",
    Section.OVERVIEW: "what happened",
    Section.FACTORS: "the contributing factors",
    Section.RESOLUTION: "the resolution",
    Section.IMPACT: "the impact",
    Section.CAUGHT: "whether it could be caught",
    Section.RETROSPECT: "what went well and what did not",
    Section.RECORDING: "the call recording",
    Section.RESPONDERS: "the responders",
}


def draw(overview: Overview, entries: Sequence[Audit]) -> Drawing:
    """The message; after the last change it says that it was the last."""
    record = overview.postmortem
    told = _told(entries)
    shown, rest = told[:MOST], len(told) - MOST
    head = f"{lines.name(record)}: {'a change' if len(entries) == 1 else f'{len(entries)} changes'}"
    said = [f"• {each}" for each in shown] + ([f"and {rest} more"] if rest > 0 else [])
    blocks = [parts.section(f"{head}\n" + "\n".join(said))]
    if record.status is Status.CLOSED:
        blocks.append(parts.section("It is Closed, so this was the last message: you do not watch it any more."))
    else:
        blocks.append(
            parts.context("You watch it. Type `/postmortem watch off` in the incident's channel to end that.")
        )
    details = parts.actions(parts.button("Show it", ids.HUB_OPEN, record.id))
    return parts.drawing(f"{head}. {card.summary(overview)}", [*blocks, details])


def _told(entries: Sequence[Audit]) -> list[str]:
    """One change a line; what somebody wrote in one place is one, however often they saved it."""
    written = Counter((entry.actor, watching.part(entry)) for entry in entries)
    once = dict.fromkeys((entry.actor, part) if (part := watching.part(entry)) else entry for entry in entries)
    return [line(each) if isinstance(each, Audit) else _wrote(*each, written[each]) for each in once]


def line(entry: Audit) -> str:
    """One change in words."""
    told = _WORDING.get(entry.field)
    return told(entry) if told else f"{_who(entry.actor)} changed {text.escape(entry.field)}"


def _wrote(actor: str, part: str, times: int) -> str:
    often = f" ({phrases.count(times, 'change')})" if times > 1 else ""
    return f"{_who(actor)} changed {_PARTS.get(part, 'the details of the incident')}{often}"


def _who(actor: str) -> str:
    return "The bot" if actor == "bot" else text.mention(actor, "Somebody")


def _status(entry: Audit) -> str:
    return f"{_who(entry.actor)} moved it from {text.escape(entry.old or '–')} to *{text.escape(entry.new or '–')}*"


def _owner(entry: Audit) -> str:
    if entry.new is None:
        return f"{text.mention(entry.old, 'The owner')} does not own it any more; another owner is looked for"
    return f"{_who(entry.actor)} named {text.mention(entry.new)} as the owner"


def _severity(entry: Audit) -> str:
    return f"{_who(entry.actor)} set the severity: *{_level(entry.new)}*, it was {_level(entry.old)}"


def _level(value: str | None) -> str:
    return f"SEV-{value}" if value in set("12345") else text.escape(value or "not set")


def _meeting(entry: Audit) -> str:
    if entry.new is None:
        return f"{_who(entry.actor)} cancelled the meeting"
    moved = "moved the meeting to" if entry.old else "booked the meeting for"
    return f"{_who(entry.actor)} {moved} {_time(entry.new)}"


def _time(value: str) -> str:
    try:
        return text.when(datetime.fromisoformat(value.partition(",")[0]))
    except ValueError:
        return text.escape(text.clip(value, _WORDS))


def _held(entry: Audit) -> str:
    return f"{_who(entry.actor)} said what came of the meeting: {_words((entry.new or '').replace('_', ' '))}"


def _waived(entry: Audit) -> str:
    return (
        f"{_who(entry.actor)} waived it: {_words(entry.new)}"
        if entry.new
        else f"{_who(entry.actor)} took the waiver back"
    )


def _merged_with(entry: Audit) -> str:
    if entry.new is None:
        return f"{_who(entry.actor)} took the merge with {_words(entry.old)} back"
    return f"{_who(entry.actor)} merged {_words(entry.new)} into it"


def _merged_into(entry: Audit) -> str:
    if entry.new is None:
        return f"{_who(entry.actor)} took the merge into {_words(entry.old)} back"
    return f"{_who(entry.actor)} merged it into *{_words(entry.new)}*, where it goes on"


def _restricted(entry: Audit) -> str:
    return f"{_who(entry.actor)} {'restricted it' if entry.new == 'yes' else 'lifted the restriction'}"


def _answered(entry: Audit) -> str:
    return f"{_who(entry.actor)} answered a question: {_words(entry.new)}"


def _words(value: str | None) -> str:
    return text.escape(text.clip(" ".join((value or "–").split()), _WORDS))


_WORDING: Mapping[str, Callable[[Audit], str]] = {
    "status": _status,
    "owner": _owner,
    "owner accepted": lambda entry: f"{_who(entry.actor)} accepted to own it",
    "severity": _severity,
    "meeting": _meeting,
    "meeting held": _held,
    "waived": _waived,
    "restricted": _restricted,
    "merged with": _merged_with,
    "merged into": _merged_into,
    "document": lambda entry: "The document was published",
    "question answered": _answered,
}
