"""What changed, on its way to those who watch (R-08); and the lines of the timeline, on their way to who wrote them (X-8)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.blocks import lines_dm, watch_dm
from bot.domain import watching
from bot.domain.outgoing import Row
from bot.domain.postmortem import Audit
from bot.domain.status import Status
from bot.domain.watching import Watcher
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.chat import Drawing
from bot.ports.errors import IntegrationError
from bot.usecases import visibility


@dataclass(frozen=True, slots=True)
class TellWatcher:
    """Everything since the last message in one; nobody who may not see it any more is told, and Closed is the end."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, user = self.scene.overview(row), str(row.payload["user"])
        if overview is None:
            return GONE
        record = overview.postmortem
        with self.scene.store.reading() as unit:
            watcher = next((each for each in unit.watchers.all(record.id) if each.user_id == user), None)
            entries = watching.untold(watcher, unit.ledger.history(record.id)) if watcher else ()
            sees = visibility.may_see(unit, record, user)
        if watcher is None:
            return Obsolete("this person does not watch any more")
        if not sees:
            self._keep(watcher, (), ends=True)
            return Obsolete("this person may not see it any more")
        try:
            ts = self._tell(row, user, watcher, watch_dm.draw(overview, entries)) if entries else ""
        except IntegrationError as error:
            if error.retryable:
                raise
            self._keep(watcher, (), ends=True)
            return Obsolete(f"this person cannot be written to any more: {error.name}")
        self._keep(watcher, entries, ends=record.status is Status.CLOSED)
        return Done({"ts": ts})

    def _tell(self, row: Row, user: str, watcher: Watcher, drawing: Drawing) -> str:
        """One message for what follows the last one: where an answer was lost it is found, and says what it should now."""
        this, room = replace(row, key=f"{row.key}:{watcher.at.isoformat()}"), self.scene.chat.open_dm(user)
        earlier = self.scene.posting.earlier(this, room)
        if earlier is None:
            return self.scene.chat.post(room, drawing, mark=this.key)
        self.scene.chat.update(room, earlier, drawing)
        return earlier

    def _keep(self, watcher: Watcher, entries: tuple[Audit, ...], *, ends: bool) -> None:
        """Up to when they were told; somebody who ended it meanwhile is not brought back."""
        with self.scene.store.transaction(PATIENCE) as unit:
            watches = any(each.user_id == watcher.user_id for each in unit.watchers.all(watcher.postmortem_id))
            if ends:
                unit.watchers.remove(watcher.postmortem_id, watcher.user_id)
            elif entries and watches:
                unit.watchers.put(replace(watcher, at=max(entry.at for entry in entries)))


@dataclass(frozen=True, slots=True)
class AskAboutLines:
    """One person's lines, drawn anew when they answered or were asked once more."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, user, since = self.scene.overview(row), str(row.payload["user"]), str(row.payload["since"])
        if overview is None:
            return GONE
        record, name = overview.postmortem, f"lines_dm:{user}:{since}"
        with self.scene.store.reading() as unit:
            told = unit.posts.get(record.id, name) is not None
            sees = visibility.may_see(unit, record, user)
        check = next((each for each in overview.life.checks if each.user_id == user), None)
        if not told and (not sees or check is None or check.asked_at.isoformat() != since):
            return Obsolete("this person is not to be asked any more")
        drawing = lines_dm.draw(overview, check, user, since) if sees else lines_dm.hidden()
        room = self.scene.chat.open_dm(user)
        ts, _ = self.scene.posting.in_place(row, name, room, drawing)
        return Done({"channel": room, "ts": ts})
