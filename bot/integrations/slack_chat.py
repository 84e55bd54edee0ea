"""Slack behind the chat port: domain values in, Web API calls out."""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.domain import harvest_window
from bot.domain.harvest import message as messages
from bot.domain.harvest import person as persons
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.integrations.slack_call import TIMEOUT
from bot.integrations.slack_canvases import SlackCanvases
from bot.ports.chat import ChannelFacts, Drawing, MembersPage, MessagePage, PeoplePage, Reservation
from bot.ports.errors import IntegrationError

HISTORY_PAGE = 999
THREAD_PAGE = 1000
PEOPLE_PAGE = 999
EVENT_TYPE = "postmortem_bot"
# Of a modal that nobody has open any more.
CLOSED = {"not_found"}


class SlackChat(SlackCanvases):
    """Implements `bot.ports.chat.Chat`."""

    def post(self, channel: str, drawing: Drawing, *, mark: str, thread_ts: str | None = None) -> str:
        """chat.postMessage with the mark as metadata; the limit is Slack's one message a second and channel."""
        answer = self._call(
            "chat.postMessage",
            scope=channel,
            channel=channel,
            text=drawing.text,
            blocks=list(drawing.blocks),
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"mark": mark}},
        )
        return str(answer["ts"])

    def find(self, channel: str, mark: str, *, since: datetime, thread_ts: str | None = None) -> str | None:
        """Every page of the window is looked at: our message may lie under a thousand newer ones."""
        method = "conversations.replies" if thread_ts else "conversations.history"
        extra = {"ts": thread_ts} if thread_ts else {}
        oldest = harvest_window.slack_ts(since)
        for raw in self._pages(method, channel=channel, oldest=oldest, limit=200, include_all_metadata="true", **extra):
            metadata = raw.get("metadata") or {}
            if metadata.get("event_type") == EVENT_TYPE and (metadata.get("event_payload") or {}).get("mark") == mark:
                return str(raw["ts"])
        return None

    def update(self, channel: str, ts: str, drawing: Drawing) -> None:
        """chat.update; Slack takes 4,000 characters of text there."""
        text, blocks = drawing.text[:4000], list(drawing.blocks)
        self._call("chat.update", channel=channel, ts=ts, text=text, blocks=blocks)

    def pin(self, channel: str, ts: str) -> None:
        """pins.add; pinned already is fine."""
        self._fine("already_pinned", "pins.add", channel=channel, timestamp=ts)

    def redraw(self, name: str, view: Mapping[str, Any]) -> bool:
        """views.update by `external_id`; gone is fine."""
        try:
            self._call("views.update", external_id=name, view=dict(view))
        except IntegrationError as error:
            if error.name in CLOSED:
                return False
            raise
        return True

    def react(self, channel: str, ts: str, name: str) -> None:
        """reactions.add; there already is fine."""
        self._fine("already_reacted", "reactions.add", channel=channel, timestamp=ts, name=name)

    def unreact(self, channel: str, ts: str, name: str) -> None:
        """reactions.remove; gone already is fine, and so is a message that is gone."""
        self._fine("no_reaction message_not_found", "reactions.remove", channel=channel, timestamp=ts, name=name)

    def open_dm(self, user_id: str) -> str:
        """conversations.open; the same room each time."""
        return str(self._call("conversations.open", users=user_id)["channel"]["id"])

    def join(self, channel: str) -> None:
        """conversations.join."""
        self._call("conversations.join", channel=channel)

    def invite(self, channel: str, user_id: str) -> None:
        """conversations.invite; being there already is fine."""
        self._fine("already_in_channel", "conversations.invite", channel=channel, users=user_id)

    def history(self, channel: str, *, oldest: str, cursor: str | None) -> MessagePage:
        """conversations.history, 999 a page."""
        answer = self._call(
            "conversations.history", form=True, channel=channel, oldest=oldest, cursor=cursor, limit=HISTORY_PAGE
        )
        return MessagePage(tuple(self._read(answer, channel)), _cursor(answer))

    def thread(self, channel: str, ts: str, *, cursor: str | None) -> MessagePage:
        """conversations.replies, 1,000 a page."""
        answer = self._call(
            "conversations.replies", form=True, channel=channel, ts=ts, cursor=cursor, limit=THREAD_PAGE
        )
        return MessagePage(tuple(self._read(answer, channel)), _cursor(answer))

    def message(self, channel: str, ts: str) -> Message | None:
        """conversations.replies, which finds replies too; the answer may begin with the thread's first message, so it is the
        `ts` that tells."""
        answer = self._call(
            "conversations.replies", form=True, channel=channel, ts=ts, oldest=ts, latest=ts, inclusive="true", limit=10
        )
        return next((each for each in self._read(answer, channel) if each.ts == ts), None)

    def people(self, cursor: str | None) -> PeoplePage:
        """users.list, a page."""
        answer = self._call("users.list", form=True, cursor=cursor, limit=PEOPLE_PAGE)
        members = [member for member in answer.get("members") or [] if isinstance(member, dict) and member.get("id")]
        return PeoplePage(tuple(persons.from_slack(member) for member in members), _cursor(answer))

    def person(self, user_id: str) -> Person:
        """users.info."""
        return persons.from_slack(self._call("users.info", form=True, user=user_id)["user"])

    def group(self, group_id: str) -> tuple[str, ...]:
        """usergroups.users.list."""
        answer = self._call("usergroups.users.list", form=True, usergroup=group_id)
        return tuple(str(user) for user in answer.get("users") or [])

    def channel(self, channel: str) -> ChannelFacts:
        """conversations.info."""
        found = self._call("conversations.info", form=True, channel=channel)["channel"]
        shared = bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared"))
        archived, member = bool(found.get("is_archived")), bool(found.get("is_member"))
        return ChannelFacts(
            str(found.get("name") or channel), bool(found.get("is_private")), shared, archived=archived, member=member
        )

    def members(self, channel: str, cursor: str | None) -> MembersPage:
        """conversations.members, a page."""
        answer = self._call("conversations.members", form=True, channel=channel, cursor=cursor, limit=PEOPLE_PAGE)
        return MembersPage(tuple(str(user) for user in answer.get("members") or []), _cursor(answer))

    def reserve(self, filename: str, length: int, alt: str = "") -> Reservation:
        """files.getUploadURLExternal."""
        said = {"alt_txt": alt} if alt else {}
        answer = self._call("files.getUploadURLExternal", form=True, filename=filename, length=length, **said)
        return Reservation(str(answer["file_id"]), str(answer["upload_url"]))

    def fill(self, reservation: Reservation, content: bytes) -> None:
        """POST the bytes to the address that Slack gave."""
        request = urllib.request.Request(reservation.upload_url, data=content, method="POST")  # noqa: S310
        request.add_header("Content-Type", "application/octet-stream")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 - the address is Slack's own
                response.read()
        except (OSError, http.client.HTTPException) as error:
            raise IntegrationError(
                "The upload to Slack broke off.", name=type(error).__name__, retryable=True
            ) from None

    def share(self, titles: Mapping[str, str], channel: str, thread_ts: str | None) -> Mapping[str, str]:
        """files.completeUploadExternal; permalinks are asked for where the answer lacks them."""
        files = [{"id": file_id, "title": title} for file_id, title in titles.items()]
        answer = self._call("files.completeUploadExternal", files=files, channel_id=channel, thread_ts=thread_ts)
        links = {str(file.get("id")): file.get("permalink") for file in answer.get("files") or []}
        return {
            file_id: str(links.get(file_id) or self._call("files.info", form=True, file=file_id)["file"]["permalink"])
            for file_id in titles
        }

    def shared_link(self, file_id: str) -> str | None:
        """files.info: shared means that it lies in a channel."""
        try:
            file = self._call("files.info", form=True, file=file_id)["file"]
        except IntegrationError as error:
            if error.name in {"file_not_found", "file_deleted", "not_visible"}:
                return None
            raise
        shared = file.get("shares") or file.get("channels") or file.get("groups") or file.get("ims")
        return str(file["permalink"]) if shared and file.get("permalink") else None

    def remove(self, file_id: str) -> None:
        """files.delete; gone already is fine."""
        self._fine("file_not_found file_deleted", "files.delete", file=file_id)

    def _fine(self, names: str, method: str, **arguments: Any) -> None:
        try:
            self._call(method, **arguments)
        except IntegrationError as error:
            if error.name not in names.split():
                raise

    def _pages(self, method: str, **arguments: Any) -> Iterator[Mapping[str, Any]]:
        cursor: str | None = None
        while True:
            answer = self._call(method, form=True, cursor=cursor, **arguments)
            yield from (raw for raw in answer.get("messages") or [] if isinstance(raw, dict))
            cursor = _cursor(answer)
            if not cursor:
                return

    def _read(self, answer: Mapping[str, Any], channel: str) -> Iterator[Message]:
        """What Slack sent, as messages; an entry that is none is left out, since there is nothing to keep of it."""
        for raw in answer.get("messages") or []:
            try:
                yield messages.from_slack(raw, channel)
            except messages.MalformedMessage:
                continue


def _cursor(answer: Mapping[str, Any]) -> str | None:
    return str((answer.get("response_metadata") or {}).get("next_cursor") or "") or None
