"""The story as the local Slack's workspace file wants it: people, the channel, and its history. A history shows how
things ended: edits are applied, deleted messages are gone, or stay as tombstones over their replies."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from demo.story_values import Bot, StoryFile, StoryMessage, User

if TYPE_CHECKING:
    from demo.story import Story

Json = dict[str, Any]
WORKSPACE_FILE = "workspace.yml"


def workspace(story: Story, *, history: bool = True) -> Json:
    """Everything as one plain dict that can be written as JSON or YAML."""
    apps = [bot for bot in story.bots if bot.user_id]
    return {
        "team": {"name": story.company, "domain": story.domain.split(".")[0]},
        "users": [_user(user, history) for user in story.users] + [_app(bot) for bot in apps],
        "channels": [_channel(story, history)],
    }


def write(story: Story, folder: Path, *, history: bool = True) -> Path:
    """The workspace file and the pictures it names, in a folder that is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for message in story.messages:
        if message.file and not _is_text(message.file):
            (folder / message.file.name).write_bytes(message.file.content)
    path = folder / WORKSPACE_FILE
    text = yaml.safe_dump(workspace(story, history=history), allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


def stamp(at: datetime) -> str:
    """Slack's ts of an instant (aware)."""
    return f"{int(at.timestamp()):010d}.{at.microsecond:06d}"


def _user(user: User, history: bool) -> Json:
    row: Json = {"id": user.id, "name": user.name, "real_name": user.real_name, "display_name": user.display_name}
    row |= {"tz": user.tz, "email": user.email, "title": user.title}
    # Nobody is deactivated yet while the messages are still to be written.
    flags = {"deleted": user.deleted and history, "is_bot": user.is_bot}
    flags |= {"is_restricted": user.is_restricted, "is_stranger": user.is_stranger}
    return row | {flag: True for flag, raised in flags.items() if raised}


def _app(bot: Bot) -> Json:
    return {"id": bot.user_id, "name": bot.handle, "real_name": bot.name, "is_bot": True}


def _handles(story: Story) -> dict[str, str]:
    """The handle of each person and each bot user by key."""
    people = {user.key: user.name for user in story.users}
    return people | {bot.key: bot.handle for bot in story.bots if bot.user_id}


def _channel(story: Story, history: bool) -> Json:
    channel, handles = story.channel, _handles(story)
    row: Json = {"id": channel.id, "name": channel.name, "creator": handles[channel.creator]}
    row["created"] = story.messages[0].at.isoformat()
    row["shared"] = any(user.is_stranger for user in story.users)
    joined = set() if history else {message.by for message in story.messages if message.subtype == "join"}
    gone = {user.key for user in story.users if user.deleted} if history else set()
    writers = dict.fromkeys(message.by for message in story.messages)
    row["members"] = [handles[key] for key in writers if key in handles and key not in joined | gone]
    if history:
        row["topic"] = channel.topic
        row["messages"] = [_line(story, top) for top in story.messages if not top.thread and not _vanished(story, top)]
    return row


def _replies(story: Story, parent: StoryMessage) -> list[StoryMessage]:
    return [reply for reply in story.messages if reply.thread == parent.id and not reply.deleted_at]


def _vanished(story: Story, message: StoryMessage) -> bool:
    return message.deleted_at is not None and not _replies(story, message)


def _line(story: Story, message: StoryMessage) -> Json:
    row: Json = {"ts": stamp(message.at), **_words(story, message)}
    if message.deleted_at:
        row["deleted"] = True
    if message.broadcast:
        row["broadcast"] = True
    if message.edit:
        row["edited"] = {"at": stamp(message.edit.at)}
    row |= _extras(story, message)
    if replies := _replies(story, message):
        row["thread"] = [_line(story, reply) for reply in replies]
    return row


def _words(story: Story, message: StoryMessage) -> Json:
    last = message.edit or message
    bot = next((bot for bot in story.bots if bot.key == message.by), None)
    if bot:
        author: Json = {"user": bot.handle, "raw_text": True} if bot.user_id else {"bot": bot.name}
        return {**author, "text": last.text}
    user = story.user(message.by)
    if message.subtype == "join":
        return {"raw": {"user": user.id, "subtype": "channel_join", "text": f"<@{user.id}> has joined the channel"}}
    if message.subtype == "topic":
        text = f"set the channel topic: {message.text}"
        return {"raw": {"user": user.id, "subtype": "channel_topic", "topic": message.text, "text": text}}
    return {"user": user.name, "text": last.typed}


def _extras(story: Story, message: StoryMessage) -> Json:
    extras: Json = {}
    if box := message.attachment:
        shown = {"title": box.title, "title_link": box.link, "text": box.text, "color": box.color}
        extras["attachments"] = [{**shown, "fallback": f"{box.title}: {box.text}"}]
    if file := message.file:
        body = {"content": file.content.decode()} if _is_text(file) else {"path": file.name}
        extras["file"] = {"name": file.name, "title": file.title, **body}
    if message.reactions:
        extras["reactions"] = {one.emoji: [story.user(key).name for key in one.by] for one in message.reactions}
    if message.pin:
        extras["pinned"] = True
    return extras


def _is_text(file: StoryFile) -> bool:
    return file.mimetype.startswith("text/")
