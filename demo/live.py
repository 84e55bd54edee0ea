"""The last stretch of the story, played as people act: they write, change, delete, reply, join, while the demo looks on.
What came before is history that stands in the channel from the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from demo import story_workspace
from demo.story import Story
from demo.story_values import StoryFile, StoryMessage
from sandbox.client import Sandbox

FIRST_LIVE = "call-ends"
"""The message that opens the live part: the incident is over, people have watched it for a while, the follow-ups begin."""
BREAK = timedelta(minutes=45)
"""How long they have watched: a meeting can have been held since the end of the incident."""


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One thing that somebody does. `does` is write, change, delete, join or topic."""

    at: datetime
    does: str
    message: StoryMessage = field(compare=False)


def split(story: Story, live_from: datetime) -> tuple[Story, list[Step]]:
    """The story up to an instant, as a story of its own, and what is done from then on, in order."""
    past = tuple(message for message in story.messages if message.at < live_from)
    topics = [message.text for message in past if message.subtype == "topic"]
    channel = replace(story.channel, topic=topics[-1] if topics else "")
    later = [step for message in story.messages for step in _steps(message) if step.at >= live_from]
    # A change that is still to come is not in the history yet.
    past = tuple(_before(message, live_from) for message in past)
    return replace(story, messages=past, channel=channel), sorted(later)


def _before(message: StoryMessage, instant: datetime) -> StoryMessage:
    edit = message.edit if message.edit and message.edit.at < instant else None
    deleted = message.deleted_at if message.deleted_at and message.deleted_at < instant else None
    return replace(message, edit=edit, deleted_at=deleted)


def _steps(message: StoryMessage) -> Iterator[Step]:
    yield Step(message.at, message.subtype or "write", message)
    if message.edit:
        yield Step(message.edit.at, "change", message)
    if message.deleted_at:
        yield Step(message.deleted_at, "delete", message)


@dataclass(slots=True)
class Actors:
    """The people of the story at their keyboards. `stamps` is where each message stands in Slack, by its id."""

    slack: Sandbox
    story: Story
    stamps: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.stamps = {message.id: story_workspace.stamp(message.at) for message in self.story.messages}

    def do(self, step: Step) -> None:
        """Raises SandboxRefused when Slack would not let them, KeyError for a step of another kind."""
        acts: dict[str, Callable[[StoryMessage], None]] = {
            "write": self._write,
            "change": self._change,
            "delete": lambda m: self._act("delete", m, ts=self.stamps[m.id]),
            "join": lambda m: self._act("join", m),
            "topic": lambda m: self._act("topic", m, topic=m.text),
        }
        acts[step.does](step.message)

    def _act(self, name: str, message: StoryMessage, **more: object) -> None:
        self.slack.act(name, user=self.story.user(message.by).name, channel=self.story.channel.id, **more)

    def _write(self, message: StoryMessage) -> None:
        channel, thread = self.story.channel.id, self.stamps[message.thread] if message.thread else None
        bot = next((bot for bot in self.story.bots if bot.key == message.by), None)
        if bot:
            self.stamps[message.id] = self.slack.act.post_as_bot(bot.name, channel, message.text, thread=thread)
            return
        more = {"file": _file(message.file)} if message.file else {}
        user, broadcast = self.story.user(message.by).name, message.broadcast or None
        ts = self.slack.act.post(user, channel, message.typed, thread=thread, broadcast=broadcast, **more)
        self.stamps[message.id] = ts
        for reaction in message.reactions:
            for key in reaction.by:
                self.slack.act.react(self.story.user(key).name, channel, ts, reaction.emoji)
        if message.pin:
            self.slack.act("pin", user=self.story.user(message.pin).name, channel=channel, ts=ts)

    def _change(self, message: StoryMessage) -> None:
        assert message.edit
        self._act("edit", message, ts=self.stamps[message.id], text=message.edit.typed)


def _file(file: StoryFile) -> dict[str, str]:
    return {"name": file.name, "title": file.title, "content": file.content.decode(errors="replace")}
