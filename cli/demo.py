"""`app.py demo`: an incident on a local Slack, from the command to the document, with nothing to configure."""

from __future__ import annotations

import argparse
from typing import NoReturn, TextIO

from cli.table import Build


class Wrong(Exception):
    """What was typed cannot be understood; the message is one sentence."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One sentence instead of the usage."""
        raise Wrong(f"{message[:1].upper()}{message[1:]}. Type `python app.py demo --help` for the options.")


def run(arguments: list[str], build: Build, out: TextIO, err: TextIO) -> int:
    """0 when all went as expected, 1 when something did not, 2 for a mistake in what was typed."""
    parser = _Parser(
        prog="app.py demo", description="Play an incident on a local Slack, under ./var/demo/.", allow_abbrev=False
    )
    parser.add_argument("--once", action="store_true", help="end by itself, instead of serving until Ctrl-C")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="ID",
        help="leave a message of demo/story.yml out, and see the document change (may be given several times)",
    )
    try:
        given = parser.parse_args(arguments)
    except Wrong as wrong:
        err.write(f"{wrong}\n")
        return 2
    return _play(given, out, err)


def _play(given: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    try:
        from demo import runner
        from demo.story_fields import StoryError
    except ModuleNotFoundError as error:
        err.write(f"The demo needs {error.name}: type `make setup`, or install requirements-dev.txt.\n")
        return 2
    try:
        return runner.run(runner.Options(given.once, given.without), out, err)
    except (runner.CannotPlay, StoryError) as error:
        err.write(f"{error}\n")
        return 2
