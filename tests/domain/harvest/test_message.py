from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.harvest import message
from bot.domain.harvest.message import FileRef, MalformedMessage, Message

TS = "1433562823.000216"


def read(**raw: object) -> Message:
    return message.from_slack({"ts": TS, **raw}, "C1")


@pytest.mark.parametrize(
    "raw",
    [None, "text", 7, [], ["ts"], {}, {"ts": None}, {"ts": ""}, {"ts": "now"}, {"ts": True}, {"ts": "1e9"}, {"ts": -1}],
)
def test_what_is_no_message_is_refused(raw: object) -> None:
    with pytest.raises(MalformedMessage):
        message.from_slack(raw, "C1")


@pytest.mark.parametrize(
    "odd",
    [
        {"text": None}, {"text": 5}, {"user": None}, {"user": {"id": "U1"}}, {"blocks": None}, {"blocks": "x"}, {"blocks": [None, 3]},
        {"attachments": None}, {"attachments": {}}, {"attachments": ["x", {}]}, {"files": None}, {"files": [None, {}]}, {"file": []},
        {"thread_ts": 0}, {"thread_ts": "soon"}, {"reply_count": "many"}, {"reply_count": -3}, {"edited": []}, {"edited": {"ts": None}},
        {"reactions": {}}, {"reactions": [{"name": None}]}, {"subtype": 9}, {"bot_profile": []}, {"latest_reply": []}, {"comment": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_any_other_odd_field_is_tolerated(odd: dict[str, object]) -> None:
    assert read(**odd).ts == TS


def test_the_instant_is_exact_to_the_microsecond() -> None:
    assert read().at == datetime(2015, 6, 6, 3, 53, 43, 216, tzinfo=UTC)
    assert message.instant("1433562823.1").microsecond == 100_000


@given(st.integers(0, 99_999_999_999), st.integers(0, 999_999))
def test_no_instant_is_rounded(seconds: int, micros: int) -> None:
    found = message.ts_key(f"{seconds}.{micros:06d}")
    assert found == (seconds, micros)


def test_a_reply_a_parent_and_a_broadcast_are_told_apart() -> None:
    assert read(thread_ts="1433562000.000001").is_reply
    parent = read(thread_ts=TS, reply_count=2, latest_reply="1433562900.000001")
    assert parent.is_parent
    assert not parent.is_reply
    assert read(subtype="thread_broadcast", thread_ts="1433562000.000001").is_reply


def test_an_app_is_a_bot_in_every_shape() -> None:
    assert read(bot_id="B1", user="U9").is_bot
    assert read(subtype="bot_message", username="deploys").bot_name == "deploys"
    assert read(user="USLACKBOT").is_bot
    assert not read(bot_id=None, user="U1").is_bot


def test_text_of_an_app_includes_its_attachments() -> None:
    found = read(
        bot_id="B1",
        text="",
        attachments=[
            {
                "title": "High error rate",
                "title_link": "https://graph.example/d/1",
                "text": "35 %",
                "fields": [{"title": "env", "value": "prod"}],
            }
        ],
    )
    assert found.text == "High error rate\n35 %\nenv: prod"
    assert found.links == ("https://graph.example/d/1",)
    assert read(bot_id="B1", attachments=[{"fallback": "Disk full"}]).text == "Disk full"


def test_a_persons_link_preview_is_not_their_words() -> None:
    found = read(
        user="U1",
        text="see <https://a.example>",
        attachments=[{"text": "TODO: quoted", "from_url": "https://a.example"}],
    )
    assert found.text == "see <https://a.example>"
    assert found.links == ()


def test_blocks_speak_when_there_is_no_text() -> None:
    blocks = [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "a < b ", "style": {"bold": True}},
                        {"type": "user", "user_id": "U1"},
                        {"type": "link", "url": "https://x.example", "text": "x"},
                        {"type": "emoji", "name": "fire"},
                        {"type": "broadcast", "range": "here"},
                    ],
                },
                {
                    "type": "rich_text_list",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
                },
                {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "select 1"}]},
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said\nso"}]},
            ],
        }
    ]
    found = read(user="U1", blocks=blocks).text
    assert found == "*a &lt; b *<@U1><https://x.example|x>:fire:<!here>\n• one\n```select 1```\n&gt; said\n&gt; so"


def test_section_blocks_of_an_app_are_read() -> None:
    blocks = [
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "*IC* <@U1>"},
            "fields": [{"type": "plain_text", "text": "a & b"}],
        }
    ]
    assert read(bot_id="B1", blocks=blocks).text == "*IC* <@U1>\na &amp; b"


def test_endless_nesting_ends() -> None:
    element: dict[str, object] = {"type": "text", "text": "deep"}
    for _ in range(200):
        element = {"type": "rich_text_section", "elements": [element]}
    assert read(blocks=[{"type": "rich_text", "elements": [element]}]).text == ""


def test_the_old_shape_of_files_is_read() -> None:
    share = read(
        subtype="file_share",
        user="U1",
        upload=True,
        text="<@U1> uploaded a file: <https://w.slack.com/files/f|Graph> and commented: look at this",
        file={"id": "F1", "title": "Graph", "permalink": "https://w.slack.com/files/f", "mimetype": "image/png"},
    )
    assert share.text == "look at this"
    assert share.files == (FileRef("F1", "Graph", "https://w.slack.com/files/f", "image/png"),)
    bare = read(
        subtype="file_share",
        user="U1",
        text="<@U1> uploaded a file: <https://w.slack.com/files/f|Graph>",
        file={"id": "F1"},
    )
    assert bare.text == ""


def test_a_comment_on_a_file_is_its_writers() -> None:
    found = read(
        subtype="file_comment",
        text="<@U2> commented on <@U1>'s file <https://w.slack.com/f|g>: nice",
        comment={"user": "U2", "comment": "nice"},
        file={"id": "F1"},
    )
    assert (found.user_id, found.text) == ("U2", "nice")


def test_who_put_a_tick_on_it_is_known() -> None:
    ticks = [
        {"name": "white_check_mark", "users": ["U2", "U1"]},
        {"name": "done", "users": ["U1", 7]},
        {"name": "eyes", "users": ["U3"]},
    ]
    assert read(reactions=ticks).ticked_by == ("U1", "U2")
    assert read(reactions=ticks, pinned_to=["C1"]).ticked_by == ("U1", "U2")
    assert read(reactions=[{"name": "white_check_mark"}]).ticked_by == ()


def test_reactions_lose_their_skin_tone() -> None:
    assert read(reactions=[{"name": "+1::skin-tone-2", "users": ["U1"]}, {"name": "memo"}]).reactions == ("+1", "memo")


def test_what_no_database_takes_is_replaced() -> None:
    found = read(user="U1", text="a\x00b\ud800c")
    assert found.text == "a\ufffdb\ufffdc"
    found.text.encode()


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
stamps = st.builds("{}.{:06d}".format, st.integers(0, 9_999_999_999), st.integers(0, 999_999))
messages = st.builds(
    Message,
    channel_id=texts,
    ts=stamps,
    user_id=st.none() | texts,
    text=texts,
    subtype=st.none() | texts,
    thread_ts=st.none() | stamps,
    bot_id=st.none() | texts,
    bot_name=st.none() | texts,
    edited_ts=st.none() | stamps,
    reply_count=st.integers(0, 10_000),
    latest_reply=st.none() | stamps,
    files=st.lists(st.builds(FileRef, texts, texts, texts, texts), max_size=3).map(tuple),
    links=st.lists(texts, max_size=3).map(tuple),
    reactions=st.lists(texts, max_size=3).map(tuple),
    pinned=st.booleans(),
)


@given(messages)
def test_what_is_stored_comes_back(stored: Message) -> None:
    assert message.from_json(json.loads(json.dumps(message.to_json(stored)))) == stored


def test_the_stored_form_leaves_defaults_out() -> None:
    assert message.to_json(Message("C1", TS, user_id="U1", text="hi")) == {
        "channel_id": "C1",
        "ts": TS,
        "user_id": "U1",
        "text": "hi",
    }


@pytest.mark.parametrize("row", [{}, {"ts": TS, "colour": 1}, {"channel_id": "C1", "ts": TS, "files": [1]}], ids=str)
def test_a_row_of_another_shape_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(MalformedMessage):
        message.from_json(row)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "elements", "type", "ts", "user", "id", "name", "blocks", "url"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "ts",
                "text",
                "user",
                "blocks",
                "attachments",
                "files",
                "file",
                "comment",
                "reactions",
                "edited",
                "bot_id",
                "bot_profile",
                "subtype",
                "thread_ts",
            ]
        ),
        anything,
    )
)
def test_no_shape_breaks_the_reader(raw: dict[str, object]) -> None:
    try:
        found = message.from_slack(raw, "C1")
    except MalformedMessage:
        return
    assert message.from_json(json.loads(json.dumps(message.to_json(found)))) == found


def test_a_reaction_without_a_proper_name_is_no_tick() -> None:
    odd = [{"name": ["done"], "users": ["U1"]}, {"name": None}, "done", {"name": "done", "users": [7, "U2", None]}]
    assert message.from_slack({"ts": "1700000000.000100", "text": "x", "reactions": odd}, "C1").ticked_by == ("U2",)
