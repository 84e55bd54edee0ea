"""On the page of settings: to whom e-mails go by themselves, and how meetings reach people. Addresses, and never how we log in."""

from __future__ import annotations

from bot.blocks import text
from bot.domain.policy import Policy
from bot.domain.scheduling import Scheduling

_SHOWN = 5
_LONGEST = 80


def lines(policy: Policy, scheduling: Scheduling | None = None) -> list[str]:
    """In a few lines, as mark-up."""
    return [_server(policy), _lists(policy), _calendar(policy), _invitations(policy, scheduling)]


def _server(policy: Policy) -> str:
    if policy.mail is None:
        return "E-mails: no mail server is set up, so that their text is copied, or opened in one's own mail program, and marked as sent."
    return f"E-mails are sent from {_one(policy.mail.sender.address)}."


def _lists(policy: Policy) -> str:
    lists = policy.mail_lists
    first = f"the first one, right after the incident, to {_all(lists.first)}; " if lists.first else ""
    return (
        f"They go to, after a SEV-1: {_all(lists.sev1)}; after others: {_all(lists.sev2)}; {first}of a restricted one: "
        f"{_all(lists.restricted)}; for customers, to the support team: {_all(lists.support)}."
    )


def _calendar(policy: Policy) -> str:
    address = f" ({_one(policy.calendar_address)})" if policy.calendar_address else ""
    name = f"“{text.escape(policy.calendar_name)}”{address}"
    if policy.shared_calendar:
        return f"Meetings stand on the calendar {name} by themselves, but restricted ones."
    return f"Meetings stand on the calendar {name}, where people put them by the file in the channel, or by its links."


def _invitations(policy: Policy, scheduling: Scheduling | None) -> str:
    if policy.shared_calendar and scheduling is not None and scheduling.by_server:
        return "The calendar's server invites people by itself, so that no invitations are mailed, but those to restricted meetings."
    if policy.mail is not None and policy.mail.invitations:
        return "Whoever is invited gets an invitation by mail."
    return "Nobody is invited by mail: the invitation is a file in the channel."


def _all(addresses: tuple[str, ...]) -> str:
    more = len(addresses) - _SHOWN
    shown = ", ".join(map(_one, addresses[:_SHOWN]))
    return f"{shown} and {more} more" if more > 0 else shown or "nobody is set"


def _one(address: str) -> str:
    return text.escape(text.clip(address, _LONGEST))
