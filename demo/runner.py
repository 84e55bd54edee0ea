"""The demo from the first line to the last: the stage is set, the story is played over the wire, what came of it is shown;
then it serves until it is told to stop, or ends. Whatever happens, no process is left behind."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from demo import live
from demo import story as stories
from demo.children import ChildEnded, Children
from demo.figures import Figures
from demo.outcome import Outcome, Progress
from demo.scene import Scene
from demo.stage import FOLDER, Stage
from demo.story import Story
from demo.teller import Teller, count
from demo.watch import Stopped, TooLate, Watch
from sandbox.client import Sandbox, SandboxRefused
from storage.only_one import OnlyOne, Taken

_PAUSE, _PAUSE_ONCE = 0.25, 0.02


@dataclass(frozen=True, slots=True)
class Options:
    """`once`: end by itself. `without`: ids of messages of the story that were never written."""

    once: bool = False
    without: Sequence[str] = ()


class CannotPlay(Exception):
    """The demo cannot begin; the message is one sentence that says why."""


def run(options: Options, out: TextIO, err: TextIO, folder: Path = FOLDER) -> int:
    """0 when all went as expected, else 1. Raises CannotPlay, and StoryError for a message that cannot be left out."""
    story, steps = _story(options)
    stage, lock = Stage(folder), OnlyOne(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock.take()
        stage.clear()
        return _Demo(options, story, steps, stage, Teller(out), err).run()
    except Taken:
        raise CannotPlay(f"A demo is running in {folder} already: stop it first.") from None
    except OSError as error:
        raise CannotPlay(f"{folder} cannot be made afresh: {error.strerror}.") from None
    finally:
        lock.release()


# The story's support team is one person.
SUPPORT = "luca"


def _story(options: Options) -> tuple[Story, list[live.Step]]:
    """The story, set so that its live part begins now, and the rest ended a break earlier."""
    now = datetime.now(UTC).replace(microsecond=0)
    whole = stories.load(start=now)
    opening = whole.message(live.FIRST_LIVE).at
    whole = whole.without(*options.without) if options.without else whole
    begins = now - (opening - now)
    past, _ = live.split(whole.moved_to(begins - live.BREAK), now - live.BREAK)
    _, steps = live.split(whole.moved_to(begins), now)
    return past, steps


@dataclass(slots=True)
class _Demo:
    options: Options
    story: Story
    steps: list[live.Step]
    stage: Stage
    tell: Teller
    err: TextIO

    def run(self) -> int:
        children = Children()
        watch = Watch(children)
        # Whatever proxy is set is not for a Slack on this machine.
        urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({})))
        try:
            self._play(children, watch)
        except Stopped:
            self.tell.problems.append("It was stopped before the end.")
        except (ChildEnded, TooLate, SandboxRefused) as error:
            self.tell.problems.append(str(error))
        except BrokenPipeError:
            self.tell.problems.append("Nobody reads what the demo prints any more.")
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError) as error:
            self.tell.problems.append(_died(children) or f"The local Slack does not answer: {error}.")
        finally:
            children.stop()
            watch.close()
        for problem in self.tell.problems:
            self.err.write(f"{problem}\n")
        return 1 if self.tell.problems else 0

    def _play(self, children: Children, watch: Watch) -> None:
        slack = self._start(children, watch)
        scene = Scene(slack, self.story, watch, self.tell, _names(slack))
        self.tell.heading("The incident")
        scene.show_channel()
        scene.play(self.steps, _PAUSE_ONCE if self.options.once else _PAUSE)
        said = scene.show_channel()
        figures = Figures(self.stage.database)
        watch.tick = Progress(figures, self.tell)
        self.tell.heading("The post-mortem")
        scene.command()
        scene.fill_form()
        scene.accept()
        outcome = Outcome(self.stage, scene, figures, self.tell)
        outcome.wait(said)
        self.tell.heading("What came of it")
        outcome.show_record()
        outcome.show_found()
        document = outcome.show_document()
        outcome.judge()
        self._end(slack, document, watch)

    def _start(self, children: Children, watch: Watch) -> Sandbox:
        self.tell.heading("A local Slack and the bot")
        slack = self.stage.start_slack(self.story, children, watch)
        people = slack.see("people")["users"]
        said = f"{slack.url} with {count(len(people), 'user')} and #{self.story.channel.name}"
        self.tell.line("sandbox", f"{said} (process {children.running[-1].process.pid})")
        bot = self.stage.start_bot(slack, children, watch, self.story.user(SUPPORT).id)
        sockets = slack.see("state")["connections"]
        said = f"app.py serve, {count(sockets, 'connection')} by Socket Mode"
        self.tell.line("bot", f"{said} (process {bot.process.pid})")
        return slack

    def _end(self, slack: Sandbox, document: Path | None, watch: Watch) -> None:
        files = self.stage
        user, channel = self.story.user(self.story.command.who).name, self.story.channel.name
        self.tell.heading("Worth looking at")
        self.tell.line("page", f"{slack.url}/ in a browser: act as anybody, type, press, look at every call")
        self.tell.line("document", str(document))
        self.tell.line("database", f"{files.database} (SQLite)")
        self.tell.line("traffic", f"{files.traffic}, every call of the bot to Slack")
        self.tell.line("logs", f"{files.bot_log}, {files.sandbox_log}")
        wrong = count(len(self.tell.problems), "thing was", "things were")
        good = "Everything went as expected."
        self.tell.heading(f"{wrong} not as expected, see above." if self.tell.problems else good)
        if self.options.once:
            return
        body = f'{{"user": "{user}", "channel": "{channel}", "text": "/postmortem status"}}'
        self.tell.line("channel", f"{slack.control_url}see/messages?channel={channel}")
        self.tell.line("type more", f"curl -s {slack.control_url}act/command -d '{body}'")
        self.tell.line("", "sandbox/README.md tells what else people can do there.")
        self.tell.heading("Serving until Ctrl-C.")
        try:
            watch.forever()
        except Stopped:
            self.tell.heading("Stopped.")


def _names(slack: Sandbox) -> dict[str, str]:
    """What people and channels are called on the screen, by id."""
    users, channels = slack.see("people")["users"], slack.see("channels")["channels"]
    people = {user["id"]: user["profile"].get("display_name") or user["real_name"] for user in users}
    return people | {channel["id"]: channel["name"] for channel in channels}


def _died(children: Children) -> str | None:
    """Which child ended, when one did: its connections break a moment before the system calls it dead."""
    for _ in range(20):
        try:
            children.check()
        except ChildEnded as ended:
            return str(ended)
        time.sleep(0.05)
    return None
