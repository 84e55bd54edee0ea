"""What Jira posts, over real HTTP: only what is signed is heard, and all that is believed of it is which ticket to read anew."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import logging
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from bot.domain.outgoing import Lane
from bot.integrations.jira_client import is_key
from bot.listeners.http import MAX_BODY, PATH, TRACKER_PATH, Refusal
from bot.listeners.tracker_hook import TrackerHook, read_key
from bot.usecases import rows
from cli import web
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.tracker import FakeTracker
from tests.jobs.test_tickets import ask, begun, kept

SECRET = "a-webhook-secret-canary"
CANARY = "canary words of the ticket"


def event(key: object = "OPS-1", **values: object) -> bytes:
    fields = {"summary": CANARY, "status": {"name": "Lie", "statusCategory": {"key": "done"}}}
    return json.dumps(
        {"webhookEvent": "jira:issue_updated", "issue": {"key": key, "fields": fields}, **values}
    ).encode()


def signed(body: bytes, secret: str = SECRET) -> str:
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


@dataclass(frozen=True)
class Wire:
    """A bot whose door is served on a port."""

    bot: Bot
    tracker: FakeTracker
    port: int

    def post(self, body: bytes, signature: str | None = "", path: str = TRACKER_PATH, method: str = "POST") -> int:
        """The status of the answer; signed as it should be unless a signature is given, None for no header."""
        headers = {} if signature is None else {"X-Hub-Signature": signature or signed(body)}
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers, method=method)
        status, said = 0, ""
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                status, said = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                status, said = error.code, error.read().decode()
        assert CANARY not in said
        return status

    def done(self) -> None:
        """Somebody closes the ticket in Jira."""
        self.tracker.tickets["OPS-1"] = replace(self.tracker.tickets["OPS-1"], status="Done", done=True)


@pytest.fixture
def wire(engine: Engine) -> Iterator[Wire]:
    tracker = FakeTracker()
    bot = begun(engine, tracker)
    ask(bot)
    bot.work()
    tracker.calls.clear()
    hook = TrackerHook(SECRET, bot.store, bot.clock, payloads.TEAM)
    listening = web.listen(replace(bot.door, slack_path=None, tracker=hook), "127.0.0.1", 0)
    yield Wire(bot, tracker, listening.port)
    listening()


def test_a_signed_event_has_the_ticket_read_and_shown(wire: Wire) -> None:
    wire.done()
    assert wire.post(event()) == 200
    wire.bot.work()
    assert (kept(wire.bot).status, kept(wire.bot).done, wire.tracker.calls) == ("Done", True, ["read"])
    assert "1 done in Jira" in str(wire.bot.card.drawing.blocks)


def test_nothing_that_an_event_says_is_believed_and_an_old_one_does_no_harm(wire: Wire) -> None:
    old = event()
    wire.done()
    for _ in range(3):
        assert wire.post(event("ops-1")) == 200
        wire.bot.later(timedelta(hours=1))
        assert wire.post(old) == 200
        wire.bot.work()
        assert kept(wire.bot).status == "Done"
    assert "Lie" not in str(wire.bot.contents())


FORGED = {
    "none": None,
    "another secret": signed(event(), "another secret of sixteen"),
    "another body": signed(event() + b" "),
    "no method": signed(event()).removeprefix("sha256="),
    "another method": signed(event()).replace("sha256=", "sha1="),
    "in capitals": signed(event()).upper(),
    "cut": signed(event())[:-1],
    "not ASCII": "sha256=\xe4" + signed(event())[8:],
}


@pytest.mark.parametrize("how", FORGED)
def test_what_is_not_signed_is_refused_and_leaves_no_trace(
    wire: Wire, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = wire.bot.contents()
    with caplog.at_level(logging.DEBUG):
        assert wire.post(event(), FORGED[how]) == 401
    assert wire.bot.contents() == before
    assert CANARY not in caplog.text
    assert SECRET not in caplog.text


MALFORMED = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8": b'{"issue": "\xff"}',
    "a list": b"[1]",
    "deep": b"[" * 100_000,
    "an issue that is a word": json.dumps({"issue": "OPS-1"}).encode(),
    "a key that is a number": event(1),
    "a key that is none": event('OPS-1" OR key = "WEB-1'),
    "no key": json.dumps({"issue": {}}).encode(),
}


@pytest.mark.parametrize("how", MALFORMED)
def test_what_is_signed_and_malformed_is_refused(wire: Wire, how: str, caplog: pytest.LogCaptureFixture) -> None:
    before = wire.bot.contents()
    with caplog.at_level(logging.DEBUG):
        assert wire.post(MALFORMED[how]) == 400
    assert wire.bot.contents() == before
    assert CANARY not in caplog.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["issue", "key", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60))
def test_whatever_is_posted_it_names_a_ticket_or_nothing_or_is_refused(body: bytes) -> None:
    try:
        key = read_key(body)
    except Refusal as refusal:
        assert refusal.status == 400  # noqa: PT017
        return
    assert key is None or is_key(key)


@pytest.mark.parametrize(
    "body", [event("OPS-404"), b'{"webhookEvent": "project_created"}'], ids=["another ticket", "no ticket"]
)
def test_what_concerns_nobody_is_taken_and_changes_nothing(wire: Wire, body: bytes) -> None:
    before = wire.bot.contents()
    assert wire.post(body) == 200
    assert wire.bot.contents() == before


def test_a_ticket_of_another_workspace_is_not_ours(wire: Wire) -> None:
    hook = TrackerHook(SECRET, wire.bot.store, wire.bot.clock, "T-other")
    before = wire.bot.contents()
    hook({"x-hub-signature": signed(event())}, event())
    assert wire.bot.contents() == before


def test_what_is_too_large_is_refused(wire: Wire) -> None:
    assert wire.post(event(padding="x" * MAX_BODY)) == 413


def test_what_says_that_it_is_far_too_large_is_not_read_at_all(wire: Wire) -> None:
    asking = http.client.HTTPConnection("127.0.0.1", wire.port, timeout=10)
    asking.putrequest("POST", TRACKER_PATH)
    asking.putheader("Content-Length", str(1 << 30))
    asking.endheaders()
    assert asking.getresponse().status == 413
    asking.close()


def test_only_posts_are_taken_and_nothing_else_is_there(wire: Wire) -> None:
    assert wire.post(event(), method="PUT") == 405
    assert wire.post(event(), path=TRACKER_PATH + "/") == 404
    assert wire.post(event(), path=PATH) == 404
    assert wire.post(event(), path="/metrics") == 404


def test_without_a_secret_there_is_no_such_endpoint(wire: Wire) -> None:
    assert wire.bot.service.hook is None
    listening = web.listen(wire.bot.door, "127.0.0.1", 0)
    assert replace(wire, port=listening.port).post(event()) == 404
    listening()


def test_while_the_database_is_busy_it_says_so_and_the_event_can_come_again(wire: Wire) -> None:
    wire.done()
    with wire.bot.store.transaction(timedelta(seconds=5)) as unit:
        # What is put is written when something is asked, and then held until the end.
        unit.outbox.put(rows.ticket_read(wire.bot.record(), kept(wire.bot).action_id, wire.bot.clock.now()))
        unit.outbox.next_due(Lane.HARVEST)
        assert wire.post(event()) == 503
        assert wire.post(event("OPS-404")) == 200, "what is none of ours waits for nothing"
    assert wire.post(event()) == 200
    wire.bot.work()
    assert kept(wire.bot).done
