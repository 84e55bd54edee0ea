"""How a report says its numbers, in the words that the message, the file and the picture share. Each sentence says what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain import phrases
from bot.domain.report import Report, Severity
from bot.domain.report_case import Case, Item, Kept, Work

_DECIDED = (Kept.IN_TIME, Kept.LATE, Kept.OVERDUE)


def severity(group: Severity) -> str:
    """`SEV-1`."""
    return "Severity not set" if group.severity is None else f"SEV-{group.severity}"


def days(number: float) -> str:
    """`2.5 days`; whole ones without a point."""
    return phrases.count(int(number), "day") if number == int(number) else f"{number:g} days"


def meetings(group: Severity) -> str:
    """How the meetings stand to their deadline."""
    asked = group.meetings(*_DECIDED)
    said = [f"{group.meetings(Kept.IN_TIME)} of {phrases.count(asked, 'meeting')} in time"] if asked else []
    counted = (
        (Kept.LATE, "held late"), (Kept.OVERDUE, "overdue"), (Kept.COMING, "still to come"), (Kept.UNKNOWN, "not known"),
    )  # fmt: skip
    said += [f"{number} {what}" for kept, what in counted if (number := group.meetings(kept))]
    return ", ".join(said) if asked or not said else f"meetings: {', '.join(said)}"


def reviews(group: Severity) -> str:
    """The same of the reviews."""
    asked = group.reviews(*_DECIDED)
    said = [f"{group.reviews(Kept.IN_TIME)} of {asked} reviewed in time"] if asked else []
    counted = (
        (Kept.LATE, "late"), (Kept.OVERDUE, "overdue"), (Kept.COMING, "with time left"),
        (Kept.UNKNOWN, "not known"),
    )  # fmt: skip
    said += [f"{number} {what}" for kept, what in counted if (number := group.reviews(kept))]
    said += [f"{group.still_open} not closed"] if group.still_open else []
    return ", ".join(said) if asked or not said else f"reviews: {', '.join(said)}"


def length(group: Severity) -> str:
    """How long it took until the meeting; "" where none was held that counts."""
    worst, middle = group.worst, group.median
    if worst is None or middle is None or worst.days is None:
        return ""
    longest = f"{days(worst.days)} ({worst.record.name})"
    if sum(each.days is not None for each in group.cases) == 1:
        return f"from the end of the incident to its meeting: {longest}"
    return f"from the end of an incident to its meeting: median {days(middle)}, longest {longest}"


def items(group: Severity) -> str:
    """Action items that are open, overdue, or of which nobody knows; "" for none."""
    return ", ".join(_items(group))


def _items(group: Severity) -> Iterator[str]:
    counted = ((Work.OPEN, "open"), (Work.UNDECIDED, "undecided"), (Work.UNKNOWN, "not known whether done"))
    for work, what in counted:
        if found := group.items(work):
            late = len(group.items(work, overdue=True))
            yield f"{len(found)} {what}{f' ({late} past its day)' if late else ''}"
    if oldest := max((each.days for each in group.items(*_STILL)), default=None):
        yield f"the oldest is {days(oldest)} old"


_STILL = (Work.OPEN, Work.UNDECIDED, Work.UNKNOWN)


def case(each: Case) -> str:
    """How one meeting went, in a few words."""
    allowed = f" ({each.allowed} allowed)" if each.allowed is not None else ""
    so_far = f"{days(each.so_far)} so far{allowed}" if each.so_far is not None else "its end is not known"
    match each.meeting:
        case Kept.IN_TIME | Kept.LATE:
            return f"{days(each.days or 0)}{allowed}, {each.meeting}"
        case Kept.OVERDUE:
            return f"not held, {so_far}"
        case Kept.COMING:
            return f"not held yet, {so_far}"
        case _:
            return "not known" if each.days is None else f"{days(each.days)}, deadline not known"


def picture(report: Report) -> str:
    """What the picture shows, for whoever does not see it."""
    shown = "; ".join(f"{each.record.name}: {case(each)}" for each in report.cases)
    return f"Days from the end of each incident to its meeting, against the deadline. {shown or 'No incident.'}"


def item(each: Item) -> str:
    """How one action item stands."""
    late = ", past its day" if each.overdue else ""
    said = {
        Work.OPEN: "open",
        Work.UNKNOWN: "not known whether done",
        Work.UNDECIDED: "to be decided",
        Work.OVER: "done",
    }
    return f"{said[each.work]}{late}"


def caution(report: Report) -> Sequence[str]:
    """What is not in the numbers."""
    said = []
    if report.aside:
        said.append(f"{report.aside} left aside: waived, merged, or going on again.")
    if report.restricted:
        said.append(f"{report.restricted} restricted, in the numbers alone.")
    return said
