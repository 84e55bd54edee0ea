"""Modals and Home tabs: who has which view open, its state, and its hash."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.spec import state
from sandbox.spec.types import Json, SlackError
from sandbox.world.ids import Ids

STACK = 3
"""How many modals lie on top of each other at most."""


@dataclass
class View:
    """A view on one person's screen. `values` is what was chosen or typed so far, by block_id and action_id."""

    id: str
    app: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    error: dict[str, str] = field(default_factory=dict)


class Views:
    """Every open view of the workspace."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._edits = 0
        self.all: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[tuple[str, str], str] = {}

    def stack(self, user: str) -> list[View]:
        """The modals in front of a user, the topmost last."""
        return [self.all[key] for key in self.stacks.get(user, [])]

    def open(self, app: str, user: str, body: Json) -> View:
        """Put a first modal before the user; one that was open goes away."""
        self.clear(user)
        return self._put(app, user, body, None)

    def push(self, app: str, user: str, body: Json) -> View:
        """Put one more on the stack. SlackError not_found with nothing open, push_limit_reached at three."""
        below = self.stack(user)
        if not below:
            raise SlackError("not_found")
        if len(below) >= STACK:
            raise SlackError("push_limit_reached")
        return self._put(app, user, body, below[-1])

    def _put(self, app: str, user: str, body: Json, below: View | None) -> View:
        self._refuse_same_external_id(body, None)
        view = self._new(app, user, body)
        if below:
            view.root, view.previous = below.root, below.id
        self.stacks.setdefault(user, []).append(view.id)
        return view

    def _new(self, app: str, user: str, body: Json) -> View:
        key = self._ids.new("V")
        view = View(key, app, user, body, self._hash(), root=key)
        view.values = state.initial(body["blocks"])
        self.all[key] = view
        return view

    def update(self, view: View, body: Json, given_hash: str | None) -> None:
        """Replace a view in place; what was typed stays where block_id and action_id stay. SlackError hash_conflict."""
        if given_hash and given_hash != view.hash:
            raise SlackError("hash_conflict")
        self._refuse_same_external_id(body, view)
        view.body, view.hash, view.error = body, self._hash(), {}
        view.values = state.carried(body["blocks"], view.values)

    def publish(self, app: str, user: str, body: Json, given_hash: str | None) -> View:
        """Put or replace the Home tab that a user sees. SlackError hash_conflict."""
        key = self.homes.get((app, user))
        if key is None:
            view = self._new(app, user, body)
            self.homes[(app, user)] = view.id
            return view
        self.update(self.all[key], body, given_hash)
        return self.all[key]

    def close_top(self, user: str) -> View:
        """Take the topmost modal away. KeyError with none open."""
        keys = self.stacks.get(user) or []
        if not keys:
            raise KeyError(user)
        return self.all.pop(keys.pop())

    def clear(self, user: str) -> list[View]:
        """Take every modal of the user away, the topmost first."""
        gone = [self.all.pop(key) for key in reversed(self.stacks.get(user, []))]
        self.stacks[user] = []
        return gone

    def find(self, view_id: str | None, external_id: str | None, app: str) -> View:
        """By id or by external id. SlackError not_found."""
        for view in self.all.values():
            same = view.id == view_id if view_id else external_id and view.body.get("external_id") == external_id
            if same and view.app == app:
                return view
        raise SlackError("not_found")

    def _refuse_same_external_id(self, body: Json, but: View | None) -> None:
        wanted = body.get("external_id")
        if wanted and any(v is not but and v.body.get("external_id") == wanted for v in self.all.values()):
            raise SlackError("duplicate_external_id")

    def _hash(self) -> str:
        self._edits += 1
        return f"{1_700_000_000 + self._edits}.{self._ids.short(8)}"


def shape(view: View, app: Any, team_id: str, *, with_state: bool = True) -> Json:
    """The view object of the API's answers and of interaction payloads."""
    body = view.body
    modal = body["type"] == "modal"
    shown: Json = {
        "id": view.id,
        "team_id": team_id,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": view.values if with_state else {}},
        "hash": view.hash,
        "title": body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(body.get("clear_on_close", False)),
        "notify_on_close": bool(body.get("notify_on_close", False)),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": app.id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": team_id,
        "bot_id": app.bot_id,
    }
    if not modal:
        shown["close"] = shown["submit"] = None
    return shown
