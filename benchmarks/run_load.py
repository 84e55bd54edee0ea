"""One load of a workspace in a process of its own, after the floor: the same bytes through the same parser, and nothing made of them."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from sandbox.server import Options, make_world


def _cpu(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def _peak() -> float:
    """Of this process alone; getrusage counts what its parent held when it was started."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024


def _json(folder: Path) -> None:
    for file in folder.rglob("*.json"):
        json.loads(file.read_bytes())


def _yaml(file: Path) -> None:
    yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def main(kind: str, given: str, what: str) -> None:
    """Print seconds of CPU and the peak of memory, MB, as JSON. kind: export or workspace; what: ours or floor."""
    path = Path(given)
    options = Options(export=path) if kind == "export" else Options(workspace=path)
    gc.disable()
    floor = _json if kind == "export" else _yaml
    seconds = _cpu(lambda: make_world(options) if what == "ours" else floor(path))
    sys.stdout.write(json.dumps({"cpu": seconds, "mb": _peak()}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
