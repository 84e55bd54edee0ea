"""Screens in Slack: views and answers on a small pool of their own with a short timeout: a slow Slack never holds up an ack."""

from __future__ import annotations

import http.client
import json
import logging
import queue
import threading
import time
import urllib.request

from bot.integrations.slack_call import SlackCall
from bot.ports.chat import Drawing
from bot.ports.errors import IntegrationError
from bot.ports.screens import OpenView, PublishHome, PushView, Respond, Screen, UpdateView

log = logging.getLogger(__name__)

TIMEOUT = 2
THREADS = 4
# A trigger lives for three seconds: what waited longer than this cannot be shown any more.
STALE = 2.5


class SlackScreens:
    """Implements `bot.ports.screens.Screens`."""

    def __init__(self, call: SlackCall, threads: int = THREADS) -> None:
        self._call = call
        self._queue: queue.Queue[tuple[float, Screen]] = queue.Queue(maxsize=200)
        for number in range(threads):
            threading.Thread(target=self._work, name=f"screens-{number}", daemon=True).start()

    def show(self, screen: Screen) -> None:
        """Queue it; where too many wait, it is dropped and said so in the log: nothing is kept in a screen alone."""
        try:
            self._queue.put_nowait((time.monotonic(), screen))
        except queue.Full:
            log.warning("a screen was dropped: too many are waiting")

    def _work(self) -> None:
        while True:
            since, screen = self._queue.get()
            try:
                self._send(screen, late=time.monotonic() - since > STALE)
            except (IntegrationError, OSError, http.client.HTTPException, ValueError) as error:
                log.warning("a screen could not be shown: %s", getattr(error, "name", type(error).__name__))
            finally:
                self._queue.task_done()

    def _send(self, screen: Screen, *, late: bool) -> None:
        match screen:
            case Respond(url, drawing, replace):
                _respond(url, drawing, replace=replace)
            case OpenView():
                self._open(screen, late=late)
            case PushView():
                self._push(screen, late=late)
            case PublishHome(user_id, view):
                self._call("views.publish", user_id=user_id, view=dict(view))
            case UpdateView(view_id, view, hash):
                self._call("views.update", view_id=view_id, view=dict(view), hash=hash)

    def _in_time(self, method: str, screen: OpenView | PushView, *, late: bool) -> None:
        """Show it while its trigger lives."""
        if late:
            raise IntegrationError("The form could not be opened in time.", name="late", retryable=False)
        self._call(method, trigger_id=screen.trigger_id, view=dict(screen.view))

    def _open(self, screen: OpenView, *, late: bool) -> None:
        try:
            self._in_time("views.open", screen, late=late)
        except IntegrationError as error:
            log.warning("a form could not be opened: %s", error.name)
            if screen.response_url and screen.fallback:
                _respond(screen.response_url, screen.fallback, replace=False)

    def _push(self, screen: PushView, *, late: bool) -> None:
        try:
            self._in_time("views.push", screen, late=late)
        except IntegrationError as error:
            log.warning("a form could not be laid over another: %s", error.name)
            if screen.view_id and screen.instead:
                self._call("views.update", view_id=screen.view_id, view=dict(screen.instead))


def _respond(url: str, drawing: Drawing, *, replace: bool) -> None:
    if not url.startswith(("https://", "http://")):
        raise ValueError("the response address is no web address")
    body = {"text": drawing.text, "blocks": list(drawing.blocks), "replace_original": replace}
    if not replace:
        body["response_type"] = "ephemeral"
    request = urllib.request.Request(url, data=json.dumps(body).encode(), method="POST")  # noqa: S310
    request.add_header("Content-Type", "application/json; charset=utf-8")
    with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 - the address came in a signed payload
        response.read()
