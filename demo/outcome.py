"""What came of it: the reading of the channel while it goes on, what was found, the document, and whether all went well.
Every figure is read from the bot's database or from Slack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo import words
from demo.figures import Figures, Found, Row
from demo.scene import Scene
from demo.stage import Stage
from demo.teller import Teller, count

EXPECTED_ERRORS = {
    ("chat.postMessage", "not_in_channel"),
    ("conversations.history", "not_in_channel"),
    ("conversations.invite", "already_in_channel"),
}
"""The bot was never invited: it learns so from Slack and joins. The owner, whom it invites, was there all the time."""

_HARVEST, _SETTLE = 30.0, 30.0
_SHOWN = 5


@dataclass(slots=True)
class Progress:
    """Tells how far the reading of the channel is, whenever that has changed."""

    figures: Figures
    tell: Teller
    said: str = field(default="")

    def __call__(self) -> None:
        """To be called again and again."""
        state = self.figures.harvest()
        said = _reading(state) if state else ""
        if said != self.said:
            self.said = said
            self.tell.line("harvest", said)


def _reading(state: Row) -> str:
    read = f"{count(state['messages'], 'message')} in {count(state['pages'], 'page')}"
    threads = f"{state['threads'] - state['pending']} of {count(state['threads'], 'thread')} read"
    told = {
        "history": f"reading the channel: {read}",
        "threads": f"reading the threads: {read}, {threads}",
        "analyse": f"looking through what was written: {read}, {threads}",
        "done": f"done: {read}, {threads}",
    }
    return told.get(state["phase"], f"{state['phase']}: {state['trouble']}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Looks at the database and at Slack when the acting is over."""

    stage: Stage
    scene: Scene
    figures: Figures
    tell: Teller

    def wait(self, said: set[str]) -> None:
        """Until the channel is read, the document is there, and nothing more is due; `said` is what had to be read."""
        watch = self.scene.watch
        watch.until(lambda: self._phase() in ("done", "stopped"), "The end of the harvest", _HARVEST)
        self.tell.expect(self._phase() == "done", "The harvest stopped before its end.")
        missed = said - self.figures.stamps()
        self.tell.expect(not missed, f"Of what stood in the channel, {count(len(missed), 'message')} were not read.")
        watch.until(self.figures.document, "The document", _SETTLE)
        watch.until(lambda: not self.figures.waiting(), "The end of the bot's work", _SETTLE)

    def _phase(self) -> str | None:
        state = self.figures.harvest()
        return state["phase"] if state else None

    def show_record(self) -> None:
        """The post-mortem, and the deadline as the owner reads it."""
        record, people = self.figures.record(), self.figures.people()
        assert record
        self.tell.line(f"PM-{record['number']}", f"{record['title']} (SEV-{record['severity']}, {record['status']})")
        owner = people.get(record["owner"], record["owner"])
        self.tell.line("owner", f"{owner}, {record['owner_state']}")
        self.tell.expect(record["owner_state"] == "accepted", "The owner's answer was not recorded.")
        deadline = [row for row in self.scene.owner_reads() if row.startswith("Deadline")]
        self.tell.expect(deadline, "The owner was not told the deadline.")
        self.tell.more([row.partition(": ")[2] for row in deadline], "deadline")

    def show_found(self) -> None:
        """What the harvest proposes."""
        found, people = self.figures.found(), self.figures.people()
        self.tell.expect(found, "Nothing was found in the channel.")
        if found is None:
            return
        who = ", ".join(f"{row['name']} ({row['messages']})" for row in found.responders)
        self.tell.line("responders", f"{len(found.responders)}, with their messages: {who}")
        self.tell.line("IC, scribe", f"{_name(people, found.ic)} and {_name(people, found.scribe)}")
        self._show_timeline(found)
        self._listed("TODOs", [_todo(row, people) for row in found.todos])
        self._listed("recording", [row["url"] for row in found.recordings])
        self._listed("queries", [row["text"] for row in found.queries])

    def _show_timeline(self, found: Found) -> None:
        kinds = Counter(str(row["kind"]).replace("_", " ") for row in found.timeline)
        split = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        self.tell.line("timeline", f"{count(len(found.timeline), 'entry', 'entries')}: {split}")
        for row in found.timeline[:_SHOWN]:
            self.tell.line("", f"{row['at'][11:16]} UTC  {words.clip(row['text'], 90)}")
        self._rest(len(found.timeline) - _SHOWN)

    def _listed(self, label: str, rows: list[str]) -> None:
        self.tell.line(label, f"{len(rows)}")
        self.tell.more(f"• {words.clip(row)}" for row in rows)

    def _rest(self, number: int) -> None:
        if number > 0:
            self.tell.line("", f"… and {number} more in the document")

    def show_document(self) -> Path | None:
        """The document as it lies in Slack, kept beside the database; returns its path."""
        row, record = self.figures.document(), self.figures.record()
        self.tell.expect(row, "There is no document.")
        if row is None or record is None:
            return None
        name, text = self._download(row["file_id"])
        path = self.stage.folder / name
        path.write_text(text, encoding="utf-8")
        headings = sum(line.startswith("#") for line in text.splitlines())
        self.tell.line("document", f"{count(len(text.splitlines()), 'line')}, {count(headings, 'heading')}, in Slack:")
        self.tell.line("", row["permalink"])
        self.tell.more((f"│ {words.clip(line)}" for line in text.splitlines()[:12] if line.strip()), "begins with")
        self.tell.expect(self._linked(row["permalink"]), "No message in the channel links to the document.")
        return path

    def _download(self, file_id: str) -> tuple[str, str]:
        seen: dict[str, Any] = self.scene.slack.see("files", id=file_id)
        return str(seen["file"]["name"]), str(seen["text"])

    def _linked(self, address: str) -> bool:
        card = self.figures.card()
        messages = self.scene.slack.see.messages(self.scene.story.channel.id)
        return any(address in str(message.get("blocks")) for message in messages if message["ts"] == card)

    def judge(self) -> None:
        """Whether the bot behaved: what it called, what it was answered, what it logged."""
        slack = self.scene.slack
        calls = slack.calls()
        failed = [row for row in calls if not row["ok"]]
        told = Counter(f"{row['method']} {row['error']}" for row in failed)
        answers = ", ".join(f"{name} ({number})" for name, number in told.items()) or "none"
        self.tell.line("calls", f"{len(calls)} to {len({row['method'] for row in calls})} methods; refused: {answers}")
        for row in failed:
            pair = (row["method"], row["error"])
            self.tell.expect(pair in EXPECTED_ERRORS, f"{pair[0]} was answered with {pair[1]}.")
        violations = slack.violations()
        self.tell.line("violations", f"{len(violations)}")
        self._none(f"Slack's rules: {row['text']}" for row in violations)
        self._none(f"The bot gave up: {text}" for text in self.figures.given_up())
        log = self.stage.bot_log.read_text(encoding="utf-8", errors="replace").splitlines()
        self._none(f"The bot logged: {line}" for line in log if " ERROR " in line or " CRITICAL " in line)

    def _none(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self.tell.expect(None, sentence)


def _name(people: dict[str, str], user_id: str | None) -> str:
    return people.get(user_id or "", user_id or "nobody")


def _todo(row: Row, people: dict[str, str]) -> str:
    return f"{row['text']} → {_name(people, row['assignee'])}" if row["assignee"] else str(row["text"])
