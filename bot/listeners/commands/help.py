"""`/postmortem help`: what can be typed, from the one table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.blocks import replies
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def listing(commands: Sequence[Subcommand]) -> list[tuple[str, str]]:
    """Usage and meaning of each."""
    return [(f"/postmortem {command.usage}", command.what) for command in commands]


def with_table(commands: Sequence[Subcommand]) -> Subcommand:
    """The help for these commands and itself."""

    def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        return Answer(replies.help(listing([*commands, help_])))

    help_ = Subcommand("help", "help", "this list", run, reads=True)
    return help_
