"""The floor of every acknowledgement: Bolt with `process_before_response`, listeners that do nothing, behind the same waitress."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from waitress.server import create_server

from cli.web import THREADS


def _app(secret: str) -> App:
    def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="", bot_id="B1", bot_user_id="UBOT")

    app = App(signing_secret=secret, authorize=authorize, process_before_response=True)

    def nothing(ack: Ack) -> None:
        ack()

    anything = re.compile(".*")
    kinds: tuple[Callable[[Any], Any], ...] = (app.command, app.action, app.view, app.event)
    for kind in kinds:
        kind(anything)(nothing)
    return app


def main(secret: str) -> None:
    """Print the port, then serve."""
    handler = SlackRequestHandler(_app(secret), path="/slack/events")
    server = create_server(handler, host="127.0.0.1", port=0, threads=THREADS, connection_limit=1000)
    sys.stdout.write(f"{getattr(server, 'effective_port', 0)}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main(sys.argv[1])
