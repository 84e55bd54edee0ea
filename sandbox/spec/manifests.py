"""What Slack would not take of an app's manifest: scopes and events that do not exist, commands and shortcuts of a wrong form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sandbox.spec import events, methods
from sandbox.spec.types import Json, words

LONGEST_SHORTCUT = 24
_COMMAND = re.compile(r"/[^\s/A-Z]{1,31}")
_OTHER_SCOPES = words(
    """
    agents:write app_mentions:read assistant:write bot calls:read calls:write channels:write.invites chat:write.customize
    chat:write.public commands datastore:read datastore:write dnd:read emoji:read hosting:read hosting:write identify
    incoming-webhook links.embed:write links:read links:write lists:read lists:write metadata.message:read mpim:read
    mpim:write.invites reminders:read reminders:write remote_files:read remote_files:share remote_files:write search:read
    search:read.files search:read.im search:read.mpim search:read.private search:read.public search:read.users
    team.billing:read team.preferences:read triggers:read triggers:write usergroups:write users.profile:read users:read.email
    users:write workflow.steps:execute workflows.templates:read workflows.templates:write
    """
)
"""What no method and no event of the sandbox asks for, and Slack grants to bots all the same."""

_OTHER_EVENTS = words(
    """
    agent_session_stopped agent_session_title_changed app_context_changed app_deleted app_installed app_requested
    app_uninstalled_team assistant_thread_context_changed assistant_thread_started call_rejected channel_history_changed
    channel_posting_permissions channel_shared channel_unshared dnd_updated dnd_updated_user
    email_domain_changed emoji_changed entity_comments_requested entity_details_requested file_comment_added
    file_comment_deleted file_comment_edited file_unshared grid_migration_finished grid_migration_started group_close
    group_history_changed group_open im_close im_history_changed invite_requested message message.app_home
    reaction_added shared_channel_invite_accepted shared_channel_invite_approved shared_channel_invite_declined
    shared_channel_invite_received shared_channel_invite_requested star_added star_removed subteam_self_added
    subteam_self_removed team_access_granted team_access_revoked team_domain_change team_rename url_verification
    user_connection user_huddle_changed workflow_deleted workflow_published workflow_step_deleted workflow_step_execute
    workflow_unpublished
    """
)
"""Events that exist at Slack and that nothing here brings about."""


def scopes() -> frozenset[str]:
    """Every scope a bot may be given."""
    of_methods = {scope for method in methods.table().values() for scope in method.scopes}
    of_events = {scope for needed in events.SCOPES.values() for scope in needed}
    moved = {scope for table in (events.HISTORY, events.READ, events.TOPIC) for scope in table.values()}
    managed = {scope for needed in events.MANAGE.values() for scope in needed}
    return _OTHER_SCOPES | of_methods | of_events | moved | managed


def problem(manifest: Json) -> str:
    """The first thing that is wrong, as a sentence; empty when Slack would take it."""
    return next(_problems(manifest), "")


def _problems(manifest: Json) -> Iterator[str]:
    known_scopes = scopes()
    for scope in _list(manifest, "oauth_config", "scopes", "bot"):
        if scope not in known_scopes:
            yield f"Slack has no bot scope {scope!r}"
    known_events = _OTHER_EVENTS | set(events.SCOPES) | set(events.MESSAGE_EVENTS.values())
    for event in _list(manifest, "settings", "event_subscriptions", "bot_events"):
        if event not in known_events:
            yield f"Slack has no event {event!r}"
    yield from _commands(_list(manifest, "features", "slash_commands"))
    yield from _shortcuts(_list(manifest, "features", "shortcuts"))


def _commands(rows: list[Any]) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        name = row.get("command") if isinstance(row, dict) else None
        if not isinstance(name, str) or not _COMMAND.fullmatch(name):
            yield f"{name!r} is no slash command: write /name, in small letters and without spaces, 32 characters at most"
        elif name in seen:
            yield f"the command {name} is there twice"
        seen.add(str(name))


def _shortcuts(rows: list[Any]) -> Iterator[str]:
    for row in rows:
        name = row.get("name") if isinstance(row, dict) else None
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_SHORTCUT:
            yield f"the name of the shortcut {name!r} must have 1 to {LONGEST_SHORTCUT} characters"
        elif row.get("type") not in ("message", "global"):
            yield f"the shortcut {name!r} must be of the type message or global"
        elif not isinstance(row.get("callback_id"), str) or not row["callback_id"]:
            yield f"the shortcut {name!r} has no callback_id"


def _list(manifest: Json, *path: str) -> list[Any]:
    node: Any = manifest
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, list) else []
