"""The product as users start it: `app.py serve` over HTTP, on a database, against a Slack that answers at once."""

from __future__ import annotations

import socket
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks import callers, processes


@dataclass(frozen=True, slots=True)
class Running:
    """A served bot: its port, its process, the port of its Slack, and how long it took from its start until it was ready, s."""

    port: int
    pid: int
    slack: int
    cold: float

    def hang(self) -> None:
        """From now on nothing that the bot calls answers within 30 seconds."""
        urllib.request.urlopen(f"http://127.0.0.1:{self.slack}/control/hang", data=b"").read()


@contextmanager
def floor() -> Iterator[Running]:
    """The floor, served the same way; it calls nobody."""
    with processes.started("-m", "benchmarks.floor_door", callers.SECRET) as process:
        yield Running(int(processes.line(process)), process.pid, 0, 0.0)


@contextmanager
def serving(database_url: str, settings: Mapping[str, str] | None = None) -> Iterator[Running]:
    """`app.py serve`, until the block ends; `settings` as the environment has them."""
    with processes.started("-m", "benchmarks.stub_slack") as stub:
        slack, port = int(processes.line(stub)), _free_port()
        env = {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": callers.SECRET,
            "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
            "DATABASE_URL": database_url,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "LOG_LEVEL": "error",
            **(settings or {}),
        }
        begun = time.perf_counter()
        with processes.started(str(processes.ROOT / "app.py"), "serve", env=env) as process:
            first_ack(port)
            yield Running(port, process.pid, slack, time.perf_counter() - begun)


def first_ack(port: int, patience: float = 30.0) -> None:
    """Wait until a command is answered with 200. Raises TimeoutError."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        caller = callers.Caller(port)
        try:
            if caller.send(callers.command("help")) == 200:
                return
        except OSError:
            time.sleep(0.01)
        finally:
            caller.close()
    raise TimeoutError("nothing was acknowledged")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
