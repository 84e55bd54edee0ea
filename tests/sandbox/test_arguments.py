"""Arguments in every spelling Slack takes, and what it says of wrong ones."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from typing import Any

import pytest


def raw(slack, method: str, body: bytes | None = None, content_type: str = "", query: str = "") -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    if content_type:
        headers["Content-Type"] = content_type
    request = urllib.request.Request(f"{slack.api_url}{method}{query}", body, headers)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("way", ["json", "form", "query", "multipart"])
def test_arguments_are_read_in_every_encoding(slack, inc, way):
    given = {"channel": inc, "text": "héllo & <b>"}
    if way == "json":
        answer = raw(slack, "chat.postMessage", json.dumps(given).encode(), "application/json; charset=utf-8")
    elif way == "form":
        answer = raw(slack, "chat.postMessage", urllib.parse.urlencode(given).encode(), FORM)
    elif way == "query":
        answer = raw(slack, "chat.postMessage", None, "", "?" + urllib.parse.urlencode(given))
    else:
        parts = "".join(f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in given.items())
        answer = raw(slack, "chat.postMessage", f"{parts}--B--\r\n".encode(), "multipart/form-data; boundary=B")
    assert answer["message"]["text"] == "héllo & <b>"


def test_blocks_may_come_as_a_string_of_json(slack, inc):
    blocks = json.dumps([{"type": "divider"}])
    form = urllib.parse.urlencode({"channel": inc, "text": "x", "blocks": blocks}).encode()
    assert raw(slack, "chat.postMessage", form, FORM)["message"]["blocks"][0]["type"] == "divider"


def test_a_method_for_forms_does_not_read_json(slack):
    user = slack.see.user("aino")["id"]
    body = raw(slack, "users.info", json.dumps({"user": user}).encode(), "application/json")
    assert body["error"] == "invalid_arguments"
    assert raw(slack, "users.info", f"user={user}".encode(), FORM)["user"]["name"] == "aino"


def test_a_missing_argument_is_named(web, error):
    body = error(web.api_call, "conversations.history")
    assert body["error"] == "invalid_arguments"
    assert body["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


def test_a_value_outside_its_list_is_refused(web, inc, error):
    given = {"channel_id": inc, "title": "x" * 257, "type": "link", "link": "https://x", "access_level": "all"}
    body = error(web.api_call, "bookmarks.add", json=given)
    assert body["response_metadata"]["messages"] == [
        "[ERROR] value must be one of: read, write [json-pointer:/access_level]",
        "[ERROR] must be less than 257 characters [json-pointer:/title]",
    ]


@pytest.mark.parametrize(
    ("body", "name"), [(b"{", "invalid_json"), (b"[1]", "json_not_object")], ids=["not JSON", "not an object"]
)
def test_a_broken_body_is_named(slack, body, name):
    assert raw(slack, "chat.postMessage", body, "application/json")["error"] == name


def test_an_unknown_argument_is_ignored_and_noted(slack, web, inc):
    web.api_call("chat.postMessage", json={"channel": inc, "text": "x", "tread_ts": "1"})
    assert slack.calls("chat.postMessage")[0]["violations"] == ["unknown argument tread_ts"]
    assert [row["text"] for row in slack.violations()] == ["unknown argument tread_ts"]


def test_blocks_without_text_are_noted(slack, web, inc):
    web.api_call("chat.postMessage", json={"channel": inc, "blocks": [{"type": "divider"}]})
    assert "blocks without text" in slack.violations()[0]["text"]
