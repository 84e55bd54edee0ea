"""The answer key of the story as typed values, so that the harvester can be scored against what a person found by
reading. It names messages by their ids; an id that left the story is refused here instead of lowering a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from demo import story as stories
from demo.story import Story
from demo.story_fields import Fields, StoryError

ANSWERS_FILE = Path(__file__).with_name("answers.yml")
KINDS = frozenset(
    {"impact_start", "detection", "page", "severity_change", "status_change", "public"}
    | {"action", "decision", "mitigation", "resolved", "other"}
)
ROLES = frozenset(("ic", "deputy", "scribe", "customer_liaison", "internal_liaison"))


@dataclass(frozen=True, slots=True)
class Todo:
    """A follow-up. `says` is part of the line that is meant, `assignee` a user's key, `same` are ids that repeat it."""

    message: str
    marked: bool
    says: str
    assignee: str | None
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline. `kinds` begins with the label, the others are defensible; `at` is the event's (UTC)."""

    message: str
    kinds: tuple[str, ...]
    at: datetime
    says: str
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is to be found. `..._either` maps what may be found or not to the reason, `..._not` what must not be."""

    final_ic: str
    ic_evidence: tuple[str, ...]
    earlier_ics: tuple[tuple[str, tuple[str, ...]], ...]
    scribe: str
    scribe_evidence: tuple[str, ...]
    responders: Mapping[str, tuple[str, ...]]
    responders_either: Mapping[str, str]
    responders_not: Mapping[str, str]
    todos: tuple[Todo, ...]
    todos_either: Mapping[str, str]
    todos_not: Mapping[str, str]
    timeline: tuple[Event, ...]
    timeline_either: Mapping[str, str]
    severities: tuple[tuple[str, int], ...]
    recordings: tuple[tuple[str, str], ...]
    queries: tuple[str, ...]
    queries_either: Mapping[str, str]
    end_of_call: str


def load(story: Story, path: Path = ANSWERS_FILE) -> Answers:
    """Reads the key and holds it against the story. Raises StoryError with one plain sentence for the first fault."""
    sections = "ic scribe responders todos timeline severities recordings queries end_of_call"
    return _Key(story).read(Fields.of(stories.read_yaml(path), "The answer key", sections))


@dataclass(frozen=True, slots=True)
class _Key:
    story: Story

    def read(self, key: Fields) -> Answers:
        commander, scribe = key.sub("ic", "final evidence before"), key.sub("scribe", "user evidence")
        people = key.sub("responders", "people either not")
        todos, timeline = key.sub("todos", "items either not"), key.sub("timeline", "items either")
        queries = key.sub("queries", "items either")
        before = commander.rows("before", "user evidence")
        return Answers(
            final_ic=self._user(commander, "final"),
            ic_evidence=self._ids(commander, "evidence"),
            earlier_ics=tuple((self._user(row, "user"), self._ids(row, "evidence")) for row in before),
            scribe=self._user(scribe, "user"),
            scribe_evidence=self._ids(scribe, "evidence"),
            responders=self._roles(people),
            responders_either=self._reasons(people, "either", self._writers()),
            responders_not=self._reasons(people, "not", self._writers()),
            todos=tuple(self._todo(row) for row in todos.rows("items", "message marked says assignee same")),
            todos_either=self._reasons(todos, "either", self._messages()),
            todos_not=self._reasons(todos, "not", self._messages()),
            timeline=tuple(self._event(row) for row in timeline.rows("items", "message kinds says at same")),
            timeline_either=self._reasons(timeline, "either", self._messages()),
            severities=tuple(
                (self._id(row), row.number("severity")) for row in key.rows("severities", "message severity")
            ),
            recordings=tuple((self._id(row), row.text("url")) for row in key.rows("recordings", "message url")),
            queries=self._ids(queries, "items"),
            queries_either=self._reasons(queries, "either", self._messages()),
            end_of_call=self._known(key, key.text("end_of_call")),
        )

    def _messages(self) -> set[str]:
        return {message.id for message in self.story.messages}

    def _writers(self) -> set[str]:
        return {user.key for user in self.story.users} | {bot.key for bot in self.story.bots}

    def _known(self, fields: Fields, message: str) -> str:
        if message not in self._messages():
            raise StoryError(f"{fields.where}: no message of the story has the id `{message}`.")
        if self.story.message(message).deleted_at:
            raise StoryError(f"{fields.where}: `{message}` is deleted in the story, so nobody can find it.")
        return message

    def _id(self, fields: Fields) -> str:
        return self._known(fields, fields.text("message"))

    def _ids(self, fields: Fields, key: str) -> tuple[str, ...]:
        return tuple(self._known(fields, one) for one in fields.names(key)) if fields.has(key) else ()

    def _user(self, fields: Fields, key: str) -> str:
        name = fields.text(key)
        if name not in {user.key for user in self.story.users}:
            raise StoryError(f"{fields.where}: `{key}` names `{name}`, who is not a user of the story.")
        return name

    def _roles(self, people: Fields) -> dict[str, tuple[str, ...]]:
        users = " ".join(user.key for user in self.story.users)
        listed = people.sub("people", users)
        found = {name: listed.names(name) if listed.values[name] else () for name in listed.values}
        for name, roles in found.items():
            if unknown := set(roles) - ROLES:
                raise StoryError(f"{listed.where}: `{name}` has the unknown role `{unknown.pop()}`.")
        return found

    def _reasons(self, fields: Fields, key: str, allowed: set[str]) -> dict[str, str]:
        if not fields.has(key):
            return {}
        reasons = fields.sub(key, " ".join(sorted(allowed)))
        return {name: reasons.text(name) for name in reasons.values}

    def _line(self, fields: Fields) -> str:
        says, message = fields.text("says") if fields.has("says") else "", self.story.message(self._id(fields))
        if says not in (message.edit.text if message.edit else message.text):
            raise StoryError(f"{fields.where}: `{message.id}` does not say {says!r}.")
        return says

    def _todo(self, row: Fields) -> Todo:
        assignee = self._user(row, "assignee") if row.has("assignee") else None
        return Todo(self._id(row), row.flag("marked"), self._line(row), assignee, self._ids(row, "same"))

    def _event(self, row: Fields) -> Event:
        kinds = row.names("kinds")
        if unknown := set(kinds) - KINDS:
            raise StoryError(f"{row.where}: `{unknown.pop()}` is no kind of a timeline item.")
        message = self.story.message(self._id(row))
        at = self.story.start + row.offset("at") if row.has("at") else message.at
        return Event(message.id, kinds, at, self._line(row), self._ids(row, "same"))
