"""The shape of a subcommand. To add one: write its file, and put it into the table in `bot.listeners.commands.table`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit

Run = Callable[[Desk, Unit, Call, datetime], Answer]


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One word after `/postmortem`: how it is typed, what it does in one line, and whether it only reads."""

    name: str
    usage: str
    what: str
    run: Run
    reads: bool = False
