"""Mails in their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail import Mailbox
from storage import foreseen, mail_tables, statements

_T = mail_tables.mail
_ONE = sa.select(_T).where(_T.c.identity == sa.bindparam("this"))
_BY_IDENTITY = {False: _ONE, True: _ONE.with_for_update()}
_OF_RECORD = sa.select(_T).where(_T.c.postmortem_id == sa.bindparam("this")).order_by(_T.c.asked_at, _T.c.identity)


class SqlMails:
    """bot.ports.mails.Mails."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def get(self, identity: str, *, lock: bool = False) -> KeptMail | None:
        """One mail."""
        row = statements.one(self._conn, _BY_IDENTITY[lock], {"this": identity})
        return None if row is None else _mail(row)

    def of_record(self, postmortem_id: str, purpose: Purpose | None = None) -> Sequence[KeptMail]:
        """Those of a record, of one purpose or of all, in the order in which they were wanted."""
        found = map(_mail, foreseen.rows(self._conn, _T, postmortem_id, _OF_RECORD))
        return [each for each in found if purpose in (None, each.purpose)]

    def put(self, mail: KeptMail) -> None:
        """Insert or replace by its identity."""
        statements.upsert(self._conn, _T, [_row(mail)])


def _row(mail: KeptMail) -> dict[str, Any]:
    written = {
        "purpose": mail.purpose.value,
        "state": mail.state.value,
        "refused": [list(each) for each in mail.refused],
    }
    return asdict(mail) | written | {"to": [[each.address, each.name] for each in mail.to], "words": dict(mail.words)}


def _mail(row: Mapping[str, Any]) -> KeptMail:
    read = {"purpose": Purpose(row["purpose"]), "state": MailState(row["state"])}
    lists = {"to": tuple(Mailbox(*each) for each in row["to"]), "refused": tuple(map(tuple, row["refused"]))}
    return KeptMail(**{**row, **read, **lists})
