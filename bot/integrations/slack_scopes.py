"""What the app may do in Slack: every scope with its reason and the methods that need it. The manifest asks for these and
no others; `app.py doctor` compares them with what an installation really has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Why a scope is needed, to be read after "needed to", and the Web API methods that stop without it. An optional one has in
    `without` what is lost where an administrator does not grant it, to be read after "without it"; nothing else stops."""

    why: str
    methods: tuple[str, ...] = ()
    without: str = ""


_HISTORY = ("conversations.history", "conversations.replies")

SCOPES: Mapping[str, Scope] = {
    "commands": Scope("receive /postmortem"),
    "chat:write": Scope("post the card and the messages", ("chat.postMessage", "chat.update")),
    "channels:history": Scope("read public incident channels", _HISTORY),
    "groups:history": Scope("read private incident channels it was invited to", _HISTORY),
    "channels:read": Scope(
        "know whether a channel is shared with others", ("conversations.info", "conversations.members")
    ),
    "groups:read": Scope(
        "know who may see a private channel's post-mortem", ("conversations.info", "conversations.members")
    ),
    "im:history": Scope("look for its own direct message before sending it again", _HISTORY),
    "channels:join": Scope("enter public incident channels without an invitation", ("conversations.join",)),
    "channels:write.invites": Scope("bring the owner into a public channel", ("conversations.invite",)),
    "groups:write.invites": Scope("bring the owner into a private channel", ("conversations.invite",)),
    "im:write": Scope("open a direct conversation with the owner and the IC", ("conversations.open",)),
    "users:read": Scope("know who is a person and who was deactivated", ("users.list", "users.info")),
    "users:read.email": Scope(
        "find people in Jira and in calendars by their e-mail address",
        without="tickets have no assignee, and people stand in invitations by their page in Slack",
    ),
    "usergroups:read": Scope("know the members of IC_GROUP and SUPPORT_GROUP", ("usergroups.users.list",)),
    "files:read": Scope("look for the document before uploading it again", ("files.info", "files.list")),
    "files:write": Scope(
        "upload the document and remove old versions of it",
        ("files.getUploadURLExternal", "files.completeUploadExternal", "files.delete"),
    ),
    "canvases:write": Scope(
        "show the document as a canvas (DOCUMENT_CANVAS)",
        ("canvases.create", "canvases.edit", "canvases.access.set", "canvases.delete"),
        without="the document is a file in the thread of the card and no canvas beside it",
    ),
    "pins:read": Scope("hear of messages that people pin"),
    "pins:write": Scope("pin the card", ("pins.add",)),
    "reactions:read": Scope("hear of messages that people mark with a reaction"),
    "reactions:write": Scope("answer such a mark with a reaction of its own", ("reactions.add", "reactions.remove")),
}

# These need a token and no scope.
FREE = ("auth.test", "views.open", "views.push", "views.update", "views.publish")
APP_TOKEN_SCOPE = "connections:write"  # noqa: S105 - the name of a permission


def missing(granted: frozenset[str], wanted: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The scopes that an installation lacks and cannot do without, in the order of the table; of the optional ones those that the settings
    have `wanted`."""
    needed = (name for name, scope in SCOPES.items() if not scope.without or name in wanted)
    return tuple(name for name in needed if name not in granted)


def left_out(granted: frozenset[str], wanted: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The optional ones that it lacks and that nobody asked for."""
    return tuple(name for name, scope in SCOPES.items() if name not in granted | wanted and scope.without)
