"""What came out of a post-mortem, in the few lines that people read who were not there (R-53, R-54): how it was, how much, what
was learnt, what follows. Words as they were written, so that whoever shows them escapes them for the place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import draft_written, phrases, response_times, severity, typed
from bot.domain.actions import ActionItem, Decision, Priority
from bot.domain.content import Section
from bot.domain.overview import Overview
from bot.domain.page import Line, Table, Text

_MOST, _NUMBERS, _LONG = 3, 8, 300
IMPACT, WELL, BADLY, WHY, NEXT = (
    "Impact", "What went well", "What did not go so well", "Why it happened", "What follows",
)  # fmt: skip
HEADINGS = (IMPACT, WELL, BADLY, WHY, NEXT)
_URGENT = {Priority.P0: 0, Priority.P1: 1, Priority.LOWER: 2}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, "" for the paragraph that everything begins with; a sentence, and single points."""

    heading: str
    said: str = ""
    points: tuple[str, ...] = ()


def results(overview: Overview) -> tuple[Part, ...]:
    """What there is to tell; nothing that nobody wrote. Of a restricted one nothing at all (R-63)."""
    if overview.postmortem.restricted:
        return ()
    found = (Part("", paragraph(overview)), _impact(overview), *_learnings(overview), actions(overview))
    return tuple(part for part in found if part.said or part.points)


def paragraph(overview: Overview) -> str:
    """The overview as it was written, as one paragraph."""
    return typed.one_line(overview.life.content.text(Section.OVERVIEW, "overview"))


def headline(overview: Overview) -> str:
    """`SEV-1, Mon 23 Nov 2026 13:05 to 15:05 (UTC), 2 h`: how bad, when and for how long, as far as it is known."""
    record, times = overview.postmortem, overview.postmortem.times
    said = [severity.label(record.severity)] if record.severity is not None else []
    if times.started_at and times.resolved_at:
        said.append(_span(times.started_at, times.resolved_at, record.business_tz))
    elif times.started_at:
        said.append(f"since {phrases.moment(times.started_at, record.business_tz)}")
    return ", ".join(said)


def _span(begin: datetime, end: datetime, tz: str) -> str:
    length, begins, ends = response_times.span(end - begin), phrases.moment(begin, tz), phrases.moment(end, tz)
    # What both have in common is said once.
    day, begins = begins[: begins.index(":") - 3], begins.removesuffix(f" ({tz})")
    return f"{begins} to {ends.removeprefix(day).strip()}, {length}"


def actions(overview: Overview) -> Part:
    """How many action items are open, and the most important ones."""
    still = sorted(open_actions(overview), key=lambda each: _URGENT.get(each.priority or Priority.LOWER, 2))
    if not still:
        return Part(NEXT, "No action item is open.")
    urgent = [
        f"{count} {name}" for name in (Priority.P0, Priority.P1) if (count := sum(e.priority is name for e in still))
    ]
    counted = phrases.count(len(still), "action item is open", "action items are open")
    said = f"{counted} ({', '.join(urgent)})" if urgent else counted
    the = "It is:" if len(still) == 1 else "They are:" if len(still) <= _MOST else "The most important:"
    return Part(NEXT, f"{said}. {the}", tuple(_action(overview, each) for each in still[:_MOST]))


def open_actions(overview: Overview) -> tuple[ActionItem, ...]:
    """Those that are to be a ticket, and whose ticket is not done as far as the tracker said."""
    kept = overview.tickets
    return tuple(
        each
        for each in overview.life.actions
        if each.decision is Decision.TICKET and not (each.id in kept and kept[each.id].done)
    )


def _impact(overview: Overview) -> Part:
    """The numbers that were entered; what nobody entered is not asked for here."""
    tables = [block for block in draft_written.impact(overview).blocks if isinstance(block, Table)]
    rows = [(_words(row[0]), _words(row[1])) for table in tables for row in table.rows]
    known = [
        f"{label}: {said.removesuffix(draft_written.COMPUTED)}"
        for label, said in rows
        if said and said != draft_written.ASK and "not known" not in said
    ]
    return Part(IMPACT, points=tuple(_cut(known, _NUMBERS)))


def _learnings(overview: Overview) -> Iterable[Part]:
    content = overview.life.content
    yield _points(WELL, content.texts(Section.RETROSPECT, "well"))
    yield _points(BADLY, content.texts(Section.RETROSPECT, "badly"))
    trigger = content.text(Section.FACTORS, "trigger")
    causes = [f"Trigger: {trigger}"] if trigger.strip() else []
    yield _points(WHY, (*causes, *content.texts(Section.FACTORS, "factors")))


def _points(heading: str, points: Sequence[str]) -> Part:
    return Part(heading, points=tuple(_cut([typed.clip(typed.one_line(each), _LONG) for each in points], _MOST)))


def _cut(points: Sequence[str], most: int) -> list[str]:
    """What is left out is counted."""
    rest = len(points) - most
    return [*points[:most], *([f"and {rest} more in the post-mortem"] if rest > 0 else [])]


def _action(overview: Overview, each: ActionItem) -> str:
    kept = overview.tickets.get(each.id)
    where = kept.key if kept and kept.key else each.ticket
    label = f"{each.priority}: " if each.priority in (Priority.P0, Priority.P1) else ""
    return f"{label}{typed.clip(typed.one_line(each.text), _LONG)}{f' ({where})' if where else ''}"


def _words(line: Line) -> str:
    """A cell without its links: the numbers are what counts here."""
    return "".join(each.text for each in line if isinstance(each, Text)).strip(" ,:")
