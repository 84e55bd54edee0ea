"""The state of every kind of input after a person filled it in, to the letter; and the texts of blocks as Slack keeps them."""

from __future__ import annotations

import pytest

from sandbox.client import SandboxRefused
from sandbox.spec import elements, state


def plain(words):
    return {"type": "plain_text", "text": words}


def option(words):
    return {"text": {**plain(words), "emoji": True}, "value": words}


GIVEN = [{"text": plain(words), "value": words} for words in ("a", "b")]
A, B = option("a"), option("b")


def rich(*pieces):
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


TABLE = [
    ({"type": "plain_text_input"}, "two\nlines", {"value": "two\nlines"}),
    ({"type": "plain_text_input"}, "", {"value": None}),
    ({"type": "email_text_input"}, "a@b.example", {"value": "a@b.example"}),
    ({"type": "url_text_input"}, "https://x.example", {"value": "https://x.example"}),
    ({"type": "number_input", "is_decimal_allowed": True}, 7.5, {"value": "7.5"}),
    ({"type": "rich_text_input"}, "hello", {"rich_text_value": rich({"type": "text", "text": "hello"})}),
    (
        {"type": "rich_text_input"},
        "see https://x.example",
        {"rich_text_value": rich({"type": "text", "text": "see "}, {"type": "link", "url": "https://x.example"})},
    ),
    (
        {"type": "rich_text_input"},
        rich({"type": "text", "text": "y"}),
        {"rich_text_value": rich({"type": "text", "text": "y"})},
    ),
    ({"type": "rich_text_input"}, "", {}),
    ({"type": "static_select", "options": GIVEN}, "b", {"selected_option": B}),
    ({"type": "external_select", "min_query_length": 1}, A, {"selected_option": A}),
    ({"type": "users_select"}, "ben", {"selected_user": "BEN"}),
    ({"type": "conversations_select"}, "#inc", {"selected_conversation": "INC"}),
    ({"type": "channels_select"}, "inc", {"selected_channel": "INC"}),
    ({"type": "multi_static_select", "options": GIVEN}, ["a", "b"], {"selected_options": [A, B]}),
    ({"type": "multi_external_select", "min_query_length": 1}, [B], {"selected_options": [B]}),
    ({"type": "multi_users_select"}, ["ben"], {"selected_users": ["BEN"]}),
    ({"type": "multi_conversations_select"}, ["#inc"], {"selected_conversations": ["INC"]}),
    ({"type": "multi_channels_select"}, "inc", {"selected_channels": ["INC"]}),
    ({"type": "datepicker"}, "2026-03-02", {"selected_date": "2026-03-02"}),
    ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
    (
        {"type": "timepicker", "timezone": "Europe/Helsinki"},
        "23:59",
        {"selected_time": "23:59", "timezone": "Europe/Helsinki"},
    ),
    ({"type": "datetimepicker"}, "1772442000", {"selected_date_time": 1_772_442_000}),
    ({"type": "checkboxes", "options": GIVEN}, "a", {"selected_options": [A]}),
    ({"type": "radio_buttons", "options": GIVEN}, "b", {"selected_option": B}),
    ({"type": "file_input"}, ["FILE"], {"files": ["FILE"]}),
]


def test_the_table_has_every_input_there_is():
    assert {element["type"] for element, _, _ in TABLE} == set(state.KEYS)
    assert set(state.KEYS) == {
        *elements.SELECTS,
        *elements.MULTI_SELECTS,
        *elements.PICKERS,
        *elements.TEXT_INPUTS,
        "file_input",
    }


@pytest.mark.parametrize("how", ["submit", "fill"])
@pytest.mark.parametrize(
    ("element", "value", "expected"), TABLE, ids=[f"{n} {row[0]['type']}" for n, row in enumerate(TABLE)]
)
def test_a_filled_input_is_sent_in_slacks_exact_shape(slack, web, app, element, value, expected, how):
    uploaded = slack.act("upload", user="aino", name="a.txt", base64="eA==")["file"]
    named = {"BEN": slack.see.user("ben")["id"], "INC": slack.see.channel("inc")["id"], "FILE": uploaded}

    def known(one):
        if isinstance(one, list):
            return [known(inner) for inner in one]
        return named.get(one, one) if isinstance(one, str) else one

    block = {"type": "input", "block_id": "b", "optional": True, "label": plain("l")}
    block["element"] = {"action_id": "a", **element}
    view = {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": [block]}
    web.views_open(trigger_id=slack.act.command("aino", "#inc", "/help-me")["trigger_id"], view=view)
    picked = [uploaded["id"]] if value == ["FILE"] else value
    if how == "fill":
        slack.act("fill", user="aino", values={"b": picked})
    slack.act.submit("aino", {"b": picked} if how == "submit" else {})
    sent = app.heard[-1]["payload"]["view"]["state"]["values"]
    assert sent == {"b": {"a": {"type": element["type"], **{key: known(one) for key, one in expected.items()}}}}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "datepicker"}, "2026-13-45"),
        ({"type": "timepicker"}, "25:00"),
        ({"type": "file_input"}, ["F0NOSUCH00"]),
    ],
    ids=str,
)
def test_a_value_that_nobody_could_pick_is_refused(slack, web, app, element, value):
    block = {"type": "input", "block_id": "b", "label": plain("l"), "element": {"action_id": "a", **element}}
    view = {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": [block]}
    web.views_open(trigger_id=slack.act.command("aino", "#inc", "/help-me")["trigger_id"], view=view)
    with pytest.raises(SandboxRefused):
        slack.act.submit("aino", {"b": value})


EMOJI, VERBATIM = {"emoji": True}, {"verbatim": False}
SECTION = {
    "type": "section",
    "block_id": "s",
    "text": {"type": "mrkdwn", "text": "*x*"},
    "fields": [plain("f"), {"type": "mrkdwn", "text": "m", "verbatim": True}],
    "accessory": {
        "type": "button",
        "action_id": "go",
        "text": plain("Go"),
        "confirm": {"text": {"type": "mrkdwn", "text": "Sure?"}, "title": {**plain("T"), "emoji": False}},
    },
}
KEPT = {
    "type": "section",
    "block_id": "s",
    "text": {"type": "mrkdwn", "text": "*x*", **VERBATIM},
    "fields": [{**plain("f"), **EMOJI}, {"type": "mrkdwn", "text": "m", "verbatim": True}],
    "accessory": {
        "type": "button",
        "action_id": "go",
        "text": {**plain("Go"), **EMOJI},
        "confirm": {
            "text": {"type": "mrkdwn", "text": "Sure?", **VERBATIM},
            "title": {**plain("T"), "emoji": False},
        },
    },
}


def test_texts_of_a_message_are_kept_with_their_switches(slack, web, app, inc):
    ts = web.chat_postMessage(channel=inc, text="x", blocks=[SECTION])["ts"]
    assert web.conversations_history(channel=inc, limit=1)["messages"][0]["blocks"] == [KEPT]
    slack.act.press("aino", "go", channel="#inc", ts=ts)
    payload = app.heard[-1]["payload"]
    assert payload["message"]["blocks"] == [KEPT]
    assert payload["actions"][0]["text"] == {**plain("Go"), **EMOJI}


def test_texts_of_a_view_are_kept_with_their_switches(slack, web, app):
    trigger = slack.act.command("aino", "#inc", "/help-me")["trigger_id"]
    view = {"type": "modal", "title": plain("T"), "close": plain("No"), "blocks": [SECTION]}
    shown = web.views_open(trigger_id=trigger, view=view)["view"]
    assert shown["blocks"] == [KEPT]
    assert (shown["title"], shown["close"]) == ({**plain("T"), **EMOJI}, {**plain("No"), **EMOJI})
