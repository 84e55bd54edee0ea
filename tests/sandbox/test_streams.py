"""A message written piece by piece: chat.startStream, appendStream and stopStream, through the SDK's own helper."""

from __future__ import annotations

import pytest


@pytest.fixture
def begin(slack, web, inc):
    """Starts a stream in #inc."""
    reader = {"recipient_team_id": slack.team_id, "recipient_user_id": slack.see.user("aino")["id"]}
    parent = slack.see.messages("inc")[0]["ts"]
    return lambda **more: web.chat_startStream(channel=inc, thread_ts=parent, **{**reader, **more})


def shown(slack):
    return slack.see.messages("inc")[-1]


def test_the_sdks_helper_writes_one_message(slack, web, inc):
    parent = slack.see.messages("inc")[0]["ts"]
    reader = {"recipient_team_id": slack.team_id, "recipient_user_id": slack.see.user("aino")["id"]}
    streamer = web.chat_stream(channel=inc, thread_ts=parent, buffer_size=4, **reader)
    streamer.append(markdown_text="**hello** ")
    assert shown(slack)["streaming_state"] == "in_progress"
    streamer.append(markdown_text="world, ")
    answer = streamer.stop(markdown_text="done", blocks=[{"type": "divider"}])
    assert answer["message"]["text"] == "**hello** world, done"
    assert (shown(slack)["ts"], shown(slack)["thread_ts"]) == (answer["ts"], parent)
    assert [block["type"] for block in shown(slack)["blocks"]] == ["markdown", "divider"]
    assert slack.violations() == []


def test_tasks_change_in_place(slack, web, inc, begin):
    task = {"type": "task_update", "id": "1", "title": "Look", "status": "in_progress", "details": "at it"}
    ts = begin(chunks=[task])["ts"]
    web.chat_appendStream(channel=inc, ts=ts, chunks=[{**task, "status": "complete"}])
    (card,) = shown(slack)["blocks"]
    assert (card["type"], card["task_id"], card["status"]) == ("task_card", "1", "complete")


def test_a_stream_in_a_channel_names_its_reader(begin, error):
    assert error(begin, recipient_user_id=None)["error"] == "missing_recipient_user_id"
    assert error(begin, recipient_team_id=None)["error"] == "missing_recipient_team_id"


@pytest.mark.parametrize(
    "chunks",
    [[{"type": "song"}], [{"type": "task_update", "id": "1"}], ["x"], {}],
    ids=["kind", "keys", "text", "object"],
)
def test_a_piece_must_be_one_of_the_known(begin, error, chunks):
    assert error(begin, chunks=chunks)["error"] == "invalid_chunks"


def test_nothing_is_added_after_the_end_and_nothing_edited_before_it(web, inc, begin, error):
    ts = begin(markdown_text="a")["ts"]
    assert error(web.chat_update, channel=inc, ts=ts, text="b")["error"] == "streaming_state_conflict"
    assert error(web.chat_appendStream, channel=inc, ts=ts)["error"] == "no_text"
    assert error(web.chat_appendStream, channel=inc, ts=ts, markdown_text="x" * 12_001)["error"] == "msg_too_long"
    web.chat_stopStream(channel=inc, ts=ts)
    for call in (web.chat_stopStream, web.chat_appendStream):
        assert error(call, channel=inc, ts=ts, markdown_text="c")["error"] == "message_not_in_streaming_state"
    assert web.chat_update(channel=inc, ts=ts, text="b")["text"] == "b"


def test_only_the_apps_own_stream_goes_on(slack, web, inc, error):
    ts = slack.act.post("aino", "#inc", "mine")
    body = error(web.chat_appendStream, channel=inc, ts=ts, markdown_text="x")
    assert body["error"] == "message_not_owned_by_app"
