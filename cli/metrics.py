"""/metrics, in the text format that Prometheus reads: figures by lane, kind and state, and nothing that names anybody or anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.engine import Engine

from bot import version
from bot.meter import Durations, Meter
from storage import backlog, schema
from storage.transactions import Transactions

PREFIX = "postmortem"


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be seen of a socket: whether it stands, and how many there are of this app, by Slack's last greeting."""

    connected: Callable[[], bool]
    connections: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Metrics:
    """All figures of a process, asked for anew each time. Raises `Busy` when the database does not answer."""

    engine: Engine
    meter: Meter
    token_refused: Callable[[], bool]
    socket: Sight | None = None
    schema: str = field(default_factory=schema.head)

    def __call__(self) -> str:
        """The text."""
        parts = (self._build(), self._outbox(), self._rows(), self._acknowledged(), self._slack())
        return "".join(f"{line}\n" for part in parts for line in part)

    def _build(self) -> Iterator[str]:
        yield from _head("build_info", "gauge", "What runs here.")
        yield f'{PREFIX}_build_info{{version="{version.VERSION}",schema="{self.schema}"}} 1'

    def _outbox(self) -> Iterator[str]:
        with Transactions(self.engine).reading() as conn:
            amounts = backlog.amounts(conn)
        rows = "outbox_rows"
        yield from _head(rows, "gauge", "Rows to be done, those of them that are due, and those given up.")
        for lane, amount in amounts.items():
            for state, number in (("open", amount.open), ("due", amount.due), ("dead", amount.dead)):
                yield f'{PREFIX}_{rows}{{lane="{lane}",state="{state}"}} {number}'
        lag = "outbox_lag_seconds"
        yield from _head(lag, "gauge", "For how long the oldest row that is due and in nobody's hand has been due.")
        for lane, amount in amounts.items():
            yield f'{PREFIX}_{lag}{{lane="{lane}"}} {amount.lag.total_seconds():.3f}'

    def _rows(self) -> Iterator[str]:
        name = "outbox_handled_total"
        yield from _head(name, "counter", "Rows that this process had in hand, by what came of it.")
        for (kind, result), number in sorted(self.meter.rows.read().items()):
            yield f'{PREFIX}_{name}{{kind="{kind}",result="{result}"}} {number}'

    def _acknowledged(self) -> Iterator[str]:
        yield from _histogram(
            "acknowledgement_seconds", "How long Slack waited for an answer.", self.meter.acknowledged
        )

    def _slack(self) -> Iterator[str]:
        yield from _gauge("slack_token_refused", "Whether Slack refuses the bot's token.", int(self.token_refused()))
        if self.socket:
            yield from _gauge("socket_connected", "Whether the socket stands.", int(self.socket.connected()))
            text = "Open sockets of this app, as Slack said when this one was opened."
            yield from _gauge("socket_connections", text, self.socket.connections())


def _head(name: str, kind: str, text: str) -> Iterator[str]:
    yield f"# HELP {PREFIX}_{name} {text}"
    yield f"# TYPE {PREFIX}_{name} {kind}"


def _gauge(name: str, text: str, value: int) -> Iterator[str]:
    yield from _head(name, "gauge", text)
    yield f"{PREFIX}_{name} {value}"


def _histogram(name: str, text: str, durations: Durations) -> Iterator[str]:
    counts, total = durations.read()
    yield from _head(name, "histogram", text)
    for bound, count in zip((*map(str, durations.bounds), "+Inf"), counts, strict=True):
        yield f'{PREFIX}_{name}_bucket{{le="{bound}"}} {count}'
    yield f"{PREFIX}_{name}_sum {total:.6f}"
    yield f"{PREFIX}_{name}_count {counts[-1]}"
