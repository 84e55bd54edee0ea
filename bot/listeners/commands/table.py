"""The table of subcommands: parsing, help and the answer to an unknown word derive from it."""

from __future__ import annotations

import difflib
from datetime import datetime

from bot.blocks import replies
from bot.domain.errors import Refused
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.assign import ASSIGN
from bot.listeners.commands.harvest import HARVEST
from bot.listeners.commands.help import listing, with_table
from bot.listeners.commands.start import START
from bot.listeners.commands.status import STATUS
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

COMMAND = "/postmortem"
_ACTS = (ASSIGN, START, STATUS, HARVEST)
SUBCOMMANDS: tuple[Subcommand, ...] = (*_ACTS, with_table(_ACTS))
_BY_NAME = {command.name: command for command in SUBCOMMANDS}
_NOT_A_CHANNEL = {"directmessage", "mpdirectmessage"}


def parse(text: str) -> tuple[Subcommand | None, str, str]:
    """The subcommand (None when unknown), its word, and the rest. No word at all is `status`."""
    word, rest = (*text.split(None, 1), "", "")[:2]
    word = word.lower()
    return _BY_NAME.get(word or "status"), word, rest.strip()


def unknown(word: str) -> Subcommand:
    """What answers a word that is no subcommand: the nearest one and the list."""

    def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        nearest = difflib.get_close_matches(word, _BY_NAME, n=1, cutoff=0.5)
        return Answer(replies.unknown_command(word, nearest[0] if nearest else None, listing(SUBCOMMANDS)))

    return Subcommand("unknown", "", "", run, reads=True)


def check_place(command: Subcommand, call: Call) -> None:
    """Raises `Refused` in a direct conversation: a post-mortem lives in its incident's channel."""
    if command.name != "help" and (call.channel_name in _NOT_A_CHANNEL or call.place.channel_id.startswith("D")):
        raise Refused("Type this in the incident's channel: that is where the post-mortem lives.")
