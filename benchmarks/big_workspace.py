"""A workspace of any size, written as a Slack export or a workspace file: people, threads, reactions, edits, files."""

from __future__ import annotations

import json
import random
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]
START = 1_750_000_000
STEP = 37
CHANNELS = ("general", "incident", "random", "dev")
LONG = "incident"
"""The channel that has seven of ten messages."""
LINE = "checkout is down again since the deploy look at the graph we roll back now connections to the database"


def people(count: int) -> list[str]:
    """Handles."""
    return [f"user{number}" for number in range(count)]


def lines(messages: int, threads: int, users: int, seed: int = 1) -> Iterator[tuple[str, Json]]:
    """(channel, a message of a workspace file with its replies), `messages` in all, oldest first."""
    draw, names = random.Random(seed), people(users)
    left, at = messages, START
    every = max(2, (messages - 4 * threads) // max(1, threads))
    number = 0
    while left > 0:
        number += 1
        at += STEP
        row = _line(draw, names, number, at)
        left -= 1
        if number % every == 0:
            replies = [_line(draw, names, number, at + 1 + each) for each in range(min(left, draw.randint(1, 7)))]
            left -= len(replies)
            row["thread"] = replies
        yield (LONG if draw.random() < 0.7 else draw.choice(CHANNELS)), row


def _line(draw: random.Random, names: list[str], number: int, at: int) -> Json:
    words = " ".join(draw.choices(LINE.split(), k=draw.randint(3, 25)))
    if number % 9 == 0:
        words += f" @{draw.choice(names)} see https://grafana.example/d/{number} & tell #general :eyes:"
    row: Json = {"user": draw.choice(names), "ts": f"{at}.{number % 1_000_000:06d}", "text": f"{number} {words}"}
    if number % 7 == 0:
        row["reactions"] = {"eyes": draw.sample(names, 2), "white_check_mark": draw.sample(names, 1)}
    if number % 50 == 0:
        row["edited"] = {"at": "+30s"}
    if number % 100 == 0:
        row["file"] = {"name": f"graph-{number}.txt", "content": "a line of a log\n" * 5}
    return row


def workspace(path: Path, messages: int = 100_000, threads: int = 5_000, users: int = 300) -> Path:
    """Write a workspace file."""
    members = people(users)
    written: dict[str, list[Json]] = defaultdict(list)
    for channel, row in lines(messages, threads, users):
        written[channel].append(row)
    rows = [{"name": name, "members": members, "messages": written[name]} for name in CHANNELS]
    given = {"users": [{"name": name, "real_name": name.title()} for name in members], "channels": rows}
    if path.suffix == ".json":
        path.write_text(json.dumps(given), encoding="utf-8")
    else:
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        path.write_text(yaml.dump(given, Dumper=dumper, sort_keys=False), encoding="utf-8")
    return path


def export(folder: Path, messages: int = 100_000, threads: int = 5_000, users: int = 300) -> Path:
    """Write a Slack export: a file for each channel and day."""
    ids = {name: f"U{number:08d}" for number, name in enumerate(people(users))}
    days: dict[str, list[Json]] = defaultdict(list)
    for channel, row in lines(messages, threads, users):
        for message in _exported(row, ids):
            day = datetime.fromtimestamp(float(message["ts"]), UTC).date()
            days[f"{channel}/{day}.json"].append(message)
    profiles = [
        {"id": key, "team_id": "T1", "name": name, "tz": "Europe/Helsinki", "profile": {"display_name": name}}
        for name, key in ids.items()
    ]
    rooms = [{"id": f"C{at:08d}", "name": name, "members": list(ids.values())} for at, name in enumerate(CHANNELS)]
    for name, rows in {"users.json": profiles, "channels.json": rooms, **days}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(rows), encoding="utf-8")
    return folder


def _exported(row: Json, ids: dict[str, str]) -> Iterator[Json]:
    parent = _message(row, ids)
    replies = [_message(reply, ids) | {"thread_ts": parent["ts"]} for reply in row.get("thread") or []]
    if replies:
        parent |= {"thread_ts": parent["ts"], "reply_count": len(replies)}
    yield parent
    yield from replies


def _message(row: Json, ids: dict[str, str]) -> Json:
    text = {"type": "rich_text_section", "elements": [{"type": "text", "text": row["text"]}]}
    blocks = [{"type": "rich_text", "block_id": "b1", "elements": [text]}]
    message: Json = {
        "type": "message",
        "user": ids[row["user"]],
        "ts": row["ts"],
        "text": row["text"],
        "blocks": blocks,
    }
    message["team"] = "T1"
    if "reactions" in row:
        given = {name: [ids[one] for one in who] for name, who in row["reactions"].items()}
        message["reactions"] = [{"name": name, "users": who, "count": len(who)} for name, who in given.items()]
    if "edited" in row:
        message["edited"] = {"user": message["user"], "ts": f"{float(row['ts']) + 30:.6f}"}
    if "file" in row:
        key, name = f"F{row['ts'].replace('.', '')[-9:]}", row["file"]["name"]
        message["files"] = [{"id": key, "name": name, "mimetype": "text/plain", "size": 80, "mode": "snippet"}]
        message["upload"] = True
    return message


def zipped(folder: Path, path: Path) -> Path:
    """The export of a folder as a zip, as Slack hands it out."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.json")):
            archive.write(file, file.relative_to(folder).as_posix())
    return path
