"""The processes that are measured: each is started fresh, says on one line that it is ready, and is ended in every case."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def started(*arguments: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> Iterator[subprocess.Popen[str]]:
    """`python arguments`, for as long as the block runs. Its standard output is a pipe."""
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(env or {})}
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=cwd, env=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def line(process: subprocess.Popen[str]) -> str:
    """The next line that the process prints. Raises RuntimeError when it ended instead."""
    assert process.stdout
    said = process.stdout.readline().strip()
    if not said:
        raise RuntimeError(f"a measured process ended with {process.wait()}: {process.args!r}")
    return said


def cpu(pid: int) -> float:
    """CPU that a process has used, ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS * 1000


def resident(pid: int) -> float:
    """Resident memory of a process, MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
