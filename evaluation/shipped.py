"""The folder of the tables that the bot is shipped with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.domain.harvest import weights

TABLES = Path(weights.__file__).parent / "tables"


def write(name: str, table: Any) -> None:
    """A table as it is shipped: one value in a line, so that what changed is seen."""
    said = json.dumps(table, indent=0, sort_keys=True, ensure_ascii=False)
    (TABLES / f"{name}.json").write_text(f"{said}\n", "utf-8")
