"""Signed HTTP instead of Socket Mode: signature, encodings, three seconds, retries, the handshake."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest


class HttpApp:
    """An app behind an address. `answer(request)` returns (status, body, headers)."""

    def __init__(self):
        self.heard = []
        self.answer = lambda request: (200, "", {})
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                request = {"headers": {k.lower(): v for k, v in self.headers.items()}, "body": body}
                outer.heard.append(request)
                status, text, headers = outer.answer(request)
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *args: None
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def http():
    app = HttpApp()
    yield app
    app.close()


@pytest.fixture
def slack(start, http):
    return start(deliver=http.url)


def test_every_request_is_signed(slack, http):
    slack.act.command("aino", "#inc", "/help-me now")
    request = http.heard[0]
    stamp = request["headers"]["x-slack-request-timestamp"]
    base = f"v0:{stamp}:{request['body']}".encode()
    expected = "v0=" + hmac.new(slack.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    assert request["headers"]["x-slack-signature"] == expected
    assert abs(int(stamp) - time.time()) < 60


def test_a_command_is_a_form_of_strings(slack, http):
    http.answer = lambda request: (200, "got it", {"Content-Type": "text/plain"})
    shown = slack.act.command("aino", "#inc", "/help-me now")["message"]
    form = {key: value[0] for key, value in parse_qs(http.heard[0]["body"]).items()}
    assert http.heard[0]["headers"]["content-type"] == "application/x-www-form-urlencoded"
    assert (form["command"], form["text"], form["is_enterprise_install"]) == ("/help-me", "now", "false")
    assert (shown["text"], shown["is_ephemeral"]) == ("got it", True)


def test_a_press_is_json_inside_a_form(slack, http):
    slack.act.shortcut("aino", "new")
    payload = json.loads(parse_qs(http.heard[0]["body"])["payload"][0])
    assert (payload["type"], payload["callback_id"]) == ("shortcut", "new")


def test_an_event_is_json(slack, http):
    slack.act.post("aino", "#inc", "hello")
    slack.wait_quiet(0.15)
    assert http.heard[0]["headers"]["content-type"] == "application/json"
    assert json.loads(http.heard[0]["body"])["event"]["text"] == "hello"
    assert "x-slack-retry-num" not in http.heard[0]["headers"]


def test_a_failed_event_comes_again_with_its_reason(slack, http):
    http.answer = lambda request: (500, "", {})
    slack.act.post("aino", "#inc", "hello")
    slack.advance(1, grace=0.2)
    slack.advance(60, grace=0.2)
    slack.advance(300, grace=0.2)
    retries = [(r["headers"].get("x-slack-retry-num"), r["headers"].get("x-slack-retry-reason")) for r in http.heard]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({json.loads(r["body"])["event_id"] for r in http.heard}) == 1


def test_no_retry_is_heeded(slack, http):
    http.answer = lambda request: (500, "", {"X-Slack-No-Retry": "1"})
    slack.act.post("aino", "#inc", "hello")
    slack.advance(400, grace=0.1)
    assert len(http.heard) == 1


def test_redirects_have_an_end(slack, http):
    http.answer = lambda request: (307, "", {"Location": http.url})
    slack.act.post("aino", "#inc", "hello")
    slack.wait_until(lambda: slack.deliveries(kind="events_api")[0]["ack"])
    assert slack.deliveries(kind="events_api")[0]["ack"] == "too_many_redirects"


def test_an_app_that_is_down_is_a_connection_failed(start):
    slack = start(deliver="http://127.0.0.1:9/")
    answer = slack.act.command("aino", "#inc", "/help-me")
    assert (answer["ok"], answer["reason"]) == (False, "connection_failed")


def test_an_answer_after_three_seconds_is_too_late(start, http):
    slack = start(deliver=http.url, clock="real")
    release = threading.Event()

    def late(request):
        release.wait(10)
        return 200, "", {}

    http.answer = late
    try:
        answer = slack.act.command("aino", "#inc", "/help-me")
    finally:
        release.set()
    assert (answer["ok"], answer["error"]) == (False, "operation_timeout")


@pytest.mark.parametrize("right", [True, False])
def test_the_address_is_verified_by_a_challenge(slack, http, right):
    def answer(request):
        body = json.loads(request["body"])
        return 200, json.dumps({"challenge": body["challenge"] if right else "?"}), {"Content-Type": "application/json"}

    http.answer = answer
    assert slack.deliver(http.url, verify=True)["verified"] is right
    assert json.loads(http.heard[0]["body"])["type"] == "url_verification"


def test_addresses_of_the_manifest_are_used_without_socket_mode(start, http):
    def change(manifest):
        manifest["settings"]["socket_mode_enabled"] = False
        manifest["features"]["slash_commands"][0]["url"] = http.url + "/command"
        manifest["settings"]["interactivity"]["request_url"] = http.url

    slack = start(change=change)
    slack.act.command("aino", "#inc", "/help-me")
    slack.act.shortcut("aino", "new")
    assert len(http.heard) == 2
