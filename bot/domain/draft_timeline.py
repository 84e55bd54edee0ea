"""The timeline and the action items of the document: first what people stand behind, each line with what shows it; then what
the channel proposes and nobody has decided on, marked as such."""

from __future__ import annotations

from bot.domain import (
    actions,
    details,
    draft_findings,
    draft_written,
    page,
    response_times,
    side_rooms,
    ticket_status,
    timeline,
    timeline_picture,
    triage,
    typed,
)
from bot.domain.actions import ActionItem, Decision
from bot.domain.draft_facts import host, name, utc
from bot.domain.draft_findings import found_in, source
from bot.domain.harvest.finding import TimelineFinding, TimelineKind, TodoFinding
from bot.domain.overview import Overview
from bot.domain.page import Block, Bullets, Figure, Line, Link, Paragraph, Section, Table, Text
from bot.domain.picture import Picture
from bot.domain.picture_marks import Event
from bot.domain.tickets import TicketState
from bot.domain.timeline import Item

_LONGEST = 3000
_COLUMNS = ("Time (UTC)", "Event", "Data Link")
_NOBODY = "nobody yet"


def timeline_section(overview: Overview) -> Section:
    """R-20: a row an event, in order of the time of the event; evidence beside it (R-21)."""
    items, proposed, drawn = overview.life.items, _proposed(overview), picture(overview)
    blocks: list[Block] = [Figure(drawn)] if drawn else []
    if items:
        blocks.append(Table(_COLUMNS, tuple(_item(overview, each) for each in items)))
    if items and proposed:
        blocks.append(Paragraph((Text("Proposed from the channel, and not looked at yet:", strong=True),)))
    if proposed:
        rows = tuple(_event(overview, each) for each in sorted(proposed, key=lambda each: each.at))
        blocks.append(Table(_COLUMNS, rows))
    missing = timeline.still_asked_for([*(each.kind for each in items), *(each.kind for each in proposed)])
    if missing:
        blocks.append(page.prompt(f"what is not in the list yet: {', '.join(missing)}."))
    if proposed or not items or any(each.bare for each in items):
        blocks.append(page.prompt("a metric or a page beside each event that shows how its time is known."))
    return Section("Timeline", tuple(blocks))


def picture(overview: Overview) -> Picture | None:
    """The timeline at one look; None while it is empty. Phases follow from what people stand behind."""
    items, record = overview.life.items, overview.postmortem
    kept = [Event(each.at, each.text, each.kind, about=each.approximate) for each in items]
    open_still = [Event(each.at, each.text, each.kind, proposed=True) for each in _proposed(overview)]
    moments = response_times.moments(items, record.times)
    return timeline_picture.draw(record.name, [*kept, *open_still], moments, draft_written.severities(overview))


def _proposed(overview: Overview) -> list[TimelineFinding]:
    waiting = set(overview.life.waiting_items)
    return [each for each in found_in(overview).timeline if (each.ts, each.line) in waiting]


def action_items(overview: Overview) -> Section:
    """R-30: what was decided, then what was noted in the channel and waits for a decision."""
    decided, waiting = overview.life.actions, set(overview.life.waiting_todos)
    proposed = tuple(each for each in found_in(overview).todos if (each.ts, each.line) in waiting)
    blocks: list[Block] = []
    if decided:
        columns = ("Action", "Decision", "Type", "Priority", "For", "Due", "Ticket Or Reason")
        blocks.append(Table(columns, tuple(_action(overview, each) for each in decided)))
    open_still = triage.to_make(decided)
    if open_still:
        blocks.append(Paragraph((Text("To be done, and in no tracker yet:", strong=True),)))
        blocks.append(Bullets(tuple(_to_do(overview, each) for each in open_still)))
    if proposed:
        asked = ("Proposed Action", "Written By", "For", "Source")
        blocks.append(Table(asked, tuple(_todo(overview, each) for each in proposed)))
    if proposed or not decided:
        sentence = (
            "a ticket for each that is worth one: fixes, being better prepared, the remaining steps of this post-mortem, "
            "and changes to how you respond."
        )
        blocks.append(page.prompt(sentence))
    return Section("Action Items", (*blocks, *draft_findings.references(overview)))


def _item(overview: Overview, each: Item) -> tuple[Line, ...]:
    said = page.words(typed.one_line(each.text))
    shown = _evidence(each.evidence) if each.evidence else page.line(_no_data(each))
    return (
        page.line(timeline.moment(each)),
        page.line(
            _kind(each.kind), said, _message(overview, each.ts, each.thread_ts, each.channel_id), _since(overview, each)
        ),
        shown,
    )


def _since(overview: Overview, each: Item) -> str:
    """What happened to its message in Slack since."""
    channel = each.channel_id or overview.postmortem.channel_id
    capture = overview.life.captures.get((channel, side_rooms.place(each.ts or "")[0]))
    if capture is None:
        return ""
    heard = capture.heard
    if heard.deleted_at:
        return f" – deleted in Slack at {utc(heard.deleted_at)}"
    return f" – edited in Slack at {utc(heard.edited_at)}" if heard.edited_at and heard.before is not None else ""


def _message(overview: Overview, ts: str | None, thread_ts: str | None = None, channel: str = "") -> Line:
    url = overview.link(ts, thread_ts, channel) if ts else None
    return page.line(" (", Link(url, "message"), ")") if url else ()


def _no_data(each: Item) -> str:
    return f"no data exists: {typed.one_line(each.waiver)}" if each.waiver.strip() else "to be added"


def _event(overview: Overview, each: TimelineFinding) -> tuple[Line, ...]:
    who = f" – {name(overview, each.user_id)} " if each.user_id else " "
    where = source(overview, each.ts, each.thread_ts, each.rule, each.confidence)
    said = page.words(typed.clip(typed.one_line(each.text), _LONGEST))
    shown = _evidence(each.evidence) if each.evidence else page.line("to be added")
    return (page.line(utc(each.at)), page.line(_kind(each.kind), said, who, where), shown)


def _kind(kind: TimelineKind) -> Line:
    return () if kind is TimelineKind.other else (Text(f"{timeline.kind_label(kind)}:", strong=True), Text(" "))


def _evidence(urls: tuple[str, ...]) -> Line:
    links = [Link(url, host(url) if details.is_web_address(url) else url) for url in dict.fromkeys(urls)]
    return page.line(links[0], *(page.line(", ", link) for link in links[1:]))


def _action(overview: Overview, each: ActionItem) -> tuple[Line, ...]:
    others = [_message(overview, one.ts) for one in triage.merged(overview.life.actions, each)]
    ticket = each.decision is Decision.TICKET
    return (
        page.line(page.words(typed.one_line(each.text)), _message(overview, each.ts), *others),
        page.line(actions.LABELS[each.decision]),
        page.line(str(each.kind or "") if ticket else ""),
        page.line(str(each.priority or "") if ticket else ""),
        page.line(name(overview, each.assignee) if each.assignee else _NOBODY),
        page.line(_due(overview, each)),
        _ticket_or_reason(overview, each),
    )


def _ticket_or_reason(overview: Overview, each: ActionItem) -> Line:
    """The ticket, why something is not done, why a lower priority is worth a ticket, or what takes it in; and what it is worth."""
    into = next((one.text for one in overview.life.actions if one.id == each.merged_into), "")
    why = page.words(typed.one_line(into or each.reason or each.justification))
    said = page.line("into: ", why) if into else why
    if each.ticket:
        link = page.line(Link(each.ticket, each.ticket), _status(overview, each))
        said = page.line(link, " – ", why) if each.justification and not into else link
    if not each.roi.strip():
        return said
    known = into or each.ticket or each.reason or each.justification
    return page.line(said, "; ROI: ", _roi(each)) if known else page.line("ROI: ", _roi(each))


def _roi(each: ActionItem) -> Line:
    return page.words(typed.one_line(each.roi))


def _status(overview: Overview, each: ActionItem) -> str:
    """How it stands in the tracker, where that is known."""
    kept = overview.tickets.get(each.id)
    said = typed.one_line(ticket_status.said(kept)) if kept and kept.state is TicketState.MADE else ""
    return f" ({said})" if said else ""


def _due(overview: Overview, each: ActionItem) -> str:
    day = triage.due_day(each, overview.postmortem, overview.action_days)
    return day.isoformat() if day else ""


def _to_do(overview: Overview, each: ActionItem) -> Line:
    """A line to tick off for whoever has no tracker."""
    who = name(overview, each.assignee) if each.assignee else _NOBODY
    terms = ", ".join(str(one) for one in (each.priority, each.kind, who, f"due {_due(overview, each)}") if one)
    return page.line(f"☐ {typed.one_line(each.text)} ({terms})")


def _todo(overview: Overview, each: TodoFinding) -> tuple[Line, ...]:
    return (
        page.words(typed.clip(typed.one_line(each.whole(" – ")), _LONGEST)),
        page.line(name(overview, each.user_id)),
        page.line(name(overview, each.assignee) if each.assignee else _NOBODY),
        source(overview, each.ts, each.thread_ts, each.rule, each.confidence),
    )
