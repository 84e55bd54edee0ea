"""Direct messages around the owner: the designation (R-07), the IC's confirmation (R-06), and the short messages that
follow from them. A message is drawn as things stand when it leaves: a late one never asks for what is already done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.blocks import checklist, earlier, ids, lines, meeting_line, notes, parts, text
from bot.blocks.parts import Block
from bot.domain import counted, due_line, phrases
from bot.domain.booking import Outcome
from bot.domain.earlier import Earlier
from bot.domain.harvest.person import Person
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.postmortem import OwnerState, Postmortem, Proposal, ProposalState
from bot.domain.status import Status
from bot.ports.chat import Drawing

_NO_BLAME = (
    "This is not a punishment, and it does not mean that you caused anything: somebody has to bring together what "
    "happened, and you are trusted to do it."
)
_CHECKLIST = (
    "Look into what happened; pull in whomever you need from other teams.",
    "Bring the document up to date: what was harvested is a draft for you to check.",
    "Create the follow-up tickets. Seeing them through is not your task.",
    "Let the right people read it before the meeting.",
    "Walk through it at the meeting. The incident commander runs the meeting.",
    "Tell the company what came out of it.",
)
_BOOK = "Book the meeting on the shared calendar first, and invite the people it needs."
_BOOK_HERE = "Book the meeting first, and invite the people it needs: it goes on the shared calendar by itself."
_DECIDED = {
    ProposalState.CONFIRMED: ":white_check_mark: Confirmed by {by}: {candidate} was told.",
    ProposalState.REPLACED: "Decided otherwise by {by}: nothing is left to do here.",
    ProposalState.REFUSED: "{candidate} cannot be the owner; nothing is left to do here.",
}


def owner_dm(
    overview: Overview,
    reader: Person | None,
    *,
    to: str | None = None,
    by: str | None = None,
    similar: Sequence[Earlier] = (),
) -> Drawing:
    """R-07: what the owner is told, with the deadline in the reader's zone and a way to answer.

    `to` is the user id it is for (default: the reader's, else the owner's; "" when it is out of date); once somebody else is the owner, it
    says so and asks for nothing. `by` is who designated (default: who confirmed the proposal, else the IC). `similar` are earlier ones
    that this person may see.
    """
    record = overview.postmortem
    recipient = to if to is not None else (reader.user_id if reader else record.owner)
    if record.owner is None or recipient != record.owner:
        return _passed_on(record, reader)
    head = _designation(overview, by)
    if record.status in (Status.REVIEWED, Status.CLOSED):
        return parts.drawing(head, [parts.section(f"{head}\n{_over(overview)}"), *_links(overview)])
    blocks = [
        parts.section(f"{head}\n{_NO_BLAME}"),
        parts.section(_deadline(overview, reader)),
        *([] if record.set_aside else [_what_to_do(overview)]),
        *earlier.block(similar),
        *_links(overview),
        *_answer(overview),
    ]
    return parts.drawing(head, blocks)


def confirm_dm(overview: Overview, proposal: Proposal) -> Drawing:
    """R-06: the IC is asked to confirm who was proposed; afterwards the buttons give way to what was decided."""
    record = overview.postmortem
    by, candidate = text.mention(proposal.proposed_by), text.mention(proposal.candidate)
    head = f"{by} proposes {candidate} as the owner of {lines.name(record)}."
    if proposal.state is not ProposalState.PENDING:
        decided = _DECIDED[proposal.state].format(by=text.mention(proposal.decided_by, "the IC"), candidate=candidate)
        return parts.drawing(f"{head} {decided}", [parts.section(head), parts.context(decided)])
    ask = f"The incident commander designates the owner, so this waits for you.\n{lines.due(overview)}"
    buttons = parts.actions(
        parts.button("Confirm", ids.PROPOSAL_CONFIRM, proposal.id, "primary"),
        parts.button("Choose someone else", ids.PROPOSAL_OTHER, proposal.id),
    )
    return parts.drawing(f"{head} Please confirm.", [parts.section(f"{head}\n{ask}"), buttons])


def person_dm(topic: str, overview: Overview, values: Mapping[str, Json]) -> Drawing:
    """A short message to one person. Raises KeyError for a topic that is no direct message. Values: see `notes`."""
    return notes.TO_PERSON[topic](overview, values)


def channel_note(topic: str, overview: Overview, values: Mapping[str, Json]) -> Drawing:
    """A short message in the incident channel. Raises KeyError for a topic that is none. Values: see `notes`."""
    return notes.TO_CHANNEL[topic](overview, values)


def _passed_on(record: Postmortem, reader: Person | None) -> Drawing:
    now = f"The owner is now {text.mention(record.owner)}." if record.owner else "Another owner is being looked for."
    if reader and reader.user_id == record.owner:
        now = "There is a newer message about it."
    line = f"{lines.name(record)}: nothing more is asked of you here. {now}"
    return parts.drawing(line, [parts.section(line)])


def _what_to_do(overview: Overview) -> Block:
    steps = (_BOOK_HERE if overview.kept_on_calendar else _BOOK, *_CHECKLIST)
    return parts.section("*What the owner does*\n" + "\n".join(f"{n}. {each}" for n, each in enumerate(steps, 1)))


def _over(overview: Overview) -> str:
    """After the review nothing is asked of the owner but what the rules still name."""
    status = overview.postmortem.status
    if status is Status.CLOSED:
        return f":lock: *Status:* {status}. Nothing more is to be done. Thank you."
    return f":white_check_mark: *Status:* {status}. The meeting is over. Thank you.\n{checklist.next_line(overview)}."


def _designation(overview: Overview, by: str | None) -> str:
    record, proposal = overview.postmortem, overview.proposal
    if by is None and proposal and proposal.state is ProposalState.CONFIRMED and proposal.candidate == record.owner:
        by = proposal.decided_by
    by = by or record.roles.ic
    if by == record.owner:
        return f"You have taken on {lines.name(record)} as its owner."
    return f"{text.mention(by, 'The incident commander')} has designated you as the owner of {lines.name(record)}."


def _deadline(overview: Overview, reader: Person | None) -> str:
    """The organisation's deadline, and the same in the reader's zone when that is another one (R-07)."""
    record, deadline = overview.postmortem, overview.deadline
    if record.merged is not None:
        return f"{lines.merged(record.merged, overview.workspace_url)} Nothing is asked of you here any more."
    if record.waiver is not None:
        return f"{lines.waived(record.waiver)} Nothing is asked of you for now."
    if record.open_again is not None:
        return f"{lines.open_again(record.open_again)}."
    line = text.due_line(deadline, record.business_tz, due_line.waits_for(record))
    how = text.escape(counted.line(record, deadline))
    rows = [f"*Status:* {record.status}", f"*Deadline of the meeting:* {line}.", f"_Counted:_ {how}."]
    theirs = text.zone(reader.tz if reader else None)
    if theirs and theirs != record.business_tz:
        last_minute = deadline.due - timedelta(minutes=1)
        rows.append(f"For you that is until {phrases.moment(last_minute, theirs)}.")
    booking = overview.life.booking
    if booking is None or booking.outcome not in (Outcome.AGREED, Outcome.CHANGES):
        left = deadline.due - overview.now
        passed = f":red_circle: It has passed, by {phrases.span(-left)}." if left <= timedelta() else ""
        rows.append(passed or f"There are {phrases.span(left)} left.")
    if booking is not None:
        rows.append(f"*Meeting:* {meeting_line.line(overview)}.")
    return "\n".join(rows)


def _links(overview: Overview) -> list[Block]:
    channel = f"<#{overview.postmortem.channel_id}>"
    page, document = overview.postmortem.page_url, overview.document
    links = f" · {text.link(page, 'Open the page')}" if page else ""
    links += f" · {text.link(document, 'Open the document')}" if document else ""
    links += f" · {text.link(overview.canvas, 'as a canvas')}" if overview.canvas else ""
    return [parts.context(f"Incident channel: {channel}{links}")]


def _answer(overview: Overview) -> list[Block]:
    """The two answers; once it is accepted, the ways to what is done first, so that nobody has to look for them."""
    record = overview.postmortem
    if record.merged is not None:
        return []
    if record.owner_state is not OwnerState.ACCEPTED:
        answers = (
            parts.button("Accept", ids.OWNER_ACCEPT, record.id, "primary"),
            parts.button("I can't", ids.OWNER_DECLINE, record.id),
        )
        return [parts.actions(*answers)]
    thanks = parts.context(":white_check_mark: You accepted. Thank you.")
    return [thanks] if record.set_aside else [thanks, parts.actions(*_ways(overview))]


def _ways(overview: Overview) -> list[Block]:
    record, booking = overview.postmortem, overview.life.booking
    first = booking is None or booking.cancelled
    book = [parts.button("Book the meeting", ids.MEETING_OPEN, record.id, "primary")] if first else []
    write = parts.button("Write the post-mortem", ids.CONTENT_OPEN, record.id)
    return [*book, write, parts.button("All steps", ids.HUB_OPEN, record.id)]
