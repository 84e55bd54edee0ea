"""Two ways to start a sandbox from Python: as a process, as a user would, or in a thread, for quick tests."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sandbox.server import Options, Server
from sandbox.world.workspace import Rules

Json = dict[str, Any]
Started = tuple[Json, Callable[[], int | None]]
"""The handles, and what stops it."""


def process(options: Json) -> Started:
    """A sandbox in a process of its own. RuntimeError when it does not start."""
    command = [sys.executable, "-m", "sandbox"]
    for key, value in options.items():
        flag = "--" + key.replace("_", "-")
        if key == "rate_limits" and isinstance(value, bool):
            command += [flag, "on" if value else "off"]
        elif value is True:
            command.append(flag)
        elif value is not None and value is not False:
            command += [flag, str(value)]
    root = str(Path(__file__).resolve().parent.parent)
    known = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(known)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)  # noqa: S603
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"the sandbox did not start, exit status {process.wait()}")

    def stop() -> int:
        process.terminate()
        status = process.wait(timeout=15)
        if process.stdout:
            process.stdout.close()
        return status

    return json.loads(line), stop


def _options(given: Json) -> Options:
    rules = Rules()
    for name in ("profile", "strict", "short_pages", "rate_limits"):
        if name in given:
            setattr(rules, name, given.pop(name))
    for name in ("workspace", "manifest", "export", "traffic"):
        if given.get(name):
            given[name] = Path(given[name])
    return Options(**given, rules=rules)


def thread(given: Json) -> Started:
    """A sandbox in a thread of this process."""
    server = Server(_options(dict(given)))
    loop = asyncio.new_event_loop()
    worker = threading.Thread(target=loop.run_forever, name="sandbox", daemon=True)
    worker.start()
    handles = asyncio.run_coroutine_threadsafe(server.start(), loop).result(timeout=30)

    def stop() -> int:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(timeout=30)
        loop.call_soon_threadsafe(loop.stop)
        worker.join(timeout=10)
        loop.close()
        return 0

    return handles, stop
