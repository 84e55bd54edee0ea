"""Forms: triggers, the stack, hashes, exact state, answers to a submission (groups 11 to 18)."""

from __future__ import annotations

import pytest
from slack_sdk.webhook import WebhookClient

from sandbox.client import SandboxRefused


@pytest.fixture
def trigger(slack, app):
    """A fresh trigger id of aino's command."""
    return lambda: slack.act.command("aino", "#inc", "/help-me")["trigger_id"]


def test_a_trigger_opens_one_view(slack, web, trigger, modal, error):
    key = trigger()
    view = web.views_open(trigger_id=key, view=modal())["view"]
    assert [v["id"] for v in slack.see.modals("aino")] == [view["id"]]
    assert error(web.views_open, trigger_id=key, view=modal())["error"] == "exchanged_trigger_id"


def test_a_trigger_is_good_for_three_seconds(slack, web, trigger, modal, error):
    key = trigger()
    slack.advance(3.1)
    assert error(web.views_open, trigger_id=key, view=modal())["error"] == "expired_trigger_id"


@pytest.mark.parametrize("key", ["", "123.456.abc"])
def test_a_trigger_must_be_one(web, modal, error, key):
    assert error(web.views_open, trigger_id=key, view=modal())["error"] == "invalid_trigger_id"


def test_a_refused_view_does_not_use_the_trigger_up(web, trigger, modal, error):
    key = trigger()
    body = error(web.views_open, trigger_id=key, view={"type": "modal", "blocks": []})
    assert body["error"] == "invalid_arguments"
    assert body["response_metadata"]["messages"] == ["[ERROR] missing required field: title [json-pointer:/view]"]
    assert web.views_open(trigger_id=key, view=modal())["ok"]


def test_a_view_over_250_kb_is_too_large(web, trigger, modal, error):
    big = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2990}} for _ in range(98)]
    assert error(web.views_open, trigger_id=trigger(), view=modal(*big))["error"] == "view_too_large"


def test_an_external_id_is_unique(slack, web, trigger, modal, error):
    web.views_open(trigger_id=trigger(), view=modal(external_id="one"))
    key = slack.act.command("ben", "#inc", "/help-me")["trigger_id"]
    assert error(web.views_open, trigger_id=key, view=modal(external_id="one"))["error"] == "duplicate_external_id"
    assert web.views_update(external_id="one", view=modal())["ok"]


def button(name):
    text = {"type": "plain_text", "text": name}
    return {
        "type": "actions",
        "block_id": f"row {name}",
        "elements": [{"type": "button", "action_id": name, "text": text, "value": "v"}],
    }


def test_the_stack_is_three_high_and_needs_a_trigger_of_its_modal(slack, web, app, trigger, modal, error):
    view = modal(button("more"))
    assert error(web.views_push, trigger_id=trigger(), view=view)["error"] == "not_found"
    web.views_open(trigger_id=trigger(), view=view)
    for _ in range(2):
        slack.act.press("aino", "more")
        web.views_push(trigger_id=app.heard[-1]["payload"]["trigger_id"], view=view)
    stack = slack.see.modals("aino")
    assert len(stack) == 3
    assert stack[2]["previous_view_id"] == stack[1]["id"]
    assert {v["root_view_id"] for v in stack} == {stack[0]["id"]}
    slack.act.press("aino", "more")
    key = app.heard[-1]["payload"]["trigger_id"]
    assert error(web.views_push, trigger_id=key, view=view)["error"] == "push_limit_reached"


def test_a_stale_hash_is_a_conflict(web, trigger, modal, error):
    view = web.views_open(trigger_id=trigger(), view=modal())["view"]
    newer = web.views_update(view_id=view["id"], hash=view["hash"], view=modal())["view"]
    assert newer["hash"] != view["hash"]
    assert error(web.views_update, view_id=view["id"], hash=view["hash"], view=modal())["error"] == "hash_conflict"
    assert error(web.views_update, view_id="V404", view=modal())["error"] == "not_found"


def test_an_update_keeps_what_was_typed_where_the_ids_stay(slack, web, trigger, modal):
    view = web.views_open(trigger_id=trigger(), view=modal())["view"]
    slack.act("fill", user="aino", values={"title": "Checkout"})
    updated = web.views_update(view_id=view["id"], view=modal(button("more")))["view"]
    assert updated["state"]["values"]["title"]["title"]["value"] == "Checkout"


def plain(words):
    return {"type": "plain_text", "text": words}


def inputs():
    choices = [{"text": plain(n), "value": n} for n in ("a", "b")]
    elements = [
        {"type": "plain_text_input"},
        {"type": "plain_text_input", "initial_value": "given"},
        {"type": "email_text_input"},
        {"type": "url_text_input"},
        {"type": "number_input", "is_decimal_allowed": False},
        {"type": "static_select", "options": choices},
        {"type": "users_select"},
        {"type": "conversations_select"},
        {"type": "channels_select"},
        {"type": "multi_static_select", "options": choices},
        {"type": "multi_users_select"},
        {"type": "multi_conversations_select"},
        {"type": "multi_channels_select"},
        {"type": "datepicker"},
        {"type": "timepicker"},
        {"type": "datetimepicker"},
        {"type": "checkboxes", "options": choices},
        {"type": "radio_buttons", "options": choices, "initial_option": choices[0]},
        {"type": "rich_text_input"},
        {"type": "file_input"},
    ]
    return [
        {
            "type": "input",
            "block_id": f"b{n}",
            "optional": True,
            "label": plain("l"),
            "element": {"action_id": "a", **element},
        }
        for n, element in enumerate(elements)
    ]


def kept(words):
    """The text as Slack keeps it."""
    return {**plain(words), "emoji": True}


def all_inputs():
    return {"type": "modal", "title": plain("All"), "submit": plain("Go"), "blocks": inputs()}


def sent(app):
    values = app.heard[-1]["payload"]["view"]["state"]["values"]
    return [actions["a"] for actions in values.values()]


def test_untouched_inputs_are_sent_in_their_exact_empty_shape(slack, web, app, trigger):
    web.views_open(trigger_id=trigger(), view=all_inputs())
    slack.act.submit("aino")
    a = {"text": kept("a"), "value": "a"}
    assert sent(app) == [
        {"type": "plain_text_input", "value": None},
        {"type": "plain_text_input", "value": "given"},
        {"type": "email_text_input", "value": None},
        {"type": "url_text_input", "value": None},
        {"type": "number_input", "value": None},
        {"type": "static_select", "selected_option": None},
        {"type": "users_select", "selected_user": None},
        {"type": "conversations_select", "selected_conversation": None},
        {"type": "channels_select", "selected_channel": None},
        {"type": "multi_static_select", "selected_options": []},
        {"type": "multi_users_select", "selected_users": []},
        {"type": "multi_conversations_select", "selected_conversations": []},
        {"type": "multi_channels_select", "selected_channels": []},
        {"type": "datepicker", "selected_date": None},
        {"type": "timepicker", "selected_time": None},
        {"type": "datetimepicker", "selected_date_time": None},
        {"type": "checkboxes", "selected_options": []},
        {"type": "radio_buttons", "selected_option": a},
        {"type": "rich_text_input"},
        {"type": "file_input", "files": []},
    ]


def test_filled_inputs_are_sent_with_ids_and_whole_options(slack, web, app, trigger, inc):
    web.views_open(trigger_id=trigger(), view=all_inputs())
    ben = slack.see.user("ben")["id"]
    given = ["t", "u", "a@b.example", "https://x", 7, "a", "ben", "#inc", "inc", ["a", "b"], ["ben"], [inc], ["#inc"]]
    given += ["2026-03-02", "09:30", 1_772_442_000, ["b"], "b"]
    slack.act.submit("aino", {f"b{n}": value for n, value in enumerate(given)})
    a, b = ({"text": kept(n), "value": n} for n in "ab")
    shown = [next(v for k, v in entry.items() if k != "type") for entry in sent(app)[:18]]
    assert shown == [
        "t",
        "u",
        "a@b.example",
        "https://x",
        "7",
        a,
        ben,
        inc,
        inc,
        [a, b],
        [ben],
        [inc],
        [inc],
        "2026-03-02",
        "09:30",
        1_772_442_000,
        [b],
        b,
    ]


@pytest.mark.parametrize(
    ("element", "value", "words"),
    [
        ({"type": "plain_text_input"}, None, "Please complete this required field."),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "Write at least 3 characters."),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "Write 3 characters at most."),
        ({"type": "email_text_input"}, "nobody", "Enter a valid email address."),
        ({"type": "url_text_input"}, "x.example", "Enter a valid URL."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Enter a whole number."),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "3"}, "3.5", "Enter 3 or less."),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["aino", "ben"], "Choose 1 at most."),
    ],
)
def test_the_client_stops_a_form_that_is_not_complete(slack, web, app, trigger, element, value, words):
    block = {"type": "input", "block_id": "b", "label": plain("l"), "element": {"action_id": "a", **element}}
    view = {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": [block]}
    web.views_open(trigger_id=trigger(), view=view)
    with pytest.raises(SandboxRefused) as refused:
        slack.act.submit("aino", {"b": value})
    assert refused.value.details["errors"] == {"b": words}
    assert not [e for e in app.heard if e["payload"].get("type") == "view_submission"]


def submit(slack, app, web, trigger, view, ack):
    web.views_open(trigger_id=trigger(), view=view)
    app.answer = lambda envelope: ack if envelope["payload"].get("type") == "view_submission" else None
    return slack.act.submit("aino", {"title": "x"})


def test_a_bare_ack_closes_the_modal(slack, web, app, trigger, modal):
    assert submit(slack, app, web, trigger, modal(), None)["stack"] == []
    payload = app.heard[-1]["payload"]
    assert payload["view"]["callback_id"] == "form"
    assert payload["user"]["id"] == slack.see.user("aino")["id"]


def test_errors_stand_under_their_inputs_and_the_modal_stays(slack, web, app, trigger, modal):
    ack = {"response_action": "errors", "errors": {"title": "taken"}}
    assert submit(slack, app, web, trigger, modal(), ack)["errors"] == {"title": "taken"}
    assert slack.see.modals("aino")[0]["errors"] == {"title": "taken"}
    assert slack.violations() == []


def test_an_error_for_no_input_is_held_against_the_app(slack, web, app, trigger, modal):
    submit(slack, app, web, trigger, modal(), {"response_action": "errors", "errors": {"titel": "taken"}})
    assert "'titel', which is no input" in slack.violations()[0]["text"]


@pytest.mark.parametrize(("action", "height"), [("update", 1), ("push", 2), ("clear", 0)])
def test_an_answer_may_update_push_or_clear(slack, web, app, trigger, modal, action, height):
    ack = {"response_action": action, **({"view": modal(callback_id="next")} if action != "clear" else {})}
    submit(slack, app, web, trigger, modal(), ack)
    stack = slack.see.modals("aino")
    assert len(stack) == height
    assert not height or stack[-1]["callback_id"] == "next"


def test_a_view_in_an_answer_is_checked_like_any_other(slack, web, app, trigger, modal):
    answer = submit(
        slack, app, web, trigger, modal(), {"response_action": "update", "view": {"type": "modal", "blocks": []}}
    )
    assert answer["ok"] is False
    assert "missing required field: title" in slack.violations()[0]["text"]
    assert slack.see.modals("aino")[0]["callback_id"] == "form"


def test_without_an_ack_in_three_seconds_the_user_sees_trouble_and_nothing_is_sent_again(start, wire, modal):
    from slack_sdk import WebClient

    slack = start(clock="real")
    app, web = wire(slack), WebClient(slack.bot_token, base_url=slack.api_url)
    key = slack.act.command("aino", "#inc", "/help-me")["trigger_id"]
    web.views_open(trigger_id=key, view=modal())
    app.answer = lambda envelope: app.SILENT
    answer = slack.act.submit("aino", {"title": "x"})
    assert (answer["ok"], answer["error"]) == (False, "timeout")
    assert "trouble connecting" in answer["shown"]
    slack.advance(400, grace=0.05)
    assert len([e for e in app.heard if e["payload"].get("type") == "view_submission"]) == 1
    assert len(slack.see.modals("aino")) == 1


def test_view_closed_comes_only_when_asked_for(slack, web, app, trigger, modal):
    web.views_open(trigger_id=trigger(), view=modal())
    slack.act.close("aino")
    assert not [e for e in app.heard if e["payload"].get("type") == "view_closed"]
    web.views_open(trigger_id=trigger(), view=modal(notify_on_close=True))
    slack.act.close("aino", everything=True)
    closed = [e["payload"] for e in app.heard if e["payload"].get("type") == "view_closed"]
    assert [payload["is_cleared"] for payload in closed] == [True]
    assert "trigger_id" not in closed[0]


def test_a_press_in_a_modal_carries_view_and_state(slack, web, app, trigger, modal):
    web.views_open(trigger_id=trigger(), view=modal(button("more")))
    slack.act("fill", user="aino", values={"title": "typed"})
    slack.act.press("aino", "more")
    payload = app.heard[-1]["payload"]
    assert payload["type"] == "block_actions"
    assert payload["container"] == {"type": "view", "view_id": payload["view"]["id"]}
    assert payload["view"]["state"]["values"]["title"]["title"]["value"] == "typed"
    action = payload["actions"][0]
    assert (action["action_id"], action["block_id"], action["value"]) == ("more", "row more", "v")


def test_an_input_tells_the_app_only_with_dispatch_action(slack, web, app, trigger, modal):
    blocks = modal()["blocks"]
    blocks[1]["dispatch_action"] = True
    web.views_open(trigger_id=trigger(), view=modal(blocks=blocks))
    assert slack.act.press("aino", "title", "x")["sent"] is False
    slack.act.press("aino", "who", "ben")
    assert app.heard[-1]["payload"]["actions"][0]["selected_user"] == slack.see.user("ben")["id"]


def test_options_of_an_external_select_come_from_the_app(slack, web, app, trigger, modal):
    element = {"type": "external_select", "action_id": "ext", "min_query_length": 1}
    block = {"type": "input", "block_id": "ext", "optional": True, "label": plain("l"), "element": element}
    web.views_open(trigger_id=trigger(), view=modal(block))
    offered = [{"text": kept("One"), "value": "1"}]
    app.answer = lambda envelope: (
        {"options": offered} if envelope["payload"].get("type") == "block_suggestion" else None
    )
    assert slack.act("suggest", user="aino", action_id="ext", value="on")["options"] == offered
    assert app.heard[-1]["payload"]["value"] == "on"
    slack.act.submit("aino", {"title": "x", "ext": "1"})
    assert app.heard[-1]["payload"]["view"]["state"]["values"]["ext"]["ext"]["selected_option"] == offered[0]


def test_home_is_published_and_opened(slack, web, app):
    slack.act.home("ben")
    slack.wait_quiet(0.1)
    event = app.events("app_home_opened")[0]
    assert (event["tab"], event["user"]) == ("home", slack.see.user("ben")["id"])
    assert "view" not in event
    web.views_publish(user_id=event["user"], view={"type": "home", "blocks": [button("go")]})
    slack.act.press("ben", "go", home=True)
    assert app.heard[-1]["payload"]["view"]["type"] == "home"


def test_home_needs_its_tab_and_its_hash(start, slack, web, error):
    from slack_sdk import WebClient

    ben = slack.see.user("ben")["id"]
    view = web.views_publish(user_id=ben, view={"type": "home", "blocks": []})["view"]
    web.views_publish(user_id=ben, view={"type": "home", "blocks": []}, hash=view["hash"])
    again = error(web.views_publish, user_id=ben, view={"type": "home", "blocks": []}, hash=view["hash"])
    assert again["error"] == "hash_conflict"
    off = start(change=lambda m: m["features"]["app_home"].update(home_tab_enabled=False))
    client = WebClient(off.bot_token, base_url=off.api_url)
    assert error(client.views_publish, user_id=ben, view={"type": "home", "blocks": []})["error"] == "not_enabled"


def menu(name, **keys):
    element = {"type": "conversations_select", "action_id": "a", **keys}
    return {"type": "input", "block_id": name, "optional": True, "label": plain(name), "element": element}


def test_a_conversation_chosen_with_response_url_enabled_brings_an_address(slack, web, app, trigger, modal, inc):
    rows = (menu("to", response_url_enabled=True), menu("empty", response_url_enabled=True), menu("other"))
    web.views_open(trigger_id=trigger(), view=modal(*rows))
    slack.act.submit("aino", {"title": "x", "to": "#inc", "other": "#general"})
    (row,) = app.heard[-1]["payload"]["response_urls"]
    assert (row["block_id"], row["action_id"], row["channel_id"]) == ("to", "a", inc)
    answer = WebhookClient(row["response_url"]).send(text="to all", response_type="in_channel")
    assert answer.status_code == 200
    assert slack.see.messages("inc")[-1]["text"] == "to all"
