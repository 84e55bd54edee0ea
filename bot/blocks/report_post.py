"""The report as one person sees it, and the process items across incidents (R-66): numbers first, then what comes back, each with the
incidents behind it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, lines, parts, text
from bot.blocks.parts import Block
from bot.domain import phrases, recurring, report_words
from bot.domain.period import Period
from bot.domain.recurring import Recurring
from bot.domain.report import Report, Severity
from bot.domain.report_case import Case, Item
from bot.ports.chat import Drawing

_MOST, _CLIP, _NAMES = 8, 200, 12
ON_ITS_WAY = "It comes to you in a direct message, in a moment."


def drawing(report: Report) -> Drawing:
    """The whole report."""
    head = f"Post-mortems of {report.period.said}"
    counted = phrases.count(len(report.cases), "incident that you may see", "incidents that you may see")
    if not report.cases:
        said = f"*{head}*\nNo incident that you may see ended in these days."
        return parts.drawing(head, [parts.section(said), *_cautions(report)])
    groups = [parts.section("\n".join(_severity(each))) for each in report.severities]
    comes_back = [
        *_listed("Services in several incidents", report.services),
        *_listed("Contributing factors that are alike", report.factors),
    ]
    blocks = [
        parts.header(head),
        parts.context(counted),
        *groups,
        *comes_back,
        *_cautions(report),
        _buttons(report.period),
    ]
    return parts.drawing(f"{head}: {counted}", blocks)


def process_items(report: Report) -> Drawing:
    """What is to be done about how we respond, incident by incident, and what did not go well more than once (R-66)."""
    head = f"The process, {report.period.said}"
    found = [line for case, items in report.process for line in _process(case, items)]
    blocks = [
        *_cut("Action items about how we respond", found),
        *_listed("What did not go well in several", report.badly),
    ]
    if not blocks:
        none = "No incident that you may see has an action item of the type Process"
        said = f"*{head}*\n{none}, and nothing that did not go well came twice."
        return parts.drawing(head, [parts.section(said)])
    return parts.drawing(head, [parts.header(head), *blocks, *_cautions(report)])


def _severity(group: Severity) -> list[str]:
    said = [f"*{report_words.severity(group)}* · {phrases.count(len(group.cases), 'incident')}"]
    items = report_words.items(group)
    told = (
        report_words.meetings(group), report_words.length(group), report_words.reviews(group),
        f"action items: {items}" if items else "",
    )  # fmt: skip
    return [*said, *(f"• {text.escape(each)}" for each in told if each)]


def _process(case: Case, items: Sequence[Item]) -> list[str]:
    return [
        f"• *{case.record.name}* {text.escape(text.clip(each.action.text, _CLIP))} · {report_words.item(each)}"
        for each in items
    ]


def _listed(title: str, found: Sequence[Recurring]) -> list[Block]:
    return _cut(title, [_recurring(each) for each in found])


def _recurring(each: Recurring) -> str:
    alike = f" · alike in: {text.escape(', '.join(each.words))}" if each.words else ""
    rest = len(each.records) - _NAMES
    more = f" and {rest} more" if rest > 0 else ""
    name = text.escape(text.clip(" ".join(each.name.split()), _CLIP))
    return f"• {name}: {recurring.of(each.records[:_NAMES])}{more}{alike}"


def _cut(title: str, said: Sequence[str]) -> list[Block]:
    """A group that is cut says so; the file has the rest."""
    more = [f"• and {len(said) - _MOST} more"] if len(said) > _MOST else []
    return [parts.whole("\n".join([f"*{title}*", *said[:_MOST], *more]))] if said else []


def _cautions(report: Report) -> list[Block]:
    said = report_words.caution(report)
    return [parts.context(" ".join(said))] if said else []


def _buttons(period: Period) -> Block:
    return parts.actions(
        parts.button("Table as CSV", ids.REPORT_CSV, period.written),
        parts.button("Picture", ids.REPORT_PICTURE, period.written),
    )


def recurring_line(each: Recurring) -> str:
    """One line for the weekly digest."""
    name = text.escape(text.clip(" ".join(each.name.split()), 100))
    return f"{name}: {phrases.count(len(each.records), 'incident')}, the newest {lines.name(each.records[-1])}"


def not_sent(reason: str) -> Drawing:
    """The file could not be made or sent."""
    said = f":warning: The report could not be sent as a file: {text.escape(text.clip(reason, 500))}"
    return parts.drawing(said, [parts.section(said), parts.context(f"{text.code('/postmortem report')} shows it.")])
