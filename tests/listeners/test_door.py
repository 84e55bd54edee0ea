"""Who may speak: forged and old requests are turned away before anything looks at them, and leave no trace."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.listeners.http import MAX_BODY, PATH
from bot.ports.errors import Busy
from tests.fakes import payloads
from tests.fakes.bot import SECRET, Bot

BODY, KIND = payloads.encode(payloads.command("assign <@U2|ben>"))


def now(bot: Bot) -> str:
    return str(int(bot.clock.now().timestamp()))


def forged(bot: Bot) -> dict[str, dict[str, str]]:
    stamp = now(bot)
    right = payloads.sign(SECRET, BODY, stamp)
    return {
        "no signature": {"signature": ""},
        "another secret": {"signature": payloads.sign("another", BODY, stamp)},
        "another body": {"signature": payloads.sign(SECRET, BODY[:-1] + b"x", stamp)},
        "one more byte in the body": {"signature": payloads.sign(SECRET, BODY + b" ", stamp)},
        "another timestamp": {"signature": payloads.sign(SECRET, BODY, str(int(stamp) - 1))},
        "version 1": {"signature": right.replace("v0=", "v1=")},
        "no version": {"signature": right.removeprefix("v0=")},
        "in capitals": {"signature": right.upper()},
        "cut": {"signature": right[:-1]},
        "not ASCII": {"signature": "v0=ä" + right[4:]},
        "no timestamp": {"timestamp": "", "signature": right},
    }


@pytest.mark.parametrize("how", [
    "no signature", "another secret", "another body", "one more byte in the body", "another timestamp", "version 1",
    "no version", "in capitals", "cut", "not ASCII", "no timestamp",
])  # fmt: skip
def test_a_forged_request_is_refused_and_changes_nothing(bot: Bot, how: str, caplog: pytest.LogCaptureFixture) -> None:
    before = bot.contents()
    with caplog.at_level(logging.DEBUG):
        reply = bot.post(BODY, KIND, **forged(bot)[how])
    assert reply.status == 401
    assert bot.contents() == before
    assert not bot.screens.shown
    assert "assign" not in caplog.text
    assert "U2" not in reply.text


STAMPS = ["abc", "-1", "1e30", "9" * 30, "٣", "1.5", "+1", " 1", "0x10", "nan", "1\n"]


@pytest.mark.parametrize("stamp", STAMPS, ids=[repr(stamp) for stamp in STAMPS])
def test_a_timestamp_that_is_no_number_is_refused_even_when_it_is_signed(bot: Bot, stamp: str) -> None:
    before = bot.contents()
    reply = bot.post(BODY, KIND, stamp=stamp)
    assert reply.status == 401
    assert bot.contents() == before


@pytest.mark.parametrize(
    ("age", "status"), [(0, 200), (299, 200), (300, 200), (301, 401), (86400, 401), (-300, 200), (-301, 401)]
)
def test_a_request_is_good_for_five_minutes(bot: Bot, age: int, status: int) -> None:
    stamp = str(int(bot.clock.now().timestamp()) - age)
    assert bot.post(BODY, KIND, stamp=stamp).status == status
    assert bool(bot.rows("card")) == (status == 200)


def test_an_exact_replay_after_five_minutes_is_refused(bot: Bot) -> None:
    stamp = now(bot)
    assert bot.post(BODY, KIND, stamp=stamp).status == 200
    bot.clock.advance(timedelta(seconds=301))
    before = bot.contents()
    assert bot.post(BODY, KIND, stamp=stamp).status == 401
    assert bot.contents() == before


def test_url_verification_answers_the_challenge(bot: Bot) -> None:
    reply = bot.send({"type": "url_verification", "challenge": "3eZbrw1aBm2rZgRNFdxV2595", "token": "verification"})
    assert reply.status == 200
    assert reply.json == {"challenge": "3eZbrw1aBm2rZgRNFdxV2595"}


def test_ssl_check_is_answered(bot: Bot) -> None:
    assert bot.send({"ssl_check": "1", "token": "verification"}).status == 200


def test_a_forged_url_verification_is_refused(bot: Bot) -> None:
    body, kind = payloads.encode({"type": "url_verification", "challenge": "x"})
    reply = bot.post(body, kind, signature="v0=00")
    assert reply.status == 401
    assert "challenge" not in reply.text


def environ(body: bytes, **values: str) -> dict[str, object]:
    given = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": PATH,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    return {**given, **values}


@pytest.mark.parametrize(
    ("values", "status"),
    [
        pytest.param({"PATH_INFO": "/"}, 404, id="another path"),
        pytest.param({"PATH_INFO": PATH + "/"}, 404, id="a longer path"),
        pytest.param({"REQUEST_METHOD": "GET"}, 405, id="GET"),
        pytest.param({"REQUEST_METHOD": "PUT"}, 405, id="PUT"),
        pytest.param({"CONTENT_LENGTH": "abc"}, 400, id="a length that is no number"),
        pytest.param({"CONTENT_LENGTH": "-1"}, 400, id="a negative length"),
        pytest.param({"CONTENT_LENGTH": str(MAX_BODY + 1)}, 413, id="too large"),
        pytest.param({"CONTENT_LENGTH": "9" * 40}, 413, id="absurdly large"),
    ],
)
def test_other_requests_get_a_status_and_a_sentence(bot: Bot, values: dict[str, str], status: int) -> None:
    reply = bot.raw(environ(BODY, **values))
    assert reply.status == status
    assert reply.text.endswith((".", "here."))


def test_health_needs_no_signature_and_says_nothing(bot: Bot) -> None:
    alive = bot.raw({"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz"})
    ready = bot.raw({"REQUEST_METHOD": "GET", "PATH_INFO": "/readyz"})
    assert (alive.status, alive.text) == (200, "ok")
    # Nothing works the outbox in this test, and it says so.
    assert (ready.status, ready.text) == (503, "not ready\ndatabase ok\nlanes dead\nlag ok\nslack ok\n")
    assert bot.raw({"REQUEST_METHOD": "GET", "PATH_INFO": "/metrics"}).status == 404


def test_figures_that_cannot_be_had_are_a_503_and_a_sentence(bot: Bot) -> None:
    def away() -> str:
        raise Busy("A secret reason.")

    bot.door = replace(bot.door, metrics=away)
    answer = bot.raw({"REQUEST_METHOD": "GET", "PATH_INFO": "/metrics"})
    assert (answer.status, answer.text) == (503, "The database does not answer.")
