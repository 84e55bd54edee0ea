"""Texts: what people type is escaped, what bots send is kept, and both have limits (groups 7, 8 and 10)."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("hi @ben!", "hi <@{ben}>!"),
        ("see #inc and #nowhere", "see <#{inc}|inc> and #nowhere"),
        ("@here @channel", "<!here> <!channel>"),
        ("ask @sre", "ask <!subteam^{sre}|@sre>"),
        ("mail x@ben.example", "mail x@ben.example"),
        ("@nobody", "@nobody"),
        ("@Sam", "@Sam"),
        ("go https://x.example/a?b=1&c=2.", "go <https://x.example/a?b=1&amp;c=2>."),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@{ben}> ok", "<@{ben}> ok"),
    ],
)
def test_a_typed_line_becomes_slack_text(slack, typed, stored):
    groups = slack.see("people")["usergroups"]
    ids = {"ben": slack.see.user("ben")["id"], "inc": slack.see.channel("inc")["id"], "sre": groups[0]["id"]}
    ts = slack.act.post("aino", "#inc", typed.replace("{ben}", ids["ben"]))
    message = next(m for m in slack.see.messages("inc") if m["ts"] == ts)
    assert message["text"] == stored.format(**ids)
    assert message["blocks"][0]["type"] == "rich_text"


def test_bot_text_is_kept_as_sent(web, inc):
    sent = "<!channel> a & b <raw>"
    assert web.chat_postMessage(channel=inc, text=sent)["message"]["text"] == sent


def test_text_over_forty_thousand_is_cut_with_a_warning(web, inc):
    answer = web.chat_postMessage(channel=inc, text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000
    assert answer["warning"] == "message_truncated"
    assert answer["response_metadata"]["warnings"] == ["message_truncated"]
    assert answer["response_metadata"]["messages"][0].startswith("[WARN] Your message was truncated")


def test_an_update_over_four_thousand_is_refused(web, inc, error):
    ts = web.chat_postMessage(channel=inc, text="x")["ts"]
    assert error(web.chat_update, channel=inc, ts=ts, text="x" * 4_001)["error"] == "msg_too_long"
    assert web.chat_update(channel=inc, ts=ts, text="x" * 4_000)["ok"]


@pytest.mark.parametrize("given", [{}, {"text": ""}, {"blocks": []}], ids=["nothing", "empty text", "no blocks"])
def test_a_message_needs_something(web, inc, error, given):
    assert error(web.api_call, "chat.postMessage", json={"channel": inc, **given})["error"] == "no_text"


def test_markdown_text_excludes_text(web, inc, error):
    answer = error(web.api_call, "chat.postMessage", json={"channel": inc, "markdown_text": "*x*", "text": "x"})
    assert answer["error"] == "markdown_text_conflict"


def test_only_own_messages_can_be_changed(slack, web, inc, error):
    ts = slack.act.post("aino", "#inc", "mine")
    assert error(web.chat_update, channel=inc, ts=ts, text="x")["error"] == "cant_update_message"
    assert error(web.chat_delete, channel=inc, ts=ts)["error"] == "cant_delete_message"
    assert error(web.chat_delete, channel=inc, ts="1.000000")["error"] == "message_not_found"


def test_new_text_without_blocks_takes_the_blocks_away(web, inc):
    ts = web.chat_postMessage(channel=inc, text="x", blocks=[{"type": "divider"}])["ts"]
    message = web.chat_update(channel=inc, ts=ts, text="y")["message"]
    assert "blocks" not in message
    assert message["edited"]["user"].startswith("U")


def test_a_username_of_its_own_needs_a_scope(web, inc, error):
    body = error(web.chat_postMessage, channel=inc, text="x", username="Robot")
    assert (body["error"], body["needed"]) == ("missing_scope", "chat:write.customize")


def test_metadata_is_kept_and_comes_back_only_when_asked_for(web, inc):
    metadata = {"event_type": "card", "event_payload": {"id": 1}}
    web.chat_postMessage(channel=inc, text="x", metadata=metadata)
    assert "metadata" not in web.conversations_history(channel=inc, limit=1)["messages"][0]
    shown = web.conversations_history(channel=inc, limit=1, include_all_metadata=True)["messages"][0]
    assert shown["metadata"] == metadata


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        ("nonsense", "invalid_metadata_format"),
        ({"event_payload": {}}, "invalid_metadata_format"),
        ({"event_type": "x"}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"a": "b" * 9000}}, "metadata_too_large"),
    ],
    ids=["not JSON", "no type", "no payload", "too large"],
)
def test_metadata_must_be_of_its_form(web, inc, error, metadata, name):
    given = {"channel": inc, "text": "x", "metadata": metadata}
    assert error(web.api_call, "chat.postMessage", json=given)["error"] == name


def test_a_permalink_points_to_the_message_in_its_thread(slack, web, inc):
    parent = slack.act.post("aino", "#inc", "one")
    reply = slack.act.post("ben", "#inc", "two", thread=parent)
    link = web.chat_getPermalink(channel=inc, message_ts=reply)["permalink"]
    assert link == f"{slack.url}/archives/{inc}/p{reply.replace('.', '')}?thread_ts={parent}&cid={inc}"
