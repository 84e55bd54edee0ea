"""Rate limits: tiers of each method, one message a second in a channel, Retry-After (group 25)."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler


def until_limited(call):
    for number in range(1000):
        try:
            call()
        except SlackApiError as error:
            return number, error.response
    raise AssertionError("no limit")


@pytest.mark.parametrize(
    ("method", "expected"),
    [("users.list", 20), ("reactions.get", 50), ("users.info", 100)],
    ids=["tier 2", "tier 3", "tier 4"],
)
def test_each_method_has_the_calls_of_its_tier_a_minute(slack, web, inc, method, expected):
    args = {"users.info": {"user": slack.see.user("aino")["id"]}}.get(
        method, {"channel": inc, "timestamp": "1772442000.000000"}
    )
    args = {} if method == "users.list" else args
    number, answer = until_limited(lambda: web.api_call(method, params=args))
    assert number == expected
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert int(answer.headers["Retry-After"]) == 60
    slack.advance(60)
    assert web.api_call(method, params=args)["ok"]


def test_one_methods_limit_is_not_anothers(web):
    until_limited(web.users_list)
    assert web.usergroups_list()["ok"]


def test_a_channel_takes_one_message_a_second_after_a_short_burst(slack, web, inc):
    number, answer = until_limited(lambda: web.chat_postMessage(channel=inc, text="x"))
    assert (number, answer.headers["Retry-After"]) == (5, "1")
    assert web.chat_postMessage(channel=slack.see.user("aino")["id"], text="elsewhere")["ok"]
    slack.advance(1)
    assert web.chat_postMessage(channel=inc, text="x")["ok"]


def test_limits_can_be_switched_off(slack, web):
    slack.rules(rate_limits=False)
    for _ in range(30):
        web.users_list()


def test_the_handler_of_the_sdk_waits_and_succeeds(start):
    from slack_sdk import WebClient

    slack = start(clock="real")
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    web.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    for number in range(6):
        assert web.chat_postMessage(channel="#inc", text=str(number))["ok"]
    assert [call["error"] for call in slack.calls("chat.postMessage")] == [None] * 5 + ["ratelimited", None]
