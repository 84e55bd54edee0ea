"""The head of the document: owner, recording, times and deadline, and what a reader must know before reading on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from bot.domain import counted, due_line, page, phrases, typed
from bot.domain.content import Section as Part
from bot.domain.harvest_state import Phase
from bot.domain.overview import Overview
from bot.domain.page import Line, Link, Note, Text
from bot.domain.postmortem import OwnerState
from bot.domain.status import Status

NOT_KNOWN = "not known yet"


def name(overview: Overview, user_id: str | None, otherwise: str | None = None) -> str:
    """How colleagues call the person; the id when nobody knows."""
    person = overview.people.get(user_id or "")
    if person and person.name:
        return person.name
    seen = overview.findings.responders if overview.findings else ()
    heard = next((each.name for each in seen if each.user_id == user_id and each.name), None)
    return heard or otherwise or user_id or "unknown"


def full_name(overview: Overview, user_id: str | None) -> str:
    """How mails name them (see Person)."""
    person = overview.people.get(user_id or "")
    return typed.one_line(person.full_name) if person and person.full_name else name(overview, user_id)


def host(url: str) -> str:
    """The host of a web address, as a short label for a link."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def utc(at: datetime) -> str:
    """`2026-11-23 14:02:05`: with its date, since incidents run over midnight."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def facts(overview: Overview) -> tuple[tuple[str, Line], ...]:
    """Label and value, the template's three first."""
    record, times = overview.postmortem, overview.postmortem.times
    channel = f"{overview.workspace_url}archives/{record.channel_id}" if overview.workspace_url else ""
    rows = [
        ("Postmortem Owner", page.line(_owner(overview))),
        ("Meeting Scheduled For", _meeting(overview)),
        ("Call Recording", _recording(overview)),
        ("Status", page.line(str(record.status))),
        ("Severity", _severity(overview)),
        ("Started (UTC)", page.line(utc(times.started_at) if times.started_at else NOT_KNOWN)),
        ("Detected (UTC)", page.line(utc(times.detected_at) if times.detected_at else NOT_KNOWN)),
        ("Resolved (UTC)", page.line(utc(times.resolved_at) if times.resolved_at else NOT_KNOWN)),
        ("Services", page.line(", ".join(record.services) or NOT_KNOWN)),
        *([("Merged Into", page.line(_merged(overview)))] if record.merged else []),
        *([("Merged With", page.line(_took_in(overview)))] if record.took_in else []),
        *([("Waived", page.line(_waived(overview)))] if record.waiver else []),
        ("Meeting Deadline", page.line(_deadline(overview))),
        *([] if record.open_again else [_counted(overview)]),
    ]
    if channel:
        rows.append(("Incident Channel", page.line(Link(channel, "open in Slack"))))
    return tuple(rows)


def _counted(overview: Overview) -> tuple[str, Line]:
    return "How The Deadline Is Counted", page.line("; ".join(overview.deadline.working))


def _merged(overview: Overview) -> str:
    into = overview.postmortem.merged
    return f"{into.name}, by {name(overview, into.by)} on {utc(into.at)} UTC" if into else ""


def _took_in(overview: Overview) -> str:
    record = overview.postmortem
    end = counted.together(record).lstrip("; ").partition(", merged")[0]
    names = ", ".join(each.name for each in record.took_in)
    return f"{names}: {end} is counted from" if end.startswith("the l") else names


def _waived(overview: Overview) -> str:
    waiver = overview.postmortem.waiver
    if waiver is None:
        return ""
    person = overview.people.get(waiver.by)
    return f"by {person.name if person else waiver.by} on {utc(waiver.at)} UTC: {waiver.reason}"


def notes(overview: Overview) -> tuple[Note, ...]:
    """That it is a draft, and whether it rests on the whole channel or on a part of it."""
    draft = (
        "This is a draft from the incident channel. What carries a rule number (H-01 and so on) is proposed by the bot "
        "and holds once people have confirmed it."
    )
    partial = _partial(overview)
    life = overview.life
    waiting = life.waiting_items or life.waiting_todos or life.waiting_queries
    left = overview.postmortem.status is Status.DRAFT or waiting
    return (
        *((Note((Text("Incomplete:", strong=True), Text(f" {partial}"))),) if partial else ()),
        *((Note((Text(draft),)),) if left else ()),
    )


def _partial(overview: Overview) -> str:
    state, counts = overview.harvest, overview.counts
    if state is None:
        return "the channel has not been read yet, so nothing in here comes from it."
    if state.phase is Phase.DONE:
        return ""
    read = "an unknown part of the channel"
    if counts is not None:
        threads = f"{counts.threads - counts.threads_pending:,} of {counts.threads:,} known threads"
        read = f"{counts.messages:,} messages and {threads}"
    if state.phase is Phase.STOPPED:
        return f"only {read} could be read; the rest is missing. Reason: {state.trouble or 'not known.'}"
    return f"the channel is still being read; this rests on {read}."


def _owner(overview: Overview) -> str:
    record = overview.postmortem
    if record.owner is None:
        return "nobody yet"
    waiting = " (has not answered yet)" if record.owner_state is OwnerState.TOLD else ""
    return name(overview, record.owner) + waiting


def _meeting(overview: Overview) -> Line:
    """R-11: as it is booked, in the record's zone; the length and the link to the call with it."""
    booking, tz = overview.life.booking, overview.postmortem.business_tz
    if booking is None:
        return page.line(f"{page.TO_BE_WRITTEN} the date and time, with a link to the call.")
    if not booking.stands:
        what = "cancelled" if booking.cancelled else "not held"
        return page.line(
            f"{what}; it was booked for {phrases.moment(booking.start, tz)}. {page.TO_BE_WRITTEN} the new time."
        )
    said = f"{phrases.moment(booking.start, tz)}, {(booking.end - booking.start) // timedelta(minutes=1)} min"
    late = f"; after the deadline, because: {' '.join(booking.late_reason.split())}" if booking.late_reason else ""
    if not booking.link:
        return page.line(said + late)
    return page.line(said + ", ", Link(booking.link, "join the call"), late)


def _recording(overview: Overview) -> Line:
    record, found = overview.postmortem, overview.findings
    if record.recording:
        return page.line(Link(record.recording, record.recording))
    why = overview.life.content.text(Part.RECORDING, "none_because")
    if why.strip():
        return page.line(f"there is none: {typed.one_line(why)}")
    if not found or not found.recordings:
        return page.line(f"{page.TO_BE_WRITTEN} the link to the recording, or why there is none.")
    links = [page.line(Link(each.url, host(each.url)), f" (proposed, {each.rule}) ") for each in found.recordings]
    return page.line(*links)


def _severity(overview: Overview) -> Line:
    record, found = overview.postmortem, overview.findings
    if record.severity is not None:
        return page.line(f"SEV-{record.severity}")
    if not found or not found.severities:
        return page.line("not set yet")
    ts, severity = found.severities[-1]
    source = overview.link(ts)
    said = (f"not set yet; last said in the channel: SEV-{severity} (proposed, H-07)",)
    return page.line(*said, " ", Link(source, "message")) if source else page.line(*said)


def _deadline(overview: Overview) -> str:
    record, deadline = overview.postmortem, overview.deadline
    if record.open_again is not None:
        return "none for now: the incident is open again"
    line = f"{phrases.day(deadline.last_day)}, end of day, {record.business_tz}"
    return f"{line} (provisional until {due_line.waits_for(record)})" if deadline.provisional else line
