"""The real processes: a local Slack whose faults can be watched, and `app.py serve`, which can be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

import app
from sandbox.client import Sandbox
from sandbox.server import Options, Server
from sandbox.web.faults import Fault
from sandbox.world.workspace import Rules
from tests.faults import incident
from tests.forks import Fork

ROOT = Path(app.__file__).resolve().parent
HANDLES = {"U1": "ana", "U2": "ben", "U3": "chioma", "U4": "dana", "U9": "emil"}
FILLERS, LONG_THREAD = 28, 20
FOREVER = 600.0


def write_workspace(folder: Path) -> Path:
    """The incident with enough messages around it for several pages of fifteen, and a thread of two pages."""
    lines = [_line(number, user, text) for number, (user, text) in enumerate(incident.LINES)]
    for number in range(FILLERS):
        at = incident.BEGAN + timedelta(minutes=60, seconds=20 * number)
        lines.append({"user": "dana", "at": at.isoformat(), "text": f"still looking at graph {number}"})
    workspace = {
        "team": {"name": "Acme", "domain": "acme"},
        "seed": 7,
        "users": [{"name": name, "real_name": name.title()} for name in HANDLES.values()],
        "channels": [{"name": "incident", "members": [*HANDLES.values(), "postmortem"], "messages": lines}],
    }
    path = folder / "workspace.yml"
    path.write_text(yaml.safe_dump(workspace), encoding="utf-8")
    return path


def _line(number: int, user: str, text: str) -> dict[str, Any]:
    for user_id, handle in HANDLES.items():
        text = text.replace(f"<@{user_id}>", f"@{handle}")
    at = incident.BEGAN + timedelta(minutes=5 * number)
    line: dict[str, Any] = {"user": HANDLES[user], "at": at.isoformat(), "text": text}
    if number in incident.THREADS:
        who, texts = incident.THREADS[number]
        more = tuple(f"graph {each} looks fine" for each in range(LONG_THREAD)) if number == 0 else ()
        line["thread"] = [{"user": HANDLES[who], "at": "+20s", "text": each} for each in (*texts, *more)]
    return line


class RealSlack:
    """A local Slack in a thread: fifteen messages a page, no limits of rate. `act` and `see` are those of its client."""

    def __init__(self, workspace: Path) -> None:
        rules = Rules(profile="non-marketplace", rate_limits=False)
        self.server = Server(Options(workspace=workspace, manifest=ROOT / "manifest.yml", rules=rules))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="slack", daemon=True)
        self._thread.start()
        handles = asyncio.run_coroutine_threadsafe(self.server.start(), self._loop).result(30)
        self.client = Sandbox(handles, lambda: 0)
        self.act, self.see = self.client.act, self.client.see
        self.fault: Fault | None = None

    @property
    def calls(self) -> int:
        """How many calls reached it, those that hang included."""
        return self.server.api.calls_seen

    def hang(self, at: int, *, after: bool) -> None:
        """The call with this number from now on is never answered; `after`: it takes effect first."""
        self.fault = Fault("*", "hang_after_effect" if after else "hang", at, FOREVER)
        self.server.api.faults.add(self.fault)

    @property
    def hanging(self) -> bool:
        """Whether that call has come."""
        return bool(self.fault and self.fault.struck)

    def posts(self) -> list[dict[str, Any]]:
        """Our own messages with a mark, in the channel and to the owner."""
        seen = [*self.see.messages("#incident"), *self.see.dms("ben"), *self.see.dms("ana")]
        return [each for each in seen if each.get("metadata", {}).get("event_payload", {}).get("mark")]

    def documents(self) -> list[dict[str, Any]]:
        """The files that people can open."""
        return [each for each in self.see.files() if each.get("shares") or each.get("channels")]

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self.server.stop(), self._loop).result(30)
        asyncio.run_coroutine_threadsafe(_end_the_rest(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


async def _end_the_rest() -> None:
    """Calls that hang would hang on."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


class RealBot:
    """`app.py serve` over Socket Mode on a SQLite file; `more` are further settings by their names."""

    def __init__(self, slack: RealSlack, folder: Path, number: int, **more: str) -> None:
        client = slack.client
        env = {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": client.bot_token,
            "SLACK_APP_TOKEN": client.app_token,
            "SLACK_API_URL": client.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/bot.db",
            **more,
        }
        self.log = folder / f"bot-{number}.log"
        with self.log.open("wb") as log:
            self._process = Fork(["serve"], cwd=folder, env=env, stdout=log, stderr=log)
        client.wait_for_sockets(1, timeout=90)

    def kill(self) -> None:
        """kill -9."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> int:
        """SIGTERM; the exit status."""
        self._process.terminate()
        return self._process.wait(60)

    def alive(self) -> bool:
        return self._process.poll() is None
