"""Whose certificates count for the calendar and for Jira: those of the machine, as for mail; and none that nobody vouches for."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from pydantic import SecretStr

from bot.integrations import caldav_errors, jira_errors
from bot.integrations.caldav_client import CaldavClient
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.ports.errors import IntegrationError
from tests.caldav import local_caldav
from tests.caldav.local_caldav import LocalCaldav

_AUTHORITY = trustme.CA()


def serving(name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _AUTHORITY.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file of it; nobody trusts it yet."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    _AUTHORITY.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    return str(tmp_path / "authority.pem")


@pytest.fixture
def caldav(tmp_path: Path) -> Iterator[LocalCaldav]:
    with local_caldav.running(tmp_path / "radicale", tls=serving()) as caldav:
        yield caldav


class _Jira(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"name": "bot"}')


@pytest.fixture
def jira() -> Iterator[JiraAccess]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Jira)
    server.daemon_threads = True
    server.socket = serving().wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield JiraAccess(f"https://127.0.0.1:{server.server_port}", SecretStr("token"))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("setting", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_an_authority_that_the_machine_is_told_of_counts_for_the_calendar_and_for_jira(
    caldav: LocalCaldav, jira: JiraAccess, authority: str, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(setting, authority)
    assert CaldavClient(caldav.access).collection().calendar
    assert JiraClient(jira).myself() == {"name": "bot"}


def test_one_that_nobody_vouches_for_is_never_spoken_to(caldav: LocalCaldav, jira: JiraAccess, authority: str) -> None:
    with pytest.raises(IntegrationError) as caught:
        CaldavClient(caldav.access).collection()
    assert (str(caught.value), caught.value.retryable) == (caldav_errors.UNTRUSTED, False)
    with pytest.raises(IntegrationError) as caught:
        JiraClient(jira).myself()
    assert (str(caught.value), caught.value.retryable) == (jira_errors.UNTRUSTED, False)
    assert caldav.seen == []


def test_a_certificate_of_another_name_is_refused_though_its_authority_is_trusted(
    tmp_path: Path, authority: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", authority)
    with local_caldav.running(tmp_path / "other", tls=serving("elsewhere.example")) as caldav:
        with pytest.raises(IntegrationError) as caught:
            CaldavClient(caldav.access).collection()
        assert str(caught.value) == caldav_errors.UNTRUSTED
        assert caldav.seen == []
