"""The words of a mail that invites to a meeting, moves it or calls it off: for people whose mail program knows no calendar."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import invitation_mail as rules
from bot.domain import phrases, typed
from bot.domain.invitation import Event

_CALENDAR = "Your calendar takes this in by itself, or when you open the attached file."


def subject(event: Event, what: str, *, first: bool) -> str:
    """As calendars write it; of a restricted post-mortem the event has no title (R-63)."""
    begin = {rules.CANCEL: "Cancelled: ", rules.OFF: "No longer invited: "}.get(what, "" if first else "Updated: ")
    return f"{begin}{typed.one_line(event.summary)}"


def text(event: Event, what: str, tz: str, slack: str = "") -> str:
    """Its words. `tz` is the zone that times are told in beside UTC, `slack` the address of the incident's channel."""
    return "\n\n".join(_paragraphs(event, what, tz, slack)) + "\n"


def _paragraphs(event: Event, what: str, tz: str, slack: str) -> Iterator[str]:
    title, when = typed.one_line(event.summary), _when(event, tz)
    if what == rules.OFF:
        yield f"You are no longer invited to this meeting, and nothing is asked of you: {title}"
        yield f"When: {when}"
        yield "Your calendar takes it out by itself, or when you open the attached file."
        return
    if what == rules.CANCEL:
        yield f"This meeting is cancelled: {title}"
        yield f"It was to be: {when}"
        yield _CALENDAR
        return
    yield title
    yield "\n".join([f"When: {when}", *([f"Where: {typed.one_line(event.url)}"] if event.url else []), *_who(event)])
    yield typed.clean(event.description)
    if slack:
        yield f"In Slack: {slack}"
    yield _CALENDAR


def _when(event: Event, tz: str) -> str:
    minutes = int((event.end - event.start).total_seconds() // 60)
    here = phrases.moment(event.start, tz)
    utc = "" if tz == "UTC" else f", that is {event.start:%H:%M} UTC"
    return f"{here}{utc}, {minutes} minutes"


def _who(event: Event) -> Iterator[str]:
    asked = [_name(each.name, each.why) for each in event.attendees if not each.optional]
    may = [_name(each.name, each.why) for each in event.attendees if each.optional]
    if asked:
        yield f"Invited: {', '.join(asked)}"
    if may:
        yield f"Welcome, where they can: {', '.join(may)}"


def _name(name: str, why: str) -> str:
    said = typed.isolate(typed.one_line(name))
    return f"{said} ({why})" if why else said
