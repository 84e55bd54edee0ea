"""What each event holds: every key with its shape, held against all that the sandbox itself announces."""

from __future__ import annotations

from sandbox.spec.answers import (
    APP_ID,
    BOT_ID,
    CHANNEL_ID,
    FILE_ID,
    GROUP_ID,
    MESSAGE,
    TEAM_ID,
    TS,
    USER,
    USER_ID,
    VIEW,
    either,
    many,
    some,
)
from sandbox.spec.shapes import Check, Problem, anything, boolean, choice, mapping, number, string
from sandbox.spec.types import Json

ITEM = some("type channel", type=choice("message"), channel=CHANNEL_ID, ts=TS, message=MESSAGE)
NAMED = some("id name created", id=CHANNEL_ID, name=string(least=1), created=number(0), creator=USER_ID)
WHOLE_USER = either(USER, some("id deleted profile", id=USER_ID, deleted=boolean))

KEYS: dict[str, Check] = {
    "type": string(),
    "event_ts": TS,
    "user": USER_ID,
    "user_id": USER_ID,
    "actor_id": USER_ID,
    "inviter": USER_ID,
    "item_user": USER_ID,
    "channel": CHANNEL_ID,
    "old_channel_id": CHANNEL_ID,
    "new_channel_id": CHANNEL_ID,
    "channel_id": CHANNEL_ID,
    "channel_type": choice("C", "G"),
    "team": TEAM_ID,
    "team_id": TEAM_ID,
    "tab": choice("home", "messages"),
    "view": VIEW,
    "text": string(),
    "ts": TS,
    "thread_ts": TS,
    "message_ts": TS,
    "deleted_ts": TS,
    "reaction": string(pattern=r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?"),
    "item": ITEM,
    "has_pins": boolean,
    "file": some("id", id=FILE_ID),
    "file_id": FILE_ID,
    "function": some("id callback_id title type input_parameters output_parameters app_id", app_id=APP_ID),
    "tokens": mapping({"oauth": many(USER_ID), "bot": many(USER_ID)}),
    "subteam": some("id team_id handle name", id=GROUP_ID),
    "subteam_id": GROUP_ID,
    "added_users": many(USER_ID),
    "removed_users": many(USER_ID),
    "cache_ts": number(0),
    "links": many(some("domain url")),
    "is_bot_user_member": boolean,
    "app_id": APP_ID,
    "bot_id": BOT_ID,
    "function_execution_id": string(pattern=r"Fx[A-Z0-9]+"),
    "workflow_execution_id": string(pattern=r"Wx[A-Z0-9]+"),
}
_FILE = "file_id user_id? file?"
_MARK = "user reaction item item_user?"
_PEOPLE = "user channel channel_type team"
_METADATA = "app_id bot_id user_id team_id channel_id message_ts"
_WHOLE = "user cache_ts"

TABLE: dict[str, str] = {
    "app_home_opened": "user channel tab view?",
    "app_mention": "user? text ts channel team? thread_ts? blocks? files? client_msg_id? bot_id? app_id?",
    "app_uninstalled": "",
    "channel_archive": "channel user",
    "channel_created": "channel",
    "channel_deleted": "channel",
    "channel_id_changed": "old_channel_id new_channel_id",
    "channel_left": "channel actor_id?",
    "channel_rename": "channel",
    "channel_unarchive": "channel user",
    "file_change": _FILE,
    "file_created": _FILE,
    "file_deleted": "file_id",
    "file_public": _FILE,
    "file_shared": f"{_FILE} channel_id",
    "function_executed": "function inputs function_execution_id workflow_execution_id bot_access_token",
    "group_archive": "channel user",
    "group_deleted": "channel",
    "group_left": "channel actor_id?",
    "group_rename": "channel",
    "group_unarchive": "channel user",
    "link_shared": "channel user links is_bot_user_member message_ts source unfurl_id thread_ts?",
    "member_joined_channel": f"{_PEOPLE} inviter?",
    "member_left_channel": _PEOPLE,
    "message_metadata_deleted": f"{_METADATA} previous_metadata deleted_ts",
    "message_metadata_posted": f"{_METADATA} metadata",
    "message_metadata_updated": f"{_METADATA} metadata previous_metadata",
    "pin_added": "user channel_id item item_user?",
    "pin_removed": "user channel_id item item_user? has_pins",
    "reaction_added": _MARK,
    "reaction_removed": _MARK,
    "subteam_created": "subteam",
    "subteam_members_changed": (
        "subteam_id team_id date_previous_update date_update added_users added_users_count removed_users removed_users_count"
    ),
    "subteam_updated": "subteam",
    "team_join": "user cache_ts?",
    "tokens_revoked": "tokens",
    "user_change": _WHOLE,
    "user_profile_changed": _WHOLE,
    "user_status_changed": _WHOLE,
}
"""The keys of each event besides `type` and `event_ts`; `?`: not always there. Messages are looked at on their own."""

_OTHER: dict[tuple[str, str], Check] = {
    **{(f"{kind}_{what}", "channel"): NAMED for kind in ("channel", "group") for what in ("created", "rename")},
    **{
        (kind, "user"): WHOLE_USER
        for kind in ("team_join", "user_change", "user_profile_changed", "user_status_changed")
    },
}
_CHANGED = some("message previous_message hidden", message=MESSAGE, previous_message=MESSAGE)
_DELETED = some("deleted_ts previous_message hidden", deleted_ts=TS, previous_message=MESSAGE)
_MESSAGES: dict[str, Check] = {"message_changed": _CHANGED, "message_deleted": _DELETED}
_EVERY_MESSAGE = some(
    "channel ts event_ts channel_type",
    channel=CHANNEL_ID,
    ts=TS,
    event_ts=TS,
    channel_type=choice("channel", "group", "im", "mpim"),
)


def _shape(kind: str) -> Check:
    listed = ["type", "event_ts", *TABLE[kind].split()]
    fields = {
        name: _OTHER.get((kind, name), KEYS.get(name, anything)) for name in (w.removesuffix("?") for w in listed)
    }
    return mapping(fields, *(word for word in listed if not word.endswith("?")))


SHAPES: dict[str, Check] = {kind: _shape(kind) for kind in TABLE}


def problems(event: Json) -> list[Problem]:
    """What is wrong with an event as it goes to an app."""
    kind = event["type"]
    if kind == "message":
        own = _MESSAGES.get(str(event.get("subtype")), MESSAGE)
        return [*_EVERY_MESSAGE(event, ""), *own(event, "")]
    if kind not in SHAPES:
        return [Problem("/type", f"no shape is kept of {kind}")]
    return list(SHAPES[kind](event, ""))
