"""A small synchronous client of the control API, for tests, demos and scripts: start a sandbox, act as people, look, break things."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from sandbox.server import Options, Server
from sandbox.world.workspace import Rules

Json = dict[str, Any]


class SandboxRefused(Exception):
    """The sandbox says no, in a sentence; `details` is the whole answer."""

    def __init__(self, details: Json) -> None:
        super().__init__(str(details.get("reason")))
        self.details = details


class _Http:
    def __init__(self, base: str) -> None:
        self._base = base

    def post(self, path: str, body: Json, timeout: float = 60.0) -> Json:
        data = json.dumps({key: value for key, value in body.items() if value is not None}).encode()
        request = urllib.request.Request(self._base + path, data=data, headers={"Content-Type": "application/json"})
        return self._send(request, timeout)

    def get(self, path: str, query: Json) -> Json:
        given = urllib.parse.urlencode({key: value for key, value in query.items() if value is not None})
        return self._send(urllib.request.Request(f"{self._base}{path}?{given}"), 60.0)

    def _send(self, request: urllib.request.Request, timeout: float) -> Json:
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310
                body: Json = json.loads(response.read())
        except urllib.error.HTTPError as error:
            with error:
                raise SandboxRefused(json.loads(error.read())) from None
        return body


class Act:
    """What people do. Users and channels by id or name; "@name" as a channel is the direct conversation with that one."""

    def __init__(self, http: _Http) -> None:
        self._http = http

    def __call__(self, name: str, **body: Any) -> Json:
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

    def __init__(self, http: _Http) -> None:
        self._http = http

    def __call__(self, name: str, **query: Any) -> Json:
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

    def files(self) -> list[Json]:
        """Every file."""
        return list(self("files")["files"])

    def file_text(self, file_id: str) -> str:
        """The content of a file."""
        return str(self("files", id=file_id)["text"])


class Sandbox:
    """A running sandbox. Use `start`, or `attach` to one that runs elsewhere; also a context manager."""

    def __init__(self, handles: Json, stop: Callable[[], int | None]) -> None:
        self.handles = handles
        self.url: str = handles["url"]
        self.api_url: str = handles["api_url"]
        self.control_url: str = handles["control_url"]
        self.team_id: str = handles["team_id"]
        self.bot_token: str = handles["bot_token"]
        self.app_token: str = handles["app_token"]
        self.signing_secret: str = handles["signing_secret"]
        self._stop = stop
        self._http = _Http(self.control_url)
        self.act = Act(self._http)
        self.see = See(self._http)

    @classmethod
    def start(cls, *, in_process: bool = False, **options: Any) -> Sandbox:
        """Start one: workspace=, manifest=, export=, traffic= (paths), port=, deliver=, profile=, clock=, rate_limits=, strict=.

        A process of its own by default; `in_process` runs it in a thread here. Raises RuntimeError when it does not start."""
        return _thread(options) if in_process else _process(options)

    @classmethod
    def attach(cls, handles: Json) -> Sandbox:
        """Speak to a sandbox by the JSON line it printed."""
        return cls(handles, lambda: None)

    def stop(self) -> int | None:
        """Stop it; the exit status of the process."""
        return self._stop()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def calls(self, method: str | None = None) -> list[Json]:
        """Web API calls so far, of one method or all."""
        return list(self.see("calls", method=method)["calls"])

    def deliveries(self, kind: str | None = None, type: str | None = None) -> list[Json]:  # noqa: A002
        """What was sent to the app: kind events_api, slash_commands or interactive."""
        return list(self.see("deliveries", kind=kind, type=type)["deliveries"])

    def violations(self) -> list[Json]:
        """What the app should not have done."""
        return list(self.see("violations")["violations"])

    def fault(self, method: str, how: str, *, call: int | None = 1, every: bool = False, **more: Any) -> None:
        """Break the nth next call of a method, or every one. more: seconds=, retry_after=, times=."""
        self._http.post("fault", {"method": method, "how": how, "call": call, "every": every, **more})

    def clear_faults(self) -> None:
        """Let everything work again."""
        self._http.post("fault", {"clear": True})

    def advance(self, seconds: float, *, grace: float = 0.3) -> float:
        """Move the clock on; returns its new time. `grace`: real seconds that the app gets to answer what falls due."""
        return float(self._http.post("advance", {"seconds": seconds, "grace": grace})["now"])

    def rules(self, **rules: Any) -> None:
        """rate_limits=, profile=, short_pages=, offline="hold" or "drop"."""
        self._http.post("rules", rules)

    def modes(self, **modes: bool) -> Json:
        """frozen=, duplicate=, shuffle= for events."""
        return self._http.post("modes", modes)

    def disconnect(self, reason: str = "warning", *, close: bool = False, kill: bool = False) -> int:
        """Send `disconnect` on every socket, or cut them; returns how many there were."""
        return int(self._http.post("disconnect", {"reason": reason, "close": close, "kill": kill})["connections"])

    def deliver(self, url: str | None, *, verify: bool = False) -> Json:
        """Signed HTTP to that address from now on (None: Socket Mode again)."""
        return self._http.post("deliver", {"url": url or "", "verify": verify})

    def wait_for_sockets(self, count: int = 1, timeout: float = 10.0) -> None:
        """Wait until the app has connected. SandboxRefused after `timeout` seconds."""
        self._http.post("wait", {"sockets": count, "timeout": timeout}, timeout + 5)

    def wait_quiet(self, quiet: float = 0.3, timeout: float = 15.0) -> None:
        """Wait until nothing was called or delivered for `quiet` seconds. SandboxRefused after `timeout` seconds."""
        self._http.post("wait", {"quiet": quiet, "timeout": timeout}, timeout + 5)

    def wait_until(self, found: Callable[[], Any], timeout: float = 10.0) -> Any:
        """Ask again and again until the answer is true; returns it. TimeoutError."""
        end = time.monotonic() + timeout
        while not (value := found()):
            if time.monotonic() > end:
                raise TimeoutError("it did not happen in time")
            threading.Event().wait(0.03)
        return value

    def reset(self) -> None:
        """The workspace as it was at the start."""
        self._http.post("reset", {})


def _process(options: Json) -> Sandbox:
    command = [sys.executable, "-m", "sandbox"]
    for key, value in options.items():
        flag = "--" + key.replace("_", "-")
        if key == "rate_limits" and isinstance(value, bool):
            command += [flag, "on" if value else "off"]
        elif value is True:
            command.append(flag)
        elif value is not None and value is not False:
            command += [flag, str(value)]
    root = Path(__file__).resolve().parent.parent
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)  # noqa: S603
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"the sandbox did not start, exit status {process.wait()}")

    def stop() -> int:
        process.terminate()
        status = process.wait(timeout=15)
        if process.stdout:
            process.stdout.close()
        return status

    return Sandbox(json.loads(line), stop)


def _options(given: Json) -> Options:
    rules = Rules()
    for name in ("profile", "strict", "short_pages", "rate_limits"):
        if name in given:
            setattr(rules, name, given.pop(name))
    paths = {key: Path(given.pop(key)) for key in ("workspace", "manifest", "export", "traffic") if given.get(key)}
    return Options(**paths, **given, rules=rules)


def _thread(given: Json) -> Sandbox:
    server = Server(_options(dict(given)))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="sandbox", daemon=True)
    thread.start()
    handles = asyncio.run_coroutine_threadsafe(server.start(), loop).result(timeout=30)

    def stop() -> int:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(timeout=30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()
        return 0

    return Sandbox(handles, stop)
