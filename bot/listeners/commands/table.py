"""The table of subcommands: parsing, help and the answer to an unknown word derive from it."""

from __future__ import annotations

import difflib
from datetime import datetime

from bot.blocks import replies
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.actions import ACTIONS
from bot.listeners.commands.agenda import AGENDA
from bot.listeners.commands.ask import ASK
from bot.listeners.commands.assign import ASSIGN
from bot.listeners.commands.channel import CHANNEL
from bot.listeners.commands.examples import EXAMPLES
from bot.listeners.commands.forget import FORGET
from bot.listeners.commands.harvest import HARVEST
from bot.listeners.commands.help import listing, with_table
from bot.listeners.commands.history import HISTORY
from bot.listeners.commands.incident import INCIDENT
from bot.listeners.commands.list import LIST
from bot.listeners.commands.mail import MAIL
from bot.listeners.commands.meeting import MEETING
from bot.listeners.commands.merge import MERGE
from bot.listeners.commands.notes import NOTES
from bot.listeners.commands.page import PAGE
from bot.listeners.commands.policy import POLICY
from bot.listeners.commands.query import QUERY
from bot.listeners.commands.report import PROCESS_ITEMS, REPORT
from bot.listeners.commands.restrict import RESTRICT, UNRESTRICT
from bot.listeners.commands.search import SEARCH
from bot.listeners.commands.service import SERVICE
from bot.listeners.commands.severity import SEVERITY
from bot.listeners.commands.snooze import SNOOZE
from bot.listeners.commands.start import START
from bot.listeners.commands.status import STATUS
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.commands.timeline import TIMELINE
from bot.listeners.commands.waive import WAIVE
from bot.listeners.commands.watch import WATCH
from bot.listeners.desk import Desk
from bot.ports.store import Unit

COMMAND = "/postmortem"
_ACTS = (
    ASSIGN, START, STATUS, TIMELINE, HARVEST, CHANNEL, ASK, WATCH, MEETING, AGENDA, SERVICE, NOTES, QUERY, ACTIONS, PAGE, EXAMPLES, MAIL,
    LIST, SEARCH, REPORT, PROCESS_ITEMS, SEVERITY, INCIDENT, MERGE, WAIVE, RESTRICT, UNRESTRICT, HISTORY, SNOOZE, POLICY, FORGET,
)  # fmt: skip
SUBCOMMANDS: tuple[Subcommand, ...] = (*_ACTS, with_table(_ACTS))
_BY_NAME = {command.name: command for command in SUBCOMMANDS}
# Other words that people type for the same.
_ALSO = {"email": MAIL, "e-mail": MAIL}


def parse(text: str) -> tuple[Subcommand | None, str, str]:
    """The subcommand (None when unknown), its word, and the rest. No word at all is `status`."""
    word, rest = (*text.split(None, 1), "", "")[:2]
    word = word.lower()
    return _BY_NAME.get(word or "status", _ALSO.get(word)), word, rest.strip()


def unknown(word: str) -> Subcommand:
    """What answers a word that is no subcommand: the nearest one and the list."""

    def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
        nearest = difflib.get_close_matches(word, _BY_NAME, n=1, cutoff=0.5)
        return Answer(replies.unknown_command(word, nearest[0] if nearest else None, listing(SUBCOMMANDS)))

    return Subcommand("unknown", "", "", run, reads=True)
