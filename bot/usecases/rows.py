"""The outgoing rows that use cases write, each with its unique key in one place: what may be said once, and what is redrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain import ticket_bulk
from bot.domain.outgoing import Json, Kind, Outgoing, Row
from bot.domain.postmortem import Postmortem, Proposal
from bot.domain.status import Transition
from bot.domain.topics import Topic

# A stream of small changes is drawn together; people do not read faster than this.
CARD_PAUSE = timedelta(seconds=2)
DOCUMENT_PAUSE = timedelta(seconds=3)
# A modal that shows progress is drawn anew once people had a look at it.
WATCH_PAUSE = timedelta(seconds=1)
# Each version of the document is a file in the card's thread: while people mark what they say, one now and then is enough.
MARKS_PAUSE = timedelta(minutes=10)


def _row(record: Postmortem, kind: Kind, key: str, due: datetime, **values: Json) -> Outgoing:
    return Outgoing(kind, f"{kind}:{record.id}:{key}", record.team_id, due, record.id, values)


def _again(record: Postmortem, kind: Kind, due: datetime, **values: Json) -> Outgoing:
    return Outgoing(kind, f"{kind}:{record.id}", record.team_id, due, record.id, values, again=True)


def card(record: Postmortem, now: datetime, *, soon: bool = False) -> Outgoing:
    """Draw the channel card, or draw it anew; `soon` lets several changes be drawn together."""
    return _again(record, Kind.CARD, now + CARD_PAUSE if soon else now)


def role_steps(record: Postmortem, now: datetime) -> Outgoing:
    """What each role does now, once for a record."""
    return _row(record, Kind.ROLE_STEPS, "once", now)


def harvest(record: Postmortem, now: datetime, channel_id: str = "") -> Outgoing:
    """Read the channel, or read on, or analyse anew; another channel of the record has a row of its own."""
    if channel_id in ("", record.channel_id):
        return _again(record, Kind.HARVEST, now)
    key = f"{Kind.HARVEST}:{record.id}:{channel_id}"
    return Outgoing(Kind.HARVEST, key, record.team_id, now, record.id, {"channel": channel_id}, again=True)


def channel(row: Row) -> str | None:
    """The other channel that a reading is about; None for the record's own."""
    named = row.payload.get("channel")
    return named if isinstance(named, str) else None


def document(record: Postmortem, now: datetime, *, soon: bool = True) -> Outgoing:
    """Write the document anew when its content changed."""
    return _again(record, Kind.DOCUMENT, now + DOCUMENT_PAUSE if soon else now)


def document_by_marks(record: Postmortem, now: datetime) -> Outgoing:
    """The same for what comes in while people work: with the next change that somebody writes, or before long."""
    return _again(record, Kind.DOCUMENT, now + MARKS_PAUSE)


def wiki_page(record: Postmortem, now: datetime) -> Outgoing:
    """Bring the page in the wiki to what the document says; one row, however often it is asked for."""
    return _again(record, Kind.WIKI_PAGE, now)


def actions_file(record: Postmortem, now: datetime) -> Outgoing:
    """Hand out the tickets as a file, as they stand then."""
    return _again(record, Kind.ACTIONS_FILE, now)


def calendar(record: Postmortem, now: datetime) -> Outgoing:
    """Hand the invitation out anew where it changed (R-13)."""
    return _again(record, Kind.CALENDAR, now + DOCUMENT_PAUSE)


def calendar_event(record: Postmortem, now: datetime) -> Outgoing:
    """Keep the event on the shared calendar as the meeting is (R-13). A moment before the other ways: where people changed it there it
    goes out under a higher number than we know of."""
    return _again(record, Kind.CALENDAR_EVENT, now + CARD_PAUSE)


def calendar_look(record: Postmortem, once: str, due: datetime) -> Outgoing:
    """Read at that time what stands there and who answered, also where nothing is to be written; `once` tells the occasion."""
    key = f"{Kind.CALENDAR_EVENT}:{record.id}:{once}"
    return Outgoing(Kind.CALENDAR_EVENT, key, record.team_id, due, record.id, {"look": True}, again=True)


def calendar_brought(record: Postmortem, once: str, now: datetime) -> Outgoing:
    """Write it in the calendar that is configured now, once for where it stood before."""
    return _row(record, Kind.CALENDAR_EVENT, f"from:{once}", now)


def calendar_ask(record: Postmortem, to: str, asked: datetime, now: datetime) -> Outgoing:
    """Ask a person what is to become of the event, or draw that message anew."""
    key = f"{Kind.CALENDAR_ASK}:{record.id}:{to}:{asked.isoformat()}"
    values: dict[str, Json] = {"to": to, "asked": asked.isoformat()}
    return Outgoing(Kind.CALENDAR_ASK, key, record.team_id, now, record.id, values, again=True)


def calendar_busy(team_id: str, due: datetime) -> Outgoing:
    """Read when the shared calendar is taken; one row, that goes on for ever."""
    return Outgoing(Kind.CALENDAR_BUSY, f"{Kind.CALENDAR_BUSY}:{team_id}", team_id, due, None, {}, again=True)


def calendar_mail(record: Postmortem, now: datetime) -> Outgoing:
    """Mail the invitation to whoever has another one, or none (R-13)."""
    return _again(record, Kind.CALENDAR_MAIL, now + DOCUMENT_PAUSE)


def mail(record_id: str, team_id: str, identity: str, now: datetime) -> Outgoing:
    """Send a mail at that time, or find out what became of it; one row, however often it is asked for."""
    values: dict[str, Json] = {"mail": identity}
    return Outgoing(Kind.MAIL, f"{Kind.MAIL}:{identity}", team_id, now, record_id, values, again=True)


def mail_question(record: Postmortem, to: str, identity: str, tries: int, now: datetime, **values: Json) -> Outgoing:
    """Ask a person what became of a mail that was handed over for the so manieth time, or draw that message anew, whoever has it."""
    key = f"{Kind.PERSON_DM}:{record.id}:{Topic.MAIL_UNKNOWN}:{identity}:{tries}"
    given: dict[str, Json] = {"to": to, "topic": Topic.MAIL_UNKNOWN, "mail": identity, "tries": tries, **values}
    return Outgoing(Kind.PERSON_DM, key, record.team_id, now, record.id, given, again=True)


def ticket(record: Postmortem, action_id: str, now: datetime, *, summed: bool = False) -> Outgoing:
    """Make the ticket of an action item, or find out what became of it; one row, however often it is asked for. `summed` says that
    what comes of it is told in one message with others."""
    values: dict[str, Json] = {"action": action_id} | ({"summed": True} if summed else {})
    return Outgoing(Kind.TICKET, ticket_key(record, action_id), record.team_id, now, record.id, values, again=True)


def ticket_key(record: Postmortem, action_id: str) -> str:
    """Of that row."""
    return f"{Kind.TICKET}:{record.id}:{action_id}"


def ticket_page(record: Postmortem, action_id: str, now: datetime) -> Outgoing:
    """The ticket leads to where the post-mortem is read now; its labels stay as they are."""
    key = f"{Kind.TICKET_PAGE}:{record.id}:{action_id}"
    return Outgoing(Kind.TICKET_PAGE, key, record.team_id, now, record.id, {"action": action_id}, again=True)


def ticket_off(record: Postmortem, action_id: str, key: str, labels: Sequence[str], now: datetime) -> Outgoing:
    """The ticket is this action item's no more: our labels and the link back are taken off it."""
    name = f"{Kind.TICKET_OFF}:{record.id}:{action_id}:{key}"
    values: dict[str, Json] = {"action": action_id, "key": key, "labels": list(labels)}
    return Outgoing(Kind.TICKET_OFF, name, record.team_id, now, record.id, values, again=True)


def relabelled(record: Postmortem, by: str, actions: Sequence[str], now: datetime) -> Outgoing:
    """Tell who asked for other labels what came of it, once nothing of it is in hand any more."""
    key = f"{Kind.RELABELLED}:{record.id}:{by}"
    values: dict[str, Json] = {"by": by, "actions": list(actions), "asked": now.isoformat()}
    return Outgoing(Kind.RELABELLED, key, record.team_id, now, record.id, values, again=True)


def tickets_read(team_id: str, due: datetime) -> Outgoing:
    """Read how the tickets of the workspace stand in the tracker; one row, that goes on for ever."""
    return Outgoing(Kind.TICKETS_READ, f"{Kind.TICKETS_READ}:{team_id}", team_id, due, None, {}, again=True)


def ticket_read(record: Postmortem, action_id: str, now: datetime) -> Outgoing:
    """Read how one ticket stands in the tracker, which says that it changed."""
    key = f"{Kind.TICKET_READ}:{record.id}:{action_id}"
    return Outgoing(Kind.TICKET_READ, key, record.team_id, now, record.id, {"action": action_id}, again=True)


def ticket_form(record: Postmortem, by: str, view: str, which: str, now: datetime) -> Outgoing:
    """Ask the tracker what it wants for the tickets, and then the person, in the modal of this name; once for a press."""
    values = {"to": by, "view": view, "which": which, "asked": now.isoformat()}
    return _row(record, Kind.TICKET_FORM, view, now, **values)


def tickets_watch(record: Postmortem, by: str, view: str, since: datetime, now: datetime) -> Outgoing:
    """Show in the modal of this name how far the tickets are that were asked for since then, and tell at the end who closed it."""
    values = {"to": by, "view": view, "since": ticket_bulk.stamp(since), "asked": now.isoformat()}
    return _row(record, Kind.TICKETS_WATCH, view, now + WATCH_PAUSE, **values)


def people(team_id: str, now: datetime) -> Outgoing:
    """Read the workspace's list of people."""
    return Outgoing(Kind.PEOPLE, f"{Kind.PEOPLE}:{team_id}", team_id, now, None, {}, again=True)


def place(record: Postmortem, now: datetime, channel_id: str = "") -> Outgoing:
    """Read what kind of channel it is, and who is in a private one."""
    side = channel_id not in ("", record.channel_id)
    channel_id = channel_id or record.channel_id
    key, payload = (
        f"{Kind.PLACE}:{record.team_id}:{channel_id}",
        {"channel": channel_id} | ({"side": True} if side else {}),
    )
    return Outgoing(Kind.PLACE, key, record.team_id, now, record.id, dict(payload), again=True)


def owner_dm(record: Postmortem, now: datetime) -> Outgoing:
    """Tell the new owner (R-07); drawn anew when the answer comes."""
    return Outgoing(
        Kind.OWNER_DM,
        owner_key(record, Kind.OWNER_DM),
        record.team_id,
        now,
        record.id,
        {"user": record.owner, "since": _stamp(record)},
        again=True,
    )


def owner_silent(record: Postmortem, due: datetime) -> Outgoing:
    """Look at that time whether the owner has answered (R-07)."""
    return Outgoing(
        Kind.OWNER_SILENT,
        owner_key(record, Kind.OWNER_SILENT),
        record.team_id,
        due,
        record.id,
        {"user": record.owner, "since": _stamp(record)},
    )


def check_owner(record: Postmortem, by: str, now: datetime) -> Outgoing:
    """Ask Slack who the owner is before anybody is told (R-05)."""
    return Outgoing(
        Kind.CHECK_OWNER,
        owner_key(record, Kind.CHECK_OWNER),
        record.team_id,
        now,
        record.id,
        {"user": record.owner, "since": _stamp(record), "by": by},
    )


def invite_owner(record: Postmortem, now: datetime) -> Outgoing:
    """Bring the owner into the channel; one who cannot be brought in still has the DM (R-05)."""
    return Outgoing(
        Kind.INVITE_OWNER,
        owner_key(record, Kind.INVITE_OWNER),
        record.team_id,
        now,
        record.id,
        {"user": record.owner},
    )


def owner_key(record: Postmortem, kind: Kind) -> str:
    """One designation, one row of a kind: the same person designated again later is told again."""
    return f"{kind}:{record.id}:{record.owner}:{_stamp(record)}"


def _stamp(record: Postmortem) -> str:
    return record.owner_since.isoformat() if record.owner_since else ""


def confirm_dm(record: Postmortem, proposal: Proposal, now: datetime) -> Outgoing:
    """Ask the IC to confirm a proposal (R-06); each person asked gets one message, redrawn when it is decided."""
    key = f"{Kind.CONFIRM_DM}:{proposal.id}:{proposal.asked}"
    values: Mapping[str, Json] = {"proposal": proposal.id, "user": proposal.asked}
    return Outgoing(Kind.CONFIRM_DM, key, record.team_id, now, record.id, values, again=True)


def escalate(record: Postmortem, proposal: Proposal, due: datetime) -> Outgoing:
    """Look at that time whether the proposal still waits (R-06)."""
    key = f"{Kind.ESCALATE_PROPOSAL}:{proposal.id}:{proposal.asked}"
    values: Mapping[str, Json] = {"proposal": proposal.id, "asked": proposal.asked}
    return Outgoing(Kind.ESCALATE_PROPOSAL, key, record.team_id, due, record.id, values)


def person_dm(record: Postmortem, to: str, topic: Topic, once: str, now: datetime, **values: Json) -> Outgoing:
    """A short message to one person; `once` tells this occasion from others of the same topic."""
    return _row(record, Kind.PERSON_DM, f"{topic}:{to}:{once}", now, to=to, topic=topic, **values)


def owner_gone(record: Postmortem, to: str, now: datetime) -> Outgoing:
    """Ask the IC, or who stands in, for another owner: the owner's account was deactivated (R-09). Once for a designation."""
    once = f"{record.owner}:{_stamp(record)}"
    return person_dm(record, to, Topic.OWNER_GONE, once, now, owner=record.owner)


def capture(record: Postmortem, channel: str, ts: str, now: datetime) -> Outgoing:
    """Look at what was heard of one message, and read it where nobody has yet."""
    return _of_message(record, Kind.CAPTURE, channel, ts, now)


def capture_mark(record: Postmortem, channel: str, ts: str, now: datetime) -> Outgoing:
    """Put our own reaction on a message, or take it back."""
    return _of_message(record, Kind.CAPTURE_MARK, channel, ts, now)


def withdrawn_dm(record: Postmortem, channel: str, ts: str, to: str, now: datetime) -> Outgoing:
    """Ask a person whether a line shall go that nobody marks any more, or draw that message anew."""
    return _of_message(record, Kind.WITHDRAWN_DM, channel, ts, now, to=to)


def _of_message(record: Postmortem, kind: Kind, channel: str, ts: str, due: datetime, **values: Json) -> Outgoing:
    key = ":".join((kind, record.id, channel, ts, *map(str, values.values())))
    given: dict[str, Json] = {"channel": channel, "ts": ts, **values}
    return Outgoing(kind, key, record.team_id, due, record.id, given, again=True)


def channel_note(record: Postmortem, topic: Topic, once: str, now: datetime, **values: Json) -> Outgoing:
    """A short message in the incident channel."""
    return _row(record, Kind.CHANNEL_NOTE, f"{topic}:{once}", now, topic=topic, **values)


def moved(record: Postmortem, transition: Transition, now: datetime) -> Outgoing:
    """Tell the channel that the status changed (R-08), once for each move."""
    values: Mapping[str, Json] = {"frm": transition.frm, "to": transition.to, "by": transition.by}
    once = f"{record.version}"
    return channel_note(record, Topic.MOVED, once, now, number=transition.number, reason=transition.reason, **values)
