"""A small synchronous client for tests, demos and scripts: start a sandbox, act as people, look, break things."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from sandbox import remote, starting
from sandbox.remote import Json, SandboxRefused

__all__ = ["Sandbox", "SandboxRefused"]


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
        self._http = remote.Http(self.control_url)
        self.act = remote.Act(self._http)
        self.see = remote.See(self._http)

    @classmethod
    def start(cls, *, in_process: bool = False, **options: Any) -> Sandbox:
        """Start one: workspace=, manifest=, export=, traffic= (paths), port=, deliver=, profile=, clock=, rate_limits=, strict=.

        A process of its own by default; `in_process` runs it in a thread here. Raises RuntimeError when it does not start."""
        return cls(*(starting.thread(options) if in_process else starting.process(options)))

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

    def deliveries(self, kind: str | None = None, type: str | None = None) -> list[Json]:
        """What was sent to the app: kind events_api, slash_commands or interactive."""
        return list(self.see("deliveries", kind=kind, type=type)["deliveries"])

    def violations(self) -> list[Json]:
        """What the app should not have done."""
        return list(self.see("violations")["violations"])

    def fault(self, method: str, how: str, *, call: int | None = 1, every: bool = False, **more: Any) -> None:
        """Break the nth next call of a method, or every one. more: seconds=, retry_after=, times=, chance=."""
        self._http.post("fault", {"method": method, "how": how, "call": call, "every": every, **more})

    def clear_faults(self) -> None:
        """Let everything work again."""
        self._http.post("fault", {"clear": True})

    def advance(self, seconds: float, *, grace: float = 0.3) -> float:
        """Move the clock on; returns its new time. `grace`: real seconds that the app gets to answer what falls due."""
        return float(self._http.post("advance", {"seconds": seconds, "grace": grace})["now"])

    def rules(self, **rules: Any) -> None:
        """rate_limits=, profile=, short_pages=, offline="hold" or "drop", disconnect_every=, disconnect_grace= (seconds)."""
        self._http.post("rules", rules)

    def modes(self, **modes: bool) -> Json:
        """frozen=, duplicate=, shuffle= for events."""
        return self._http.post("modes", modes)

    def disconnect(self, reason: str = "warning", *, close: bool = False, kill: bool = False) -> int:
        """Send `disconnect` on every socket, or cut them; returns how many there were."""
        return int(self._http.post("disconnect", {"reason": reason, "close": close, "kill": kill})["connections"])

    def lever(self, name: str, **body: Any) -> Json:
        """Any lever of the control API by name: revoke, uninstall, reinstall, socket_mode(on=), …"""
        return self._http.post(name, body)

    def deliver(self, url: str | None, *, verify: bool = False) -> Json:
        """Signed HTTP to that address from now on (None: Socket Mode again)."""
        return self._http.post("deliver", {"url": url or "", "verify": verify})

    def wait_for_sockets(self, count: int = 1, timeout: float = 60.0) -> None:
        """Wait until the app has connected. SandboxRefused after `timeout` seconds."""
        self._http.post("wait", {"sockets": count, "timeout": timeout}, timeout + 5)

    def wait_quiet(self, quiet: float = 0.3, timeout: float | None = None) -> None:
        """Wait until nothing was called or delivered for `quiet` seconds. SandboxRefused after `timeout` seconds (15 longer than that)."""
        timeout = quiet + 15.0 if timeout is None else timeout
        self._http.post("wait", {"quiet": quiet, "timeout": timeout}, timeout + 5)

    def wait_until(self, found: Callable[[], Any], timeout: float = 60.0) -> Any:
        """Ask again and again until the answer is true; returns it. TimeoutError after `timeout` seconds."""
        end = time.monotonic() + timeout
        while not (value := found()):
            if time.monotonic() > end:
                raise TimeoutError("it did not happen in time")
            threading.Event().wait(0.03)
        return value

    def reset(self) -> None:
        """The workspace as it was at the start."""
        self._http.post("reset", {})
