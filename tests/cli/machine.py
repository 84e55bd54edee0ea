"""A machine to type on: `python app.py …` as a process of its own, with the settings of the test and no others."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import app

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


class Running:
    """A process that goes on; what it says is collected all the time, so that its pipes never fill."""

    def __init__(self, command: list[str], env: Mapping[str, str], folder: Path) -> None:
        self._process = subprocess.Popen(
            command, env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._said: list[str] = []
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            with self._news:
                self._said.append(line)
                self._news.notify_all()
        with self._news:
            self._said.append("")
            self._news.notify_all()

    @property
    def said(self) -> str:
        """Everything it wrote so far."""
        return "".join(self._said)

    def until(self, pattern: str, timeout: float = 30.0) -> re.Match[str]:
        """Wait until it has said so."""
        with self._news:
            self._news.wait_for(lambda: re.search(pattern, self.said) or "" in self._said, timeout)
        found = re.search(pattern, self.said)
        assert found, f"it never said {pattern!r} but: {self.said}"
        return found

    def stop(self, timeout: float = 10.0) -> int:
        """SIGTERM; its exit code, or a failure when it takes longer."""
        self._process.terminate()
        return self.wait(timeout)

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait()

    def wait(self, timeout: float = 30.0) -> int:
        """Its exit code once it ended by itself."""
        code = self._process.wait(timeout)
        self._reader.join(timeout)
        return code

    def close(self) -> None:
        """Leave nothing behind, whatever the test did."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join(10)
        if self._process.stdout:
            self._process.stdout.close()


@dataclass
class Machine:
    """A folder, an environment, and `app.py`. A setting given as None is not set."""

    folder: Path
    settings: dict[str, str]
    python: str = sys.executable
    program: Path = ROOT / "app.py"
    env: dict[str, str] = field(default_factory=lambda: {"PATH": os.environ["PATH"]})

    def type(self, *words: str, **settings: str | None) -> Ran:
        """The same as `run` inside this process, for commands that come to an end: a second saved each time."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in os.environ:
                patch.delenv(name)
            for name, value in self._env(settings).items():
                patch.setenv(name, value)
            patch.chdir(self.folder)
            code = app.main(words)
        return Ran(code, out.getvalue(), err.getvalue())

    def run(self, *words: str, **settings: str | None) -> Ran:
        """Type a command and wait for its end."""
        done = subprocess.run(
            [self.python, str(self.program), *words],
            env=self._env(settings), cwd=self.folder, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def start(self, *words: str, **settings: str | None) -> Iterator[Running]:
        """Type a command that goes on."""
        running = Running([self.python, str(self.program), *words], self._env(settings), self.folder)
        try:
            yield running
            assert "Traceback" not in running.said, running.said
        finally:
            running.close()

    def _env(self, settings: Mapping[str, str | None]) -> dict[str, str]:
        given: dict[str, Any] = self.env | self.settings | settings
        return {name: value for name, value in given.items() if value is not None}
