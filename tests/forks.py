"""`app.py` as a process of its own that begins as a fork of one which has read the code: reading it takes longer than most of what is
tested after it. It has its own environment, folder, signals and exit status; what an interpreter does before `main`, it has not done.

One such source stands beside each process of tests. A byte with two sockets and files asks it for a process; what to run is read from
the socket, and the socket tells the process id, then the exit status."""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
_lock = threading.Lock()
_sources: list[socket.socket] = []


class Fork:
    """As much of `subprocess.Popen` as tests use. `out` and `err` are open files of the caller, who keeps them."""

    def __init__(
        self, words: Sequence[str], *, env: Mapping[str, str], cwd: Path, stdout: IO[Any] | int, stderr: IO[Any] | int
    ) -> None:
        self.args, self.returncode = ["app.py", *words], None
        self._told, far = socket.socketpair()
        files = [each if isinstance(each, int) else each.fileno() for each in (stdout, stderr)]
        with far:
            socket.send_fds(_source(), [b"."], [far.fileno(), *files])
        self._lines = self._told.makefile("rw", encoding="utf-8")
        json.dump({"words": list(words), "env": dict(env), "cwd": str(cwd)}, self._lines)
        self._lines.write("\n")
        self._lines.flush()
        self.pid = int(self._lines.readline())

    returncode: int | None

    def poll(self) -> int | None:
        """Its exit status, or None while it runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status; `subprocess.TimeoutExpired` when it takes longer than so many seconds."""
        if self.returncode is None:
            self._told.settimeout(timeout)
            try:
                told = self._told.recv(16, socket.MSG_PEEK)
            except (BlockingIOError, TimeoutError):
                raise subprocess.TimeoutExpired(self.args, timeout or 0.0) from None
            self._told.settimeout(None)
            assert told, "the process that watched over it is gone"
            self.returncode = int(self._lines.readline())
            self._lines.close()
            self._told.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """A signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)


def _source() -> socket.socket:
    """Where this process of tests asks for forks."""
    with _lock:
        if not _sources:
            near, far = socket.socketpair()
            with far:
                command = [sys.executable, "-m", "tests.forks", str(far.fileno())]
                env = {"PATH": os.environ["PATH"], "OPENBLAS_NUM_THREADS": "1"}
                source = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, pass_fds=[far.fileno()])
            _sources.append(near)
            atexit.register(_end, near, source)
        return _sources[0]


def _end(near: socket.socket, source: subprocess.Popen[bytes]) -> None:
    near.close()
    source.wait(30)


def main(number: int) -> int | None:
    """Fork for each byte until nobody is left to ask; in the fork, what the program ends with."""
    app = _read()
    gc.freeze()
    asked = socket.socket(fileno=number)
    while True:
        byte, files, _, _ = socket.recv_fds(asked, 1, 3)
        if not byte:
            return None
        if os.fork() == 0:
            asked.close()
            break
        for each in files:
            os.close(each)
        _reap()
    given = _watched(files[0])
    os.dup2(files[1], 1)
    os.dup2(files[2], 2)
    for each in files:
        os.close(each)
    os.environ.clear()
    os.environ.update(given["env"])
    time.tzset()
    os.chdir(given["cwd"])
    sys.argv = ["app.py", *given["words"]]
    return app.main()


def _read() -> Any:
    """`app.py` with what each command, and the bot, would load when it is asked for; and with the harvest as after its first channel,
    when its wordings are compiled and its network is there."""
    import app
    from bot.domain.harvest import analyse
    from cli import table
    from evaluation import reading, score

    channel = reading.read(ROOT / "evaluation" / "tuned" / "fernlight.txt")
    analyse.analyse(channel.messages[:60], channel.people, score.options(channel))
    for module in ("cli.wiring", *(command.module for command in table.COMMANDS.values())):
        import_module(module)
    return app


def _watched(told: int) -> dict[str, Any]:
    """Returns in a new process, with what it is to do; this one waits for its end, tells of it and ends too."""
    lines = socket.socket(fileno=os.dup(told))
    reader = lines.makefile("r", encoding="utf-8")
    given: dict[str, Any] = json.loads(reader.readline())
    reader.close()
    pid = os.fork()
    if pid == 0:
        lines.close()
        return given
    lines.sendall(f"{pid}\n".encode())
    _, status = os.waitpid(pid, 0)
    lines.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _reap() -> None:
    """Those that have told their end."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
