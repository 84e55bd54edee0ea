"""The table of commands of `python app.py`: help and the answer to an unknown word derive from it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TextIO

Build = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Command:
    """One word: the module whose `run(arguments, build, out, err)` does it, and what it does in one line."""

    module: str
    what: str


COMMANDS: Mapping[str, Command] = {
    "serve": Command("cli.serve", "run the bot: Socket Mode when SLACK_APP_TOKEN is set, else HTTP"),
    "migrate": Command("cli.migrate", "bring the database to the newest schema"),
    "doctor": Command("cli.doctor", "check tokens, scopes, database and schema, and say how to mend what is wrong"),
    "outbox": Command("cli.outbox", "what the bot will do next, what it gave up and why; `--retry ID` tries it again"),
    "export": Command("cli.export", "every post-mortem and all that belongs to it, as lines of JSON"),
    "harvest": Command("cli.harvest", "harvest a channel of a Slack export: no Slack, no database"),
    "deadline": Command("cli.deadline", "by when a meeting must begin, and how that is counted: no Slack, no database"),
    "document": Command(
        "cli.document", "write a post-mortem as HTML, Markdown or for Confluence, its timeline as a picture, or all"
    ),
    "demo": Command("cli.demo", "play an incident on a local Slack: nothing to configure"),
}


def run(arguments: Sequence[str], build: Build, out: TextIO, err: TextIO) -> int:
    """Run a command; without a word, or with `help`, say what there is. Returns the exit code."""
    word = arguments[0] if arguments else "help"
    if word in ("help", "-h", "--help"):
        out.write(usage())
        return 0
    command = COMMANDS.get(word)
    if command is None:
        nearest = difflib.get_close_matches(word, COMMANDS, n=1)
        hint = f" Did you mean {nearest[0]}?" if nearest else ""
        err.write(f"There is no command {word!r}.{hint} Type `python app.py help` for the list.\n")
        return 2
    # Loaded when asked for: the harvest of an export needs neither Slack nor a database, and the bot needs no demo.
    code: int = import_module(command.module).run(list(arguments[1:]), build, out, err)
    return code


def usage() -> str:
    """The list of commands."""
    lines = [f"  python app.py {name:<8} {command.what}" for name, command in COMMANDS.items()]
    return "\n".join(["What you can type:", *lines, ""])
