"""The weekly digest as a message: groups of lines, the overdue ones first, each with its name, its owner and what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.blocks import lines, meeting_line, parts, report_post, start_offer, text, ticket_lines
from bot.blocks.parts import Block
from bot.domain import phrases
from bot.domain.booking import Outcome
from bot.domain.digest import Digest, Late
from bot.domain.home import Line
from bot.domain.noticed import Noticed
from bot.ports.chat import Drawing

# A group of more than these is cut, and says so: the Home tab has all of them.
MOST = 12
_FEW_KEYS, _TICKETS, _FEW_AGAIN = 3, 8, 2


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
    blocks += [parts.context("\n".join(said))] if (said := _remarks(digest)) else []
    return parts.drawing(head, blocks)


def _remarks(digest: Digest) -> list[str]:
    """A line or two of the report; it has all of it."""
    said = []
    if digest.again:
        told = "; ".join(report_post.recurring_line(each) for each in digest.again[:_FEW_AGAIN])
        rest = len(digest.again) - _FEW_AGAIN
        said.append(f":repeat: Came back this week: {told}{f'; and {rest} more' if rest > 0 else ''}.")
    if digest.unclear:
        names = phrases.listing([each.name for each in digest.unclear])
        how = "Enter when the incident ended and how severe it was, or say whether the meeting was held."
        said.append(f":grey_question: Nobody knows whether the meeting kept its deadline: {names}. {how}")
    return [*said, f"{text.code('/postmortem report')} has all of it."] if said else []


def overdue(digest: Digest, now: datetime) -> Drawing:
    """What is late, for one person who asks: post-mortems, and action items with their tickets as they were last read."""
    late = [block for each in digest.late[:MOST] for block in _its_tickets(each)]
    rest = [parts.context(f"And {len(digest.late) - MOST} more.")] if len(digest.late) > MOST else []
    counted = f"{len(digest.overdue)} overdue, {len(digest.late)} with late action items"
    if not digest.overdue and not late:
        said = "*Nothing is overdue*\nAmong what you may see, no meeting is late, and no action item is past its date."
        return parts.drawing("Nothing is overdue", [parts.section(said)])
    groups = [":red_circle: *Overdue*", *_group(digest.overdue, lambda each: _overdue(each, now))]
    blocks: list[Block] = [parts.section("\n".join(groups))] if digest.overdue else []
    blocks += [parts.section(":ticket: *Action items past their date*"), *late, *rest] if late else []
    return parts.drawing(f"What is late: {counted}", blocks)


def _its_tickets(each: Late) -> list[Block]:
    """One post-mortem in the list of what is late."""
    said = [ticket_lines.short(kept) for kept in each.known[:_TICKETS]]
    more = [f"and {len(each.known) - _TICKETS} more"] if len(each.known) > _TICKETS else []
    tickets = f"\n{', '.join([*said, *more])}" if said else ""
    owner = text.mention(each.line.record.owner, "no owner")
    return [parts.section(f"{_name(each.line)}, {owner}: {_counted(each)}{tickets}")]


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
    severity = lines.severity(record) if record.severity is not None else "severity not set"
    return f"{_name(each)}, {severity}, owner {text.mention(record.owner)}"


def _name(each: Line) -> str:
    return text.fit(lines.name(each.record), 160)


def _overdue(each: Line, now: datetime) -> str:
    provisional = " by a provisional deadline" if each.deadline.provisional else ""
    return f"{_who(each)}: for {phrases.span(now - each.deadline.due)}{provisional}{_its_meeting(each, now)}"


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


def _counted(each: Late) -> str:
    counted = ((each.tickets, "ticket"), (each.topics, "undecided topic"))
    what = " and ".join(phrases.count(number, name) for number, name in counted if number)
    return f"{what}, due {phrases.count(each.days, 'day')} ago"


def _keys(each: Late) -> str:
    keys = [kept.key for kept in each.known]
    more = f" and {len(keys) - _FEW_KEYS} more" if len(keys) > _FEW_KEYS else ""
    return f" ({', '.join(map(text.escape, keys[:_FEW_KEYS]))}{more})" if keys else ""


def _late(listed: Sequence[Late]) -> list[str]:
    shown = [f"• {_name(each.line)}: {_counted(each)}{_keys(each)}" for each in listed[:MOST]]
    return [*shown, *([f"• and {len(listed) - MOST} more"] if len(listed) > MOST else [])]
