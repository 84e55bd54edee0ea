"""Requests to one calendar by CalDAV (RFC 4791) and nothing of ours: one server, no redirects, no retries, and an error that says
whether the request may have had its effect."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from caldav.davclient import DAVClient
from caldav.lib import http_sync
from pydantic import SecretStr

from bot import tls
from bot.config import ConfigError
from bot.integrations.caldav_errors import NONSENSE, refusal, translated
from bot.ports.errors import IntegrationError

TIMEOUT = 10.0
AUTO_SCHEDULE, _MAILTO = "calendar-auto-schedule", "mailto:"
BESIDE_NIQUESTS = (
    "The package niquests is installed, which takes the place of urllib3 under everything else: make the environment anew by make setup, "
    "or by pip install --no-deps --require-hashes -r requirements.txt."
)
_DAV, _CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_NAMES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
# The library says in warnings what a server does oddly, with the words of events.
logging.getLogger("caldav").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class CaldavAccess:
    """The calendar's own collection, and who we are there."""

    url: str
    user: str
    password: SecretStr


@dataclass(frozen=True, slots=True)
class Resource:
    """One event as it is stored: where, in which version, and its text."""

    href: str
    etag: str
    content: str


@dataclass(frozen=True, slots=True)
class Collection:
    """What is at the address: whether it is a calendar, its name, and the privileges of our account; None where it does not tell."""

    calendar: bool
    name: str
    privileges: frozenset[str] | None


class CaldavClient:
    """What the bot asks of the calendar. Raises `IntegrationError` or `RateLimited`; `ConfigError` where it is installed beside
    niquests."""

    def __init__(self, access: CaldavAccess, timeout: float | tuple[float, float] = TIMEOUT) -> None:
        if http_sync.USE_NIQUESTS:
            raise ConfigError(BESIDE_NIQUESTS)
        self.url = access.url.rstrip("/") + "/"
        self._dav = DAVClient(
            self.url, username=access.user, password=access.password.get_secret_value(), ssl_verify_cert=True,
            enable_rfc6764=False, rate_limit_handle=False, timeout=timeout,  # type: ignore[arg-type]
            headers={"Connection": "close", "Accept-Encoding": "identity"},
        )  # fmt: skip
        self._pin()

    def _pin(self) -> None:
        """Only this server can be spoken to; a redirect is an error."""
        session, server = self._dav.session, urlsplit(self.url)
        session.max_redirects = 0
        session.adapters.clear()
        session.mount(f"{server.scheme}://{server.netloc}/", tls.MachineTrust(self.url))

    def address(self, uid: str) -> str:
        """Where an event of this UID is put."""
        return f"{self.url}{quote(uid, safe='@')}.ics"

    def own(self, href: str) -> str | None:
        """Where that is in this calendar, also where its server had another name then; None for what stands in another calendar."""
        folder, _, name = urlsplit(href).path.rpartition("/")
        return self.url + name if name and unquote(folder) == unquote(urlsplit(self.url).path.rstrip("/")) else None

    def reaches(self, href: str) -> bool:
        """Whether that is on this very server: the password goes to no other one."""
        theirs, ours = urlsplit(href), urlsplit(self.url)
        return (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)

    def get(self, href: str) -> Resource | None:
        """The event that stands there; None where none does."""
        with translated():
            answer = self._dav.request(self._here(href), "GET")
            if answer.status in (404, 410):
                return None
            etag = _etag(answer.headers.get("ETag"))
            return Resource(href, etag, _text(_succeeded(answer)))

    def by_uid(self, uid: str) -> Resource | None:
        """The event of this UID, wherever it stands in the calendar."""
        body = (
            f"<C:calendar-query {_NAMES}><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter>"
            f'<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:prop-filter name="UID">'
            f'<C:text-match collation="i;octet">{escape(uid)}</C:text-match>'
            f"</C:prop-filter></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
        )
        with translated():
            for entry in _entries(_succeeded(self._dav.report(self.url, body, 1))):
                content = entry.findtext(f".//{_CAL}calendar-data") or ""
                if uid in content:
                    href = urljoin(self.url, entry.findtext(f"{_DAV}href") or "")
                    return Resource(self._here(href), _etag(entry.findtext(f".//{_DAV}getetag")), content)
        return None

    def put(self, href: str, content: bytes, etag: str | None) -> str:
        """Write it where this version stands, or where nothing stands. Returns the new version, "" where the server does not tell.
        Raises `Changed`."""
        condition = {"If-Match": f'"{etag}"'} if etag is not None else {"If-None-Match": "*"}
        headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
        with translated(writes=True):
            answer = self._dav.request(self._here(href), "PUT", content, headers)  # type: ignore[arg-type]
            return _etag(_succeeded(answer, writes=True).headers.get("ETag"))

    def delete(self, href: str) -> None:
        """It goes; nothing happens where it is gone."""
        with translated(writes=True):
            answer = self._dav.request(self._here(href), "DELETE")
            if answer.status not in (404, 410):
                _succeeded(answer, writes=True)

    def move(self, href: str, to: str) -> None:
        """The event goes there as it is, where nothing stands; whoever is invited hears nothing of it. Raises `Changed`."""
        with translated(writes=True):
            where = {"Destination": self._here(to), "Overwrite": "F"}
            _succeeded(self._dav.request(self._here(href), "MOVE", "", where), writes=True)

    def free_busy(self, start: datetime, end: datetime) -> str:
        """A VFREEBUSY of that time."""
        span = f'<C:time-range start="{_stamp(start)}" end="{_stamp(end)}"/>'
        body = f"<C:free-busy-query {_NAMES}>{span}</C:free-busy-query>"
        with translated():
            return _text(_succeeded(self._dav.report(self.url, body, 1)))

    def collection(self) -> Collection:
        """What is at the address."""
        props = "<D:resourcetype/><D:displayname/><D:current-user-privilege-set/>"
        body = f"<D:propfind {_NAMES}><D:prop>{props}</D:prop></D:propfind>"
        with translated():
            entries = _entries(_succeeded(self._dav.propfind(self.url, body, 0)))
            kind, name, granted = (_found(entries, prop) for prop in _PROPS)
        told = None if granted is None else frozenset(_local(each.tag) for each in granted.iter() if len(each) == 0)
        is_calendar = kind is not None and kind.find(f"{_CAL}calendar") is not None
        return Collection(is_calendar, (name.text or "") if name is not None else "", told)

    def schedules(self) -> bool:
        """Whether it invites the attendees of what is put there by itself (RFC 6638, 2)."""
        with translated():
            told = _succeeded(self._dav.request(self.url, "OPTIONS")).headers.get("DAV") or ""
        return AUTO_SCHEDULE in {each.strip().lower() for each in told.split(",")}

    def own_address(self) -> str:
        """The mailbox of our account, the one that it prefers; "" where it tells none."""
        with translated():
            us = self._property(self.url, "<D:current-user-principal/>", f"{_DAV}current-user-principal")
            where = (us.findtext(f"{_DAV}href") or "").strip() if us is not None else ""
            if not where:
                return ""
            name = f"{_CAL}calendar-user-address-set"
            told = self._property(self._here(where), "<C:calendar-user-address-set/>", name)
        listed = [] if told is None else list(told.iter(f"{_DAV}href"))
        listed.sort(key=lambda each: each.get("preferred") != "1")
        named = ((each.text or "").strip() for each in listed)
        return next((each[len(_MAILTO) :] for each in named if each.lower().startswith(_MAILTO)), "")

    def _property(self, url: str, prop: str, name: str) -> Any:
        body = f"<D:propfind {_NAMES}><D:prop>{prop}</D:prop></D:propfind>"
        return _found(_entries(_succeeded(self._dav.propfind(url, body, 0))), name)

    def _here(self, href: str) -> str:
        """The address, which is of this very server: whatever answers may not send the password elsewhere."""
        theirs, ours = urlsplit(urljoin(self.url, href)), urlsplit(self.url)
        if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc):
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=False)
        return theirs.geturl()


_PROPS = (f"{_DAV}resourcetype", f"{_DAV}displayname", f"{_DAV}current-user-privilege-set")


def _succeeded(answer: Any, *, writes: bool = False) -> Any:
    if not 200 <= answer.status < 300:
        raise refusal(answer.status, writes=writes)
    return answer


def _entries(answer: Any) -> Sequence[Any]:
    """The responses of a multistatus."""
    if answer.tree is None:
        raise ValueError("no multistatus")
    return list(answer.tree.iter(f"{_DAV}response"))


def _found(entries: Sequence[Any], prop: str) -> Any:
    """The property where it is told with success."""
    for entry in entries:
        for part in entry.iter(f"{_DAV}propstat"):
            if " 200" in (part.findtext(f"{_DAV}status") or "") and (found := part.find(f".//{prop}")) is not None:
                return found
    return None


def _text(answer: Any) -> str:
    raw = answer.raw
    return raw.decode("utf-8") if isinstance(raw, bytes) else str(raw)


def _etag(told: str | None) -> str:
    """As it stands between the quotation marks. A proxy that packs answers calls it a weak one, which the server behind it is not told."""
    return (told or "").strip().removeprefix("W/").strip('"')


def _local(tag: str) -> str:
    return tag.partition("}")[2]


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
