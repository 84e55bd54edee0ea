"""Canvases in Slack: made empty, opened to readers, filled by one change that replaces everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.integrations.slack_call import SlackCall
from bot.ports.errors import IntegrationError

PAGE = 200
_KINDS = {"quip", "canvas"}
# While somebody else's change is being saved.
LOCKED = "canvas_editing_locked"


class SlackCanvases:
    """Implements `bot.ports.chat.Canvases`."""

    def __init__(self, call: SlackCall, bot_user: str) -> None:
        self._call = call
        self._bot_user = bot_user

    def make_canvas(self, title: str, channel: str) -> str:
        """canvases.create: a tab of the channel, which is what a free plan has, too."""
        return str(self._call("canvases.create", title=title, channel_id=channel)["canvas_id"])

    def canvases_called(self, title: str, *, since: datetime) -> tuple[str, ...]:
        """files.list of our own files since then, by page; which of them are canvases is told by their kind."""
        found = [each for each in self._own_files(since) if _is_canvas(each) and each.get("title") == title]
        return tuple(str(each["id"]) for each in sorted(found, key=lambda each: (each.get("created") or 0, each["id"])))

    def let_read(self, canvas_id: str, channel: str) -> None:
        """canvases.access.set for the channel."""
        self._call("canvases.access.set", canvas_id=canvas_id, access_level="read", channel_ids=[channel])

    def fill_canvas(self, canvas_id: str, markdown: str) -> None:
        """canvases.edit: Slack takes one change a call, and a replacement that names no section replaces all."""
        change = {"operation": "replace", "document_content": {"type": "markdown", "markdown": markdown}}
        try:
            self._call("canvases.edit", canvas_id=canvas_id, changes=[change])
        except IntegrationError as error:
            if error.name != LOCKED:
                raise
            raise IntegrationError(str(error), name=error.name, retryable=True) from None

    def canvas_link(self, canvas_id: str) -> str:
        """files.info: a canvas is a file."""
        return str(self._call("files.info", form=True, file=canvas_id)["file"]["permalink"])

    def delete_canvas(self, canvas_id: str) -> None:
        """canvases.delete; gone is fine."""
        try:
            self._call("canvases.delete", canvas_id=canvas_id)
        except IntegrationError as error:
            if error.name not in {"canvas_not_found", "canvas_deleted"}:
                raise

    def _own_files(self, since: datetime) -> Iterator[Mapping[str, Any]]:
        page, pages = 1, 1
        while page <= pages:
            from_then = str(int(since.timestamp()))
            answer = self._call("files.list", form=True, user=self._bot_user, ts_from=from_then, count=PAGE, page=page)
            yield from (each for each in answer.get("files") or [] if isinstance(each, dict) and each.get("id"))
            page, pages = page + 1, int((answer.get("paging") or {}).get("pages") or 1)


def _is_canvas(file: Mapping[str, Any]) -> bool:
    named = {file.get("mode"), file.get("filetype")}
    return bool(named & _KINDS) or file.get("mimetype") == "application/vnd.slack-docs"
