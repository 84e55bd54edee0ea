"""Messages that people press, and the response URL: five uses, thirty minutes, ephemeral by default (group 19)."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest

from sandbox.client import SandboxRefused


def plain(words):
    return {"type": "plain_text", "text": words}


def card(*elements):
    return [{"type": "actions", "block_id": "row", "elements": list(elements)}]


BUTTON = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "7"}


@pytest.fixture
def respond(slack, app):
    """Posts to the response URL of the last interaction; the answer is (status, text)."""

    def send(url=None, **body):
        given = [e["payload"]["response_url"] for e in app.heard if "response_url" in e["payload"]]
        address = url or given[-1]
        request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.loads(refused.read())["error"]

    return send


def test_it_whispers_by_default(slack, respond):
    slack.act.command("aino", "#inc", "/help-me")
    assert respond(text="psst") == (200, "ok")
    assert slack.see.messages("inc", user="aino")[-1]["text"] == "psst"
    assert "psst" not in str(slack.see.messages("inc", user="ben"))


def test_it_posts_to_all_where_the_bot_is_not_even_in(slack, respond):
    slack.act.command("aino", "#general", "/help-me")
    assert respond(text="to all", response_type="in_channel") == (200, "ok")
    assert slack.see.messages("general", user="ben")[-1]["text"] == "to all"


def test_it_is_used_up_after_five_times(slack, respond):
    slack.act.command("aino", "#inc", "/help-me")
    assert [respond(text="x")[0] for _ in range(5)] == [200] * 5
    assert respond(text="x") == (404, "used_url")


def test_it_is_too_old_after_thirty_minutes(slack, respond):
    slack.act.command("aino", "#inc", "/help-me")
    slack.advance(30 * 60 + 1)
    assert respond(text="x") == (404, "expired_url")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
    ],
)
def test_what_it_is_sent_is_checked(slack, respond, body, error):
    slack.act.command("aino", "#inc", "/help-me")
    assert respond(**body) == (400, error)


def test_an_address_nobody_gave_is_not_found(slack, respond):
    assert respond(url=f"{slack.url}/response/T1/nothing", text="x")[0] == 404


def test_a_press_carries_message_state_and_place(slack, app, web, inc):
    ts = web.chat_postMessage(channel=inc, text="card", blocks=card(BUTTON))["ts"]
    slack.act.press("aino", "go", channel="#inc", ts=ts)
    payload = app.heard[-1]["payload"]
    assert app.heard[-1]["type"] == "interactive"
    assert payload["container"] == {"type": "message", "message_ts": ts, "channel_id": inc, "is_ephemeral": False}
    assert (payload["message"]["ts"], payload["channel"]) == (ts, {"id": inc, "name": "inc"})
    action = payload["actions"][0]
    assert (action["action_id"], action["block_id"], action["value"], action["text"]) == (
        "go",
        "row",
        "7",
        {**plain("Go"), "emoji": True},
    )
    assert payload["user"]["username"] == "aino"
    assert payload["trigger_id"]
    assert payload["is_enterprise_install"] is False


def test_menus_and_pickers_in_messages_send_their_choice(slack, app, web, inc):
    rows = [{"text": {**plain(n), "emoji": True}, "value": n} for n in "ab"]
    elements = [
        {"type": "static_select", "action_id": "s", "options": rows},
        {"type": "users_select", "action_id": "u"},
        {"type": "overflow", "action_id": "o", "options": rows},
        {"type": "datepicker", "action_id": "d"},
        {"type": "checkboxes", "action_id": "c", "options": rows},
    ]
    web.chat_postMessage(channel=inc, text="card", blocks=card(*elements))
    ben = slack.see.user("ben")["id"]
    chosen = [
        ("s", "b", "selected_option", rows[1]),
        ("u", "ben", "selected_user", ben),
        ("o", "a", "selected_option", rows[0]),
        ("d", "2026-03-09", "selected_date", "2026-03-09"),
        ("c", ["a", "b"], "selected_options", rows),
    ]
    for action_id, value, key, expected in chosen:
        slack.act.press("aino", action_id, value, channel="#inc")
        assert app.heard[-1]["payload"]["actions"][0][key] == expected
    state = app.heard[-1]["payload"]["state"]["values"]["row"]
    assert (state["u"]["selected_user"], "o" in state) == (ben, False)


def test_a_menu_has_only_its_own_options(slack, app, web, inc):
    rows = [{"text": plain("a"), "value": "a"}]
    web.chat_postMessage(
        channel=inc, text="x", blocks=card({"type": "static_select", "action_id": "s", "options": rows})
    )
    with pytest.raises(SandboxRefused, match="there is no option 'z'"):
        slack.act.press("aino", "s", "z", channel="#inc")


def test_the_pressed_message_can_be_replaced_or_deleted(slack, app, web, inc, respond):
    ts = web.chat_postMessage(channel=inc, text="card", blocks=card(BUTTON))["ts"]
    slack.act.press("aino", "go", channel="#inc", ts=ts)
    assert respond(text="done", replace_original=True) == (200, "ok")
    newest = web.conversations_history(channel=inc)["messages"][0]
    assert (newest["ts"], newest["text"], "blocks" in newest) == (ts, "done", False)
    respond(delete_original=True)
    assert web.conversations_history(channel=inc)["messages"][0]["ts"] != ts


def test_a_whispered_message_can_be_pressed_replaced_and_deleted(slack, app, web, inc, respond):
    aino = slack.see.user("aino")["id"]
    ts = web.chat_postEphemeral(channel=inc, user=aino, text="card", blocks=card(BUTTON))["message_ts"]
    slack.act.press("aino", "go", channel="#inc")
    payload = app.heard[-1]["payload"]
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    respond(text="done", replace_original=True)
    assert [m["text"] for m in slack.see.messages("inc", user="aino") if m["ts"] == ts] == ["done"]
    respond(delete_original=True)
    assert not [m for m in slack.see.messages("inc", user="aino") if m["ts"] == ts]
    with pytest.raises(SandboxRefused):
        slack.act.press("ben", "go", channel="#inc")


def test_a_message_shortcut_carries_the_message_also_where_the_bot_is_not(slack, app, respond):
    ts = slack.act.post("aino", "#general", "keep me")
    slack.act.shortcut("ben", "keep", channel="#general", ts=ts)
    payload = app.heard[-1]["payload"]
    assert (payload["type"], payload["callback_id"], payload["message_ts"]) == ("message_action", "keep", ts)
    assert payload["message"]["text"] == "keep me"
    assert respond(text="kept") == (200, "ok")


def test_a_shortcut_nobody_offers_is_refused(slack, app):
    with pytest.raises(SandboxRefused, match="no app offers a global shortcut 'keep'"):
        slack.act.shortcut("ben", "keep")


def test_without_interactivity_nothing_can_be_pressed(start, wire):
    slack = start(change=lambda m: m["settings"]["interactivity"].update(is_enabled=False))
    wire(slack)
    from slack_sdk import WebClient

    web = WebClient(slack.bot_token, base_url=slack.api_url)
    web.chat_postMessage(channel="#inc", text="card", blocks=card(BUTTON))
    with pytest.raises(SandboxRefused, match="not configured to handle interactive responses"):
        slack.act.press("aino", "go", channel="#inc")
