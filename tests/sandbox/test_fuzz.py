"""Whatever an app sends, the answer is Slack's, never a crash of the sandbox."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.spec import blocks, methods, views
from sandbox.web.methods import METHODS
from sandbox.world.text import Typist, unescape

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "id", "elements", "blocks", "options"]) | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
KINDS = st.sampled_from([*blocks.BLOCKS, "button", "plain_text", "mrkdwn", "modal", "static_select"])
BLOCKISH = st.dictionaries(
    st.sampled_from(
        ["text", "elements", "element", "accessory", "label", "fields", "block_id", "rows", "child_blocks", "options"]
    ),
    JSON | st.fixed_dictionaries({"type": KINDS, "text": JSON}),
    max_size=4,
).flatmap(lambda row: KINDS.map(lambda kind: {**row, "type": kind}))


def send(slack, method, args):
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{slack.api_url}{method}", json.dumps(args).encode(), headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


@pytest.fixture
def loose(start):
    return start(rate_limits=False)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_arguments_break_a_method(loose, data):
    name = data.draw(st.sampled_from(sorted(set(METHODS) - {"auth.revoke"})))
    channel = loose_channel(loose)
    args = {
        key: data.draw(st.just(channel) | JSON if key in ("channel", "channel_id") else JSON)
        for key in sorted(methods.table()[name].args)
        if data.draw(st.booleans()) or key in methods.table()[name].required
    }
    status, body = send(loose, name, args)
    assert status == 200, (name, args, body)
    assert isinstance(body["ok"], bool)


CHANNELS: dict[str, str] = {}


def loose_channel(slack):
    return CHANNELS.setdefault(slack.url, slack.see.channel("inc")["id"])


@settings(max_examples=500, deadline=None)
@given(st.lists(BLOCKISH | JSON, max_size=3))
def test_any_blocks_are_judged(given_blocks):
    for surface in ("message", "modal", "home"):
        found = blocks.problems(given_blocks, surface)
        assert all(problem.pointer.startswith("/blocks") and problem.text for problem in found)
        if not found:
            blocks.completed(given_blocks, lambda: "id")


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["type", "title", "blocks", "submit", "callback_id"]), JSON, max_size=5))
def test_any_view_is_judged(view):
    assert isinstance(views.problems(view, "modal"), list)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_what_people_type_comes_back_and_pings_nobody(typed):
    written, block = Typist(lambda n: None, lambda n: None, lambda n: None).write(typed)
    shown = "".join(
        piece.get("text") or piece.get("url") or f":{piece.get('name', '')}:"
        for piece in block["elements"][0]["elements"]
    )
    if "http" not in typed and "@" not in typed:
        assert unescape(written) == typed == shown
        assert "<" not in written
