"""What people mark in the channel, message by message: who put which reaction, who pinned it, what its text was and is, and
whether it is still there. Everything heard of a message is put together so that the order in which it was heard, and how
often, make no difference: of each mark the latest word counts, of the text the latest edit (R-20)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.harvest import message as messages
from bot.domain.harvest import note
from bot.domain.harvest.message import Message


class Use(StrEnum):
    """What a marked message is for."""

    TIMELINE = "timeline"
    TODO = "todo"
    EVIDENCE = "evidence"
    QUERY = "query"


# A pin is a mark of its own, which one person sets for everybody; no reaction has a name with a space in it.
PIN = "a pin"
# Of a line that people made of the message themselves, before or beside its marks: no version of it was ever ours.
NOT_OURS = 0
# Whoever set a mark that was not heard of: Slack shows that it stands, and its event never came.
SOMEBODY = ""


@dataclass(frozen=True, slots=True)
class Reactions:
    """Which reactions mark a message, by their names without colons, and the one that the bot answers with. No name is in
    two sets, which the settings see to."""

    timeline: tuple[str, ...] = note.MARKS
    todo: tuple[str, ...] = ("ballot_box_with_check", "clipboard")
    evidence: tuple[str, ...] = ("chart_with_upwards_trend", "bar_chart")
    query: tuple[str, ...] = ("mag",)
    answer: str = "white_check_mark"

    def use(self, name: str) -> Use | None:
        """What a reaction of this name asks for, whatever its skin tone."""
        plain = folded(name)
        return next((use for use in Use if plain in self.names(use)), None)

    def names(self, use: Use) -> tuple[str, ...]:
        """The reactions that ask for this, in the order of the settings."""
        return {
            Use.TIMELINE: self.timeline, Use.TODO: self.todo, Use.EVIDENCE: self.evidence, Use.QUERY: self.query
        }[use]  # fmt: skip


def folded(name: str) -> str:
    """A reaction's name without colons and skin tone."""
    return name.strip(":").partition("::")[0]


@dataclass(frozen=True, slots=True)
class Mark:
    """The latest word on one reaction of one person, or on the pin: set or taken back `at` (microseconds since 1970)."""

    name: str
    user_id: str
    at: int
    on: bool

    @property
    def key(self) -> tuple[str, str]:
        """Whose mark it is; a pin is everybody's."""
        return self.name, "" if self.name == PIN else self.user_id


@dataclass(frozen=True, slots=True)
class Text:
    """What a message said from an edit on; `edited_ts` is "" for the words it was posted with."""

    edited_ts: str
    said: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything heard of one message so far, in one order whatever came first."""

    marks: tuple[Mark, ...] = ()
    texts: tuple[Text, ...] = ()
    deleted_at: datetime | None = None

    def joined(self, other: Heard) -> Heard:
        """Both together; the same whichever is asked, and however often."""
        gone = [each for each in (self.deleted_at, other.deleted_at) if each]
        return Heard(
            _latest((*self.marks, *other.marks)),
            tuple({each.edited_ts: each for each in sorted((*other.texts, *self.texts), key=_edited)}.values()),
            min(gone) if gone else None,
        )

    def unsure(self, reactions: Reactions) -> bool:
        """Whether everybody that we know of has taken some mark back: of others we may have heard nothing, who set theirs
        before there was a post-mortem, or while nobody listened."""
        uses = {use: [mark for mark in self.marks if _use(mark, reactions) is use] for use in Use}
        return any(marks and not any(mark.on and mark.user_id for mark in marks) for marks in uses.values())

    def standing(self, names: Collection[str], reactions: Reactions, at: int) -> Heard:
        """As Slack shows the message at that moment, which names the reactions but nobody: where one that was taken back
        still stands, somebody unknown has set it; where none stands, so has nobody."""
        heard = {folded(mark.name) for mark in self.marks if mark.name != PIN}
        wanted = {
            name for name in map(folded, names) if reactions.use(name) in {_use(each, reactions) for each in self.marks}
        }
        known = {mark.name for mark in self.marks if mark.on and mark.user_id}
        there = [Mark(name, SOMEBODY, at, on=True) for name in sorted(wanted - known)]
        gone = [Mark(name, SOMEBODY, at, on=False) for name in sorted(heard - wanted) if self._somebody(name)]
        return self.joined(Heard((*there, *gone)))

    def _somebody(self, name: str) -> bool:
        return any(mark.key == (name, SOMEBODY) and mark.on for mark in self.marks)

    def active(self, reactions: Reactions) -> Mapping[Use, tuple[Mark, ...]]:
        """The marks that stand, by what they ask for, the oldest first."""
        found: dict[Use, list[Mark]] = {}
        for mark in sorted(self.marks, key=lambda each: (each.at, each.key)):
            use = _use(mark, reactions)
            if mark.on and use is not None:
                found.setdefault(use, []).append(mark)
        return {use: tuple(marks) for use, marks in found.items()}

    @property
    def said(self) -> str | None:
        """The words as they stand; None when no version was seen."""
        return self.texts[-1].said if self.texts else None

    @property
    def before(self) -> str | None:
        """The words as they were first seen, where an edit made others of them."""
        return self.texts[0].said if len(self.texts) > 1 and self.texts[0].said != self.texts[-1].said else None

    @property
    def edited_at(self) -> datetime | None:
        """When the words became others, as far as it is known."""
        return messages.instant(self.texts[-1].edited_ts) if self.texts and self.texts[-1].edited_ts else None


class Question(StrEnum):
    """A line that people have changed, and that nobody marks any more: whether somebody is asked about it, or has answered."""

    NONE = ""
    ASKED = "asked"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Capture:
    """One message of a record's channel that something was heard of. `body` is the message as last read, None before it was.

    `item_id` is the line of the timeline that was made of it, and `item_version` the version that the bot left: another one
    means that a person has changed the line, and NOT_OURS that people made it.
    `shown_ts` is the edit whose words the line has, "" for the first ones. `withdrawn` says that the line was taken out, since
    nobody marks the message any more; `question` where a person was asked whether it shall go. `marked` says that the bot has
    put its own reaction. `trouble` is why the message could not be read.
    """

    postmortem_id: str
    channel_id: str
    ts: str
    heard: Heard = Heard()
    body: Message | None = None
    item_id: str | None = None
    item_version: int = 0
    shown_ts: str = ""
    withdrawn: bool = False
    question: Question = Question.NONE
    marked: bool = False
    trouble: str = ""

    def hearing(self, more: Capture) -> Capture:
        """With more heard of it, and the newer of both bodies."""
        return replace(self, heard=self.heard.joined(more.heard), body=_newer(self.body, more.body))


def reacted(name: str, user_id: str, event_ts: str, *, on: bool) -> Heard:
    """A reaction was put or taken back. Raises MalformedMessage for a time that is none."""
    return Heard((Mark(folded(name), user_id, micros(event_ts), on),))


def pinned(user_id: str, event_ts: str, *, on: bool) -> Heard:
    """The message was pinned or unpinned."""
    return Heard((Mark(PIN, user_id, micros(event_ts), on),))


def seen(message: Message) -> Heard:
    """A version of the message was seen."""
    return Heard(texts=(Text(message.edited_ts or "", message.text),))


def deleted(event_ts: str) -> Heard:
    """It is gone from Slack."""
    return Heard(deleted_at=messages.instant(event_ts))


def _use(mark: Mark, reactions: Reactions) -> Use | None:
    return Use.TIMELINE if mark.name == PIN else reactions.use(mark.name)


def micros(ts: str) -> int:
    """A Slack timestamp in microseconds, whose order is that of time."""
    seconds, rest = messages.ts_key(ts)
    return seconds * 1_000_000 + rest


def _newer(one: Message | None, other: Message | None) -> Message | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda each: (_at(each.edited_ts), len(each.links), len(each.text), repr(each)))


def _at(edited_ts: str | None) -> int:
    return micros(edited_ts) if edited_ts else 0


def _latest(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Of one moment, taken back counts: nobody is held to a mark that they have withdrawn."""
    latest: dict[tuple[str, str], Mark] = {}
    for mark in sorted(marks, key=lambda each: (each.at, not each.on, each.user_id)):
        latest[mark.key] = mark
    return tuple(sorted(latest.values(), key=lambda each: each.key))


def _edited(text: Text) -> tuple[int, str]:
    return _at(text.edited_ts), text.said
