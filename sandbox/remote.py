"""The control API as Python calls: what people do (`Act`) and what they see (`See`), over plain HTTP with the standard library."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

Json = dict[str, Any]


class SandboxRefused(Exception):
    """The sandbox says no, in a sentence; `details` is the whole answer."""

    def __init__(self, details: Json) -> None:
        super().__init__(str(details.get("reason")))
        self.details = details


class Http:
    """JSON to and from the control API; a proxy that happens to be set is not for a sandbox."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def post(self, path: str, body: Json, timeout: float = 60.0) -> Json:
        """POST; what is None is left out. SandboxRefused."""
        data = json.dumps({key: value for key, value in body.items() if value is not None}).encode()
        return self._send(path, data, timeout)

    def get(self, path: str, query: Json) -> Json:
        """GET; what is None is left out. SandboxRefused."""
        given = urllib.parse.urlencode({key: value for key, value in query.items() if value is not None})
        return self._send(f"{path}?{given}", None, 60.0)

    def _send(self, path: str, data: bytes | None, timeout: float) -> Json:
        request = urllib.request.Request(self._base + path, data=data, headers={"Content-Type": "application/json"})  # noqa: S310
        try:
            with self._opener.open(request, timeout=timeout) as response:
                body: Json = json.loads(response.read())
        except urllib.error.HTTPError as error:
            with error:
                raise SandboxRefused(json.loads(error.read())) from None
        return body


class Act:
    """What people do. Users and channels by id or name; "@name" as a channel is the direct conversation with that one."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def __call__(self, name: str, /, **body: Any) -> Json:
        """Any act of the control API by name."""
        return self._http.post(f"act/{name}", body)

    def post(self, user: str, channel: str, text: str = "", *, thread: str | None = None, **more: Any) -> str:
        """Write a message; returns its ts. more: file={"name", "content"}, at=, broadcast=, raw=."""
        return str(self("post", user=user, channel=channel, text=text, thread=thread, **more)["ts"])

    def post_as_bot(self, bot: str, channel: str, text: str = "", *, thread: str | None = None, **more: Any) -> str:
        """Write as an incoming webhook of that name; returns the ts."""
        return str(self("post", bot=bot, channel=channel, text=text, thread=thread, **more)["ts"])

    def edit(self, user: str, channel: str, ts: str, text: str) -> Json:
        """Change one's own message."""
        return self("edit", user=user, channel=channel, ts=ts, text=text)

    def delete(self, user: str, channel: str, ts: str, *, as_admin: bool = False) -> Json:
        """Delete a message."""
        return self("delete", user=user, channel=channel, ts=ts, as_admin=as_admin)

    def react(self, user: str, channel: str, ts: str, name: str) -> Json:
        """Add a reaction."""
        return self("react", user=user, channel=channel, ts=ts, name=name)

    def unreact(self, user: str, channel: str, ts: str, name: str) -> Json:
        """Take a reaction back."""
        return self("unreact", user=user, channel=channel, ts=ts, name=name)

    def command(self, user: str, channel: str, text: str) -> Json:
        """Type a slash command, "/name words". Returns ack, message (what is shown), response_url, trigger_id; ok False when it failed."""
        return self("command", user=user, channel=channel, text=text)

    def press(self, user: str, action_id: str, value: Any = None, **where: Any) -> Json:
        """Use a button, menu or picker: in a message (channel=, ts= or the latest with it), in the modal in front, or home=True."""
        return self("press", user=user, action_id=action_id, value=value, **where)

    def submit(self, user: str, values: Json | None = None, **more: Any) -> Json:
        """Fill in the modal in front by block_id and send it. SandboxRefused with `errors` when the client would not send it."""
        return self("submit", user=user, values=values or {}, **more)

    def close(self, user: str, *, everything: bool = False) -> Json:
        """Cancel the modal in front, or the whole stack."""
        return self("close", user=user, all=everything)

    def shortcut(self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None) -> Json:
        """A message shortcut when a message is named, otherwise a global one."""
        return self("shortcut", user=user, callback_id=callback_id, channel=channel, ts=ts)

    def home(self, user: str, app: str | None = None) -> Json:
        """Open the app's Home tab."""
        return self("home", user=user, app=app)


class See:
    """What people see."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def __call__(self, name: str, /, **query: Any) -> Json:
        """Any view of the control API by name."""
        return self._http.get(f"see/{name}", query)

    def messages(self, channel: str, user: str | None = None, thread: str | None = None) -> list[Json]:
        """Everything in a channel oldest first: replies, and ephemeral messages of `user` (of all without)."""
        return list(self("messages", channel=channel, user=user, thread=thread)["messages"])

    def dms(self, user: str, app: str | None = None) -> list[Json]:
        """The direct messages between a user and the app's bot."""
        return list(self("dms", user=user, app=app)["messages"])

    def modals(self, user: str) -> list[Json]:
        """The modals in front of a user, the topmost last; `errors` are the sentences under its inputs."""
        return list(self("modals", user=user)["views"])

    def home(self, user: str, app: str | None = None) -> Json | None:
        """The published Home tab."""
        return self("home", user=user, app=app)["view"]  # type: ignore[no-any-return]

    def channel(self, name: str) -> Json:
        """A channel with members, pins and bookmarks. KeyError."""
        wanted = name.removeprefix("#")
        for row in self("channels")["channels"]:
            if wanted in (row["id"], row["name"]):
                return dict(row)
        raise KeyError(name)

    def user(self, name: str) -> Json:
        """A user object. KeyError."""
        for row in self("people")["users"]:
            if name in (row["id"], row["name"]):
                return dict(row)
        raise KeyError(name)

    def canvases(self, user: str | None = None, channel: str | None = None) -> list[Json]:
        """The canvases that a user can see, that are tabs of a channel, or all; without their text."""
        return list(self("canvases", user=user, channel=channel)["canvases"])

    def canvas(self, canvas_id: str, user: str | None = None) -> Json:
        """A canvas with `markdown`, `sections` and who may do what. SandboxRefused."""
        return dict(self("canvas", id=canvas_id, user=user)["canvas"])

    def files(self) -> list[Json]:
        """Every file."""
        return list(self("files")["files"])

    def file_text(self, file_id: str) -> str:
        """The content of a file."""
        return str(self("files", id=file_id)["text"])
