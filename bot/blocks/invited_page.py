"""Who is invited to the meeting, with every reason: a form for those who arrange it, something to read for the others; and
the form in which somebody says that the meeting is on the shared calendar."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.blocks import ids, inputs, lines, modals, parts, text
from bot.blocks.parts import Block
from bot.domain import invitees, phrases, typed
from bot.domain.booking import Booking
from bot.domain.calendar_event import Reply
from bot.domain.invitees import Guest, Guests
from bot.domain.postmortem import Postmortem

Replies = Mapping[str, Reply]
NO_REPLIES: Replies = {}
_SIGNS: Mapping[Reply | None, str] = {
    Reply.ACCEPTED: ":white_check_mark: ",
    Reply.DECLINED: ":x: ",
    Reply.TENTATIVE: ":grey_question: ",
}
_A_BLOCK, _MOST, _WHY = 8, 80, 200
_REASON = "Asked for when somebody is left out who is always invited. It stands beside their name."


def form(
    record: Postmortem, guests: Guests, added: Sequence[str], removed: Sequence[str], stamp: str,
    unlisted: Sequence[str] = (), replies: Replies = NO_REPLIES, read: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The list, and what may be changed about it by hand. `read` says how old the replies are."""
    liaison = invitees.liaison_wanted(record)
    blocks = [
        *_listed(record, guests, unlisted, replies, read),
        parts.divider(),
        inputs.people("Invite as well", ids.ADDED, added, _offer(guests)),
        inputs.people("Leave out", ids.REMOVED, removed),
        inputs.line("Why are they left out?", ids.REASON, "", most=invitees.WHY_MOST, optional=True, hint=_REASON),
        inputs.person(
            "Shadow of the IC", ids.SHADOW, record.roles.shadow, "Did somebody in training follow the IC? Else leave it empty.",
            optional=True,
        ),
    ]  # fmt: skip
    if liaison:
        hint = "An optional guest, of SEV-1 meetings only."
        blocks.append(inputs.person("Customer liaison", ids.LIAISON, guests.liaison, hint, optional=True))
    carried = json.dumps({"record": record.id, "seen": stamp})
    return modals.view(ids.INVITED, "Who is invited", "Save", blocks, carried)


def page(
    record: Postmortem,
    guests: Guests,
    unlisted: Sequence[str] = (),
    replies: Replies = NO_REPLIES,
    read: str = "",
) -> dict[str, Any]:
    """The same to be read."""
    listed = _listed(record, guests, unlisted, replies, read)
    notice = modals.notice(parts.drawing("Who is invited", listed), "Who is invited")
    return {**notice, "close": parts.plain("Close", 24)}


def read(at: datetime | None, *, again: bool) -> str:
    """How old what people answered is; "" where nothing was read. `again` says that it is being read anew."""
    if at is None:
        return ""
    return f"Answers read {text.when(at)}.{' They are being read anew: open this again in a moment.' if again else ''}"


def missing(guests: Guests) -> str:
    """`Nobody is invited as PM for billing`: said where the meeting is prepared, and holds up nothing."""
    if not guests.missing:
        return ""
    return f":warning: Nobody is there yet as {text.escape(phrases.listing(guests.missing, most=6))}."


def shared_form(record: Postmortem, booking: Booking, calendar: str) -> dict[str, Any]:
    """The meeting is on the shared calendar: the link to it there may be given."""
    said = (
        f"{lines.name(record)}\nThe meeting, {text.when(booking.start)}, is on the calendar “{text.escape(calendar)}”."
    )
    blocks = [
        parts.section(said),
        inputs.line("Link to it there", ids.LINK, booking.shared_url, most=2000, optional=True, placeholder="https://"),
    ]
    carried = json.dumps({"record": record.id, "seen": str(booking.sequence)})
    return modals.view(ids.SHARED, "On the shared calendar", "It is there", blocks, carried)


def _listed(record: Postmortem, guests: Guests, unlisted: Sequence[str], replies: Replies, read: str) -> list[Block]:
    head = f"{lines.name(record)}: {phrases.count(len(guests.guests), 'person', 'people')} invited{_counted(replies)}"
    rows = [_guest(guest, replies.get(guest.user_id)) for guest in guests.guests[:_MOST]]
    more = len(guests.guests) - _MOST
    pages = ["\n".join(rows[start : start + _A_BLOCK]) for start in range(0, len(rows), _A_BLOCK)]
    said = [f"missing: {text.escape(typed.clip(what, _WHY))}" for what in guests.missing[:20]]
    out = [
        f"not invited: {text.mention(left.user_id)} ({text.escape(typed.clip(left.why, _WHY))})"
        for left in guests.left_out[:20]
    ]
    enter = [f"{text.escape(typed.clip(name, 100))}" for name in unlisted[:5]]
    how = f"Not in the directory: {', '.join(enter)}. `/postmortem service add NAME` enters it." if enter else ""
    blocks = [parts.section(head), *([parts.context(read)] if read else []), *map(parts.section, pages)]
    blocks += [parts.context(f"and {more} more")] if more > 0 else []
    blocks += [parts.context("\n".join(each)) for each in (said, out) if each]
    return [*blocks, *([parts.context(how)] if how else [])]


def _counted(replies: Replies) -> str:
    """`, 3 accepted, 1 declined, 2 no answer`; "" where the meeting is on no calendar that tells."""
    counts = [(reply, sum(each is reply for each in replies.values())) for reply in Reply]
    return "".join(f", {count} {reply}" for reply, count in counts if count)


def _guest(guest: Guest, reply: Reply | None = None) -> str:
    optional = " _(optional)_" if guest.optional else ""
    reasons = text.escape(typed.clip(", ".join(guest.reasons), _WHY))
    return f"{_SIGNS.get(reply, '')}{text.mention(guest.user_id)}{optional}: {reasons}{f' – {reply}' if reply else ''}"


def _offer(guests: Guests) -> str:
    """Whoever has something to do and is not invited; the form's hints show no mentions, so that they are counted."""
    left = len(guests.offered)
    if not left:
        return "Everybody who can help to understand it."
    verb = "has" if left == 1 else "have"
    return f"{phrases.count(left, 'person', 'people')} not invited {verb} an action item: think of their teams."
