from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.ports.export import Channel, Skipped
from bot.usecases.harvest_export import HarvestExport, UnknownChannel


@dataclass
class FakeExport:
    """An export held in memory."""

    rows: list[Message]
    left_out: tuple[Skipped, ...] = ()
    names: tuple[str, ...] = ("ops", "incidents", "Random")

    def channels(self) -> tuple[Channel, ...]:
        return tuple(Channel(f"C{n}", name, name) for n, name in enumerate(self.names))

    def messages(self, channel: Channel) -> Iterator[Message]:
        yield from self.rows if channel.name == "ops" else []

    def people(self) -> Mapping[str, Person]:
        return {"U1": Person("U1", "ana")}

    def skipped(self) -> tuple[Skipped, ...]:
        return self.left_out


def said(second: int, text: str = "TODO: x y", **more: object) -> Message:
    return Message("C0", f"17676216{second:02d}.000100", user_id="U1", text=text, **more)  # type: ignore[arg-type]


def test_messages_and_threads_are_counted_once() -> None:
    parent, reply = said(0, reply_count=1), said(1, "TODO: more", thread_ts="1767621600.000100")
    found = HarvestExport(FakeExport([parent, reply, reply, parent]))("ops")
    assert (found.messages_read, found.threads_read, found.partial) == (2, 1, False)
    assert [todo.text for todo in found.findings.todos] == ["x y", "more"]


def test_what_was_skipped_makes_it_partial() -> None:
    found = HarvestExport(FakeExport([said(0)], (Skipped("a", "b"),)))("ops")
    assert found.partial


@pytest.mark.parametrize("name", ["ops", "#ops", " ops ", "C0", "OPS", "#Ops"])
def test_a_channel_is_found_by_name_or_id(name: str) -> None:
    assert HarvestExport(FakeExport([]))(name).channel.name == "ops"


def test_an_unknown_channel_is_answered_with_the_nearest_and_the_list() -> None:
    with pytest.raises(UnknownChannel) as refusal:
        HarvestExport(FakeExport([]))("incident")
    assert (
        str(refusal.value)
        == 'The export has no channel "incident". Did you mean "incidents"? It has: incidents, ops, Random.'
    )
    with pytest.raises(UnknownChannel) as refusal:
        HarvestExport(FakeExport([], names=tuple(f"c{n}" for n in range(100))))("zzzzzz")
    assert str(refusal.value).endswith("and 60 more.")


def test_only_the_asked_time_counts() -> None:
    rows = [said(n, f"TODO: number {n}") for n in range(5)]
    since, until = (datetime(2026, 1, 5, 14, 0, n, 100, tzinfo=UTC) for n in (1, 3))
    found = HarvestExport(FakeExport(rows))("ops", since=since, until=until)
    assert [todo.text for todo in found.findings.todos] == ["number 1", "number 2"]
    assert found.messages_read == 2
