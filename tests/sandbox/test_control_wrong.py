"""Wrong requests to the control API: each gets one plain sentence, none a crash."""

from __future__ import annotations

import json
import urllib.parse

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.control import bodies, levers, routes
from sandbox.spec.types import words
from tests.sandbox import plain_http

HOME = {"Content-Type": "application/json"}
NAMES = st.sampled_from(
    ["aino", "inc", "#inc", "@ben", "helper", "C0NOSUCH00", "", "1.5", "1772442000.000000", "b", "keep"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | NAMES
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | NAMES, inner, max_size=3),
    max_leaves=6,
)
KEYS = sorted(
    words(
        """
        user channel text ts thread file files at raw broadcast bot blocks attachments name action_id block_id value home values
        view_id callback_id app tab topic members private inviter real_name display_name tz email deleted is_admin base64 title
        with read until id method since kind type seconds grace how call every retry_after times clear rate_limits profile
        short_pages offline strict frozen duplicate shuffle reason close kill verify sockets quiet around before after limit
        query user_id direct upload all
        """
    )
)
HARMLESS = sorted(set(levers.LEVERS) - {"advance", "wait", "deliver", "revoke", "reset"})


def ask(slack, path, body, verb="POST"):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return plain_http.send(slack.url, f"/control/{path}", raw if verb == "POST" else None, HOME, verb)


def said(answer):
    """The reason of a refusal, which is one line of words."""
    status, _, body = answer
    assert status in (400, 404), answer
    assert body["ok"] is False
    assert body["reason"].strip()
    assert "\n" not in body["reason"]
    return body["reason"]


@pytest.fixture
def loose(start):
    return start(rate_limits=False)


def typed(key):
    """What a key may hold by its type, and sometimes anything."""
    fitting = {
        "texts": NAMES | st.text(max_size=6),
        "flags": st.booleans(),
        "numbers": st.integers(-1, 5) | st.floats(0, 5),
        "lists": st.lists(JUNK, max_size=2),
        "objects": st.dictionaries(st.sampled_from(["name", "content", "base64", "title"]), JUNK, max_size=3),
    }
    kinds = {"texts": bodies.TEXTS, "flags": bodies.FLAGS, "numbers": bodies.NUMBERS}
    kinds |= {"lists": bodies.LISTS, "objects": bodies.OBJECTS}
    kind = next((kind for kind, keys in kinds.items() if key in keys), None)
    return fitting[kind] if kind else JUNK


def requests(data):
    """A body with a user and a channel that are there, mostly, and a few more keys."""
    keys = data.draw(st.lists(st.sampled_from(KEYS), max_size=5, unique=True))
    anything = data.draw(st.booleans())
    body = {key: data.draw(JUNK if anything else typed(key)) for key in keys}
    return {"user": "aino", "channel": "inc", **body} if data.draw(st.booleans()) else body


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_request_breaks_the_control_api(loose, data):
    path = data.draw(st.sampled_from([*(f"act/{name}" for name in routes.ACTS), *HARMLESS]))
    body = requests(data)
    answer = ask(loose, path, body)
    if answer[0] != 200:
        said(answer)
    assert ask(loose, "see/people", b"", "GET")[0] == 200


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_query_breaks_the_control_api(loose, data):
    name = data.draw(st.sampled_from(sorted(routes.SEES)))
    given_ = data.draw(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=6) | NAMES, max_size=5))
    answer = ask(loose, f"see/{name}?{urllib.parse.urlencode(given_)}", b"", "GET")
    if answer[0] != 200:
        said(answer)


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("act/post", b"{", "the body is not JSON"),
        ("act/post", b"\xff", "the body is not JSON"),
        ("act/post", [1], "the body must be a JSON object"),
        ("act/post", {"channel": "inc", "text": "x"}, "user is missing"),
        ("act/post", {"user": "aino", "text": "x"}, "channel is missing"),
        ("act/post", {"user": "nobody", "channel": "inc"}, "no user 'nobody' in this workspace"),
        ("act/post", {"user": "aino", "channel": "nowhere"}, "no channel 'nowhere' in this workspace"),
        ("act/post", {"user": "aino", "channel": "inc"}, "there is nothing to send"),
        ("act/post", {"user": "aino", "channel": ["inc"]}, "channel must be a text"),
        ("act/post", {"user": "aino", "channel": "inc", "broadcast": "yes"}, "broadcast must be true or false"),
        ("act/post", {"user": "aino", "channel": "inc", "files": {}}, "files must be a list"),
        ("act/post", {"bot": "CI", "channel": "inc", "blocks": [{"type": "x"}]}, "Slack says invalid_blocks"),
        ("act/post", {"bot": "CI", "channel": "inc", "attachments": ["x"]}, "attachments must be a list of objects"),
        ("act/upload", {"user": "aino", "name": "x", "base64": "abcde"}, "base64 is not base64"),
        ("act/react", {"user": "aino", "channel": "inc", "ts": "1.5", "name": "eyes"}, "no message '1.5' in #inc"),
        ("act/command", {"user": "aino", "channel": "inc", "text": "/nope"}, "/nope is not a valid command."),
        ("act/change_user", {"user": "aino", "deleted": "no"}, "deleted must be true or false"),
        ("act/change_user", {"user": "aino", "name": {}}, "name must be a text"),
        ("advance", {}, "seconds is missing"),
        ("advance", {"seconds": "ten"}, "seconds must be a number"),
        ("advance", {"seconds": 1e300}, "seconds must be a number"),
        ("fault", {"how": "500"}, "method is missing"),
        ("rules", {"gravity": 1}, "no rule 'gravity'"),
    ],
)
def test_a_wrong_request_gets_a_sentence(slack, path, body, reason):
    assert said(ask(slack, path, body)) == reason


def test_what_there_is_not_is_answered_with_what_there_is(slack):
    reason = said(ask(slack, "act/fly", {}))
    assert reason.startswith("no 'fly'; there are ")
    assert "post" in reason
