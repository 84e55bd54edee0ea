"""The harvest of an export of ordinary talk, against only parsing its JSON, in one process."""

from __future__ import annotations

import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.report import Line
from bot.integrations.slack_export import reader
from bot.usecases.harvest_export import HarvestExport
from evaluation import reading

MESSAGES, CHANNELS, PEOPLE, MOST = 20_000, 8, 40, 3.0
START, ROUNDS = 1_735_000_000, 3
_TALK = Path(reading.__file__).parent / "training"


def measure(quick: bool = False) -> Iterator[Line]:
    """The better of three rounds each, in turns. The floor reads the same files with the json module. A quick run keeps the size, since a
    channel of a few days is read more closely than a year of talk; it leaves out what takes longest."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, MESSAGES)
        files = sorted(root.glob("*/*.json"))
        ours, floor = [], []
        for _ in range(ROUNDS):
            floor.append(_took(lambda: sum(len(json.loads(each.read_bytes())) for each in files)))
            ours.append(_took(lambda: harvest(root)))
        yield Line("H5", f"CPU, an export of {len(files)} days of talk", min(ours), min(floor), MOST, "s")
        yield Line("", "the first time, with what is loaded for it", ours[0], min(floor), None, "s")
        if not quick:
            whole = _took(lambda: harvest(root, whole=True))
            yield Line("", "every message weighed (--whole)", whole, min(floor), None, "s")
        command = _process("-m", "app", "harvest", str(root))
        parsed = _process("-c", _PARSE, str(root))
        yield Line("", "the command, against a process that parses", command, parsed, MOST, "s")


_PARSE = (
    "import json, pathlib, sys; [json.loads(each.read_bytes()) for each in pathlib.Path(sys.argv[1]).glob('*/*.json')]"
)


def _process(*argv: str) -> float:
    """CPU seconds of a Python process with its start; the best of three."""
    found = []
    for _ in range(ROUNDS):
        before = os.times()
        subprocess.run([sys.executable, *argv], check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        found.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(found)


def harvest(root: Path, *, whole: bool = False) -> int:
    """Harvest every channel of the export; how many messages were read."""
    export = reader.SlackExport(root)
    return sum(HarvestExport(export)(each.id, whole=whole).messages_read for each in export.channels())


def write(root: Path, messages: int) -> None:
    """An export as Slack writes it now, with what people of our own invention say in ordinary talk."""
    drawn, said = random.Random(5), _said()
    listed = [{"id": f"C{number}", "name": f"talk-{number}"} for number in range(CHANNELS)]
    people = [
        {"id": f"U{number}", "name": f"user{number}", "profile": {"display_name": f"user{number}"}}
        for number in range(PEOPLE)
    ]
    (root / "channels.json").write_text(json.dumps(listed))
    (root / "users.json").write_text(json.dumps(people))
    for channel in listed:
        (root / channel["name"]).mkdir()
        for day, rows in _days(drawn, said, messages // CHANNELS).items():
            (root / channel["name"] / f"{day}.json").write_text(json.dumps(rows))


def _said() -> list[str]:
    channels = (reading.read(each) for each in sorted(_TALK.glob("ordinary-*.txt")))
    return [message.text for channel in channels for message in channel.messages if message.text]


def _days(drawn: random.Random, said: list[str], messages: int) -> dict[str, list[dict[str, Any]]]:
    days: dict[str, list[dict[str, Any]]] = {}
    seconds, parent = START, None
    for number in range(messages):
        seconds += drawn.choice((20, 40, 90, 300, 900, 7_200))
        row = message(number, seconds, drawn.choice(said), f"U{drawn.randrange(PEOPLE)}")
        if parent is not None and drawn.random() < 0.3:
            row["thread_ts"] = parent["thread_ts"] = parent["ts"]
            parent["reply_count"] = parent.get("reply_count", 0) + 1
        else:
            parent = row
        days.setdefault(f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}", []).append(row)
    return days


def message(number: int, seconds: int, text: str, user: str) -> dict[str, Any]:
    """A message of 2024 to 2026 as it stands in an export, of some 900 bytes."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    profile = {
        "avatar_hash": "0a1b2c3d4e5f", "image_72": "https://avatars.example.com/2024-05-01/0a1b2c3d_72.png", "first_name": "Ana",
        "real_name": "Ana Berg", "display_name": "ana", "team": "T1", "name": "ana.berg", "is_restricted": False,
        "is_ultra_restricted": False,
    }  # fmt: skip
    reactions = [{"name": "+1", "users": ["U1", "U2"], "count": 2}]
    ts = f"{seconds}.{number % 1_000_000:06d}"
    return {
        "user": user, "type": "message", "ts": ts, "client_msg_id": f"{number:032x}", "text": text, "team": "T1", "user_team": "T1",
        "source_team": "T1", "user_profile": profile,
        "blocks": [{"type": "rich_text", "block_id": "b1", "elements": [section]}],
        **({"reactions": reactions} if number % 7 == 0 else {}),
        **({"edited": {"user": user, "ts": ts}} if number % 20 == 0 else {}),
    }  # fmt: skip


def _took(work: Callable[[], object]) -> float:
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun
