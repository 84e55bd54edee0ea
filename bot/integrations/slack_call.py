"""One call to Slack's Web API: nothing is retried here, every failure gets its name and the word whether another try can help."""

from __future__ import annotations

import http.client
import logging
import re
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain import typed
from bot.ports.errors import IntegrationError, RateLimited

TIMEOUT = 10
BAD_TOKEN = {
    "invalid_auth",
    "not_authed",
    "token_revoked",
    "token_expired",
    "account_inactive",
    "not_allowed_token_type",
}
PASSING = {
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
    "accesslimited",
}
# A refused token: for how long no call leaves, and after news of it; how long the one that asks may take; and when what was in hand
# may be taken up by a process with a good token.
AUTH_PAUSE, DOUBT_PAUSE, PROBE_WAIT, AUTH_WAIT = 3600.0, 60.0, 30.0, 5.0
LONGEST_WAIT = 86_400.0
# The name that stands for every method.
EVERYTHING = "*"
log = logging.getLogger(__name__)
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,80}")

SENTENCES = {
    "channel_not_found": "Slack shows me no such channel: invite me there, then try again.",
    "not_in_channel": "I am not a member of the channel: invite me there, then try again.",
    "is_archived": "The channel is archived, so nothing can be posted there.",
    "user_disabled": "This person's account is deactivated.",
    "cannot_dm_bot": "This is an app, and apps cannot be written to.",
    "canvas_disabled_user_team": "Canvases are switched off in this workspace: an administrator can switch them on.",
    **dict.fromkeys(
        (
            "free_teams_cannot_create_standalone_canvases",
            "free_teams_cannot_create_non_tabbed_canvases",
            "free_teams_cannot_edit_standalone_canvases",
        ),
        "This workspace's plan has no such canvases: an administrator can choose another plan, or DOCUMENT_CANVAS=off.",
    ),
    "free_team_canvas_tab_already_exists": (
        "On this workspace's plan a channel has room for one canvas, and this one has it already: delete that one, or read the file."
    ),
    "canvas_too_large": "Slack finds it too large for a canvas: read it in the file.",
    "canvas_editing_locked": "Somebody else's change of the canvas is being saved: it is tried again.",
    "restricted_action": "A setting of the workspace forbids that: an administrator can allow it to this app.",
    **dict.fromkeys(
        ("file_type_not_allowed", "blocked_file_type"),
        "This workspace takes no files of this kind: an administrator allows it, or takes it out of DOCUMENT_FILES.",
    ),
    "file_uploads_disabled": "Nobody may upload files in this workspace: an administrator of Slack allows it in its settings.",
    "file_uploads_except_images_disabled": "This workspace takes no files but pictures: an administrator of Slack allows others.",
    "file_upload_size_restricted": "The file is larger than this workspace takes: an administrator of Slack allows larger ones.",
    "storage_limit_reached": "The workspace has no room for more files: delete some that nobody needs, or get more room.",
    "posting_to_channel_denied": "I may not post in this channel: an administrator of Slack allows apps to post there.",
    "missing_scope": "The app lacks a permission in Slack: an administrator reinstalls it from manifest.yml.",
}
DETAILED = {"canvas_creation_failed", "canvas_editing_failed"}
# Slack's own words about what it cannot take, such as "line 19: Unsupported table type".
UNFIT = "Slack could not take it in ({}): tell whoever looks after the bot."
LACKS = "The app lacks the permission {} in Slack: an administrator adds it, or reinstalls the app from manifest.yml."


class Gate:
    """Who asked us to wait, and until when: no call leaves before that, other methods are not held up. While the token is refused
    no call leaves at all but one an hour, which finds out whether it still is."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._why: dict[str, tuple[str, str]] = {}
        self._refused = False
        self._lock = threading.Lock()

    def check(self, *names: str) -> None:
        """Raises `RateLimited` while one of these names is closed."""
        with self._lock:
            until, name = max(((self._until.get(name, 0.0), name) for name in names), default=(0.0, ""))
            left = until - self._clock()
            why = self._why.get(name, ("", "ratelimited"))
            if left <= 0 and self._refused and EVERYTHING in names:
                # This one call asks; the others wait for what it hears.
                self._until[EVERYTHING] = self._clock() + PROBE_WAIT
        if left > 0:
            # Only the call is held for the whole time: what is to be done is looked at sooner, by a process with a good token too.
            wait = min(left, AUTH_WAIT) if name == EVERYTHING else left
            raise RateLimited(names[0], timedelta(seconds=wait), *why)

    def closed(self) -> bool:
        """Whether the token is refused, and it is not time yet to ask again."""
        with self._lock:
            return self._refused and self._until.get(EVERYTHING, 0.0) > self._clock()

    def refused(self) -> bool:
        """Whether Slack refused the token when it was asked last."""
        with self._lock:
            return self._refused

    def close(self, name: str, seconds: float, text: str = "", error: str = "ratelimited") -> None:
        """Hold calls of this name for so long; whoever is held hears the same reason."""
        with self._lock:
            self._until[name] = max(self._until.get(name, 0.0), self._clock() + seconds)
            self._why[name] = (text, error)

    def refuse(self, name: str, pause: float = AUTH_PAUSE) -> str:
        """The token is none any more: hold every call. Returns the sentence that whoever is held hears."""
        text = f"Slack refuses the bot's token ({name}): an administrator must reinstall the app."
        self.close(EVERYTHING, pause, text, name)
        with self._lock:
            news, self._refused = not self._refused, True
        if news:
            log.error(
                "Slack refuses the bot's token (%s): nothing is sent, and everything waits. Reinstall the app, put its token into "
                "SLACK_BOT_TOKEN and start the bot again; it goes on where it stopped",
                name,
            )
        return text

    def doubt(self, name: str) -> None:
        """Slack says that the token was revoked. News may be late, or of an older token: after a minute one call asks."""
        if not self.refused():
            self.refuse(name, DOUBT_PAUSE)

    def accept(self) -> None:
        """A call was answered: the token is good."""
        with self._lock:
            news, self._refused = self._refused, False
            if news:
                self._until.pop(EVERYTHING, None)
        if news:
            log.info("Slack accepts the bot's token again")


class SlackCall:
    """Calls methods of a WebClient that itself retries nothing."""

    def __init__(self, client: WebClient, gate: Gate | None = None) -> None:
        self.client = client
        self.gate = gate or Gate()

    def __call__(self, method: str, *, scope: str = "", form: bool = False, **arguments: Any) -> dict[str, Any]:
        """The answer's JSON. `scope` narrows the rate limit (a channel); `form` sends form fields. Raises `IntegrationError`."""
        return self.exchange(method, scope=scope, form=form, **arguments)[0]

    def exchange(
        self, method: str, *, scope: str = "", form: bool = False, **arguments: Any
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """The answer's JSON, and its headers with names in small letters. Raises `IntegrationError`."""
        gate = f"{method}:{scope}" if scope else method
        self.gate.check(gate, EVERYTHING)
        sent = {name: value for name, value in arguments.items() if value is not None}
        try:
            answer = self.client.api_call(method, params=sent) if form else self.client.api_call(method, json=sent)
        except SlackApiError as error:
            raise self._translate(method, gate, error) from None
        except (SlackClientError, OSError, http.client.HTTPException, ValueError) as error:
            name = type(error).__name__
            text = "Slack did not answer in time or the connection broke."
            raise IntegrationError(text, name=name, retryable=True, unknown=True) from None
        data = answer.data
        self.gate.accept()
        if not isinstance(data, dict):
            raise IntegrationError("Slack's answer made no sense.", name="bad_answer", retryable=True, unknown=True)
        return data, {str(key).lower(): str(value) for key, value in dict(answer.headers or {}).items()}

    def _translate(self, method: str, gate: str, error: SlackApiError) -> IntegrationError:
        response = error.response
        status = getattr(response, "status_code", 200)
        data = getattr(response, "data", None)
        name, needed = (str(data.get(key, "")) if isinstance(data, dict) else "" for key in ("error", "needed"))
        if not _NAME.fullmatch(name):
            # What a proxy sent in Slack's place: the library puts the whole page where the name should be.
            name = ""
        if status == 429 or name == "ratelimited":
            wait = _retry_after(getattr(response, "headers", {}) or {})
            self.gate.close(gate, wait)
            return RateLimited(method, timedelta(seconds=wait))
        if name in BAD_TOKEN:
            # Calling again and again with a dead token helps nobody; a restart with a good one begins at once.
            return RateLimited(method, timedelta(seconds=AUTH_WAIT), self.gate.refuse(name), name)
        if name and name not in PASSING and status < 500:
            # Whatever else Slack refuses, it knows the token.
            self.gate.accept()
        if status >= 500 or name in PASSING or not name:
            return IntegrationError(
                "Slack is in trouble itself.", name=name or f"http_{status}", retryable=True, unknown=True
            )
        if name == "missing_scope" and _NAME.fullmatch(needed):
            return IntegrationError(LACKS.format(needed), name=name, retryable=False)
        if name in DETAILED:
            detail = data.get("detail") if isinstance(data, dict) else None
            said = typed.clip(typed.one_line(detail), 150) if isinstance(detail, str) else ""
            return IntegrationError(UNFIT.format(said or name), name=name, retryable=False)
        return IntegrationError(SENTENCES.get(name, f"Slack refused: {name}."), name=name, retryable=False)


def _retry_after(headers: Any) -> float:
    for key, value in dict(headers).items():
        if str(key).lower() == "retry-after":
            first = value[0] if isinstance(value, list) else value
            try:
                return min(LONGEST_WAIT, max(1.0, float(first)))
            except (TypeError, ValueError):
                break
    return 30.0
