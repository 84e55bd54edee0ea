"""Looking for a message of ours that may have been posted: every page of the window, in channels and threads, and nobody else's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.integrations import slack_identity
from bot.integrations.slack_call import SlackCall
from bot.integrations.slack_chat import SlackChat

SINCE = datetime(2026, 11, 23, 15, tzinfo=UTC)


def page(*marks: tuple[str, str], cursor: str = "") -> tuple[int, dict[str, str], bytes]:
    """Messages by app and mark, numbered, and where the next page begins."""
    messages = [
        {"ts": f"1795446000.{number:06d}", "metadata": {"event_type": app, "event_payload": {"mark": mark}}}
        for number, (app, mark) in enumerate(marks)
    ]
    body = {"ok": True, "messages": [{"ts": "1.0"}, *messages], "response_metadata": {"next_cursor": cursor}}
    return 200, {}, json.dumps(body).encode()


@pytest.mark.parametrize("thread", [None, "1795445000.000100"], ids=["channel", "thread"])
def test_the_whole_window_is_looked_at(stub: Any, thread: str | None) -> None:
    ours, others = ("postmortem_bot", "card:1"), ("postmortem_bot", "card:2")
    stub.answers = [page(others, cursor="b"), page(others, cursor="c"), page(others, ours)]
    chat = SlackChat(SlackCall(slack_identity.client("xoxb-1", stub.url)), "UBOT")
    assert chat.find("C1", "card:1", since=SINCE, thread_ts=thread) == "1795446000.000001"
    method = "conversations.replies" if thread else "conversations.history"
    assert len(stub.asked) == 3
    assert all(each[0].startswith(method) for each in stub.asked)


def test_what_another_app_marked_is_not_ours(stub: Any) -> None:
    stub.answers = [page(("another_app", "card:1"))]
    chat = SlackChat(SlackCall(slack_identity.client("xoxb-1", stub.url)), "UBOT")
    assert chat.find("C1", "card:1", since=SINCE) is None
