"""Radicale, the real one, on a free port with a folder of its own and one account; behind a door that fails in all the ways in which a
server on the way to it does."""

from __future__ import annotations

import base64
import contextlib
import io
import ssl
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import icalendar
from pydantic import SecretStr
from radicale.app import Application
from radicale.config import load

from bot.integrations.caldav_client import CaldavAccess

USER, PASSWORD = "bot", "caldav-canary-password"
PATH = "/bot/postmortems/"
MAKE = b"""<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
<D:displayname>Incident Post-Mortem Meetings</D:displayname>
<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
</D:prop></D:set></C:mkcalendar>"""


@dataclass(frozen=True)
class Fault:
    """What happens to one request. `done` says that it takes its effect all the same; status 0 is no answer at all, `hang` one that does
    not come in time, `torn` one of which only the beginning comes."""

    status: int = 0
    done: bool = False
    hang: bool = False
    torn: bool = False
    headers: dict[str, str] = field(default_factory=dict)


REFUSED = Fault()
LOST = Fault(done=True)
SLOW = Fault(hang=True)
SLOW_BUT_DONE = Fault(hang=True, done=True)
TORN = Fault(torn=True, done=True)
BROKEN = Fault(500)
DONE_BUT_502 = Fault(502, done=True)
WAIT = Fault(429, headers={"Retry-After": "7"})
RESTING = Fault(503, headers={"Retry-After": "7"})
UNAUTHORIZED = Fault(401)
FORBIDDEN = Fault(403)


def redirect(to: str) -> Fault:
    return Fault(302, headers={"Location": to})


@dataclass
class LocalCaldav:
    """`seen` are the methods of all requests from the bot, in order. `at` says what goes wrong with the request of a number, from 1;
    `fail` what does with the next ones of a method. `before` is done once, just before the next request of a method is answered.
    `schedules` makes it one that invites people by itself, as `own`, and takes no event that somebody else organizes."""

    folder: Path
    at: dict[int, Fault] = field(default_factory=dict)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    schedules: bool = False
    own: str = ""
    woken: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        users = self.folder / "users"
        users.write_text(f"{USER}:{PASSWORD}\n")
        configuration = load()
        configuration.update(
            {
                "storage": {"filesystem_folder": str(self.folder / "data"), "_filesystem_fsync": "False"},
                "auth": {
                    "type": "htpasswd",
                    "htpasswd_filename": str(users),
                    "htpasswd_encryption": "plain",
                    "delay": "0",
                },
                "rights": {"type": "owner_only"},
                "logging": {"level": "critical"},
            },
            "tests",
            privileged=True,
        )
        self._app = Application(configuration)
        assert self.ask("MKCALENDAR", body=MAKE)[0] == 201

    def fail(self, method: str, *faults: Fault) -> None:
        """The next requests of this method go wrong in this way, in order; "*" is any."""
        self.faults += [(method, each) for each in faults]

    def scheduling(self, method: str, headers: dict[str, str], content: bytes) -> tuple[dict[str, str], bytes]:
        """What the answer is where it invites people by itself (RFC 6638)."""
        if not self.schedules:
            return headers, content
        if method == "OPTIONS":
            headers = {**headers, "DAV": f"{headers['DAV']}, calendar-auto-schedule"}
        told = (
            f'<href>/{USER}/</href><href>mailto:other@acme.example</href><href preferred="1">mailto:{self.own}</href>'
        )
        opens, _, rest = content.partition(b"<C:calendar-user-address-set>")
        _, closes, after = rest.partition(b"</C:calendar-user-address-set>")
        if not closes or not self.own:
            return headers, content
        return headers, b"".join(
            (opens, b"<C:calendar-user-address-set>", told.encode(), b"</C:calendar-user-address-set>", after)
        )

    def foreign(self, method: str, body: bytes) -> bool:
        """Whether it would take the event from nobody but its own account."""
        unfolded = body.replace(b"\r\n ", b"")
        own = f"mailto:{self.own}\r\n".encode()
        organized = [line for line in unfolded.splitlines(keepends=True) if line.startswith(b"ORGANIZER")]
        return self.schedules and bool(self.own) and method == "PUT" and not all(own in each for each in organized)

    def fault(self, method: str) -> Fault | None:
        """What goes wrong with the request that came in last."""
        if len(self.seen) in self.at:
            return self.at[len(self.seen)]
        for number, (name, _) in enumerate(self.faults):
            if name in (method, "*"):
                return self.faults.pop(number)[1]
        return None

    @property
    def access(self) -> CaldavAccess:
        """For the bot's account."""
        return CaldavAccess(f"{self.url}{PATH}", USER, SecretStr(PASSWORD))

    # People, who use another program.

    def ask(
        self, method: str, path: str = PATH, body: bytes = b"", user: str | None = USER, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """One request, answered by Radicale."""
        credentials = base64.b64encode(f"{user}:{PASSWORD}".encode()).decode()
        told = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        environ = {"HTTP_AUTHORIZATION": f"Basic {credentials}"} if user else {}
        return self.answer(method, path, body, {**environ, **told})

    def hrefs(self, path: str = PATH) -> list[str]:
        """Every event there is."""
        data = self.folder / "data" / "collection-root" / path.strip("/")
        return sorted(f"{path}{each.name}" for each in data.glob("*.ics"))

    def another(self, path: str) -> CaldavAccess:
        """One more calendar of the same account."""
        assert self.ask("MKCALENDAR", path, body=MAKE)[0] == 201
        return CaldavAccess(f"{self.url}{path}", USER, SecretStr(PASSWORD))

    def event(self) -> Any:
        """The only one, parsed by a library."""
        (href,) = self.hrefs()
        (entry,) = icalendar.Calendar.from_ical(self.ask("GET", href)[2]).walk("VEVENT")
        return entry

    def edit(self, **values: Any) -> None:
        """Somebody changes it: properties by name, a list of attendees, None for none."""
        (href,) = self.hrefs()
        calendar = icalendar.Calendar.from_ical(self.ask("GET", href)[2])
        (entry,) = calendar.walk("VEVENT")
        for name, value in values.items():
            entry.pop(name.upper(), None)
            for each in value if isinstance(value, list) else [value] if value is not None else []:
                entry.add(name, each)
        self.put(href, calendar)

    def answered(self, address: str, partstat: str) -> None:
        """Somebody who is invited answers."""
        (href,) = self.hrefs()
        calendar = icalendar.Calendar.from_ical(self.ask("GET", href)[2])
        (entry,) = calendar.walk("VEVENT")
        found = entry["ATTENDEE"]
        for each in found if isinstance(found, list) else [found]:
            if str(each).lower() == address:
                each.params["PARTSTAT"] = partstat
        self.put(href, calendar)

    def put(self, href: str, calendar: Any) -> None:
        """Somebody writes an event."""
        status, _, said = self.ask("PUT", href, bytes(calendar.to_ical()), content_type="text/calendar")
        assert status in (201, 204), said

    def delete(self) -> None:
        """Somebody takes it off."""
        (href,) = self.hrefs()
        assert self.ask("DELETE", href)[0] == 200

    def answer(self, method: str, path: str, body: bytes, more: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """What Radicale says."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
            "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "0", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", **more,
        }  # fmt: skip
        if "HTTP_CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE")
        told: list[Any] = []
        content = b"".join(self._app(environ, lambda status, headers: told.append((status, headers))))
        status, headers = told[0]
        return int(status.split()[0]), dict(headers), content


@contextlib.contextmanager
def running(
    folder: Path, at: dict[int, Fault] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[LocalCaldav]:
    """Served on a free port of this machine, over TLS where a certificate is given."""
    folder.mkdir(parents=True, exist_ok=True)
    caldav = LocalCaldav(folder, at or {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(caldav))
    server.daemon_threads = True
    caldav.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield caldav
    finally:
        caldav.woken.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(caldav: LocalCaldav) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:
            return

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            caldav.seen.append(self.command)
            first = caldav.before.pop(self.command, None)
            if first:
                first()
            fault = caldav.fault(self.command)
            more = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()}
            if fault is None and caldav.foreign(self.command, body):
                fault = FORBIDDEN
            done = fault is None or fault.done
            status, headers, content = (
                caldav.answer(self.command, unquote(self.path), body, more) if done else (0, {}, b"")
            )
            headers, content = caldav.scheduling(self.command, headers, content)
            if fault is not None and self._failed(fault, content):
                return
            status, headers = (fault.status, fault.headers) if fault and not fault.torn else (status, headers)
            self._say(status, headers, content if fault is None else b"")

        def _failed(self, fault: Fault, content: bytes) -> bool:
            """Whether nothing more is said."""
            if fault.hang:
                caldav.woken.wait(20)
            elif fault.torn:
                self.send_response(200)
                self.send_header("Content-Length", str(len(content) + 20))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2])
            elif fault.status:
                return False
            self.close_connection = True
            return True

        def _say(self, status: int, headers: dict[str, str], content: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_DELETE = do_REPORT = do_PROPFIND = do_OPTIONS = do_MOVE = _serve

    return Door
