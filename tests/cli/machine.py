"""A machine to type on: `python app.py …` as a process of its own, with the settings of the test and no others. Most are forks of
one that has read the code (see `tests.forks`); `anew` starts an interpreter, as users do."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest

import app
from tests.forks import Fork

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


class Running:
    """A process that goes on; what it says is collected all the time, so that its pipes never fill."""

    def __init__(self, begin: Callable[..., subprocess.Popen[Any] | Fork]) -> None:
        reading, writing = os.pipe()
        try:
            self._process = begin(stdout=writing, stderr=writing)
        finally:
            os.close(writing)
        self._out = os.fdopen(reading, encoding="utf-8")
        self._said: list[str] = []
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._out:
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

    def until(self, pattern: str, timeout: float = 90.0) -> re.Match[str]:
        """Wait until it has said so."""
        with self._news:
            self._news.wait_for(lambda: re.search(pattern, self.said) or "" in self._said, timeout)
        found = re.search(pattern, self.said)
        assert found, f"it never said {pattern!r} but: {self.said}"
        return found

    def stop(self, timeout: float = 60.0) -> int:
        """SIGTERM; its exit code, or a failure when it takes longer."""
        self._process.terminate()
        return self.wait(timeout)

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait()

    def wait(self, timeout: float = 90.0) -> int:
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
        self._out.close()


@dataclass
class Machine:
    """A folder, an environment, and `app.py`. A setting given as None is not set."""

    folder: Path
    settings: dict[str, str]
    python: str = sys.executable
    program: Path = ROOT / "app.py"
    anew: bool = False
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
        with TemporaryFile("w+", encoding="utf-8") as out, TemporaryFile("w+", encoding="utf-8") as err:
            begun = self._begin(words, settings, stdout=out, stderr=err)
            try:
                code = begun.wait(120)
            finally:
                begun.kill()
                begun.wait()
            said = [file.seek(0) or file.read() for file in (out, err)]
        assert "Traceback" not in said[1], said[1]
        return Ran(code, *said)

    @contextmanager
    def start(self, *words: str, **settings: str | None) -> Iterator[Running]:
        """Type a command that goes on."""
        running = Running(partial(self._begin, words, settings))
        try:
            yield running
            assert "Traceback" not in running.said, running.said
        finally:
            running.close()

    def _begin(
        self, words: tuple[str, ...], settings: Mapping[str, str | None], **files: Any
    ) -> subprocess.Popen[Any] | Fork:
        env = self._env(settings)
        if not self.anew and (self.python, self.program) == (sys.executable, ROOT / "app.py"):
            return Fork(words, env=env, cwd=self.folder, **files)
        return subprocess.Popen([self.python, str(self.program), *words], env=env, cwd=self.folder, **files)

    def _env(self, settings: Mapping[str, str | None]) -> dict[str, str]:
        given: dict[str, Any] = self.env | self.settings | settings
        return {name: value for name, value in given.items() if value is not None}
