"""L1 to L4: the local Slack with a hundred thousand messages: how fast it loads, answers a page, takes posts, brings events."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import big_workspace, processes
from benchmarks.report import Line
from benchmarks.slack_client import Caller, events
from sandbox.client import Sandbox

EXPORT_MOST, YAML_MOST, SECONDS_MOST = 4.0, 1.5, 5.0
PAGE_MOST, POST_MOST, EVENT_MOST, RESET_MOST = 8.0, 4.0, 4.0, 2.0
PAGE, SOCKETS = 100, 10


def measure(quick: bool = False) -> Iterator[Line]:
    """Loading in processes of their own; the rest on a running one, in turns with the floor."""
    size = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        export = big_workspace.export(folder / "export", size, size // 20)
        file = big_workspace.workspace(folder / "workspace.yml", size, size // 20)
        yield from _load("export", export, size, EXPORT_MOST)
        yield from _load("workspace", file, size, YAML_MOST)
        yield from _running(folder, export, 300 if quick else 1000)


def _load(kind: str, path: Path, size: int, most: float) -> Iterator[Line]:
    ours, floor = (_one(kind, path, what) for what in ("ours", "floor"))
    what = "a Slack export" if kind == "export" else "a workspace file"
    yield Line("L1", f"CPU to load {size:,} messages of {what}", ours["cpu"], floor["cpu"], most, "s")
    if kind == "export":
        yield Line("L1", "the same, without a floor", ours["cpu"], None, SECONDS_MOST, "s")
    yield Line("L1", f"memory at its highest with {what}", ours["mb"], floor["mb"], unit="MB")


def _one(kind: str, path: Path, what: str) -> dict[str, float]:
    """The better of two."""
    found: list[dict[str, float]] = []
    for _ in range(2):
        with processes.started("-m", "benchmarks.run_load", kind, str(path), what) as process:
            found.append(json.loads(processes.line(process)))
    return min(found, key=lambda each: each["cpu"])


def _running(folder: Path, export: Path, count: int) -> Iterator[Line]:
    with Sandbox.start(export=export, rate_limits=False) as slack:
        caller = Caller(slack.api_url, slack.bot_token)
        channel = slack.see.channel(big_workspace.LONG)["id"]
        caller.call("conversations.join", {"channel": channel})
        page, post = {"channel": channel, "limit": PAGE}, {"channel": channel, "text": "hello"}
        ready = folder / "page.json"
        ready.write_bytes(caller.call("conversations.history", page))
        with processes.started("-m", "benchmarks.floor_slack", str(ready)) as process:
            api = f"http://127.0.0.1:{processes.line(process)}/api/"
            floor = Caller(api, "none")
            yield _both(
                "L2", f"a page of {PAGE}", "conversations.history", page, (caller, floor), count // 5, PAGE_MOST
            )
            yield _both("L3", "a post", "chat.postMessage", post, (caller, floor), count // 2, POST_MOST)
            rates = [
                events(slack.api_url, slack.bot_token, slack.app_token, post, sockets=SOCKETS, count=count),
                events(api, "none", "none", post, sockets=SOCKETS, count=count),
            ]
            ours, bare = (1000 / rate for rate in rates)
            yield Line("L4", f"an event, of {count:,} on {SOCKETS} sockets ({rates[0]:.0f}/s)", ours, bare, EVENT_MOST)
            floor.close()
        yield Line("L1", "reset", min(_reset(slack) for _ in range(3)), None, RESET_MOST, "s")
        caller.close()


def _reset(slack: Sandbox) -> float:
    begun = time.perf_counter()
    slack.reset()
    return time.perf_counter() - begun


def _both(
    name: str, what: str, method: str, body: dict[str, object], callers: tuple[Caller, Caller], times: int, most: float
) -> Line:
    """In turns, the better of three medians."""
    found = [[each.median(method, body, times) for each in callers] for _ in range(3)]
    ours, floor = (min(row[side] for row in found) for side in (0, 1))
    return Line(name, f"p50 of {what}", ours, floor, most)
