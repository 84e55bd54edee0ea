"""Which mails a meeting asks for (R-13): the invitation to all of them where it is another one, and the end of it to whoever is not
invited any more, each once, under the number of its version."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain import kept_mail, meeting_version, typed
from bot.domain.invitation import NEUTRAL, Attendee, Event
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail import Mailbox
from bot.domain.outgoing import Json

_MAILTO = "mailto:"
REQUEST, CANCEL, OFF = "request", "cancel", "off"
WAITS = (MailState.WANTED, MailState.FAILED)
OVERTAKEN = "This invitation is not wanted any more: another one took its place, or the meeting is over."


@dataclass(frozen=True, slots=True)
class Due:
    """A mail that is to be sent: `what` is REQUEST, CANCEL, or OFF for one who is not invited any more."""

    identity: str
    what: str
    to: tuple[Mailbox, ...]
    words: dict[str, Json]


def reachable(event: Event, before: Iterable[KeptMail]) -> Event:
    """Who was mailed `before` keeps that mailbox where Slack does not tell it any more."""
    known_by = {user: address for mail in sorted(before, key=number) for address, user in users(mail).items()}
    people = tuple(_reached_at(each, known_by.get(each.user_id, "")) for each in event.attendees)
    return replace(event, attendees=people)


def mailed(event: Event) -> Event:
    """The event as mail carries it: calendars answer to mailboxes alone, so that the others are named in its words."""
    known = tuple(each for each in event.attendees if each.address.startswith(_MAILTO))
    others = [typed.one_line(each.name) for each in event.attendees if each not in known]
    if not others or event.description == NEUTRAL:
        return replace(event, attendees=known)
    said = f"{event.description}\n\nAlso invited, without a known address: {', '.join(others)}"
    return replace(event, attendees=known, description=said)


def version(event: Event) -> str:
    """What makes it another mail: another version of the meeting, or another number of it."""
    return f"{event.sequence}:{meeting_version.fingerprint(event)}"


def recipients(event: Event) -> tuple[Mailbox, ...]:
    """Everybody with a mailbox, and that of the shared calendar."""
    people = [Mailbox(each.address.removeprefix(_MAILTO), each.name) for each in event.attendees]
    shared = [Mailbox(event.shared, event.organizer.name)] if event.shared else []
    return tuple({each.address: each for each in (*people, *shared)}.values())


def due(event: Event, before: Iterable[KeptMail], silent: Collection[str] = ()) -> Sequence[Due]:
    """What is to be mailed of this event, after what was. Nothing where it is the invitation that people have, and never to the addresses
    that are `silent`."""
    earlier = sorted(before, key=number)
    event, last = mailed(event), _last(earlier)
    if last is not None and last.words.get("version") == version(event):
        return []
    have = {address: each for address, each in holders(earlier).items() if address not in silent}
    if event.cancelled:
        return [_due(event, CANCEL, tuple(have.values()))] if have else []
    invited = recipients(event)
    gone = [each for address, each in have.items() if address not in {each.address for each in invited}]
    offs = [_due(event, OFF, (each,)) for each in gone]
    return [*([_due(event, REQUEST, invited)] if invited else []), *offs]


def holders(earlier: Iterable[KeptMail]) -> dict[str, Mailbox]:
    """Whose calendars the meeting is in, or may be."""
    have: dict[str, Mailbox] = {}
    for mail in earlier:
        # Whoever was forgotten has no address any more.
        for each in (each for each in mail.reached if "@" in each.address):
            if mail.words.get("what") == REQUEST:
                have[each.address] = each
            else:
                have.pop(each.address, None)
    return have


def overtaken(mail: KeptMail, mails: Iterable[KeptMail]) -> bool:
    """Whether whoever has it, or not, is told of a newer version by another mail: nobody needs to know whether it arrived."""
    if mail.purpose is not Purpose.INVITATION:
        return False
    newer = [each for each in mails if number(each) > number(mail) and each.words.get("what") != OFF]
    if mail.words.get("what") != OFF:
        return bool(newer)
    told = {each.address for another in newer for each in another.to}
    return all(each.address in told for each in mail.to)


def begins(mail: KeptMail, mails: Iterable[KeptMail]) -> bool:
    """Whether nobody has the meeting yet, or its end was the last that they heard of it."""
    earlier = [each for each in mails if number(each) < number(mail) and each.may_have_arrived]
    heard = sorted((each for each in earlier if each.words.get("what") != OFF), key=number)
    return not heard or heard[-1].words.get("what") == CANCEL


def number(mail: KeptMail) -> int:
    """The SEQUENCE that it carries."""
    found = mail.words.get("sequence")
    return found if isinstance(found, int) else 0


def carried(event: Event, mail: KeptMail) -> Event | None:
    """The event of that mail, drawn as it is now; None where it has been overtaken."""
    event = mailed(event)
    if mail.words.get("what") == OFF:
        invited = {each.address for each in recipients(event)}
        if event.cancelled or any(each.address in invited for each in mail.to):
            return None
        alone = tuple(Attendee(each.name, f"{_MAILTO}{each.address}") for each in mail.to)
        return replace(event, attendees=alone, shared="", sequence=number(mail))
    return event if mail.words.get("version") == version(event) else None


def users(mail: KeptMail) -> dict[str, str]:
    """Who is behind each address."""
    told = mail.words.get("users")
    pairs = [each for each in told if isinstance(each, list) and len(each) == 2] if isinstance(told, list) else []
    return {str(address): str(user) for address, user in pairs if "@" in str(address)}


def _reached_at(person: Attendee, address: str) -> Attendee:
    if person.address.startswith(_MAILTO) or not address:
        return person
    return replace(person, address=f"{_MAILTO}{address}")


def _last(earlier: Sequence[KeptMail]) -> KeptMail | None:
    """The newest of those to all: one that was dropped was never sent."""
    for mail in reversed(earlier):
        if mail.words.get("what") != OFF and mail.state is not MailState.DROPPED:
            return mail
    return None


def _due(event: Event, what: str, to: tuple[Mailbox, ...]) -> Due:
    record = event.uid.removeprefix("pm-").partition("@")[0]
    once = str(event.sequence)
    if what == OFF:
        once += f".off-{hashlib.sha256(to[0].address.encode('utf-8', 'replace')).hexdigest()[:12]}"
    there = {each.address for each in to}
    users: list[Json] = [
        [address, each.user_id] for each in event.attendees if (address := each.address.removeprefix(_MAILTO)) in there
    ]
    words: dict[str, Json] = {"what": what, "sequence": event.sequence, "version": version(event), "users": users}
    return Due(kept_mail.identity(record, Purpose.INVITATION, once), what, to, words)
