"""Many threads at the Web API at once: no ts twice, counts exact, pages whole while new messages arrive."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

THREADS, EACH = 8, 25
NAMES = ("eyes", "tada", "fire", "wave", "bug")


@pytest.fixture
def slack(start):
    return start(rate_limits=False, clock="real")


@pytest.fixture
def together(slack):
    """Runs `act(client, number)` in many threads, each with a client of its own; what they returned, in order."""

    def run(act, count=THREADS):
        def one(number):
            return act(WebClient(slack.bot_token, base_url=slack.api_url), number)

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    return run


def paged(web, channel, **more):
    """Every ts of a channel, in the order of the pages."""
    found, cursor = [], None
    while cursor != "":
        page = web.conversations_history(channel=channel, limit=7, cursor=cursor, **more)
        found += [message["ts"] for message in page["messages"]]
        cursor = page["response_metadata"]["next_cursor"]
    return found


def test_posts_of_many_threads_all_stand_there_each_at_its_own_ts(together, web, inc):
    before = paged(web, inc)

    def write(client, number):
        return [client.chat_postMessage(channel=inc, text=f"{number} {at}")["ts"] for at in range(EACH)]

    written = together(write)
    assert len({ts for each in written for ts in each}) == THREADS * EACH
    assert all(each == sorted(each) for each in written)
    after = paged(web, inc)
    assert after == sorted(after, reverse=True)
    assert set(after) - set(before) == {ts for each in written for ts in each}


def test_replies_of_many_threads_are_counted_exactly(together, web, inc):
    parent = web.chat_postMessage(channel=inc, text="parent")["ts"]

    def reply(client, number):
        return [client.chat_postMessage(channel=inc, text=f"{number} {at}", thread_ts=parent)["ts"] for at in range(5)]

    written = sorted(ts for each in together(reply) for ts in each)
    shown = web.conversations_history(channel=inc, latest=parent, inclusive=True, limit=1)["messages"][0]
    assert (shown["reply_count"], shown["latest_reply"]) == (len(written), written[-1])
    assert [m["ts"] for m in web.conversations_replies(channel=inc, ts=parent)["messages"]] == [parent, *written]


def test_the_same_reaction_by_many_threads_counts_once(together, web, inc, slack):
    ts = web.chat_postMessage(channel=inc, text="look")["ts"]
    for user in ("aino", "ben"):
        slack.act.react(user, "#inc", ts, NAMES[0])

    def react(client, number):
        refused = 0
        for name in NAMES:
            try:
                client.reactions_add(channel=inc, timestamp=ts, name=name)
            except SlackApiError as error:
                refused += error.response["error"] == "already_reacted"
        return refused

    assert sum(together(react)) == (THREADS - 1) * len(NAMES)
    shown = web.reactions_get(channel=inc, timestamp=ts)["message"]["reactions"]
    assert {row["name"]: row["count"] for row in shown} == {**dict.fromkeys(NAMES, 1), NAMES[0]: 3}
    assert all(row["count"] == len(set(row["users"])) for row in shown)


def test_pages_are_whole_and_in_order_while_others_write_delete_and_react(together, web, inc):
    kept = [web.chat_postMessage(channel=inc, text=f"kept {at}")["ts"] for at in range(60)]
    doomed = [web.chat_postMessage(channel=inc, text=f"doomed {at}")["ts"] for at in range(30)]

    def act(client, number):
        if number < 4:
            return [paged(client, inc) for _ in range(4)]
        for at in range(10):
            ts = client.chat_postMessage(channel=inc, text="new")["ts"]
            client.reactions_add(channel=inc, timestamp=ts, name="eyes")
            if number < 7:
                client.chat_delete(channel=inc, ts=doomed[(number - 4) * 10 + at])
        return []

    readings = [reading for each in together(act) for reading in each]
    assert len(readings) == 16
    for reading in readings:
        assert reading == sorted(set(reading), reverse=True)
        assert [ts for ts in reversed(reading) if ts in set(kept)] == kept
    assert not set(doomed) & set(paged(web, inc))
