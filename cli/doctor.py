"""`app.py doctor`: everything that keeps a bot from working, found before the first incident, each in one sentence that
says how to mend it. It changes nothing and shows no secret."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import TextIO

from bot import config
from bot.config import Settings
from bot.domain import phrases
from cli import check_calendar, check_confluence, check_database, check_jira, check_mail, check_slack
from cli.finding import Finding, fine
from cli.table import Build


def run(arguments: list[str], build: Build, out: TextIO, err: TextIO) -> int:
    """0: all is well; 1: something is to be mended; 2 (by `ConfigError`): the settings cannot be used."""
    argparse.ArgumentParser(prog="app.py doctor", description="Find what is wrong.").parse_args(arguments)
    settings = config.load()
    # What Slack's library would log about a failed call is said here in a sentence.
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
    now = datetime.now(UTC)
    found = 0
    url = settings.database_url.get_secret_value()
    checks = (
        _settings(settings, now),
        check_database.look(url),
        check_slack.look(settings, now),
        check_jira.look(settings, lambda: check_database.projects(url)),
        check_calendar.look(settings, now),
        check_confluence.look(settings),
        check_mail.look(settings),
    )
    for finding in chain(*checks):
        out.write(f"{finding.line()}\n")
        out.flush()
        found += not finding.well
    out.write("All is well.\n" if not found else f"{phrases.count(found, 'thing')} to mend.\n")
    return 1 if found else 0


def _settings(settings: Settings, now: datetime) -> Iterator[Finding]:
    server, calendar = settings.server, settings.policy.calendar
    way = "Socket Mode" if settings.slack.socket_mode else f"HTTP on {server.host}:{server.port}, path /slack/events"
    yield fine("settings", f"complete; Slack is listened to by {way}.")
    holidays = phrases.count(len(calendar.holidays), "holiday")
    text = f"days are counted where it is now {phrases.moment(now, calendar.tz)}; {holidays} known."
    yield fine("time zone", text)
