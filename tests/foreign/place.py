"""The workspace that the apps here live in: enough people, messages and replies for several pages of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

MANIFEST = Path(__file__).with_name("manifest.yml")
PEOPLE, MESSAGES, REPLIES, ROOMS = 45, 120, 50, 25


def write(folder: Path) -> Path:
    """Write the workspace file into a folder; returns its path."""
    messages: list[dict[str, Any]] = [{"user": "aino", "text": f"m{number}"} for number in range(MESSAGES - 1)]
    messages.append({"user": "aino", "text": "parent", "thread": _replies()})
    world = {
        "users": [{"name": "aino"}, {"name": "ben"}, *({"name": f"user{n}"} for n in range(PEOPLE - 2))],
        "channels": [
            {"name": "general", "members": ["aino", "ben", "parrot"]},
            {"name": "archive", "members": ["aino", "parrot"], "messages": messages},
            *({"name": f"room{n}", "members": ["aino"]} for n in range(ROOMS - 2)),
        ],
    }
    path = folder / "workspace.yml"
    path.write_text(yaml.safe_dump(world))
    return path


def _replies() -> list[dict[str, Any]]:
    return [{"user": "ben", "text": f"r{number}"} for number in range(REPLIES)]
