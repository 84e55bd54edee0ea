"""What becomes of a mail: written down when it is wanted, right before the last step of handing it over, and after the answer, so
that whoever goes on after a crash knows whether it may have been sent. What nobody knows is put to a person."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import invitation_mail
from bot.domain.errors import Refused, Stale
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail import Delivery
from bot.domain.outgoing import Json
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.topics import Topic
from bot.ports.errors import Outdated
from bot.ports.store import Unit
from bot.usecases import rows, standing

# One that the server refused for the time being is not tried at once: it most often wants to see whether we come again.
LATER = timedelta(minutes=1)
NO_MAIL = "This mail is not here any more. Nothing was sent."
OVERTAKEN = "A newer invitation has taken the place of this one: nothing is sent, and nothing is left to decide."
SETTLED = {
    MailState.SENT: "This mail was sent: there is nothing left to decide.",
    MailState.WANTED: "This mail is being sent again already.",
    MailState.HANDING_OVER: "This mail is being sent at this moment: wait for what the mail server says.",
    MailState.DROPPED: "This mail is not wanted any more: another one took its place.",
}


def want(unit: Unit, record: Postmortem, mail: KeptMail, now: datetime) -> bool:
    """It is sent as soon as this is committed. False, and nothing happens, where a mail of this identity is there already."""
    if unit.mails.get(mail.identity, lock=True) is not None:
        return False
    unit.mails.put(mail)
    unit.outbox.put(rows.mail(record.id, record.team_id, mail.identity, now))
    return True


def handing_over(unit: Unit, seen: KeptMail, now: datetime) -> KeptMail:
    """The last step is taken when this is committed. Raises Outdated when somebody else went on meanwhile."""
    return _put(unit, seen, seen.handing_over(now))


def taken(unit: Unit, seen: KeptMail, delivery: Delivery, now: datetime) -> KeptMail:
    """The server has it; whoever wanted it is told which addresses it refused, and those that it takes later are tried again alone."""
    record = unit.records.get(seen.postmortem_id, lock=True)
    # Nobody else marks a mail as sent while it is handed over; who asked a person meanwhile knows less than we do.
    kept = seen.taken(delivery, now)
    if record is None:
        return kept
    before = unit.mails.get(seen.identity, lock=True)
    unit.mails.put(kept)
    if before is not None and before.state is MailState.UNKNOWN:
        _settled(unit, record, kept, now)
    if rest := seen.rest(delivery, now):
        unit.mails.put(rest)
        unit.outbox.put(rows.mail(record.id, record.team_id, rest.identity, now + LATER))
    sent = f"{len(kept.reached)} of {len(seen.to)} addresses"
    unit.ledger.note(Audit(record.id, now, kept.asked_by, f"mail: {kept.purpose}", None, sent, "mail"))
    unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))
    if kept.refused:
        said = "\n".join(sorted(f"{address} {why}" for address, why in kept.refused))
        once = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
        _tell(unit, record, kept, Topic.MAIL_REFUSED, f"{kept.purpose}:{once}", now)
    return kept


def not_taken(unit: Unit, seen: KeptMail, why: str) -> KeptMail:
    """The server does not have it; the outbox decides whether it is tried again."""
    return _put(unit, seen, seen.not_taken(why))


def lost(unit: Unit, seen: KeptMail, now: datetime) -> KeptMail:
    """Nobody knows whether the server has it: a person is asked, once for each time that it was handed over."""
    record = unit.records.get(seen.postmortem_id, lock=True)
    kept = _put(unit, seen, seen.lost())
    if record is not None:
        _settled(unit, record, kept, now)
    return kept


def dropped(unit: Unit, seen: KeptMail, why: str, now: datetime) -> KeptMail:
    """Nobody wants it any more; who wrote and sent it is told."""
    record = unit.records.get(seen.postmortem_id, lock=True)
    kept = _put(unit, seen, seen.dropped(why))
    if record is None:
        return kept
    if kept.purpose is not Purpose.INVITATION:
        _tell(unit, record, kept, Topic.MAIL_DROPPED, kept.identity, now)
    if kept.settled_by:
        # Somebody was told that it is sent again: where they were asked it now says that it was not.
        _settled(unit, record, kept, now)
    return kept


def taken_back(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Nobody needs to say any more what became of the invitations that newer ones have overtaken: where that is asked it says so."""
    mails = unit.mails.of_record(record.id, Purpose.INVITATION)
    for mail in mails:
        if mail.state is MailState.UNKNOWN and invitation_mail.overtaken(mail, mails):
            _settled(unit, record, mail, now)


def given_up(unit: Unit, identity: str, why: str, now: datetime) -> bool:
    """Nothing more is tried by itself. Returns whether that was said: of one that others have it is told whom it did not reach."""
    kept = unit.mails.get(identity, lock=True)
    if kept is None or kept.state is not MailState.WANTED:
        return False
    unit.mails.put(kept.failed(why))
    record = unit.records.get(kept.postmortem_id, lock=True)
    if record is None or kept.whole == kept.identity:
        return False
    refused = tuple((each.address, kept.trouble or why) for each in kept.to)
    _tell(unit, record, replace(kept, refused=refused), Topic.MAIL_REFUSED, f"{kept.purpose}:{kept.identity}", now)
    return True


def asked(unit: Unit, record: Postmortem, mail: KeptMail) -> str:
    """Who is asked what became of it: who wanted it, else the owner, else whoever stands in for the IC."""
    return mail.asked_by or record.owner or standing.chief(unit, record)


class SettleMail:
    """A person says what became of a mail whose answer was lost, or wants another try of one that failed."""

    def again(self, unit: Unit, record: Postmortem, identity: str, by: str, now: datetime) -> KeptMail:
        """It did not arrive: it is sent again, under the same Message-ID. Raises Stale where that was settled already."""
        before = self._open(unit, record, identity)
        kept = before.again(by)
        unit.mails.put(kept)
        unit.outbox.put(rows.mail(record.id, record.team_id, identity, now))
        _settled(unit, record, before, now)
        unit.ledger.note(Audit(record.id, now, by, f"mail: {kept.purpose}", before.state, "to be sent again", "button"))
        return kept

    def arrived(self, unit: Unit, record: Postmortem, identity: str, by: str, now: datetime) -> KeptMail:
        """It arrived: it counts as sent. Raises Stale where that was settled already."""
        before = self._open(unit, record, identity)
        if before.state is not MailState.UNKNOWN:
            raise Stale("This mail was not sent at all: send it again where it is still wanted.")
        kept = before.arrived(by)
        unit.mails.put(kept)
        unit.ledger.note(Audit(record.id, now, by, f"mail: {kept.purpose}", before.state, "arrived", "button"))
        unit.outbox.put(rows.document(record, now))
        _settled(unit, record, kept, now)
        return kept

    @staticmethod
    def _open(unit: Unit, record: Postmortem, identity: str) -> KeptMail:
        kept = unit.mails.get(identity, lock=True)
        if kept is None or kept.postmortem_id != record.id:
            raise Refused(NO_MAIL)
        if invitation_mail.overtaken(kept, unit.mails.of_record(record.id, kept.purpose)):
            raise Stale(OVERTAKEN)
        if said := SETTLED.get(kept.state):
            raise Stale(said)
        return kept


def _settled(unit: Unit, record: Postmortem, mail: KeptMail, now: datetime) -> None:
    """The question what became of it is asked, or drawn as it was settled, where it stands; and so is the card."""
    values: dict[str, Json] = {
        "purpose": mail.purpose,
        "all": len(mail.to),
        "names": _names(mail),
        "at": now.isoformat(),
    }
    question = rows.mail_question(record, asked(unit, record, mail), mail.identity, mail.tries, now, **values)
    unit.outbox.put(question, rows.card(record, now, soon=True))


def _tell(unit: Unit, record: Postmortem, mail: KeptMail, topic: Topic, once: str, now: datetime) -> None:
    whole = [each for each in unit.mails.of_record(record.id, mail.purpose) if each.whole == mail.whole]
    values: dict[str, Json] = {
        "mail": mail.identity,
        "purpose": mail.purpose,
        "reached": sum(len(each.reached) for each in whole),
        "all": sum(len(each.to) for each in whole),
    }
    refused: list[Json] = [[address, why] for address, why in mail.refused]
    unit.outbox.put(
        rows.person_dm(
            record, asked(unit, record, mail), topic, once, now, **values, refused=refused, names=_names(mail)
        )
    )


def _names(mail: KeptMail) -> list[Json]:
    return [each.name or each.address for each in mail.to]


def _put(unit: Unit, seen: KeptMail, after: KeptMail) -> KeptMail:
    if unit.mails.get(seen.identity, lock=True) != seen:
        raise Outdated("Somebody else went on with this mail.")
    unit.mails.put(after)
    return after
