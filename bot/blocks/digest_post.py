"""The weekly digest as a message: groups of lines, the overdue ones first, each with its name, its owner and what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.blocks import lines, meeting_line, parts, start_offer, text
from bot.blocks.parts import Block
from bot.domain import phrases
from bot.domain.booking import Outcome
from bot.domain.digest import Digest, Late
from bot.domain.home import Line
from bot.domain.noticed import Noticed
from bot.ports.chat import Drawing

# A group of more than these is cut, and says so: the Home tab has all of them.
MOST = 12


def drawing(digest: Digest, now: datetime) -> Drawing:
    """The whole message."""
    head = _head(digest)
    groups: list[tuple[str, list[str]]] = [
        (":rotating_light: *SEV-1 and SEV-2 with no post-mortem*", _unrecorded(digest.unrecorded, now)),
        (":red_circle: *Overdue*", _group(digest.overdue, lambda each: _overdue(each, now))),
        (":hourglass_flowing_sand: *Due this week, and no meeting booked*", _group(digest.due, _due)),
        (":calendar: *Meetings of the week*", _group(digest.meetings, _meeting)),
        (":loudspeaker: *Reviewed, the message waits for support*", _group(digest.with_support, _who)),
        (":ticket: *Action items past their date*", _late(digest.late)),
    ]
    blocks: list[Block] = [parts.header("Post-mortems this week")]
    blocks += [parts.section("\n".join([title, *listed])) for title, listed in groups if listed]
    counted = ((digest.others, "other", "going as planned"), (digest.merged, "more", "merged into another one"))
    rest = [
        f"{phrases.count(number, what, what if what == 'more' else None)} {how}."
        for number, what, how in counted
        if number
    ]
    if rest:
        blocks.append(parts.context(" ".join([*rest, "The Home tab lists all."])))
    return parts.drawing(head, blocks)


def _head(digest: Digest) -> str:
    counted = (
        (len(digest.unrecorded), "not begun"),
        (len(digest.overdue), "overdue"),
        (len(digest.due), "due"),
        (len(digest.late), "with late action items"),
    )
    told = [f"{number} {what}" for number, what in counted if number]
    return f"Post-mortems this week: {', '.join(told) or 'meetings and messages to come'}."


def _group(listed: Sequence[Line], say: Callable[[Line], str]) -> list[str]:
    shown = [f"• {say(each)}" for each in listed[:MOST]]
    return [*shown, *([f"• and {len(listed) - MOST} more"] if len(listed) > MOST else [])]


def _unrecorded(listed: Sequence[Noticed], now: datetime) -> list[str]:
    if not listed:
        return []
    shown = [f"• {start_offer.line(each, now)}" for each in listed[:MOST]]
    more = [f"• and {len(listed) - MOST} more"] if len(listed) > MOST else []
    how = text.code("/postmortem list unrecorded")
    return [*shown, *more, f"{how} starts one, or keeps why none is needed."]


def _who(each: Line) -> str:
    record = each.record
    return f"{_name(each)}, {lines.severity(record)}, owner {text.mention(record.owner)}"


def _name(each: Line) -> str:
    return text.fit(lines.name(each.record), 160)


def _overdue(each: Line, now: datetime) -> str:
    return f"{_who(each)}: for {phrases.span(now - each.deadline.due)}{_its_meeting(each, now)}"


def _its_meeting(each: Line, now: datetime) -> str:
    """What is known of it, so that nobody asks for what is booked, or was held."""
    booking = each.booking
    if booking is None or not booking.stands or booking.outcome is not Outcome.NONE:
        return ""
    when = text.when(booking.start)
    return (
        f"; its meeting is {when}" if now < booking.end else f"; nobody said yet whether its meeting of {when} was held"
    )


def _due(each: Line) -> str:
    return f"{_who(each)}: {text.due_line(each.deadline, each.record.business_tz)}"


def _meeting(each: Line) -> str:
    return f"{_who(each)}: {meeting_line.when(each.booking) if each.booking else ''}"


def _late(listed: Sequence[Late]) -> list[str]:
    shown = []
    for each in listed[:MOST]:
        counted = ((each.tickets, "ticket"), (each.topics, "undecided topic"))
        what = " and ".join(phrases.count(number, name) for number, name in counted if number)
        shown.append(f"• {_name(each.line)}: {what}, due {phrases.count(each.days, 'day')} ago")
    return [*shown, *([f"• and {len(listed) - MOST} more"] if len(listed) > MOST else [])]
