"""Drafts of mails in their table: whole, one for each mail of a record, and gone with it or with whom they name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.mail_draft import Letter, MailDraft, Mark
from bot.domain.postmortem import Postmortem
from tests.storage.conftest import NOON

FULL = MailDraft(
    "pm1", Letter.SUMMARY, "Déjà vu, \"again\" 🦊", "a\nשלום <b>", ("ana@acme.example", "ops@acme.example"), True, "U1", NOON, 3,
    (Mark("U2", NOON, ("ana@acme.example",)), Mark("U1", NOON + timedelta(hours=1, microseconds=5), ())),
)  # fmt: skip


def test_all_of_it_comes_back_and_one_that_follows_stays_so(write: Any, record: Postmortem) -> None:
    follows = MailDraft("pm1", Letter.FIRST, version=1)
    with write() as unit:
        unit.mail_drafts.put(MailDraft("pm1", Letter.SUMMARY))
        unit.mail_drafts.put(FULL)
        unit.mail_drafts.put(follows)
    with write() as unit:
        assert unit.mail_drafts.get("pm1", Letter.SUMMARY) == FULL
        assert unit.mail_drafts.of_record(record.id) == [follows, FULL]
        assert unit.mail_drafts.get("pm1", Letter.SUPPORT) == MailDraft("pm1", Letter.SUPPORT)
        assert unit.mail_drafts.of_record("other") == []


def test_they_go_with_their_record(write: Any, record: Postmortem) -> None:
    with write() as unit:
        unit.mail_drafts.put(FULL)
        assert unit.erasure.record(record.id)
        assert unit.mail_drafts.of_record(record.id) == []


def test_a_forgotten_person_and_their_address_are_taken_out(write: Any, record: Postmortem) -> None:
    with write() as unit:
        unit.mail_drafts.put(FULL)
        unit.erasure.person(record.team_id, "U2", ["ana@acme.example"], "somebody")
        kept = unit.mail_drafts.get("pm1", Letter.SUMMARY)
    assert kept.recipients == ("somebody", "ops@acme.example")
    assert kept.marks[0] == Mark("somebody", NOON, ("somebody",))
