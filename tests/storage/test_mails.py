"""Mails in their table: whole, one for an identity, and gone with their record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail import Mailbox
from bot.domain.postmortem import Postmortem
from tests.storage.conftest import NOON

TO = (Mailbox("ana@acme.example", 'Ana "A", שלום 🦊'), Mailbox("ops@acme.example"))


def one(identity: str = "pm-pm1.summary.1", record: str = "pm1", **values: Any) -> KeptMail:
    given = {"purpose": Purpose.SUMMARY, "to": TO, "asked_by": "U1", "asked_at": NOON}
    return KeptMail(identity, record, **{**given, **values})


def test_all_of_it_comes_back(write: Any, record: Postmortem) -> None:
    full = one(
        words={"subject": "Déjà vu", "sequence": 2, "text": "a\nb"}, state=MailState.HANDING_OVER, tries=2, tried_at=NOON,
        sent_at=NOON, message_id="<a@b.example>", refused=(("ops@acme.example", "550 no"),), trouble="Why.", settled_by="U2",
    )  # fmt: skip
    with write() as unit:
        unit.mails.put(one())
        unit.mails.put(full)
    with write() as unit:
        assert unit.mails.get(full.identity, lock=True) == full
        assert unit.mails.get("other") is None


def test_those_of_a_record_come_in_the_order_in_which_they_were_wanted(write: Any, record: Postmortem) -> None:
    later = one("pm-pm1.invitation.0", purpose=Purpose.INVITATION, asked_at=NOON + timedelta(seconds=1))
    with write() as unit:
        unit.mails.put(later)
        unit.mails.put(one())
        assert unit.mails.of_record(record.id) == [one(), later]
        assert unit.mails.of_record(record.id, Purpose.INVITATION) == [later]
        assert unit.mails.of_record("other") == []


def test_they_go_with_their_record(write: Any, record: Postmortem) -> None:
    with write() as unit:
        unit.mails.put(one())
        assert unit.erasure.record(record.id)
        assert unit.mails.get(one().identity) is None
