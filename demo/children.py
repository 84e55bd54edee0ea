"""The processes that the demo starts: each with a log of its own, watched while the story is played, and ended in every
case, because a bot that nobody sees any more would hold its port and its database."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LAST_LINES = 15
PATIENCE = 15.0
"""Seconds that a process gets to end by itself."""


class ChildEnded(Exception):
    """A process ended before it was told to; the message says which, and shows the end of its log."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running process; `log` has what it wrote."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    def end_of_log(self) -> list[str]:
        """The last lines of the log."""
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]


@dataclass(slots=True)
class Children:
    """All processes of the demo, in the order in which they were started."""

    running: list[Child] = field(default_factory=list)

    def start(
        self, name: str, command: Sequence[str], *, cwd: Path, env: Mapping[str, str], log: Path, printed: Path
    ) -> Child:
        """Start one in a session of its own: Ctrl-C reaches only us, so that the bot ends before its Slack does.

        Its standard error goes to `log`, its standard output to `printed`, which may be the same."""
        with log.open("ab") as errors, printed.open("ab") as output:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                start_new_session=True,
            )
        child = Child(name, log, process)
        self.running.append(child)
        return child

    def check(self) -> None:
        """Raises ChildEnded when one of them is gone."""
        for child in self.running:
            status = child.process.poll()
            if status is not None:
                how = f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
                lines = "\n".join(f"    {line}" for line in child.end_of_log()) or "    (nothing)"
                raise ChildEnded(f"{child.name} {how}. The last lines of {child.log}:\n{lines}")

    def stop(self) -> None:
        """End them, the last one first; who does not end in time is killed."""
        while self.running:
            child = self.running.pop()
            child.process.terminate()
            try:
                child.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()
