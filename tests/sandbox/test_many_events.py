"""Ten sockets and a thousand events, some unanswered, some on sockets that close or die: none lost, none doubled (groups 20, 24)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.sandbox.crowd import ACK, CLOSE, KILL, SILENT, Crowd

EVENTS, SOCKETS = 1_000, 10


def fate(text: str, attempt: int) -> str:
    """One event in fifteen goes unanswered once, some twice or three times; a few take their socket with them."""
    number = int(text)
    if attempt == 0 and number % 97 in (5, 50):
        return CLOSE if number % 97 == 5 else KILL
    silent = (number % 15 == 0, number % 300 == 0, number % 600 == 0)
    return SILENT if attempt < len(silent) and silent[attempt] else ACK


@pytest.fixture
def crowd() -> Iterator[Callable[..., Crowd]]:
    made: list[Crowd] = []

    def make(*given) -> Crowd:
        made.append(Crowd(*given))
        return made[-1]

    yield make
    for one in made:
        one.close()


def post_all(slack, count: int, threads: int = 4) -> None:
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda number: slack.act.post("aino", "#inc", str(number), raw=True), range(count)))


def waiting(slack) -> int:
    return int(slack.see("deliveries", kind="none")["waiting"])


def settle(slack, heard: list) -> None:
    """Until nothing moves any more without the clock."""
    seen: list[tuple[int, int]] = []

    def still() -> bool:
        seen.append((waiting(slack), len(heard)))
        return len(seen) > 10 and len(set(seen[-10:])) == 1

    slack.wait_until(still)


def let_retries_happen(slack) -> None:
    for seconds in (3, 3, 60, 3, 300, 3):
        slack.advance(seconds)
    slack.wait_until(lambda: waiting(slack) == 0)


def test_a_thousand_events_on_ten_failing_sockets_come_once_each_and_again_only_when_unanswered(start, crowd):
    slack = start(rate_limits=False)
    app = crowd(slack, fate)
    app.open(SOCKETS)
    post_all(slack, EVENTS)
    settle(slack, app.heard)
    let_retries_happen(slack)

    assert len({one.envelope for one in app.heard}) == len(app.heard), "an envelope on two sockets"
    assert max(Counter((one.event, one.attempt) for one in app.heard).values()) == 1, "a try made twice"
    assert {one.text for one in app.heard if one.done == ACK} == {str(number) for number in range(EVENTS)}
    assert len({one.event for one in app.heard}) == EVENTS
    assert set(range(1, SOCKETS + 1)) <= {one.socket for one in app.heard}
    assert len(app.killed) > 5
    assert slack.violations() == []
    for tries in grouped(app.heard).values():
        for earlier, later in pairwise(tries):
            assert earlier.done != ACK or earlier.socket in app.killed, "again although it was acknowledged"
            assert (later.reason, earlier.attempt < later.attempt) == ("timeout", True)
    assert max(one.attempt for one in app.heard) == 3


def test_the_log_agrees_each_try_follows_a_failed_one_and_the_last_one_succeeded(start, crowd):
    slack = start(rate_limits=False)
    app = crowd(slack, fate)
    app.open(3)
    post_all(slack, 120)
    settle(slack, app.heard)
    let_retries_happen(slack)
    tries = defaultdict(list)
    for row in slack.deliveries(kind="events_api"):
        tries[row["event_id"]].append((row["retry"], row["ack"]))
    assert len(tries) == 120
    for rows in tries.values():
        assert [retry for retry, _ in rows] == list(range(len(rows)))
        assert [ack == "ok" for _, ack in rows] == [False] * (len(rows) - 1) + [True]


def grouped(heard: list) -> dict:
    tries = defaultdict(list)
    for one in heard:
        tries[one.event].append(one)
    return tries


def test_an_eleventh_socket_is_refused_and_the_ten_go_on(start, crowd):
    slack = start(rate_limits=False)
    app = crowd(slack, lambda text, attempt: ACK)
    app.open(SOCKETS)
    app.open(1)
    assert app.refused == ["too_many_websockets"]
    post_all(slack, 50)
    slack.wait_until(lambda: len(app.heard) == 50)
    assert slack.see("state")["connections"] == SOCKETS


def test_ten_clients_of_the_sdk_share_the_events_while_one_is_sent_away(start):
    slack = start(rate_limits=False)
    heard: list[str] = []
    clients = [sdk_client(slack, heard) for _ in range(SOCKETS)]
    try:
        for client in clients:
            client.connect()
        slack.wait_for_sockets(SOCKETS)
        post_all(slack, 100)
        clients[0].disconnect()
        post_all(slack, 100)
        settle(slack, heard)
        let_retries_happen(slack)
    finally:
        with ThreadPoolExecutor(SOCKETS) as pool:
            list(pool.map(SocketModeClient.close, clients))
    assert len(set(heard)) == 200
    assert len(heard) <= 200 + sum(row["retry"] > 0 for row in slack.deliveries(kind="events_api"))


def sdk_client(slack, heard: list[str]) -> SocketModeClient:
    web = WebClient(slack.app_token, base_url=slack.api_url)
    client = SocketModeClient(slack.app_token, web_client=web, concurrency=2, auto_reconnect_enabled=False)

    def listen(client, request):
        heard.append(request.payload["event_id"])
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    client.socket_mode_request_listeners.append(listen)
    return client
