"""What the control API offers to a page: stretches of a channel, threads, unread marks, the newest of the logs."""

from __future__ import annotations

import pytest

from sandbox.client import SandboxRefused


@pytest.fixture
def twenty(slack):
    """Twenty messages in #general; their ts."""
    return [slack.act.post("ben", "general", f"number {at}") for at in range(20)]


def shown(slack, **query):
    got = slack.see("window", user="aino", channel="general", **query)
    return [message["ts"] for message in got["messages"]], got["more_before"], got["more_after"]


@pytest.mark.parametrize(
    ("query", "stretch", "before", "after"),
    [
        ({"limit": 5}, slice(15, 20), True, False),
        ({"limit": 5, "before": 10}, slice(5, 10), True, True),
        ({"limit": 5, "before": 3}, slice(0, 3), False, True),
        ({"limit": 5, "after": 10}, slice(11, 16), True, True),
        ({"limit": 4, "around": 10}, slice(8, 12), True, True),
        ({}, slice(0, 20), False, False),
    ],
    ids=["newest", "before", "before-the-first", "after", "around", "all"],
)
def test_a_stretch_of_a_channel_says_whether_there_is_more(slack, twenty, query, stretch, before, after):
    query = {key: twenty[value] if key != "limit" else value for key, value in query.items()}
    assert shown(slack, **query) == (twenty[stretch], before, after)


def test_replies_are_in_their_thread_and_not_in_the_stretch(slack, twenty):
    reply = slack.act.post("aino", "general", "a reply", thread=twenty[0])
    assert reply not in shown(slack)[0]
    thread = slack.see("thread", user="aino", channel="general", ts=twenty[0])
    assert thread["parent"]["reply_count"] == 1
    assert [message["ts"] for message in thread["messages"]] == [reply]


def test_a_whispered_message_is_in_the_stretch_of_its_reader_only(slack, web, twenty):
    slack.act("join", user="helper", channel="general")
    web.chat_postEphemeral(channel=slack.see.channel("general")["id"], user=slack.see.user("aino")["id"], text="psst")
    assert slack.see("window", user="aino", channel="general")["messages"][-1]["text"] == "psst"
    assert all("psst" not in str(m) for m in slack.see("window", user="ben", channel="general")["messages"])


def marks(slack, user, name):
    row = next(one for one in slack.see("workspace", user=user)["channels"] if one["name"] == name)
    return row["unread"], row["called"]


def test_unread_marks_count_what_others_wrote_since_one_has_read(slack):
    assert marks(slack, "aino", "general") == (0, 0)
    slack.act.post("ben", "general", "one")
    two = slack.act.post("ben", "general", "two @aino")
    slack.act.post("aino", "general", "mine")
    assert marks(slack, "aino", "general") == (2, 1)
    slack.act("read", user="aino", channel="general", ts=two)
    assert marks(slack, "aino", "general") == (0, 0)
    assert marks(slack, "cho", "general") == (3, 0)


def test_the_frame_of_the_workspace_has_no_secrets_and_only_what_its_reader_sees(slack):
    frame = slack.see("workspace", user="ben")
    assert "hidden" not in [one["name"] for one in frame["channels"]]
    assert slack.bot_token not in str(frame)
    assert slack.signing_secret not in str(frame)
    with pytest.raises(SandboxRefused, match="cannot see"):
        slack.see("window", user="ben", channel="hidden")


def test_a_direct_conversation_is_made_once(slack):
    one = slack.act("direct", **{"user": "aino", "with": "ben"})["channel"]
    assert slack.act("direct", **{"user": "ben", "with": "aino"})["channel"] == one


def test_an_uploaded_file_is_shared_nowhere(slack):
    file = slack.act("upload", user="aino", name="a.txt", base64="aGk=")["file"]
    assert slack.see.file_text(file["id"]) == "hi"
    assert file["channels"] == []


def test_the_newest_of_the_logs_come_with_their_places(slack, web):
    for _ in range(5):
        web.auth_test()
    assert [row["n"] for row in slack.see("log", limit=2)["calls"]] == [3, 4]
