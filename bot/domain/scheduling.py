"""Who invites people to a meeting on the shared calendar: we, or its server by itself (RFC 6638)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scheduling:
    """`by_server` says that whoever is put on an event there is invited by the server, `address` is the mailbox that our account is known
    by there, "" where the server does not tell: it takes no event that somebody else organizes."""

    by_server: bool = False
    address: str = ""
