"""Where the demo plays: a folder made afresh, a local Slack and the bot as processes of their own, started as a user would
start them. Nothing of the user's own settings reaches them: no variable, no `.env`, no proxy."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.children import Child, Children
from demo.story import Story
from demo.watch import Watch
from sandbox.client import Sandbox

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("var") / "demo"
DATABASE = "postmortem.db"
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
_START = 30.0


@dataclass(frozen=True, slots=True)
class Stage:
    """The files of one demo."""

    folder: Path

    @property
    def database(self) -> Path:
        """What the bot remembers."""
        return self.folder / DATABASE

    @property
    def traffic(self) -> Path:
        """Every call of the bot, a JSON object a line."""
        return self.folder / "traffic.jsonl"

    @property
    def handles(self) -> Path:
        """Where the local Slack is, and its tokens: the line of JSON that it printed."""
        return self.folder / "sandbox.json"

    @property
    def bot_log(self) -> Path:
        """What the bot logged."""
        return self.folder / "bot.log"

    @property
    def sandbox_log(self) -> Path:
        """What the local Slack complained about."""
        return self.folder / "sandbox.log"

    def clear(self) -> None:
        """An empty folder. Raises OSError."""
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)

    def start_slack(self, story: Story, children: Children, watch: Watch) -> Sandbox:
        """The local Slack with the story's people and messages. Raises TooLate, and what `Watch.look` raises."""
        workspace = story.write_workspace(self.folder / "workspace").resolve()
        command = [sys.executable, "-m", "sandbox", "--workspace", str(workspace)]
        command += ["--manifest", str(ROOT / "manifest.yml"), "--traffic", str(self.traffic.resolve())]
        files = {"log": self.sandbox_log, "printed": self.handles}
        children.start("The sandbox", command, cwd=ROOT, env=_environment(), **files)
        return Sandbox.attach(watch.until(self._printed, "The start of the sandbox", _START))

    def _printed(self) -> dict[str, Any] | None:
        text = self.handles.read_text(encoding="utf-8")
        return dict(json.loads(text)) if text.endswith("\n") else None

    def start_bot(self, slack: Sandbox, children: Children, watch: Watch, support: str) -> Child:
        """`app.py serve` by Socket Mode, until it is connected; `support` is the user id of the support team's one member.

        Raises TooLate, and what `Watch.look` raises.
        """
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": f"sqlite:///{DATABASE}",
            "SUPPORT_USERS": support,
            "ALLOW_WAIVE": "true",
        }
        # Its `.env` is looked for where it runs, and in that folder there is none.
        command, env = [sys.executable, str(ROOT / "app.py"), "serve"], _environment() | settings
        bot = children.start("The bot", command, cwd=self.folder, env=env, log=self.bot_log, printed=self.bot_log)
        watch.until(lambda: slack.see("state")["connections"], "The bot's connection to Slack", _START)
        return bot


def _environment(source: Mapping[str, str] = os.environ) -> dict[str, str]:
    return {name: source[name] for name in _KEPT if name in source}
