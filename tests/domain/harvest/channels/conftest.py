"""Reads the labelled channels (see README.md beside it) and scores what the harvest finds in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.harvest import analyse
from bot.domain.harvest.finding import Findings, TimelineFinding, TimelineKind
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

_DAY = datetime(2026, 3, 11, tzinfo=UTC)
_LINE = re.compile(r"(?P<indent> *)(?P<at>\d\d:\d\d:\d\d) (?P<who>[^:]+): (?P<text>.*?)(?:  ## (?P<labels>.*))?$")
_KINDS = frozenset(TimelineKind)


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader said of one message. `assignee` is an id; `event` is its name, shared by those who tell it."""

    message: Message
    todo: bool = False
    marked: bool = False
    assignee: str | None = None
    maybe_todo: bool = False
    kinds: frozenset[str] = frozenset()
    event: str = ""
    maybe_event: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    people: dict[str, Person]
    labels: tuple[Label, ...]
    ic: str | None
    earlier_ic: tuple[str, ...]
    scribe: str | None
    responders: frozenset[str]
    maybe: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """`found` of `wanted` were found; `right` of `proposed` were right; `faults` are lines to read."""

    found: int
    wanted: int
    right: int
    proposed: int
    faults: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found,
            self.wanted + other.wanted,
            self.right + other.right,
            self.proposed + other.proposed,
            self.faults + other.faults,
        )


def read(path: Path) -> Channel:
    """The channel of a file. Raises ValueError for a line that is not understood."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    entries = dict(line.split(": ", 1) for line in head.splitlines())
    named = {key: value for key, value in entries.items() if key not in _ROLES}
    people = {_id(key): _person(key, value) for key, value in named.items()}
    listed = {role: tuple(map(_id, entries[role].split(", "))) for role in _ROLES if role in entries}
    return Channel(
        people=people,
        labels=tuple(_lines(body, named)),
        ic=None if entries["ic"] == "nobody" else _id(entries["ic"]),
        earlier_ic=listed.get("earlier ic", ()),
        scribe=None if entries["scribe"] == "nobody" else _id(entries["scribe"]),
        responders=frozenset(listed["responders"]),
        maybe=frozenset(listed.get("maybe", ())),
    )


_ROLES = ("ic", "earlier ic", "scribe", "responders", "maybe")


def _id(key: str) -> str:
    return "U" + key.strip("[]").upper()


def _person(key: str, value: str) -> Person:
    if key.startswith("["):
        return Person(_id(key), value, is_bot=True, handle=key.strip("[]"))
    name, tz = value.split(", ")
    return Person(_id(key), key, name, tz=tz, handle=key)


def _lines(body: str, named: dict[str, str]) -> Iterable[Label]:
    last, parent = _DAY, ""
    for row in body.splitlines():
        found = _LINE.match(row)
        if found is None:
            raise ValueError(f"Not a line: {row}")
        at = _DAY + timedelta(
            **dict(zip(("hours", "minutes", "seconds"), map(int, found["at"].split(":")), strict=True))
        )
        while at < last - timedelta(hours=6):
            at += timedelta(days=1)
        last = at
        ts = f"{int(at.timestamp())}.000100"
        parent = parent if found["indent"] else ts
        yield _label(_message(found, ts, parent, named), (found["labels"] or "").split())


def _message(found: re.Match[str], ts: str, parent: str, named: dict[str, str]) -> Message:
    who, _, rest = found["who"].partition(" ")
    if who not in named:
        raise ValueError(f"Unknown writer: {who}")
    text = found["text"].replace("\\n", "\n").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"https?://[^\s`]+", lambda url: f"<{url[0]}>", text)
    text = re.sub(r"\{(\w+)\}", lambda name: f"<@{_id(name[1])}>", text)
    app = who.startswith("[")
    return Message(
        "C1",
        ts,
        user_id=_id(who),
        text=f"<@{_id(who)}> set the channel topic: {text}" if rest else text,
        subtype="channel_topic" if rest else "bot_message" if app else None,
        thread_ts=parent if parent != ts else None,
        bot_id="B1" if app else None,
        bot_name=named[who] if app else None,
    )


def _label(message: Message, words: list[str]) -> Label:
    kinds: frozenset[str] = frozenset()
    todo = marked = maybe_todo = maybe_event = False
    assignee, event = None, message.ts
    for word in words:
        head, _, tail = word.partition(":")
        if head in ("todo", "marked"):
            todo, marked, assignee = True, head == "marked", _id(tail) if tail else None
        elif word.startswith("="):
            event = word
        elif word in ("todo?", "event?"):
            maybe_todo, maybe_event = maybe_todo or word == "todo?", maybe_event or word == "event?"
        elif _KINDS.issuperset(word.split("/")):
            kinds = frozenset(word.split("/"))
        else:
            raise ValueError(f"Unknown label {word!r}")
    return Label(message, todo, marked, assignee, maybe_todo, kinds, event, maybe_event)


def todo_score(channel: Channel, found: Findings, *, marked: bool | None = None) -> Score:
    """Messages with a follow-up; `marked` asks only for those with, or without, a mark."""
    proposed = {each.ts for each in found.todos if marked is None or (each.rule in ("H-01", "H-10")) is marked}
    labels = {each.message.ts: each for each in channel.labels}
    wanted = {ts for ts, each in labels.items() if each.todo and (marked is None or each.marked is marked)}
    judged = {ts for ts in proposed if not labels[ts].maybe_todo}
    faults = [f"TODO missed: {labels[ts].message.text}" for ts in sorted(wanted - proposed)]
    faults += [f"TODO wrong: {labels[ts].message.text}" for ts in sorted(judged) if not labels[ts].todo]
    right = sum(labels[ts].todo for ts in judged)
    return Score(len(wanted & proposed), len(wanted), right, len(judged), tuple(faults))


def assignee_score(channel: Channel, found: Findings) -> Score:
    """Of the follow-ups that were found: those with the right assignee, nobody included."""
    labels = {each.message.ts: each for each in channel.labels if each.todo}
    pairs = [(each, labels[each.ts]) for each in found.todos if each.ts in labels]
    faults = [f"for {each.assignee}, not {label.assignee}: {each.text}" for each, label in pairs
              if each.assignee != label.assignee]  # fmt: skip
    right = len(pairs) - len(faults)
    return Score(right, len(pairs), right, len(pairs), tuple(faults))


def timeline_score(channel: Channel, found: Findings) -> Score:
    """Events told with a kind that was allowed. An entry is right when it tells of an event, whatever its kind; an
    entry joined of several messages tells all of them."""
    told = [(entry, _told(entry, channel)) for entry in found.timeline]
    labels = [each for each in channel.labels if each.kinds]
    hit = {each.event for entry, tells in told for each in tells if entry.kind in each.kinds}
    wanted = dict.fromkeys(each.event for each in labels)
    judged = [(entry, tells) for entry, tells in told if tells and not all(_either(each) for each in tells)]
    right = [entry for entry, tells in judged if any(each.kinds for each in tells)]
    faults = [f"event missed: {each.message.text}" for each in labels if each.event not in hit]
    faults += [f"event wrong: {entry.rule} {entry.kind} {entry.text}" for entry, _ in judged if entry not in right]
    return Score(len(hit & wanted.keys()), len(wanted), len(right), len(judged), tuple(faults))


def _either(label: Label) -> bool:
    return label.maybe_event and not label.kinds


def _told(entry: TimelineFinding, channel: Channel) -> list[Label]:
    def holds(label: Label) -> bool:
        near = label.message.user_id == entry.user_id and 0 <= float(label.message.ts) - float(entry.ts) < 600
        return label.message.ts == entry.ts or (
            near and len(label.message.text) > 3 and label.message.text in entry.text
        )

    return [each for each in channel.labels if holds(each)]


def responder_score(channel: Channel, found: Findings) -> Score:
    suggested = {each.user_id for each in found.responders if each.suggested}
    judged = suggested - channel.maybe
    faults = [f"responder missed: {each}" for each in sorted(channel.responders - suggested)]
    faults += [f"responder wrong: {each}" for each in sorted(judged - channel.responders)]
    hit = len(suggested & channel.responders)
    return Score(hit, len(channel.responders), len(judged & channel.responders), len(judged), tuple(faults))


def findings(channel: Channel) -> Findings:
    return analyse.analyse([each.message for each in channel.labels], channel.people)


def results(channel: Channel) -> dict[str, Score]:
    """All scores of one channel by name; roles are scored as one answer right or wrong each."""
    found = findings(channel)
    return {
        "todo": todo_score(channel, found),
        "marked": todo_score(channel, found, marked=True),
        "unmarked": todo_score(channel, found, marked=False),
        "assignee": assignee_score(channel, found),
        "timeline": timeline_score(channel, found),
        "responders": responder_score(channel, found),
        "ic": _role("ic", channel.ic, found.ic.user_id or found.ic.name if found.ic else None),
        "scribe": _role("scribe", channel.scribe, found.scribe.user_id or found.scribe.name if found.scribe else None),
    }


def _role(role: str, wanted: str | None, found: str | None) -> Score:
    right = int(wanted == found)
    return Score(right, 1, right, 1, () if right else (f"{role} is {wanted}, found {found}",))


@pytest.fixture(scope="session")
def read_channel() -> Callable[[str], Channel]:
    return lambda name: read(Path(__file__).with_name(f"{name}.txt"))


@pytest.fixture(scope="session")
def harvested() -> Callable[[Channel], Findings]:
    return findings


@pytest.fixture(scope="session")
def score() -> Callable[[Channel], dict[str, Score]]:
    return results
