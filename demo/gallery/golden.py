"""The payloads as files that a person can compare: one a group, a block a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demo.gallery.entry import Entry, Group, Json
from demo.gallery.table import GROUPS

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "demo" / "golden"


def text(group: Group) -> str:
    """The file of one group."""
    return "{\n" + ",\n".join(_entry(entry) for entry in group.draw()) + "\n}\n"


def files() -> Iterator[tuple[str, str]]:
    """Name and text of every file."""
    for group in GROUPS:
        yield f"{group.key}.json", text(group)


def write(folder: Path = FOLDER) -> int:
    """Write them all, and nothing else is left there; returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = dict(files())
    for old in folder.glob("*.json"):
        if old.name not in wanted:
            old.unlink()
    for name, said in wanted.items():
        (folder / name).write_text(said, encoding="utf-8")
    return len(wanted)


def _entry(entry: Entry) -> str:
    head: Json = {"surface": entry.surface, **{name: each for name, each in entry.payload.items() if name != "blocks"}}
    blocks = ",\n".join(_line(block) for block in entry.payload["blocks"])
    return f'{_line(entry.title)}: {_line(head)[:-1]}, "blocks": [\n{blocks}]}}'


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
