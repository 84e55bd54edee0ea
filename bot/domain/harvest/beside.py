"""Who was there without taking part, with the message that called them; all of it is for people to look at."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.harvest.finding import Presence
from bot.domain.harvest.message import Message
from bot.domain.harvest.note import Context


def presence(ctx: Context, every: Iterable[Message]) -> Presence:
    """Who only joined, which apps wrote, and who was called and wrote nothing."""
    wrote = {note.author for note in ctx.notes if note.human and note.author}
    called: dict[str, str] = {}
    apps: dict[str, None] = {}
    for note in ctx.notes:
        if not ctx.is_of_incident(note.message.ts):
            continue
        if not note.human and not note.topic:
            apps.setdefault(note.message.bot_name or ctx.directory.name(note.author or "") or "an app", None)
        for user_id in note.mentions.values() if "<@" in note.message.text else ():
            person = ctx.directory.people.get(user_id or "")
            if user_id and user_id not in wrote and not (person and person.is_bot):
                called.setdefault(user_id, note.message.ts)
    came = dict.fromkeys(
        each.user_id
        for each in every
        if each.subtype in ("channel_join", "group_join") and each.user_id and ctx.is_of_incident(each.ts)
    )
    joined = tuple(each for each in came if each not in wrote and each not in called)
    return Presence(joined, tuple(called.items()), tuple(apps))
