"""Wrong requests over plain HTTP: tokens, content types and bodies; and what is wrong only because of what went before."""

from __future__ import annotations

import json
import urllib.parse

import pytest
import yaml

from sandbox.spec import files
from tests.sandbox import plain_http
from tests.sandbox.plain_http import FORM, JSON_TYPE

POST = {"channel": "{inc}", "text": "x"}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}


@pytest.mark.parametrize(
    ("token", "method", "expected"),
    [
        pytest.param("", "chat.postMessage", "not_authed", id="none"),
        pytest.param("xoxb-1-2-made-up", "chat.postMessage", "invalid_auth", id="made up"),
        pytest.param("app", "chat.postMessage", "not_allowed_token_type", id="of the app where the bot's belongs"),
        pytest.param("bot", "apps.connections.open", "not_allowed_token_type", id="of the bot where the app's belongs"),
        pytest.param("xapp-1-A1-1-made-up", "apps.connections.open", "invalid_auth", id="of the app, made up"),
        pytest.param("", "apps.connections.open", "not_authed", id="none for a connection"),
    ],
)
def test_a_token(slack, curl, token, method, expected):
    given = {"app": slack.app_token, "bot": slack.bot_token}.get(token, token)
    assert curl(method, POST, token=given) == {"ok": False, "error": expected}


def test_a_token_in_a_json_body_is_not_read_and_one_in_a_form_is(slack, curl):
    body = json.dumps({"token": slack.bot_token}).encode()
    assert curl.raw("auth.test", body, JSON_TYPE, token="")[2]["error"] == "not_authed"
    assert curl.raw("auth.test", urllib.parse.urlencode({"token": slack.bot_token}).encode(), FORM, token="")[2]["ok"]


def test_a_scope_that_is_missing(start):
    curl = plain_http.Curl(start(scopes=["chat:write"]))
    held = {"provided": "chat:write", "ok": False, "error": "missing_scope"}
    assert curl("users.list") == {**held, "needed": "users:read"}
    answer = curl("conversations.history", {"channel": "{inc}"})
    assert (answer["error"], answer["provided"]) == ("missing_scope", "chat:write")
    assert "channels:history" in answer["needed"].split(",")


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"{", JSON_TYPE, "invalid_json"),
        (b"\xff\xfe", JSON_TYPE, "invalid_json"),
        (b"[" * 100_000, JSON_TYPE, "invalid_json"),
        (b"[1]", JSON_TYPE, "json_not_object"),
        (b'"text"', JSON_TYPE, "json_not_object"),
        (b"<xml/>", "application/xml", "invalid_post_type"),
        (b"channel=C1", None, "missing_post_type"),
        (b"{}", "application/json; charset=klingon", "invalid_charset"),
        (b"x", "multipart/form-data", "invalid_form_data"),
        (b"text=%FF%FE&channel=x", FORM, "channel_not_found"),
        (b"", JSON_TYPE, "invalid_arguments"),
        (b"channel=C1&text=x", "text/plain; charset=utf-8", "invalid_arguments"),
    ],
    ids=[
        "half a body", "no utf-8", "too deep", "a list", "a word", "xml", "no content type", "an odd charset",
        "parts without a boundary", "odd bytes in a form", "nothing", "plain text",
    ],
)  # fmt: skip
def test_a_body(curl, body, content_type, expected):
    status, _, answer = curl.raw("chat.postMessage", body, content_type)
    assert (status, answer["ok"], answer["error"]) == (200, False, expected)


def test_a_body_of_many_megabytes_is_refused_and_breaks_nothing(curl):
    text = b'{"channel": "C0NOSUCH00", "text": "' + b"x" * 2_000_000 + b'"}'
    assert curl.raw("chat.postMessage", text, JSON_TYPE)[2]["error"] == "channel_not_found"
    assert curl("api.test")["ok"]


@pytest.mark.parametrize(
    ("content_type", "warning"),
    [
        ("application/json", "missing_charset"),
        ("application/json; charset=utf-8", None),
        (FORM, None),
        (FORM + "; charset=utf-8", "superfluous_charset"),
    ],
)
@pytest.mark.parametrize("channel", ["{inc}", "C0NOSUCH00"], ids=["ok", "refused"])
def test_a_charset_too_few_or_too_many_is_warned_of(curl, content_type, warning, channel):
    given = curl.fill({"channel": channel, "text": "x"})
    body = json.dumps(given) if "json" in content_type else urllib.parse.urlencode(given)
    answer = curl.raw("chat.postMessage", body.encode(), content_type)[2]
    assert answer["ok"] is (channel == "{inc}")
    assert answer.get("warning") == warning
    assert answer.get("response_metadata", {}).get("warnings") == ([warning] if warning else None)


def test_get_and_post_are_the_same_to_slack(curl):
    query = "?" + urllib.parse.urlencode(curl.fill({"channel": "{inc}"}))
    assert curl.raw("conversations.info", verb="GET", query=query)[2]["ok"]
    assert curl.raw("conversations.info", verb="POST", query=query)[2]["ok"]
    assert curl.raw("conversations.info", verb="GET")[2]["error"] == "invalid_arguments"


def test_json_for_a_method_that_takes_forms_only_is_not_read(curl):
    body = json.dumps(curl.fill({"user": "{aino}"})).encode()
    answer = curl.raw("users.info", body, JSON_TYPE)[2]
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


def test_a_long_text_is_cut_in_a_post_and_refused_in_an_update(curl):
    answer = curl("chat.postMessage", {"channel": "{inc}", "text": "{x*40001}"})
    assert len(answer["message"]["text"]) == 40_000
    assert answer["warning"] == "message_truncated"
    assert answer["response_metadata"]["warnings"] == ["message_truncated"]
    assert answer["response_metadata"]["messages"][0].startswith("[WARN] Your message was truncated but still posted.")
    args = {"channel": "{inc}", "ts": answer["ts"]}
    assert curl("chat.update", {**args, "text": "{x*4000}"})["ok"]
    assert curl("chat.update", {**args, "text": "{x*4001}"})["error"] == "msg_too_long"


def test_a_cursor_is_good_for_its_own_list_alone(curl):
    cursor = curl("conversations.list", {"limit": "1"})["response_metadata"]["next_cursor"]
    assert cursor
    assert curl("conversations.list", {"limit": "1", "cursor": cursor})["ok"]
    for method, args in [("users.list", {}), ("conversations.history", {"channel": "{inc}"})]:
        assert curl(method, {**args, "cursor": cursor})["error"] == "invalid_cursor"


def test_too_many_calls_are_answered_429_with_retry_after(curl):
    answers = [curl.raw("conversations.list", verb="GET") for _ in range(21)]
    assert [status for status, _, _ in answers] == [200] * 20 + [429]
    _, headers, body = answers[-1]
    assert body == {"ok": False, "error": "ratelimited"}
    assert headers["Retry-After"] == "60"


def test_reactions_and_pins_have_an_end(start):
    slack = start(rate_limits=False)
    curl = plain_http.Curl(slack)
    mark = {"channel": "{inc}", "timestamp": curl("chat.postMessage", POST)["ts"]}
    names = [f"clock{hour}{half}" for hour in range(1, 13) for half in ("", "30")][:23]
    assert all(curl("reactions.add", {**mark, "name": name})["ok"] for name in names)
    assert curl("reactions.add", {**mark, "name": "eyes"})["error"] == "too_many_emoji"


def test_user_groups_need_a_paid_plan(start, tmp_path):
    spelled = files.mapping(plain_http.HERE / "workspace.yml", "workspace")
    spelled["team"]["plan"] = "free"
    path = tmp_path / "free.yml"
    path.write_text(yaml.safe_dump(spelled))
    curl = plain_http.Curl(start(workspace=path))
    assert curl("usergroups.list")["error"] == "plan_upgrade_required"


def test_a_revoked_token(curl):
    assert curl("auth.revoke", {"test": "true"})["revoked"] is False
    assert curl("auth.revoke")["revoked"] is True
    assert curl("auth.test")["error"] == "token_revoked"


class TestForms:
    """Triggers, the stack, hashes, the Home tab."""

    @pytest.fixture
    def trigger(self, slack, app):
        return lambda user="aino": slack.act.command(user, "#inc", "/help-me")["trigger_id"]

    def test_a_trigger_is_used_once(self, curl, trigger):
        args = {"trigger_id": trigger(), "view": MODAL}
        assert curl("views.open", args)["ok"]
        assert curl("views.open", args)["error"] == "exchanged_trigger_id"

    def test_a_trigger_expires(self, slack, curl, trigger):
        args = {"trigger_id": trigger(), "view": MODAL}
        slack.advance(3.1)
        assert curl("views.open", args)["error"] == "expired_trigger_id"

    def test_a_trigger_of_another_app_means_nothing(self, start, wire, tmp_path):
        here = files.mapping(plain_http.HERE / "workspace.yml", "workspace")
        other = files.mapping(plain_http.HERE / "manifest.yml", "manifest")
        other["display_information"]["name"] = other["features"]["bot_user"]["display_name"] = "other"
        other["features"]["slash_commands"] = []
        here["apps"] = [{"manifest": other}]
        path = tmp_path / "two.yml"
        path.write_text(yaml.safe_dump(here))
        slack = start(workspace=path)
        wire(slack)
        key = slack.act.command("aino", "#inc", "/help-me")["trigger_id"]
        token = next(row["bot_token"] for row in slack.see("apps")["apps"] if row["bot_token"] != slack.bot_token)
        curl = plain_http.Curl(slack)
        args = {"trigger_id": key, "view": MODAL}
        assert curl("views.open", args, token=token)["error"] == "invalid_trigger_id"
        assert curl("views.open", args)["ok"]

    def test_a_view_is_not_pushed_with_a_trigger_from_elsewhere(self, curl, trigger):
        assert curl("views.open", {"trigger_id": trigger(), "view": MODAL})["ok"]
        assert curl("views.push", {"trigger_id": trigger("ben"), "view": MODAL})["error"] == "not_found"

    def test_the_stack_is_three_high(self, slack, curl, trigger):
        row = {"type": "actions", "elements": [{"type": "button", "action_id": "b", "text": MODAL["title"]}]}
        view = {**MODAL, "blocks": [row]}
        assert curl("views.open", {"trigger_id": trigger(), "view": view})["ok"]
        for _ in range(2):
            slack.act.press("aino", "b")
            key = slack.deliveries(type="block_actions")[-1]["payload"]["trigger_id"]
            assert curl("views.push", {"trigger_id": key, "view": view})["ok"]
        slack.act.press("aino", "b")
        key = slack.deliveries(type="block_actions")[-1]["payload"]["trigger_id"]
        assert curl("views.push", {"trigger_id": key, "view": view})["error"] == "push_limit_reached"

    def test_a_stale_hash(self, curl, trigger):
        view = curl("views.open", {"trigger_id": trigger(), "view": MODAL})["view"]
        args = {"view_id": view["id"], "hash": view["hash"], "view": MODAL}
        assert curl("views.update", args)["ok"]
        assert curl("views.update", args)["error"] == "hash_conflict"
        home = {"user_id": "{aino}", "view": {"type": "home", "blocks": []}}
        assert curl("views.publish", home)["ok"]
        assert curl("views.publish", {**home, "hash": "1.old"})["error"] == "hash_conflict"

    def test_an_external_id_twice(self, curl, trigger):
        view = {**MODAL, "external_id": "one"}
        assert curl("views.open", {"trigger_id": trigger(), "view": view})["ok"]
        answer = curl("views.open", {"trigger_id": trigger("ben"), "view": view})
        assert answer["error"] == "duplicate_external_id"

    def test_a_home_tab_that_is_off(self, start):
        def off(manifest):
            manifest["features"]["app_home"]["home_tab_enabled"] = False

        curl = plain_http.Curl(start(change=off))
        home = {"user_id": "{aino}", "view": {"type": "home", "blocks": []}}
        assert curl("views.publish", home)["error"] == "not_enabled"


class TestResponseUrls:
    """A place to answer, for a while."""

    @pytest.fixture
    def answer(self, slack, app):
        path = urllib.parse.urlsplit(slack.act.command("aino", "#inc", "/help-me")["response_url"]).path

        def send(body=b'{"text": "x"}', where=path):
            return plain_http.send(slack.url, where, body, {"Content-Type": "application/json"})

        send.path = path
        return send

    def test_five_times_and_no_more(self, answer):
        assert [answer()[0] for _ in range(6)] == [200] * 5 + [404]
        assert answer()[2] == {"ok": False, "error": "used_url"}

    def test_half_an_hour_and_no_longer(self, slack, answer):
        slack.advance(30 * 60 + 1)
        status, _, body = answer()
        assert (status, body) == (404, {"ok": False, "error": "expired_url"})

    @pytest.mark.parametrize(
        ("body", "error"),
        [
            (b"{", "invalid_payload"),
            (b"[]", "invalid_payload"),
            (b"{}", "no_text"),
            (b'{"blocks": [{}]}', "invalid_blocks"),
        ],
    )
    def test_what_it_is_sent(self, answer, body, error):
        status, _, said = answer(body)
        assert (status, said["error"]) == (400, error)

    def test_an_address_nobody_gave(self, answer):
        assert answer(where=answer.path[:-4] + "0000")[0] == 404


class TestUploads:
    """Three steps, each of which can go wrong."""

    @pytest.fixture
    def begun(self, curl):
        return curl("files.getUploadURLExternal", {"filename": "x.txt", "length": "3"})

    def put(self, begun, raw):
        parts = urllib.parse.urlsplit(begun["upload_url"])
        return plain_http.send(begun["upload_url"], parts.path, raw)[0]

    def test_completed_before_the_bytes_came(self, curl, begun):
        answer = curl("files.completeUploadExternal", {"files": [{"id": begun["file_id"]}]})
        assert answer["error"] == "file_not_found"

    def test_other_bytes_than_announced(self, begun):
        assert self.put(begun, b"four") == 400

    def test_the_bytes_twice(self, begun):
        assert [self.put(begun, b"abc"), self.put(begun, b"abc")] == [200, 404]

    @pytest.mark.parametrize(
        ("channel", "error"),
        [("{general}", "not_in_channel"), ("{hidden}", "channel_not_found"), ("{old}", "posting_to_channel_denied")],
    )
    def test_shared_where_the_bot_may_not_write(self, curl, begun, channel, error):
        assert self.put(begun, b"abc") == 200
        args = {"files": [{"id": begun["file_id"]}], "channel_id": channel}
        assert curl("files.completeUploadExternal", args)["error"] == error
