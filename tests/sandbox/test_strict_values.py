"""Values that Slack takes for nothing: JSON that is none, broken letters, addresses and dates that are not any, emoji nobody has."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest

import sandbox
from sandbox.client import SandboxRefused
from sandbox.spec import emoji


def raw(slack, method, body):
    """What plain HTTP answers to a body that no JSON library would write."""
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(slack.api_url + method, body.encode(), headers)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read())


def test_half_a_pair_of_surrogates_is_replaced_and_the_call_is_in_the_traffic_file(start, tmp_path):
    traffic = tmp_path / "traffic.jsonl"
    slack = start(traffic=traffic)
    inc = slack.see.channel("inc")["id"]
    body = raw(slack, "chat.postMessage", f'{{"channel": "{inc}", "text": "a\\ud800b \\ud83d\\ude00"}}')
    assert body["message"]["text"] == "a\ufffdb \U0001f600"
    row = json.loads(traffic.read_text(encoding="utf-8").splitlines()[-1])
    assert (row["method"], row["ok"], row["args"]["text"]) == ("chat.postMessage", True, "a\ufffdb \U0001f600")


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("conversations.create", '{"name": "x\\ud800"}'),
        (
            "chat.postMessage",
            '{"channel": "CHANNEL", "blocks": "[{\\"type\\": \\"divider\\", \\"block_id\\": \\"\\ud800\\"}]"}',
        ),
        ("files.getUploadURLExternal", '{"filename": "\\ud800", "length": 3}'),
        ("auth.test", '{"\\ud800": 1}'),
    ],
)
def test_half_a_pair_never_ends_in_an_http_error(slack, inc, method, body):
    assert "ok" in raw(slack, method, body.replace("CHANNEL", inc))


def test_half_a_pair_from_a_person_is_replaced_too(slack):
    ts = slack.act.post("aino", "inc", "a\ud800", file={"name": "x.txt", "content": "\ud800"})
    assert next(m for m in slack.see.messages("inc") if m["ts"] == ts)["text"] == "a\ufffd"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_no_json(slack, inc, value):
    assert raw(slack, "chat.postMessage", f'{{"channel": "{inc}", "text": {value}}}')["error"] == "invalid_json"
    nested = json.dumps({"channel": inc, "text": "x", "blocks": f'[{{"type": "divider", "x": {value}}}]'})
    assert raw(slack, "chat.postMessage", nested)["error"] == "invalid_blocks_format"


BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Go"}}
OPTION = {"text": {"type": "plain_text", "text": "One"}, "value": "1"}
IMAGE = {"type": "image", "alt_text": "x"}
VIDEO = {
    "type": "video",
    "alt_text": "x",
    "title": {"type": "plain_text", "text": "V"},
    "thumbnail_url": "https://x.example/t.png",
    "video_url": "https://x.example/v",
}


def actions(element):
    return {"type": "actions", "elements": [element]}


def picker(kind, **more):
    return actions({"type": kind, "action_id": "p", **more})


WRONG = [
    ({**IMAGE, "image_url": "URL"}, "/image_url"),
    ({**IMAGE, "slack_file": {"url": "URL"}}, "/slack_file/url"),
    (actions({**BUTTON, "url": "URL"}), "/elements/0/url"),
    (actions({"type": "overflow", "options": [{**OPTION, "url": "URL"}]}), "/elements/0/options/0/url"),
    ({"type": "context", "elements": [{**IMAGE, "image_url": "URL"}]}, "/elements/0/image_url"),
    ({**VIDEO, "title_url": "URL"}, "/title_url"),
    ({**VIDEO, "video_url": "URL"}, "/video_url"),
    ({**VIDEO, "thumbnail_url": "URL"}, "/thumbnail_url"),
    ({**VIDEO, "provider_icon_url": "URL"}, "/provider_icon_url"),
]


@pytest.mark.parametrize(
    "address", ["notaurl", "javascript:alert(1)", "", "https://", "ftp://x.example/a", "http://[x"]
)
@pytest.mark.parametrize(("block", "place"), WRONG, ids=[place for _, place in WRONG])
def test_an_address_in_a_block_is_of_the_web(curl, block, place, address):
    blocks = json.loads(json.dumps([block]).replace('"URL"', json.dumps(address)))
    body = curl("chat.postMessage", {"channel": "{inc}", "text": "x", "blocks": blocks})
    assert body["error"] == "invalid_blocks"
    assert body["errors"][-1].endswith(f"[json-pointer:/blocks/0{place}]")


@pytest.mark.parametrize(("block", "place"), WRONG, ids=[place for _, place in WRONG])
def test_a_good_address_is_taken(curl, block, place):
    blocks = json.loads(json.dumps([block]).replace("URL", "https://x.example/a?b=1&c=%20#d"))
    assert curl("chat.postMessage", {"channel": "{inc}", "text": "x", "blocks": blocks})["ok"]


@pytest.mark.parametrize(
    ("block", "line"),
    [
        (picker("datepicker", initial_date="2026-13-45"), "must be a valid date in the format YYYY-MM-DD"),
        (picker("datepicker", initial_date="2026-02-29"), "must be a valid date in the format YYYY-MM-DD"),
        (picker("datepicker", initial_date="20260203"), "must be a valid date in the format YYYY-MM-DD"),
        (picker("timepicker", initial_time="25:00"), "must be a valid time in the format HH:mm"),
        (picker("timepicker", initial_time="9:00"), "must be a valid time in the format HH:mm"),
        (picker("timepicker", timezone="Mars/Olympus"), "must be a valid IANA timezone"),
    ],
    ids=str,
)
def test_a_moment_that_does_not_exist_is_refused(curl, block, line):
    body = curl("chat.postMessage", {"channel": "{inc}", "text": "x", "blocks": [block]})
    assert body["error"] == "invalid_blocks"
    assert body["errors"][-1].startswith(f"{line} [json-pointer:/blocks/0/elements/0/")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("nosuchemojixyz", "invalid_name"),
        ("tada::skin-tone-3", "invalid_name"),
        ("wave::skin-tone-9", "invalid_name"),
        ("wave::skin-tone-3", None),
        (":eyes:", None),
        ("flag-fi", None),
        ("thumbsup", None),
        ("shipit", None),
        ("male-technologist::skin-tone-2", None),
    ],
)
def test_a_reaction_has_a_name_that_an_emoji_has(curl, name, error):
    curl.known["mine"] = curl("chat.postMessage", {"channel": "{inc}", "text": "x"})["ts"]
    body = curl("reactions.add", {"channel": "{inc}", "timestamp": "{mine}", "name": name})
    assert body.get("error") == error


def test_people_react_with_emoji_that_there_are_custom_ones_too(start, tmp_path):
    path = tmp_path / "workspace.yml"
    path.write_text(
        "emoji: {acme: 'https://x.example/a.png'}\nusers: [{name: ada}]\nchannels: [{name: c, members: [ada]}]\n"
    )
    slack = start(workspace=path)
    ts = slack.act.post("ada", "c", "x")
    slack.act.react("ada", "c", ts, "acme")
    with pytest.raises(SandboxRefused, match="there is no emoji :nosuchemojixyz: here"):
        slack.act.react("ada", "c", ts, "nosuchemojixyz")


def test_what_stands_on_a_message_already_may_be_joined(start, tmp_path):
    path = tmp_path / "workspace.yml"
    path.write_text(
        "users: [{name: ada}, {name: ben}]\n"
        "channels: [{name: c, members: [ada, ben], messages: [{user: ada, text: x, reactions: {ourown: [ada]}}]}]\n"
    )
    slack = start(workspace=path)
    slack.act.react("ben", "c", slack.see.messages("c")[0]["ts"], "ourown")
    assert slack.see.messages("c")[0]["reactions"][0]["count"] == 2


def test_the_page_offers_no_emoji_that_a_reaction_may_not_have():
    script = Path(sandbox.__file__).parent / "page/assets/js/emoji.js"
    table = script.read_text(encoding="utf-8").partition("TABLE = `")[2].partition("`")[0].split()
    assert [name for name in table[::2] if not emoji.known(name)] == []
