"""Payloads of other shapes than Slack's: a 4xx and a sentence, never a 5xx, and never a word of our insides."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.blocks import ids
from tests.fakes import payloads
from tests.fakes.bot import Bot, Reply

JSON, FORM = payloads.JSON, payloads.FORM


def harmless(reply: Reply) -> None:
    """An answer that tells an attacker nothing and Slack the truth."""
    assert 200 <= reply.status < 500, reply
    for word in ("Traceback", 'File "', "Error(", "sqlalchemy", "psycopg", ".py"):
        assert word not in reply.text


MALFORMED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", FORM),
    "empty JSON": (b"", JSON),
    "bad JSON": (b'{"type": ', JSON),
    "bad JSON sent as a form": (b'{"type": ', FORM),
    "JSON that is a list": (b"[1, 2]", JSON),
    "JSON that is a number": (b"1", JSON),
    "JSON that is null": (b"null", JSON),
    "an empty object": (b"{}", JSON),
    "no type": (b'{"team_id": "T1", "event_id": "Ev1"}', JSON),
    "type is a number": (b'{"type": 1}', JSON),
    "type is empty": (b'{"type": ""}', JSON),
    "bad payload": (b"payload={bad", FORM),
    "empty payload": (b"payload=", FORM),
    "payload is a list": (b"payload=[]", FORM),
    "payload is a string": (b"payload=%22x%22", FORM),
    "payload without a type": (b"payload=%7B%22user%22%3A1%7D", FORM),
    "two payloads, the last one bad": (b"payload=%7B%7D&payload=%7Bbad", FORM),
    "deep nesting": (b'{"type": "event_callback", "event": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", JSON),
    "deep nesting of a payload": (b"payload=" + b"%5B" * 50_000 + b"%5D" * 50_000, FORM),
    "deep objects": (b'{"a":' * 3000 + b"1" + b"}" * 3000, JSON),
    "no UTF-8": (b"command=/postmortem&text=\xff\xfe", FORM),
    "no UTF-8 in JSON": (b'{"type": "\xff"}', JSON),
    "no UTF-8 behind percent signs": (b"command=%2Fpostmortem&text=%ff%fe", FORM),
    "NUL in the text": (urlencode(payloads.command("assign \0")).encode(), FORM),
    "NUL in an id": (urlencode(payloads.command("start", channel="C\0")).encode(), FORM),
    "NUL in an event": (
        json.dumps(payloads.event({"type": "message", "channel": "C1", "ts": "1.2", "thread_ts": "1\0"})).encode(),
        JSON,
    ),
    "half a surrogate pair": (b'{"type": "event_callback", "team_id": "T1", "event_id": "\\ud800"}', JSON),
    "half a surrogate pair in the text": (
        json.dumps(payloads.event({"type": "message", "text": "\ud800"})).encode(),
        JSON,
    ),
    "another form": (b"a=b", FORM),
    "a command without a person": (urlencode({"command": "/postmortem", "team_id": "T1"}).encode(), FORM),
    "an event without content": (b'{"type": "event_callback", "team_id": "T1", "event_id": "Ev1"}', JSON),
    "an event that is a list": (b'{"type": "event_callback", "team_id": "T1", "event_id": "E", "event": []}', JSON),
    "plain text": (b"hello", "text/plain"),
    "XML": (b"<xml/>", "text/xml"),
    "a sort of JSON": (b'{"type": 1', "application/jsonx"),
    "a number too large": (b'{"type": ' + b"9" * 5000 + b"}", JSON),
}


@pytest.mark.parametrize("case", list(MALFORMED))
def test_a_malformed_payload_is_a_4xx_and_changes_nothing(bot: Bot, case: str) -> None:
    before = bot.contents()
    body, kind = MALFORMED[case]
    reply = bot.post(body, kind)
    harmless(reply)
    assert reply.status == 400
    assert bot.contents() == before


def test_a_megabyte_of_text_is_refused(bot: Bot) -> None:
    body, kind = payloads.encode(payloads.command("x" * 1_000_001))
    reply = bot.post(body, kind)
    assert reply.status == 413
    harmless(reply)


def test_words_that_look_like_payloads_are_words(bot: Bot) -> None:
    reply = bot.command('assign payload={"type": "block_actions"}')
    assert reply.status == 200
    assert "who that is" in reply.sentence


ODD = {
    "blocks are text": ("view", "blocks", "abc"),
    "blocks are numbers": ("view", "blocks", [1, None]),
    "state is empty": ("view", "state", {}),
    "values are odd": ("view", "state", {"values": {"title": 1, "severity": [], "ic": {"input": 3}, "x": {}}}),
    "metadata is no JSON": ("view", "private_metadata", "{"),
    "metadata is a list": ("view", "private_metadata", "[]"),
    "metadata has numbers": ("view", "private_metadata", '{"record": 7, "seen": []}'),
    "another callback": ("view", "callback_id", "what"),
}


@pytest.mark.parametrize("case", list(ODD))
def test_an_odd_form_saves_nothing(bot: Bot, case: str) -> None:
    bot.assigned()
    payload = payloads.submission(bot.details_form(), title="")
    outer, name, value = ODD[case]
    payload[outer][name] = value
    before = bot.record()
    reply = bot.send(payload)
    harmless(reply)
    assert bot.record() == before


def real(bot: Bot) -> list[payloads.Json]:
    """One of everything that is ever sent, and accepted."""
    record = bot.assigned()
    form = bot.details_form()
    thread = bot.chat.say("C1", "parent")
    return [
        payloads.command("assign <@U3|chioma>"),
        payloads.command("start new"),
        payloads.command("status"),
        payloads.button(ids.OWNER_ACCEPT, record.id, "U2"),
        payloads.button(ids.DETAILS_OPEN, record.id),
        payloads.button(ids.OWNER_DECLINE, record.id, "U2"),
        payloads.submission(form, title="Checkout is down", severity="1", started_at=1_763_900_000, ic="U1"),
        payloads.user_change("U2", profile={"display_name": "Ben", "real_name": "Ben B"}, tz="Europe/Berlin"),
        payloads.event({"type": "message", "channel": "C1", "user": "U1", "text": "x", "ts": "9.1", "thread_ts": thread}),
        payloads.shortcut(ids.ADD_TO_TIMELINE, {"ts": thread, "user": "U1", "text": "x", "files": [{"id": "F1"}]}),
        {"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}, "team": {"id": "T1"}, "trigger_id": "1.1"},
        {"type": "view_closed", "view": {"id": "V1", "callback_id": "details"}, "user": {"id": "U1"}, "team": {"id": "T1"}},
        {"type": "block_suggestion", "action_id": "x", "value": "", "user": {"id": "U1"}, "team": {"id": "T1"}},
    ]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a payload that could hold something else."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*path, key)
        yield from places(each, (*path, key))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["", "\0", "\ud800", "<!channel>", "'; DROP TABLE postmortem; --", "U" * 5000, "../../etc/passwd", "1e999"]),
    st.lists(st.none() | st.text(max_size=3) | st.dictionaries(st.just("id"), st.integers(), max_size=1), max_size=3),
    st.dictionaries(st.sampled_from(["id", "type", "values", "team_id", "x"]), st.none() | st.integers() | st.text(max_size=3), max_size=3),
)  # fmt: skip


def changed(payload: Any, path: tuple[Any, ...], value: Any, how: str) -> Any:
    """The payload with one place changed, removed or doubled."""
    made = copy.deepcopy(payload)
    inner = made
    for key in path[:-1]:
        inner = inner[key]
    if how == "remove":
        del inner[path[-1]]
    else:
        inner[path[-1]] = value if how == "change" else [inner[path[-1]]] * 2
    return made


def as_sent(payload: Any, data: st.DataObject) -> tuple[bytes, str]:
    """As Slack encodes it, sometimes by the wrong way, sometimes with a byte changed."""
    if isinstance(payload, dict) and "command" in payload:
        flat = {k: v if isinstance(v, str) else json.dumps(v) for k, v in payload.items()}
        body, kind = urlencode(flat, errors="surrogatepass").encode(), FORM
    elif isinstance(payload, dict) and payload.get("type") == "event_callback":
        body, kind = json.dumps(payload).encode(), JSON
    else:
        body, kind = b"payload=" + quote_plus(json.dumps(payload)).encode(), FORM
    if data.draw(st.integers(0, 9)) == 0:
        kind = data.draw(st.sampled_from([JSON, FORM, "text/plain", "application/json; charset=utf-8", "", "ä/ö"]))
    if data.draw(st.integers(0, 9)) == 0:
        at = data.draw(st.integers(0, len(body)))
        body = body[:at] + data.draw(st.binary(max_size=2)) + body[at + data.draw(st.integers(0, 3)) :]
    return body, kind


def test_three_hundred_signed_payloads_gone_wrong_are_never_a_5xx(bot: Bot) -> None:
    originals = [(payload, list(places(payload))) for payload in real(bot)]

    @settings(max_examples=300, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def goes_wrong(data: st.DataObject) -> None:
        payload, paths = data.draw(st.sampled_from(originals))
        for _ in range(data.draw(st.integers(1, 3))):
            path = data.draw(st.sampled_from(paths))
            how = data.draw(st.sampled_from(["change", "change", "change", "remove", "double"]))
            try:
                payload = changed(payload, path, data.draw(JUNK), how)
            except (KeyError, IndexError, TypeError):
                continue
        body, kind = as_sent(payload, data)
        harmless(bot.post(body, kind))

    goes_wrong()
    assert bot.command("status").status == 200


@pytest.mark.parametrize("user", [1, True, -1.5, {"a": None}, [[]], "", None], ids=repr)
def test_news_of_a_person_without_an_id_is_acknowledged(bot: Bot, user: object) -> None:
    payload = payloads.event({"type": "user_change", "user": {"id": user, "profile": {}}})
    assert bot.send(payload).status in (200, 400)


def test_a_form_that_does_not_say_its_type_is_no_error_of_ours(bot: Bot) -> None:
    bot.assigned()
    form = {name: value for name, value in bot.details_form().items() if name != "type"}
    reply = bot.submit(form, title="A title")
    assert reply.status == 200
    assert bot.record().title == "A title"
