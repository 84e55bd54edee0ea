"""What the answer of each method holds: every key with its shape, so that a made-up or a missing field is found at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.spec.shapes import Check, Problem, anything, boolean, mapping, number, string
from sandbox.spec.types import Json, words

LOOKED_AT = 20
"""Of a list only so many items are looked at, so that a page of a thousand messages stays quick."""

TS = string(pattern=r"\d{10}\.\d{6}")
CHANNEL_ID = string(pattern=r"[CGD][A-Z0-9]{2,}")
USER_ID = string(pattern=r"[UW][A-Z0-9]{2,}")
TEAM_ID = string(pattern=r"T[A-Z0-9]{2,}")
BOT_ID = string(pattern=r"B[A-Z0-9]{2,}")
APP_ID = string(pattern=r"(A[A-Z0-9]{2,})?")
FILE_ID = string(pattern=r"F[A-Z0-9]{2,}")
VIEW_ID = string(pattern=r"V[A-Z0-9]{2,}")
GROUP_ID = string(pattern=r"S[A-Z0-9]{2,}")
ADDRESS = string(pattern=r"(https?|wss?)://.+")


def some(required: str, **fields: Check) -> Check:
    """An object that has at least these keys; what else it has is not looked at."""
    names = required.split()

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
            return
        for name in names:
            if name not in value:
                yield Problem(at, f"missing required field: {name}")
        for name, inner in fields.items():
            if name in value:
                yield from inner(value[name], f"{at}/{name}")

    return check


def many(item: Check) -> Check:
    """A list of which the first items are looked at."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must provide an array")
            return
        for place, one in enumerate(value[:LOOKED_AT]):
            yield from item(one, f"{at}/{place}")

    return check


def either(first: Check, second: Check) -> Check:
    """One of two shapes."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        wrong = list(first(value, at))
        if wrong and any(second(value, at)):
            yield from wrong

    return check


MESSAGE = some(
    "type ts",
    type=string(),
    ts=TS,
    user=string(pattern=r"[UW][A-Z0-9]*"),
    bot_id=BOT_ID,
    text=string(),
    thread_ts=TS,
    latest_reply=TS,
    reply_count=number(0),
    reply_users=many(string()),
    blocks=many(some("type block_id")),
    reactions=many(some("name users count", users=many(USER_ID))),
    files=many(some("id", id=FILE_ID)),
)
CHANNEL = some("id", id=CHANNEL_ID, name=string(), is_member=boolean, topic=some("value creator last_set"))
USER = some("id team_id name deleted profile is_bot", id=USER_ID, team_id=TEAM_ID, name=string(), profile=some("team"))
FILE = some("id created name title mimetype user url_private permalink", id=FILE_ID, user=USER_ID, url_private=ADDRESS)
VIEW = some("id team_id type blocks state hash app_id", id=VIEW_ID, app_id=APP_ID, state=some("values"))
GROUP = some("id team_id handle name", id=GROUP_ID)
BOOKMARK = some("id channel_id title type", channel_id=CHANNEL_ID)
META = mapping({"next_cursor": string(), "warnings": many(string()), "messages": many(string())})
EVERY: dict[str, Check] = {"ok": boolean, "warning": string(), "response_metadata": META}

KEYS: dict[str, Check] = {
    "app_id": APP_ID,
    "bookmark": BOOKMARK,
    "bookmarks": many(BOOKMARK),
    "bot": some("id deleted name", id=BOT_ID),
    "bot_id": BOT_ID,
    "cache_ts": number(0),
    "canvas_id": FILE_ID,
    "channel": CHANNEL_ID,
    "channels": many(CHANNEL),
    "file": FILE,
    "file_id": FILE_ID,
    "files": many(some("id", id=FILE_ID)),
    "has_more": boolean,
    "items": many(some("type")),
    "members": many(USER_ID),
    "message": MESSAGE,
    "message_ts": TS,
    "messages": many(MESSAGE),
    "permalink": ADDRESS,
    "pin_count": number(0),
    "presence": string(),
    "profile": some("real_name display_name"),
    "revoked": boolean,
    "sections": many(some("id")),
    "team_id": TEAM_ID,
    "text": string(),
    "ts": TS,
    "upload_url": ADDRESS,
    "url": ADDRESS,
    "user": USER,
    "user_id": USER_ID,
    "usergroup": GROUP,
    "usergroups": many(GROUP),
    "users": many(USER_ID),
    "view": VIEW,
}
_OTHER: dict[tuple[str, str], Check] = {
    ("auth.test", "user"): string(),
    ("auth.test", "team"): string(),
    ("reactions.get", "channel"): CHANNEL_ID,
    ("dnd.teamInfo", "users"): anything,
    ("team.profile.get", "profile"): some("fields"),
    ("users.list", "members"): many(USER),
    **{
        (f"conversations.{name}", "channel"): CHANNEL
        for name in words("create info invite join open rename setPurpose setTopic")
    },
}

TABLE: dict[str, str] = {
    "api.test": "args?",
    "apps.connections.open": "url",
    "apps.event.authorizations.list": "authorizations response_metadata?",
    "apps.uninstall": "uninstalled",
    "auth.revoke": "revoked",
    "auth.test": "url team user team_id user_id bot_id? is_enterprise_install",
    "bookmarks.add": "bookmark",
    "bookmarks.edit": "bookmark",
    "bookmarks.list": "bookmarks",
    "bookmarks.remove": "",
    "bots.info": "bot",
    "canvases.access.delete": "failed_to_update_channel_ids? failed_to_update_user_ids?",
    "canvases.access.set": "failed_to_update_channel_ids? failed_to_update_user_ids?",
    "canvases.create": "canvas_id",
    "canvases.delete": "",
    "canvases.edit": "",
    "canvases.sections.lookup": "sections",
    "chat.appendStream": "channel ts",
    "chat.delete": "channel ts",
    "chat.getPermalink": "channel permalink",
    "chat.meMessage": "channel ts",
    "chat.postEphemeral": "message_ts",
    "chat.postMessage": "channel ts message",
    "chat.startStream": "channel ts",
    "chat.stopStream": "channel ts message",
    "chat.unfurl": "",
    "chat.update": "channel ts text message",
    "conversations.archive": "",
    "conversations.canvases.create": "canvas_id",
    "conversations.close": "no_op? already_closed?",
    "conversations.create": "channel",
    "conversations.history": (
        "messages has_more pin_count channel_actions_ts channel_actions_count response_metadata latest? oldest?"
    ),
    "conversations.info": "channel",
    "conversations.invite": "channel errors?",
    "conversations.join": "channel",
    "conversations.kick": "errors?",
    "conversations.leave": "not_in_channel?",
    "conversations.list": "channels response_metadata",
    "conversations.mark": "",
    "conversations.members": "members response_metadata",
    "conversations.open": "channel no_op? already_open?",
    "conversations.rename": "channel",
    "conversations.replies": "messages has_more response_metadata",
    "conversations.setPurpose": "channel purpose?",
    "conversations.setTopic": "channel topic?",
    "conversations.unarchive": "",
    "dnd.info": "dnd_enabled next_dnd_start_ts next_dnd_end_ts snooze_enabled",
    "dnd.teamInfo": "users",
    "emoji.list": "emoji cache_ts categories? categories_version?",
    "files.completeUploadExternal": "files",
    "files.delete": "",
    "files.getUploadURLExternal": "file_id upload_url",
    "files.info": "file comments content? content_html? is_truncated? paging? response_metadata?",
    "files.list": "files paging",
    "files.revokePublicURL": "file",
    "files.sharedPublicURL": "file",
    "files.upload": "file",
    "functions.completeError": "",
    "functions.completeSuccess": "",
    "pins.add": "",
    "pins.list": "items",
    "pins.remove": "",
    "reactions.add": "",
    "reactions.get": "type channel message",
    "reactions.list": "items paging? response_metadata",
    "reactions.remove": "",
    "team.info": "team",
    "team.profile.get": "profile",
    "usergroups.create": "usergroup",
    "usergroups.disable": "usergroup",
    "usergroups.enable": "usergroup",
    "usergroups.list": "usergroups",
    "usergroups.update": "usergroup",
    "usergroups.users.list": "users",
    "usergroups.users.update": "usergroup",
    "users.conversations": "channels response_metadata",
    "users.getPresence": "presence online? auto_away? manual_away? connection_count? last_activity?",
    "users.info": "user",
    "users.list": "members cache_ts response_metadata",
    "users.lookupByEmail": "user",
    "users.profile.get": "profile",
    "users.setActive": "",
    "users.setPresence": "",
    "views.open": "view",
    "views.publish": "view",
    "views.push": "view",
    "views.update": "view",
}
"""The keys of each method's answer besides `ok`, `warning` and `response_metadata`; `?`: not always there."""


def _shape(method: str) -> Check:
    listed = TABLE[method].split()
    names = [word.removesuffix("?") for word in listed]
    required = [word for word in listed if not word.endswith("?")]
    fields = {name: _OTHER.get((method, name), KEYS.get(name, anything)) for name in names}
    return mapping({**EVERY, **fields, "response_metadata": META}, "ok", *required)


SHAPES: dict[str, Check] = {method: _shape(method) for method in TABLE}


def problems(method: str, body: Json) -> list[Problem]:
    """What is wrong with an answer that says ok; nothing for a method of which no shape is kept."""
    return list(SHAPES[method](body, "")) if method in SHAPES else []
