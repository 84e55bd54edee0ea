"""The processes of the race: each is a fork of this one, which has read the code already, and works the outbox until it is killed.

A line of JSON on the standard input starts one; its process id is the answer."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot import config
from bot.integrations.slack_identity import Identity
from cli import database, wiring

WHO = Identity("T1", "https://acme.slack.com/", "UBOT", "B1")


def work(url: str, api: str, token: str, ahead: float) -> None:
    """What `app.py serve` does, without the door. The clock of the outbox is `ahead` seconds ahead."""
    settings = config.load(
        slack_bot_token=token, slack_signing_secret="0" * 32, slack_app_token=None, slack_api_url=api, database_url=url
    )
    engine = database.open_engine(url)
    lock = database.hold(engine)
    service = wiring.build(settings, identity=WHO, engine=engine, shift=lambda: timedelta(seconds=ahead))
    if lock:
        service.take_over()
    # The hourly look plans rows of its own, for days to come; the race is over when there are none.
    replace(service.runner, housekeeping=None).start()
    signal.pause()


def main() -> None:
    """Fork for each line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        given: dict[str, Any] = json.loads(line)
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            work(**given)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
