"""The incident that the demo plays: what story.yml says, checked, with every offset turned into an instant and every
text into the form that Slack keeps. The runner, the sandbox's workspace file and the tests all start here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from demo import story_cast, story_messages, story_workspace
from demo.story_fields import Fields, StoryError
from demo.story_values import Bot, Channel, Command, Modal, StoryMessage, User

STORY_FILE = Path(__file__).with_name("story.yml")
ENDED_AGO = timedelta(minutes=20)
# The same in C, where it is there.
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Story:
    """The whole incident. `start` is offset zero of the file (UTC), `messages` are in order of time."""

    company: str
    domain: str
    start: datetime
    channel: Channel
    users: tuple[User, ...]
    bots: tuple[Bot, ...]
    messages: tuple[StoryMessage, ...]
    command: Command
    document: Mapping[str, Any] = field(repr=False, compare=False)

    def user(self, key: str) -> User:
        """Raises KeyError for a key of nobody."""
        return {user.key: user for user in self.users}[key]

    def message(self, message_id: str) -> StoryMessage:
        """Raises KeyError for an id that is not in the story."""
        return {message.id: message for message in self.messages}[message_id]

    def moved_to(self, start: datetime) -> Story:
        """The same story, begun at another instant (aware)."""
        return build(self.document, start)

    def without(self, *message_ids: str) -> Story:
        """The same story with these messages never written. Replies to them must go too, or StoryError is raised."""
        kept = story_messages.without(self.document, set(message_ids))
        return build({**self.document, "messages": kept}, self.start)

    def as_workspace(self, start: datetime | None = None, *, history: bool = True) -> dict[str, Any]:
        """A plain dict for the local Slack's workspace file, begun at `start` (aware) or when this story begins.

        Without `history` all is as it was before the first message (nobody deactivated yet), for playing it live.
        """
        return story_workspace.workspace(self if start is None else self.moved_to(start), history=history)

    def write_workspace(self, folder: Path, *, history: bool = True) -> Path:
        """Writes the workspace file, with the pictures that it refers to, into a folder. Returns the file's path."""
        return story_workspace.write(self, folder, history=history)


def load(path: Path = STORY_FILE, start: datetime | None = None) -> Story:
    """Reads and checks the story. `start` (aware) is when it begins; by default it ended twenty minutes ago.

    Raises StoryError with one plain sentence for the first thing that is wrong.
    """
    document = read_yaml(path)
    return build(document, start or default_start(document, datetime.now(UTC)))


def default_start(document: Mapping[str, Any], now: datetime) -> datetime:
    """When the story has to begin for its last message to be twenty minutes old at `now` (aware)."""
    probe = build(document, now)
    return (now - ENDED_AGO - (probe.messages[-1].at - probe.start)).replace(microsecond=0)


def build(document: Mapping[str, Any], start: datetime) -> Story:
    """The checked story, begun at `start`. Raises StoryError for a naive `start` and for any fault in the document."""
    if start.tzinfo is None:
        raise StoryError("The story's start needs a time zone.")
    start = start.astimezone(UTC)
    fields = Fields.of(document, "The story", "company domain midnight channel users bots messages command")
    domain = fields.text("domain")
    users = story_cast.users(fields, domain, start + fields.offset("midnight"))
    bots = story_cast.bots(fields, users)
    scene = story_messages.Scene(start, {user.key: user for user in users}, {bot.key: bot for bot in bots})
    return Story(
        company=fields.text("company"),
        domain=domain,
        start=start,
        channel=story_cast.channel(fields, scene.mentions, scene.wire),
        users=users,
        bots=bots,
        messages=story_messages.messages(fields, scene),
        command=_command(fields.sub("command", "who text owner modal"), scene),
        document=document,
    )


def _command(fields: Fields, scene: story_messages.Scene) -> Command:
    where = "title severity started detected resolved ic shadow scribe services recording"
    answers = fields.sub("modal", where)
    started, detected, resolved = (answers.offset(key) for key in ("started", "detected", "resolved"))
    if not started <= detected <= resolved:
        raise StoryError("The modal's started, detected and resolved must follow each other in time.")
    modal = Modal(
        title=answers.text("title"),
        severity=answers.number("severity"),
        started=scene.start + started,
        detected=scene.start + detected,
        resolved=scene.start + resolved,
        ic=scene.person(answers, "ic"),
        shadow=scene.person(answers, "shadow"),
        scribe=scene.person(answers, "scribe"),
        services=answers.names("services"),
        recording=answers.text("recording"),
    )
    text = scene.wire(fields.text("text"), fields.where)
    return Command(scene.person(fields, "who"), text, scene.person(fields, "owner"), modal)


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file. Raises StoryError when there is no file, no YAML, or no mapping."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_SAFE)  # noqa: S506
    except OSError as error:
        raise StoryError(f"{path.name} cannot be read: {error.strerror}.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" near line {mark.line + 1}" if mark else ""
        raise StoryError(f"{path.name} is not valid YAML{where}.") from error
    if not isinstance(document, dict):
        raise StoryError(f"{path.name} must be a mapping of keys to values.")
    return document
