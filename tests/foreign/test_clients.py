"""The Python SDK's clients: pages to the end, limits and faults met by their own retry handlers, uploads, reconnection."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler, AsyncServerErrorRetryHandler
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler, ServerErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.foreign import place


@pytest.fixture
def web(slack):
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    client.retry_handlers += [RateLimitErrorRetryHandler(2), ServerErrorRetryHandler(2)]
    return client


@pytest.fixture
def async_web(slack):
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    client.retry_handlers += [AsyncRateLimitErrorRetryHandler(2), AsyncServerErrorRetryHandler(2)]
    return client


@pytest.fixture
def archive(slack):
    return slack.see.channel("archive")["id"]


def pages(archive, parent):
    """(method, its arguments, the key of its rows, what names a row, how many there are)."""
    return [
        ("conversations_history", {"channel": archive, "limit": 50}, "messages", "ts", place.MESSAGES),
        ("conversations_replies", {"channel": archive, "ts": parent, "limit": 15}, "messages", "ts", place.REPLIES + 1),
        ("users_list", {"limit": 20}, "members", "id", place.PEOPLE + 1),
        ("conversations_list", {"limit": 10}, "channels", "id", place.ROOMS),
    ]


def parent_of(slack):
    return next(m["ts"] for m in slack.see.messages("archive") if m["text"] == "parent")


def test_iterating_a_response_reads_every_page(slack, web, archive):
    for method, given, rows, key, count in pages(archive, parent_of(slack)):
        found = {row[key] for page in getattr(web, method)(**given) for row in page[rows]}
        assert len(found) == count, method
    assert slack.violations() == []


def test_iterating_an_async_response_reads_every_page(slack, async_web, archive, loop):
    async def read(method, given, rows, key):
        return {row[key] async for page in await getattr(async_web, method)(**given) for row in page[rows]}

    for method, given, rows, key, count in pages(archive, parent_of(slack)):
        assert len(loop.run(read(method, given, rows, key))) == count, method


def test_a_limit_is_told_with_its_wait_and_is_over_after_it(slack):
    bare = WebClient(slack.bot_token, base_url=slack.api_url)
    for _ in range(20):
        bare.users_list(limit=1)
    with pytest.raises(SlackApiError) as caught:
        bare.users_list(limit=1)
    assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
    slack.advance(int(caught.value.response.headers["Retry-After"]))
    assert bare.users_list(limit=1)["ok"]


@pytest.mark.parametrize("how", ["429", "500", "503", "reset"])
def test_the_retry_handlers_get_over_a_fault(slack, web, async_web, archive, loop, how):
    slack.fault("conversations.info", how, retry_after=1)
    assert web.conversations_info(channel=archive)["ok"]
    slack.fault("conversations.info", how, retry_after=1)
    assert loop.run(async_web.conversations_info(channel=archive))["ok"]
    assert [call["ok"] for call in slack.calls("conversations.info")] == [False, True, False, True]


def test_several_files_are_uploaded_into_one_message(slack, web, async_web, archive, loop):
    def files(*names):
        return [{"content": f"in {name}", "filename": name, "title": name} for name in names]

    web.files_upload_v2(file_uploads=files("a.txt", "b.txt"), channel=archive, initial_comment="two")
    loop.run(async_web.files_upload_v2(file_uploads=files("c.txt"), channel=archive, initial_comment="one"))
    first, second = slack.see.messages("archive")[-2:]
    assert [(first["text"], len(first["files"])), (second["text"], len(second["files"]))] == [("two", 2), ("one", 1)]
    assert slack.see.file_text(second["files"][0]["id"]) == "in c.txt"
    assert slack.violations() == []
