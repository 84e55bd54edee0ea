"""The JavaScript app and the Node SDK against the sandbox: installs them in a folder of its own, drives them, a line for each check.

`python -m tests.foreign`; exit status 0 when every check passed, 1 when one failed, 2 when node or npm is missing or
what the app needs could not be installed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sandbox.client import Sandbox
from tests.foreign import acts, place

HERE = Path(__file__).with_name("js")
SECONDS = 300.0


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def install(folder: Path) -> str | None:
    """Copy the app and install what it needs; a sentence when that is not possible."""
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed: the JavaScript apps need Node 20 or newer with npm"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    return f"npm ci failed: {done.stderr.strip()[-500:]}" if done.returncode else None


def surroundings(slack: Sandbox, **more: str) -> dict[str, str]:
    """The environment of a JavaScript process: the API base URL and the tokens."""
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_TEAM": slack.team_id}
    where = {"SLACK_API_URL": slack.api_url, "CONTROL_URL": slack.control_url}
    return {**os.environ, **tokens, **where, "SLACK_SIGNING_SECRET": slack.signing_secret, **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(folder: Path, slack: Sandbox, port: int | None) -> Iterator[None]:
    """The app as a process, over Socket Mode, or over HTTP at that port. RuntimeError when it does not start."""
    env = surroundings(slack, **({"PORT": str(port)} if port else {}))
    app = subprocess.Popen(["node", "app.mjs"], cwd=folder, env=env, stdout=subprocess.PIPE, text=True)
    assert app.stdout is not None
    try:
        if not any(line.strip() == "ready" for line in app.stdout):
            raise RuntimeError(f"the app ended with status {app.wait()} before it was ready")
        if port:
            slack.deliver(f"http://127.0.0.1:{port}/slack/events", verify=True)
        else:
            slack.wait_for_sockets(1)
        yield
    finally:
        app.terminate()
        app.wait(timeout=20)
        app.stdout.close()


def drive(folder: Path, way: str) -> Iterator[tuple[str, str | None]]:
    """Every act of a person on the app; yields what was checked, and what was wrong with it."""
    port = free_port() if way == "HTTP" else None
    with Sandbox.start(workspace=place.write(folder), manifest=place.MANIFEST) as slack, running(folder, slack, port):
        for act in acts.ACTS:
            wrong = None
            try:
                act(slack)
            except Exception as error:  # noqa: BLE001 - whatever went wrong is this check's result
                wrong = f"{type(error).__name__}: {error}"
            yield f"Bolt for JavaScript, {way}: {acts.words(act)}", wrong


def clients(folder: Path) -> Iterator[tuple[str, str | None]]:
    """The checks of client.mjs; yields what was checked, and what was wrong with it."""
    with Sandbox.start(workspace=place.write(folder), manifest=place.MANIFEST) as slack:
        env = surroundings(slack, EXPECTED=json.dumps(expected(slack)))
        command = ["node", "client.mjs"]
        with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                if line.startswith("{"):
                    row = json.loads(line)
                    yield f"Node SDK: {row['check']}", None if row["ok"] else f"seen {row.get('seen')}"
            status = process.wait(timeout=SECONDS)
        yield "Node SDK: the checks ran to their end", f"exit status {status}" if status else None
        wrong = slack.violations()
        yield "Node SDK: no call was held against it", str(wrong) if wrong else None


def expected(slack: Sandbox) -> dict[str, object]:
    """What there is to be found."""
    archive = slack.see.channel("archive")["id"]
    parent = next(message["ts"] for message in slack.see.messages("archive") if message["text"] == "parent")
    counts = {
        "messages": place.MESSAGES,
        "replies": place.REPLIES + 1,
        "people": place.PEOPLE + 1,
        "rooms": place.ROOMS,
    }
    return {"archive": archive, "parent": parent, "reader": slack.see.user("aino")["id"], **counts}


def main() -> int:
    """Install, drive, say; the exit status."""
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        missing = install(Path(name))
        if missing:
            say(missing)
            return 2
        for checks in (drive(Path(name), "Socket Mode"), drive(Path(name), "HTTP"), clients(Path(name))):
            for checked, wrong in checks:
                failed += wrong is not None
                say(f"{'ok  ' if wrong is None else 'FAIL'} {checked}{'' if wrong is None else f' ({wrong})'}")
    say("every check passed" if not failed else f"{failed} checks failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
