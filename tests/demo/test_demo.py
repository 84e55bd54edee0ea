"""The demo as a user starts it: real processes, in a folder of their own, with settings of the user that must not matter."""

from __future__ import annotations

import difflib
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli import table

APP = Path(__file__).resolve().parents[2] / "app.py"
LEFT_OUT, SAYS = "dashboards", "rename the two boards"
NONSENSE = {"SLACK_BOT_TOKEN": "mine", "DATABASE_URL": "mine", "PORT": "mine", "HTTP_PROXY": "http://127.0.0.1:9"}
LONGEST = 300.0


def begin(folder: Path, *options: str) -> subprocess.Popen[str]:
    """A demo in `folder`, which also has a `.env` that belongs to somebody's real bot."""
    folder.mkdir(exist_ok=True)
    (folder / ".env").write_text("SLACK_BOT_TOKEN=xoxb-mine\nBUSINESS_TZ=Nowhere\n")
    environment = {**os.environ, **NONSENSE, "http_proxy": NONSENSE["HTTP_PROXY"], "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(APP), "demo", *options]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Played:
    """A demo that has ended."""

    folder: Path
    status: int
    out: str
    err: str

    def said(self, label: str) -> str:
        """What stands behind a label; the last one when it comes several times."""
        return re.findall(rf"^  {re.escape(label)} +(.+)$", self.out, re.MULTILINE)[-1]

    def rows(self, query: str) -> list[Any]:
        """A query to the bot's database."""
        with closing(sqlite3.connect(self.folder / "var" / "demo" / "postmortem.db")) as connection:
            return connection.execute(query).fetchall()

    @property
    def document(self) -> str:
        return (self.folder / "var" / "demo" / "pm-1.md").read_text(encoding="utf-8")

    @property
    def calls(self) -> list[dict[str, Any]]:
        lines = (self.folder / "var" / "demo" / "traffic.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


def end(folder: Path, process: subprocess.Popen[str]) -> Played:
    out, err = process.communicate(timeout=LONGEST)
    return Played(folder, process.returncode, out, err)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Played, Played]:
    """The whole story, and the story without one message."""
    whole, less = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("less")
    processes = begin(whole, "--once"), begin(less, "--once", "--without", LEFT_OUT)
    return end(whole, processes[0]), end(less, processes[1])


@pytest.fixture(scope="module")
def played(both: tuple[Played, Played]) -> Played:
    return both[0]


def test_it_ends_by_itself_with_0_and_says_that_all_went_well(played: Played) -> None:
    assert (played.status, played.err) == (0, "")
    assert "Everything went as expected." in played.out


FIGURES = {
    "responders": "SELECT count(*) FROM responder WHERE suggested",
    "timeline": "SELECT count(*) FROM timeline_item",
    "TODOs": "SELECT count(*) FROM todo",
    "recording": "SELECT count(*) FROM recording",
    "queries": "SELECT count(*) FROM query",
}


@pytest.mark.parametrize(("label", "query"), FIGURES.items(), ids=FIGURES)
def test_the_figures_are_those_of_the_database(played: Played, label: str, query: str) -> None:
    printed = re.match(r"\d+", played.said(label))
    assert printed
    assert int(printed[0]) == played.rows(query)[0][0]


def test_the_harvest_has_read_what_the_database_holds(played: Played) -> None:
    messages, threads = played.rows(
        "SELECT (SELECT count(*) FROM harvest_message), (SELECT count(*) FROM harvest_thread)"
    )[0]
    assert re.fullmatch(
        rf"done: {messages} messages in \d+ pages?, {threads} of {threads} threads read", played.said("harvest")
    )
    assert messages > 140


def test_the_owner_the_ic_and_the_scribe_are_named(played: Played) -> None:
    assert played.said("owner") == "anneke, accepted"
    assert played.said("IC, scribe") == "Tomasz and priya"
    assert played.rows("SELECT owner_state FROM postmortem") == [("accepted",)]


def test_the_deadline_is_the_one_that_the_owner_was_told(played: Played) -> None:
    told = [str(call["args"].get("blocks")) for call in played.calls if call["method"].startswith("chat.")]
    assert played.said("deadline").startswith("due ")
    assert any("designated you" in text and played.said("deadline") in text for text in told)


def test_every_call_was_recorded_without_a_token_and_without_a_violation(played: Played) -> None:
    assert {"views.open", "conversations.history", "files.completeUploadExternal"} <= {
        c["method"] for c in played.calls
    }
    assert not [call for call in played.calls if call.get("violations")]
    assert not re.search(r"xox[a-z]-|xapp-", json.dumps(played.calls))


def test_the_live_part_is_in_the_document_as_it_stands_in_the_end(played: Played) -> None:
    assert "database on-call came nine minutes" not in played.document.lower()
    assert "milk" not in played.document
    assert "why did the lock alert come eight minutes" in played.document


def test_a_message_taken_out_of_the_story_changes_the_document_in_just_that(both: tuple[Played, Played]) -> None:
    whole, less = (comparable(each.document) for each in both)
    changed = [line for line in difflib.ndiff(whole, less) if line[:2] in ("- ", "+ ")]
    assert both[1].status == 0
    assert [line for line in changed if line.startswith("- ") and SAYS in line]
    # Whoever wrote it has one message less, too; and what is known by its weight alone may come or go, since a weight depends on
    # what is said around.
    others = [line for line in changed if SAYS not in line and "| Sam O |" not in line]
    assert [line for line in others if "H-36" not in line and "H-42" not in line] == []
    assert len(others) <= 4


def comparable(document: str) -> list[str]:
    """The lines without what depends on the moment: dates, times, addresses, durations."""
    text = re.sub(r"https?://(?:127\.0\.0\.1|skerrypass)[^\s>)]*", "<address>", document)
    text = re.sub(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w+ \d{4}", "<day>", text)
    return re.sub(r"\d{4}-\d\d-\d\d|\d+:\d\d(:\d\d)?|\d+ minutes", "<time>", text).splitlines()


@dataclass(frozen=True, slots=True)
class Serving:
    """A demo that runs, read line by line."""

    process: subprocess.Popen[str]
    folder: Path

    def until(self, words: str) -> str:
        """The next line with these words."""
        assert self.process.stdout
        for line in self.process.stdout:
            if words in line:
                return line
        raise AssertionError(f"it ended before it said {words!r}")

    def started(self) -> tuple[int, int]:
        """The processes of the sandbox and of the bot."""
        found = [re.search(r"\(process (\d+)\)", self.until(label)) for label in ("  sandbox ", "  bot ")]
        return tuple(int(each[1]) for each in found if each)  # type: ignore[return-value]


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[[], Serving]]:
    begun: list[tuple[subprocess.Popen[str], threading.Timer]] = []

    def start() -> Serving:
        process = begin(tmp_path)
        guard = threading.Timer(LONGEST, process.terminate)
        guard.start()
        begun.append((process, guard))
        return Serving(process, tmp_path)

    yield start
    for process, guard in begun:
        process.terminate()
        process.communicate(timeout=LONGEST)
        guard.cancel()


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_serves_until_it_is_told_to_stop_and_leaves_nothing_behind(serving: Callable[[], Serving]) -> None:
    demo = serving()
    processes = demo.started()
    hint = re.search(r"curl -s (\S+) -d '(.+)'", demo.until("curl "))
    demo.until("Serving until Ctrl-C")
    assert hint
    with urllib.request.urlopen(urllib.request.Request(hint[1], hint[2].encode()), timeout=10) as response:
        assert "PM-1" in json.dumps(json.load(response))
    second = end(demo.folder, begin(demo.folder, "--once"))
    assert (second.status, second.err) == (2, "A demo is running in var/demo already: stop it first.\n")
    demo.process.send_signal(signal.SIGINT)
    _, err = demo.process.communicate(timeout=LONGEST)
    assert (demo.process.returncode, err) == (0, "")
    assert not any(map(is_running, processes))


@pytest.mark.parametrize(("which", "name"), [(0, "The sandbox"), (1, "The bot")], ids=["sandbox", "bot"])
def test_a_process_that_dies_ends_the_demo_with_1_and_is_named(
    serving: Callable[[], Serving], which: int, name: str
) -> None:
    demo = serving()
    processes = demo.started()
    os.kill(processes[which], signal.SIGKILL)
    _, err = demo.process.communicate(timeout=LONGEST)
    assert demo.process.returncode == 1
    assert f"{name} was ended by SIGKILL. The last lines of var/demo/" in err
    assert not any(map(is_running, processes))


def test_told_to_stop_in_the_middle_it_ends_with_1_and_leaves_nothing_behind(serving: Callable[[], Serving]) -> None:
    demo = serving()
    processes = demo.started()
    demo.process.send_signal(signal.SIGTERM)
    _, err = demo.process.communicate(timeout=LONGEST)
    assert (demo.process.returncode, err) == (1, "It was stopped before the end.\n")
    assert not any(map(is_running, processes))


WRONG = {
    "unknown option": (["--onze"], "Unrecognized arguments: --onze. Type `python app.py demo --help` for the options."),
    "abbreviation": (["--onc"], "Unrecognized arguments: --onc. Type `python app.py demo --help` for the options."),
    "no id": (["--without"], "Argument --without: expected one argument. Type `python app.py demo --help`"),
    "unknown id": (["--without", "nothing-here"], "No message has the id nothing-here."),
    "parent of replies": (["--without", "alert-locks"], "`thread` names `alert-locks`, which no earlier message has"),
}


@pytest.mark.parametrize(("options", "sentence"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_what_was_typed_is_one_sentence_and_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    out, err = io.StringIO(), io.StringIO()
    assert table.run(["demo", *options], lambda: None, out, err) == 2
    assert out.getvalue() == ""
    assert sentence in err.getvalue()
    assert err.getvalue().count("\n") == 1
    assert not (tmp_path / "var").exists()
