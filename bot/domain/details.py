"""The details of an incident as a person fills them in, and what must hold before they are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

TITLE_MOST = 150
SEVERITIES = (1, 2, 3, 4, 5)
SERVICES_MOST, SERVICE_MOST = 30, 80
_URL_MOST = 2000
_URL = re.compile(r"https?://[^\s/?#@<>|\"]+(?:[/?#][^\s<>|\"]*)?\Z", re.IGNORECASE)
_BEGINS, _NEVER = re.compile(r"https?://", re.IGNORECASE), re.compile(r"[\s<>|\"]")
# Pickers know minutes and clocks differ a little; "now" must be accepted.
_SKEW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class DetailsForm:
    """What was entered; None and "" are left empty. Times are aware. `unreadable` names fields that made no sense."""

    title: str = ""
    severity: int | None = None
    started_at: datetime | None = None
    detected_at: datetime | None = None
    resolved_at: datetime | None = None
    ic: str | None = None
    shadow: str | None = None
    scribe: str | None = None
    services: tuple[str, ...] = ()
    recording: str | None = None
    unreadable: frozenset[str] = frozenset()


def problems(form: DetailsForm, now: datetime) -> dict[str, str]:
    """Field -> a sentence that says what to enter; empty when all is well. Raises ValueError for a naive `now`."""
    if now.tzinfo is None:
        raise ValueError("A naive time cannot be compared.")
    found = dict.fromkeys(sorted(form.unreadable), "This could not be read: please enter it again.")
    for field, sentence in (*_words(form), *_order(form), *_future(form, now)):
        found.setdefault(field, sentence)
    return found


def _words(form: DetailsForm) -> list[tuple[str, str]]:
    found = []
    if not form.title.strip():
        found.append(("title", "Give it a title, a few words that people will recognise the incident by."))
    elif len(form.title) > TITLE_MOST:
        found.append(("title", f"Keep the title to {TITLE_MOST} characters: this one has {len(form.title)}."))
    if form.severity is not None and form.severity not in SEVERITIES:
        found.append(("severity", f"Choose a severity from SEV-1 to SEV-{SEVERITIES[-1]}, or Not known yet."))
    if wrong := services_problem(form.services):
        found.append(("services", wrong))
    if form.recording is not None and not is_web_address(form.recording):
        found.append(("recording", "Enter a web address that begins with https:// or http://."))
    return found


def services_problem(services: Sequence[str]) -> str:
    """What is wrong with a list of services; "" for one that can be kept."""
    if len(services) > SERVICES_MOST:
        return f"Name at most {SERVICES_MOST} services: these are {len(services)}."
    if any(len(service) > SERVICE_MOST for service in services):
        return f"Keep each service to {SERVICE_MOST} characters, with commas in between."
    return ""


def _order(form: DetailsForm) -> list[tuple[str, str]]:
    started, detected, resolved = form.started_at, form.detected_at, form.resolved_at
    found = []
    if started and detected and detected < started:
        found.append(("detected_at", "It cannot be noticed before it started: check both times."))
    if started and resolved and resolved < started:
        found.append(("resolved_at", "It cannot end before it started: check both times."))
    elif detected and resolved and resolved < detected:
        found.append(("resolved_at", "It cannot end before it was noticed: check both times."))
    return found


def _future(form: DetailsForm, now: datetime) -> list[tuple[str, str]]:
    times = {"started_at": form.started_at, "detected_at": form.detected_at, "resolved_at": form.resolved_at}
    latest = now + _SKEW
    return [
        (field, "This is in the future: enter when it happened.") for field, at in times.items() if at and at > latest
    ]


def address_problem(url: str, otherwise: str) -> str:
    """What is said of something that is no web address: that it is too long, or what stands in it that may not, where that is so; else
    what the place says."""
    if len(url) > _URL_MOST:
        return f"is longer than {_URL_MOST:,} characters: enter a shorter address."
    if _BEGINS.match(url) and (wrong := _NEVER.search(url)):
        sign = wrong[0]
        named = "a space" if sign.isspace() else f"a {sign}"
        return (
            f"has {named} in it, which no web address has: copy it anew, or write {quote(sign, safe='')} in its place."
        )
    return otherwise


def link_problem(url: str, otherwise: str) -> str:
    """The same as a sentence of its own, for a field with one address."""
    problem = address_problem(url, "")
    return f"This address {problem}" if problem else otherwise


def is_web_address(url: str) -> bool:
    """Whether this is an http or https address with a host, and nothing that could hide what it is (R-21)."""
    return len(url) <= _URL_MOST and _URL.match(url) is not None
