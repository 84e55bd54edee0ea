"""The document as a canvas in the incident's channel, beside its file (R-29): made once and empty, opened to readers, and only then
filled. So whatever answer is lost, at most one canvas has anything in it; an empty one that nobody knows of is looked for and deleted.

What Slack refuses for good is told once; the file has everything. Of a restricted post-mortem there is no canvas (R-63).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from bot.documents import canvas
from bot.domain import document, kept_canvas
from bot.domain.kept_canvas import CanvasState, KeptCanvas
from bot.domain.outgoing import Row
from bot.domain.postmortem import Postmortem
from bot.jobs.handlers import canvas_off
from bot.jobs.handlers.canvas_off import TakeCanvasAway
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, GoOn, Outcome
from bot.jobs.posting import LOOK_BACK
from bot.jobs.scene import Scene
from bot.ports.errors import IntegrationError

DELETED = {"canvas_not_found", "canvas_deleted", "file_not_found", "file_deleted"}
# What says something about the channel and nothing about canvases; the document's own file meets it, too.
OF_THE_ROOM = {"is_archived", "not_in_channel", "channel_not_found"}
TWICE = "Somebody deleted it twice, so no other is made."


@dataclass(frozen=True, slots=True)
class KeepCanvas:
    """Make the canvas be as the document is, or be gone."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        record, kept = overview.postmortem, self._kept(overview.postmortem)
        if record.restricted or not self.scene.policy.canvas:
            return TakeCanvasAway(self.scene)(row)
        if kept.state is CanvasState.LEAVING:
            kept = TakeCanvasAway(self.scene).off(record, kept)
        if kept.rests(self.scene.clock.now()):
            return Done({"refused": kept.refused})
        content = canvas.render(document.build(overview), overview.document)
        try:
            kept = self._written(record, kept, content)
        except IntegrationError as error:
            if error.retryable or error.name in OF_THE_ROOM:
                raise
            return self._refused(record, error.name, str(error))
        return self._swept(record, kept) or Done({"canvas": kept.canvas_id})

    def _kept(self, record: Postmortem) -> KeptCanvas:
        with self.scene.store.reading() as unit:
            found = unit.canvases.get(record.id)
        return found or KeptCanvas(record.id, CanvasState.NONE, self.scene.clock.now())

    def _written(self, record: Postmortem, kept: KeptCanvas, content: str) -> KeptCanvas:
        digest = hashlib.sha256(content.encode()).hexdigest()
        if kept.state is CanvasState.STANDING and kept.digest == digest:
            return kept
        try:
            return self._filled(record, self._there(record, kept), content, digest)
        except IntegrationError as error:
            if error.name not in DELETED:
                raise
            kept = self._kept(record)
            if kept.deleted:
                raise IntegrationError(TWICE, name=kept_canvas.DELETED, retryable=False) from None
        now = self.scene.clock.now()
        fresh = KeptCanvas(record.id, CanvasState.NONE, now, doubted=kept.doubted, deleted=True)
        fresh = canvas_off.keep(self.scene, record, fresh, moved=True)
        return self._filled(record, self._there(record, fresh), content, digest)

    def _there(self, record: Postmortem, kept: KeptCanvas) -> KeptCanvas:
        """One that is there: found again, or made."""
        if kept.canvas_id:
            return kept
        if kept.state is CanvasState.MAKING:
            kept = self._looked_for(record, kept)
        return kept if kept.canvas_id else self._made(record, kept)

    def _looked_for(self, record: Postmortem, kept: KeptCanvas) -> KeptCanvas:
        """An earlier request got no answer. The oldest that it may have made is ours, and others go."""
        kept, name = replace(kept, doubted=self.scene.clock.now()), kept_canvas.title(record.name)
        found = self.scene.chat.canvases_called(name, since=kept.since - LOOK_BACK)
        for other in found[1:]:
            self.scene.chat.delete_canvas(other)
        if not found:
            return kept
        return canvas_off.keep(self.scene, record, replace(kept, state=CanvasState.EMPTY, canvas_id=found[0]))

    def _made(self, record: Postmortem, kept: KeptCanvas) -> KeptCanvas:
        began = kept.since if kept.state is CanvasState.MAKING else self.scene.clock.now()
        making = replace(kept, state=CanvasState.MAKING, since=began, refused=None)
        making = canvas_off.keep(self.scene, record, making)
        chat, name = self.scene.chat, kept_canvas.title(record.name)
        try:
            made = self.scene.posting.member(record.channel_id, lambda: chat.make_canvas(name, record.channel_id))
        except IntegrationError as error:
            if not error.unknown:
                canvas_off.keep(self.scene, record, replace(making, state=CanvasState.NONE))
            raise
        return canvas_off.keep(self.scene, record, replace(making, state=CanvasState.EMPTY, canvas_id=made))

    def _filled(self, record: Postmortem, kept: KeptCanvas, content: str, digest: str) -> KeptCanvas:
        canvas_id, chat = str(kept.canvas_id), self.scene.chat
        if kept.state is not CanvasState.STANDING:
            chat.let_read(canvas_id, record.channel_id)
        chat.fill_canvas(canvas_id, content)
        link = kept.link or chat.canvas_link(canvas_id)
        now = self.scene.clock.now()
        filled = replace(kept, state=CanvasState.STANDING, digest=digest, permalink=link, since=now, refused=None)
        return canvas_off.keep(self.scene, record, filled, moved=kept.link != link)

    def _swept(self, record: Postmortem, kept: KeptCanvas) -> Outcome | None:
        """After a request whose answer was lost, once it cannot take effect any more: what it left goes."""
        if kept.doubted is None:
            return None
        wait = kept.doubted + kept_canvas.LATE - self.scene.clock.now()
        if wait.total_seconds() > 0:
            return GoOn(wait)
        canvas_off.delete_others(self.scene, record, kept)
        canvas_off.keep(self.scene, record, replace(kept, doubted=None))
        return None

    def _refused(self, record: Postmortem, name: str, why: str) -> Outcome:
        """The file stands in its place. What is old is not left standing; each reason is told once."""
        kept, now = self._kept(record), self.scene.clock.now()
        gone = name == kept_canvas.DELETED or (kept.canvas_id and canvas_off.deleted(self.scene, kept.canvas_id))
        doubted = kept.doubted or (kept.since if kept.state is CanvasState.MAKING else None)
        refused = KeptCanvas(
            record.id, CanvasState.REFUSED, now, canvas_id=None if gone else kept.canvas_id, doubted=doubted,
            deleted=kept.deleted, refused=name,
        )  # fmt: skip
        canvas_off.keep(self.scene, record, refused, moved=kept.link is not None)
        canvas_off.tell(self.scene, record, name, why)
        return Done({"refused": name})
