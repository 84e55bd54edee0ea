"""The post that asks for the review (R-40): what to read, by when, what to look for, and two buttons. It is edited in place
as the meeting moves and readers answer."""

from __future__ import annotations

from datetime import timedelta

from bot.blocks import ids, lines, meeting_line, parts, text
from bot.blocks.parts import Block
from bot.domain import guards, leading, meeting, phrases
from bot.domain.booking import Booking
from bot.domain.overview import Overview
from bot.domain.status import Status
from bot.ports.chat import Drawing

QUESTIONS = (
    "Could somebody who was not there follow what happened from the details given?",
    "Does it get to the causes underneath, beyond what set it off?",
    "Is what happened kept apart from how it is to be mended?",
    "Are the action items worth doing, and each small enough to be finished?",
    "Is it pleasant to read: clear words, no riddles, nobody blamed?",
    "Would a customer feel understood by the message to customers, or be upset by it?",
)
_MOST_NAMES = 20


def address(overview: Overview) -> str | None:
    """What is linked: the page that people share, else our document (R-29)."""
    return overview.postmortem.page_url or overview.document


def drawing(overview: Overview) -> Drawing:
    """The post as it should look at `overview.now`."""
    record, booking = overview.postmortem, overview.life.booking
    said = _said(overview, booking)
    blocks = [parts.section(said), parts.section(_link(overview)), *_warnings(overview, booking)]
    if leading.meeting_matters(record):
        asked = "*What to look for*\n" + "\n".join(f"{n}. {each}" for n, each in enumerate(QUESTIONS, 1))
        how = f"Reply in this thread, or press Comment: each is kept as a note for {text.mention(record.owner, 'the owner')}."
        blocks += [parts.section(asked), parts.context(how)]
    blocks.append(parts.context(_so_far(overview)))
    return parts.drawing(said, [*blocks, *_buttons(overview)])


def _said(overview: Overview, booking: Booking | None) -> str:
    """What is asked: nothing any more after the review, and no hurry for a meeting that has begun."""
    name = _name(overview)
    if not leading.meeting_matters(overview.postmortem):
        return f"{name} was open for review here."
    if booking is None or not booking.stands:
        return f"Please read {name} before its meeting."
    if overview.now >= booking.start:
        return f"{name} was to be read before its meeting, {meeting_line.when(booking)}."
    return f"Please read {name} before its meeting: {meeting_line.when(booking)}."


def withdrawn(overview: Overview) -> Drawing:
    """In the place of a post that is not for these eyes any more: it says of what nothing but the number."""
    said = f"{overview.postmortem.name} is not reviewed here any more."
    return parts.drawing(said, [parts.section(said)])


def _name(overview: Overview) -> str:
    """A restricted one is named by its number alone (R-63)."""
    record = overview.postmortem
    return f"*{record.name}*" if record.restricted else lines.name(record)


def _link(overview: Overview) -> str:
    url = address(overview)
    canvas = f" · {text.link(overview.canvas, 'its document as a canvas')}" if overview.canvas else ""
    return (
        f":page_facing_up: {text.link(url, 'Open the post-mortem')}{canvas}"
        if url
        else ":page_facing_up: The page was taken away."
    )


def _warnings(overview: Overview, booking: Booking | None) -> list[Block]:
    record = overview.postmortem
    said = []
    if record.merged is not None:
        said.append(f":information_source: It was merged into {record.merged.name}: it is reviewed there.")
    elif record.waiver is not None:
        said.append(":information_source: It was waived: nothing is to be reviewed any more.")
    elif record.open_again is not None:
        said.append(f"{lines.open_again(record.open_again)}. The review waits for that.")
    elif record.status in (Status.REVIEWED, Status.CLOSED):
        said.append(f":white_check_mark: The review is over: it is *{record.status}*.")
    elif record.status is Status.DRAFT:
        said.append(_draft(overview))
    if leading.meeting_matters(record):
        said += _meeting(overview, booking)
    return [parts.section("\n".join(said))] if said else []


def _draft(overview: Overview) -> str:
    record = overview.postmortem
    if record.status_at is not None:
        head = f":leftwards_arrow_with_hook: It is *back in draft*, says {text.mention(record.status_by, 'the owner')}."
    else:
        head = ":construction: This is an *incomplete draft*."
    missing = _missing(overview)
    return f"{head} Still missing: {text.escape(missing)}." if missing else head


def _missing(overview: Overview) -> str:
    facts = overview.facts
    if facts is None:
        return ""
    more = [
        ("evidence in the timeline", facts.bare_items),
        ("a look at the wording", guards.findings_seen(facts, overview.now)),
        ("the decision about a message to customers", guards.external_decided(facts, overview.now)),
    ]
    return phrases.listing((*facts.missing_content, *(what for what, open_ in more if open_)), most=12)


def _meeting(overview: Overview, booking: Booking | None) -> list[str]:
    if booking is None or not booking.stands:
        return [":calendar: There is no meeting at the moment: the new time will be told here."]
    posted = overview.postmortem.review_posted_at or overview.now
    if booking.start - posted < meeting.REVIEW_NOTICE - timedelta(minutes=1) and overview.now < booking.start:
        return [":hourglass_flowing_sand: This is *less than 24 hours' notice*: thank you for reading it all the same."]
    return []


def _so_far(overview: Overview) -> str:
    approvals, notes = overview.life.approvals, overview.life.notes
    names = ", ".join(text.mention(each.user_id) for each in approvals[:_MOST_NAMES])
    rest = len(approvals) - _MOST_NAMES
    approved = f"Approved by {names}{f' and {rest} more' if rest > 0 else ''}" if approvals else "Nobody approved yet"
    said = f"{phrases.count(len(notes), 'note')}, {overview.life.open_notes} open" if notes else "no notes yet"
    return f"{approved} · {said}"


def _buttons(overview: Overview) -> list[Block]:
    record = overview.postmortem
    if not leading.meeting_matters(record):
        return []
    return [
        parts.actions(
            parts.button("Approve", ids.REVIEW_APPROVE, record.id, "primary"),
            parts.button("Comment", ids.REVIEW_COMMENT, record.id),
            parts.button("Notes", ids.NOTES_OPEN, record.id),
        )
    ]
