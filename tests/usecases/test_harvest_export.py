from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from bot.domain.harvest import listening, sound
from bot.domain.harvest.message import Message
from bot.domain.harvest.note import PLAIN
from bot.domain.harvest.person import Person
from bot.ports.export import Channel, Day, Skipped
from bot.usecases.harvest_export import HarvestExport, UnknownChannel
from evaluation import reading, score

EVALUATION = Path(score.__file__).parent


@dataclass
class FakeExport:
    """An export held in memory."""

    rows: list[Message]
    left_out: tuple[Skipped, ...] = ()
    names: tuple[str, ...] = ("ops", "incidents", "Random")
    opened: list[str] = field(default_factory=list)
    talks: str = "ops"

    def channels(self) -> tuple[Channel, ...]:
        return tuple(Channel(f"C{n}", name, name) for n, name in enumerate(self.names))

    def days(self, channel: Channel) -> Iterator[Day]:
        for name, rows in self._by_day(channel):
            yield Day(name, [each.ts for each in rows], [each.thread_ts for each in rows], [each.text for each in rows])

    def messages(self, channel: Channel, days: Collection[str] | None = None) -> Iterator[Message]:
        for name, rows in self._by_day(channel):
            if days is None or name in days:
                self.opened.append(name)
                yield from rows

    def _by_day(self, channel: Channel) -> Iterator[tuple[str, list[Message]]]:
        rows = self.rows if channel.name == self.talks else []
        for day, found in groupby(rows, lambda each: each.at.date()):
            yield f"{day}.json", list(found)

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


START = datetime(2026, 1, 5, 9, tzinfo=UTC)
CHAT = (
    "who is in for lunch?", "me! the noodle place again?", "haha sure, they know us by now", "tickets for the concert on friday, anybody?",
    "my sister plays there :)", "lovely photo", "thanks, it was such a nice weekend", "see you all at the party then", "what a lovely idea",
    "I love that book", "happy birthday Ana!!", "cake in the kitchen", "yum",
)  # fmt: skip
FIGHT = (
    "alerts firing: 5xx on checkout above 20%", "looking", "error rate is spiking since the deploy at 13:50", "customers can't pay",
    "logs show connection pool exhausted on db-2", "rolling back the deploy now", "paged the database on-call", "severity 1 I think",
    "rollback is out on half the pods", "errors dropping", "latency back to normal", "status page updated", "pool recovered after restart",
    "we should add an alert on the pool size", "confirmed, no errors in the logs for 10 minutes", "resolved, thanks all",
)  # fmt: skip


def talk(start: datetime, said: Iterable[str], apart: timedelta = timedelta(minutes=2)) -> list[Message]:
    return [
        Message("C0", f"{(start + place * apart).timestamp():.6f}", user_id=f"U{place % 3}", text=text)
        for place, text in enumerate(said)
    ]


def chatter(start: datetime, days: int) -> list[Message]:
    return [each for day in range(days) for each in talk(start + timedelta(days=day), CHAT)]


def test_where_nothing_sounds_of_an_incident_only_marked_lines_are_taken() -> None:
    said = [*chatter(START, 4), *talk(START + timedelta(days=5), ["TODO: book the room", "we should write that down"])]
    found = HarvestExport(FakeExport(said))("ops")
    assert [(each.text, each.rule) for each in found.findings.todos] == [("book the room", "H-01")]
    assert (found.messages_read, found.passed_over) == (len(said), len(said))
    assert (found.findings.responders, found.findings.timeline) == ((), ())


def test_a_list_in_messages_of_its_own_and_other_marks_are_taken_there_too() -> None:
    own = [
        replace(each, user_id="U1")
        for each in talk(START + timedelta(days=5), ["Next steps:", "- book the room", "- tell all"])
    ]
    more = talk(START + timedelta(days=6), ["order cups #todo", "TODO a, TODO b", "f/u: ask the vendor", "see #todo"])
    found = HarvestExport(FakeExport([*chatter(START, 4), *own, *more, *chatter(START + timedelta(days=8), 2)]))("ops")
    texts = ["book the room", "tell all", "order cups", "a", "b", "ask the vendor"]
    assert [each.text for each in found.findings.todos] == texts


def test_a_marked_line_that_was_done_since_is_no_follow_up_there_either() -> None:
    todo = talk(START + timedelta(days=5), ["TODO: book the room"])
    done = replace(talk(START + timedelta(days=5, hours=1), ["done"])[0], thread_ts=todo[0].ts, user_id="U0")
    assert not HarvestExport(FakeExport([*chatter(START, 4), *todo, done]))("ops").findings.todos


def test_an_incident_is_read_with_its_days_and_the_chat_of_other_months_is_not() -> None:
    fight = talk(START + timedelta(days=60), [*FIGHT, *FIGHT[:12]])
    later = talk(START + timedelta(days=66), ["we should also document the rollback steps, from the incident"])
    export = FakeExport([*chatter(START, 40), *fight, *later, *chatter(START + timedelta(days=120), 20)])
    found = HarvestExport(export)("ops")
    assert found.messages_read - found.passed_over == len(fight) + len(later)
    assert "rolling back the deploy now" in [each.text for each in found.findings.timeline]
    assert set(export.opened) == {f"{START + timedelta(days=at):%Y-%m-%d}.json" for at in (60, 66)}
    alone = HarvestExport(FakeExport([*fight, *later]))("ops")
    assert (alone.findings, alone.passed_over) == (found.findings, 0)


def by(user: str, rows: Iterable[Message]) -> list[Message]:
    return [replace(each, user_id=user) for each in rows]


WORK = (
    "deployed the new website to staging",
    "restarted my laptop, it works again",
    "build is failing on main, looking at the logs",
)


@pytest.fixture
def days_around() -> list[Message]:
    fight = talk(START + timedelta(days=10), [*FIGHT, *FIGHT[:12]])
    before = by("U7", talk(START + timedelta(days=8), [*CHAT, *WORK]))
    after = by(
        "U8",
        talk(
            START + timedelta(days=13), [*CHAT, *WORK, "we should also document the rollback steps, from the incident"]
        ),
    )
    marked = by(
        "U9",
        talk(
            START + timedelta(days=14),
            ["TODO: raise the pool size", "declaring this a SEV-2", "the certificate had expired"],
        ),
    )
    marked[2] = replace(marked[2], pinned=True)
    reply = replace(
        talk(START + timedelta(days=15), ["root cause: the new workers exhausted the pool"])[0],
        thread_ts=fight[0].ts,
        user_id="U5",
    )
    return [*chatter(START - timedelta(days=60), 30), *before, *fight, *after, *marked, reply]


def test_who_only_chats_on_the_days_around_took_no_part(days_around: list[Message]) -> None:
    found = HarvestExport(FakeExport(days_around))("ops").findings
    assert {each.user_id for each in found.responders} == {"U0", "U1", "U2", "U5"}


def test_on_the_days_around_no_line_is_guessed_but_marks_and_conventions_count(days_around: list[Message]) -> None:
    found = HarvestExport(FakeExport(days_around))("ops").findings
    beside = [(each.user_id, each.text) for each in found.timeline if each.user_id not in ("U0", "U1", "U2")]
    assert beside == [
        ("U9", "declaring this a SEV-2"),
        ("U9", "the certificate had expired"),
        ("U5", "root cause: the new workers exhausted the pool"),
    ]
    wanted = {each.text for each in found.todos}
    assert {"raise the pool size", "we should also document the rollback steps, from the incident"} <= wanted


def test_who_asks_for_the_whole_has_the_days_around_weighed_too(days_around: list[Message]) -> None:
    found = HarvestExport(FakeExport(days_around))("ops", whole=True).findings
    assert {"U7", "U8"} <= {each.user_id for each in found.responders}


def test_a_late_reply_in_a_thread_of_the_incident_is_read_too() -> None:
    fight = talk(START, [*FIGHT, *FIGHT[:12]])
    reply = replace(talk(START + timedelta(days=40), ["TODO: raise the pool size"])[0], thread_ts=fight[0].ts)
    found = HarvestExport(FakeExport([*fight, *chatter(START + timedelta(days=20), 10), reply]))("ops")
    assert found.passed_over == 130
    assert "raise the pool size" in [each.text for each in found.findings.todos]


@pytest.mark.parametrize("asked", [{"whole": True}, {"since": START - timedelta(days=1)}], ids=["whole", "since"])
def test_who_asks_for_the_whole_or_names_a_time_has_everything_weighed(asked: dict[str, Any]) -> None:
    found = HarvestExport(FakeExport(chatter(START, 4)))("ops", **asked)
    assert found.passed_over == 0
    assert found.findings.responders


@pytest.mark.parametrize(
    ("names", "days", "asked", "found"),
    [
        (("inc-4", "ops"), 4, {}, True),
        (("ops",), 4, {}, True),
        (("ops",), 40, {}, False),
        (("ops", "general"), 4, {"whole": True}, False),
        (("ops", "general"), 4, {"since": START}, True),
    ],
    ids=["named for one", "the only one, of days", "the only one, of weeks", "the whole", "since"],
)
def test_what_somebody_says_is_an_incident_is_no_mere_chat(
    names: tuple[str, ...], days: int, asked: dict[str, Any], found: bool
) -> None:
    wish = talk(START + timedelta(days=days - 1, hours=3), ["ideally that certificate would renew by itself"])
    export = FakeExport([*chatter(START, days), *wish], names=names, talks=names[0])
    assert bool(HarvestExport(export)(names[0], **asked).findings.todos) is found


@pytest.mark.parametrize(
    ("names", "passed_over"),
    [
        (("ops",), 0),
        (("ops", "inc-4"), 52),
        (("inc-204", "ops"), 0),
        (("2026-01-05_outage_checkout", "ops"), 0),
        (("sev1-login", "ops"), 0),
        (("princess", "ops"), 52),
        (("incense", "ops"), 52),
    ],
)
def test_the_only_channel_and_one_named_for_an_incident_are_read_whole(
    names: tuple[str, ...], passed_over: int
) -> None:
    said = chatter(START, 4)
    export = FakeExport(said, names=names, talks=names[0])
    assert HarvestExport(export)(names[0]).passed_over == passed_over


def test_few_messages_are_always_read() -> None:
    found = HarvestExport(FakeExport(talk(START, CHAT)))("ops")
    assert (found.messages_read, found.passed_over) == (len(CHAT), 0)


def test_what_only_sounds_like_one_but_in_which_nothing_happens_is_passed_over() -> None:
    said = ["any errors?", "which alert?", "logs?", "is latency the same as lag?"] * 9
    heard = listening.Heard(PLAIN)
    heard.take("day", [each.ts for each in talk(START, said)], [None] * len(said), said)
    assert [run.weight < sound.CLEAR for run in heard.runs()] == [True]
    assert HarvestExport(FakeExport(talk(START, said)))("ops").passed_over == len(said)


def test_talk_that_sounds_a_little_of_trouble_for_long_is_no_incident_for_that() -> None:
    said = ["any errors?", "which alert?", "logs?", "is latency the same as lag?"] * 120
    heard = listening.Heard(PLAIN)
    heard.take("day", [each.ts for each in talk(START, said)], [None] * len(said), said)
    assert [(run.weight >= sound.CLEAR, len(run.messages) > 300) for run in heard.runs()] == [(True, True)]
    assert HarvestExport(FakeExport(talk(START, said)))("ops").passed_over == len(said)


def test_a_channel_of_days_in_which_enough_happens_is_an_incidents_though_nothing_sounds_of_one() -> None:
    told = reading.read(EVALUATION / "training" / "ravenglass-wifi-radius.txt")
    found = HarvestExport(FakeExport([*told.messages], names=("platform", "general"), talks="platform"))("platform")
    assert found.passed_over == 0
    assert len(found.findings.timeline) >= 8
    late = replace(told.messages[0], ts="1900000000.000000")
    longer = FakeExport([*told.messages, late], names=("platform", "general"), talks="platform")
    assert HarvestExport(longer)("platform").passed_over == len(told.messages) + 1
