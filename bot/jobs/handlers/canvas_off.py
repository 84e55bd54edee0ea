"""A canvas goes: there is to be none any more, or what stood in it is not to be read any more (R-63), and Slack keeps what stood in a
canvas earlier."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.documents import canvas
from bot.domain import kept_canvas
from bot.domain.kept_canvas import CanvasState, KeptCanvas
from bot.domain.outgoing import Kind, Row
from bot.domain.postmortem import Postmortem
from bot.domain.topics import Topic
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, Outcome
from bot.jobs.posting import LOOK_BACK
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.usecases import canvas_rows, rows

EMPTIED = "Slack would not have it deleted, so it was emptied; Slack keeps what stood in it: delete it by hand."
STAYS = "Slack would have it neither deleted nor emptied: delete it by hand."


@dataclass(frozen=True, slots=True)
class TakeCanvasAway:
    """Delete it, where it is not to stay."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.reading() as unit:
            record = unit.records.get(row.postmortem_id or "")
            kept = unit.canvases.get(record.id) if record else None
        if record is None:
            return GONE
        stays = self.scene.policy.canvas and not record.restricted
        if kept and kept.may_be_there and (not stays or kept.state is CanvasState.LEAVING):
            self.off(record, kept)
        return Done({"canvas": None})

    def off(self, record: Postmortem, kept: KeptCanvas) -> KeptCanvas:
        """The canvas, and whatever a lost request may have left. Returns what is left of it in Slack."""
        delete_others(self.scene, record, kept)
        gone = KeptCanvas(record.id, CanvasState.NONE, self.scene.clock.now(), deleted=kept.deleted)
        if kept.canvas_id and not deleted(self.scene, kept.canvas_id):
            gone = self._emptied(record, kept, gone)
        return keep(self.scene, record, gone, moved=kept.permalink is not None, going=True)

    def _emptied(self, record: Postmortem, kept: KeptCanvas, gone: KeptCanvas) -> KeptCanvas:
        """One that Slack will not delete is emptied, and a person is told. What must not be read is not given up."""
        canvas_id, why, left = str(kept.canvas_id), EMPTIED, replace(gone, state=CanvasState.EMPTY)
        try:
            self.scene.chat.fill_canvas(canvas_id, canvas.EMPTIED)
            left = replace(left, canvas_id=canvas_id)
        except IntegrationError as error:
            if error.retryable or record.restricted or kept.state is CanvasState.LEAVING:
                raise
            why, left = STAYS, gone
        tell(self.scene, record, f"not_deleted:{canvas_id}", why)
        return left


def deleted(scene: Scene, canvas_id: str) -> bool:
    """Delete it; False where Slack refuses that for good."""
    try:
        scene.chat.delete_canvas(canvas_id)
    except IntegrationError as error:
        if error.retryable:
            raise
        return False
    return True


def delete_others(scene: Scene, record: Postmortem, kept: KeptCanvas) -> None:
    """What requests left that got no answer."""
    asked = kept.state in (CanvasState.MAKING, CanvasState.LEAVING) and kept.canvas_id is None
    since = kept.doubted or (kept.since if asked else None)
    if since is None:
        return
    for found in scene.chat.canvases_called(kept_canvas.title(record.name), since=since - LOOK_BACK):
        if found != kept.canvas_id:
            scene.chat.delete_canvas(found)


def keep(scene: Scene, record: Postmortem, kept: KeptCanvas, *, moved: bool = False, going: bool = False) -> KeptCanvas:
    """Write it down. `moved`: people find another link, or none, from now on. Unless it is `going`, it goes all the same where somebody
    asked for that meanwhile."""
    with scene.store.transaction(PATIENCE) as unit:
        unit.records.get(record.id, lock=True)
        before = unit.canvases.get(record.id)
        if before and before.state is CanvasState.LEAVING and not going:
            kept = replace(kept, state=CanvasState.LEAVING)
        unit.canvases.put(kept)
        if moved:
            canvas_rows.link_moved(unit, record, scene.clock.now())
    return kept


def tell(scene: Scene, record: Postmortem, once: str, why: str) -> None:
    """The owner, or who stands in; once for a reason, however often the document changes."""
    now, to = scene.clock.now(), record.owner or record.roles.ic or record.created_by
    with scene.store.transaction(PATIENCE) as unit:
        note = rows.person_dm(record, to, Topic.TROUBLE, f"{Kind.CANVAS}:{once}", now, what=Kind.CANVAS, reason=why)
        unit.outbox.put(note)
