"""The timeline in people's hands (R-20, R-21): proposals are kept or dropped, lines are written, changed, taken out and put
back, and where no data exists somebody says why. The record is held meanwhile, so that two people never cross."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import errors, evidence, proposals, timeline, writing
from bot.domain.errors import BadInput, Refused
from bot.domain.harvest.finding import TimelineKind
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.proposals import Candidate, Key
from bot.domain.timeline import Item
from bot.ports.store import Unit
from bot.usecases import actors, rows, standing

GONE = "This line is not in the timeline any more. Close the form and open the timeline again."


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was typed; `at` is aware."""

    at: datetime
    text: str
    kind: TimelineKind
    evidence: tuple[str, ...] = ()
    waiver: str = ""


class LineChanged(Exception):
    """Somebody else changed this line while the form was open; nothing was saved. `theirs` is the line as it stands."""

    def __init__(self, theirs: Item) -> None:
        super().__init__(theirs.id)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class KeepTimeline:
    """Every change of the timeline by a person. Each raises `Refused` for somebody who does not write."""

    policy: Policy
    workspace_url: str
    new_id: Callable[[], str]

    def record(self, unit: Unit, team_id: str, postmortem_id: str, by: str) -> Postmortem:
        """The record, held, for somebody who writes."""
        record = standing.record_or_refuse(unit, postmortem_id, team_id=team_id)
        writing.check_text(record, actors.actor(unit, record, by, self.policy))
        return record

    def candidates(self, unit: Unit, record: Postmortem) -> tuple[Candidate, ...]:
        """What waits for a yes or no."""
        return proposals.candidates(unit.proposals.load(record.id), unit.items.waiting(record.id, "timeline"))

    def item(self, unit: Unit, record: Postmortem, item_id: str) -> Item:
        """One line, removed ones too. Raises Refused when there is none."""
        found = next((each for each in unit.items.timeline(record.id) if each.id == item_id), None)
        if found is None:
            raise Refused(GONE)
        return found

    def decide(
        self, unit: Unit, record: Postmortem, asked: Collection[Key], kept: Collection[Key], rest: str, by: str, now: datetime
    ) -> int:  # fmt: skip
        """Keep or drop what was asked about, and the others as `rest` says; returns how many were decided. What somebody
        else decided meanwhile stays as they decided."""
        waiting, notes = self.candidates(unit, record), []
        decided = proposals.chosen(waiting, asked, kept, rest)
        for candidate in waiting:
            keep = decided.get(candidate.key)
            if keep is None or not unit.items.settle(record.id, "timeline", *candidate.key, confirmed=keep):
                continue
            made = proposals.items(
                candidate, record.id, keep=keep, by=by, now=now, new_id=self.new_id, workspace_url=self.workspace_url
            )
            for item in made:
                unit.items.put_item(item)
                notes.append(_audit(item, by, now, None, _said(item)))
        unit.ledger.note(*notes)
        self._redraw(unit, record, now)
        return len(decided)

    def add(self, unit: Unit, record: Postmortem, line: Line, by: str, now: datetime) -> Item:
        """A line that somebody wrote. Raises BadInput for one without words."""
        item = Item(
            self.new_id(), record.id, line.at, _words(line), line.kind, by, now, evidence=line.evidence,
            waiver=line.waiver.strip(),
        )  # fmt: skip
        unit.items.put_item(item)
        unit.ledger.note(_audit(item, by, now, None, _said(item)))
        self._redraw(unit, record, now)
        return item

    def change(
        self, unit: Unit, record: Postmortem, item_id: str, seen: int, line: Line, by: str, now: datetime
    ) -> Item:
        """The line as it was typed anew; `seen` is the version that the form showed. Raises BadInput, Refused, LineChanged."""
        before = self.item(unit, record, item_id)
        words = _words(line)
        if before.version != seen:
            raise LineChanged(before)
        after = replace(
            before, at=line.at, text=words, kind=line.kind, evidence=line.evidence, waiver=line.waiver.strip()
        )
        if after == before:
            return before
        saved, note = self._put(unit, before, after, by, now)
        unit.ledger.note(note)
        self._redraw(unit, record, now)
        return saved

    def add_evidence(self, unit: Unit, record: Postmortem, item_id: str, urls: str, by: str, now: datetime) -> Item:
        """More addresses beside a line that stands; `urls` are one a line. Raises BadInput and Refused."""
        before = self.item(unit, record, item_id)
        shown = evidence.addresses("\n".join((*before.evidence, urls)), self.workspace_url)
        if before.removed:
            raise Refused(GONE)
        if shown == before.evidence:
            return before
        saved, note = self._put(unit, before, replace(before, evidence=shown), by, now)
        unit.ledger.note(note)
        self._redraw(unit, record, now)
        return saved

    def remove(self, unit: Unit, record: Postmortem, item_id: str, by: str, now: datetime) -> Item:
        """Take a line out; it can be put back."""
        return self._flag(unit, record, item_id, True, by, now)

    def put_back(self, unit: Unit, record: Postmortem, item_id: str, by: str, now: datetime) -> Item:
        """Undo a removal."""
        return self._flag(unit, record, item_id, False, by, now)

    def waive_rest(self, unit: Unit, record: Postmortem, reason: str, by: str, now: datetime) -> int:
        """No data exists for every line that has none: one reason for all of them (R-21). Raises BadInput without one."""
        if not reason.strip():
            raise errors.bad_input("reason", "Say why there is no data: the reason stands beside each of these lines.")
        bare = [item for item in timeline.in_order(tuple(unit.items.timeline(record.id))) if item.bare]
        notes = [self._put(unit, item, replace(item, waiver=reason.strip()), by, now)[1] for item in bare]
        unit.ledger.note(*notes)
        self._redraw(unit, record, now)
        return len(bare)

    def _flag(self, unit: Unit, record: Postmortem, item_id: str, removed: bool, by: str, now: datetime) -> Item:
        before = self.item(unit, record, item_id)
        if before.removed == removed:
            return before
        saved, note = self._put(unit, before, replace(before, removed=removed), by, now)
        unit.ledger.note(note)
        self._redraw(unit, record, now)
        return saved

    @staticmethod
    def _put(unit: Unit, before: Item, after: Item, by: str, now: datetime) -> tuple[Item, Audit]:
        saved = replace(after, version=before.version + 1, by=by, saved_at=now)
        unit.items.put_item(saved)
        return saved, _audit(saved, by, now, _said(before), _said(saved))

    @staticmethod
    def _redraw(unit: Unit, record: Postmortem, now: datetime) -> None:
        unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))


def _words(line: Line) -> str:
    if not line.text.strip():
        raise BadInput("Say what happened.", reasons=(errors.Reason("text", "Say what happened."),))
    return line.text.strip()


def _audit(item: Item, by: str, now: datetime, old: str | None, new: str | None) -> Audit:
    return Audit(item.postmortem_id, now, by, "timeline", old, new, "form")


def _said(item: Item) -> str:
    """A line as the history keeps it."""
    shown: Mapping[str, object] = {
        "": item.text,
        "evidence: ": " ".join(item.evidence),
        "no data: ": item.waiver,
        "taken out": "" if not item.removed else " ",
    }
    return "; ".join(
        [f"{item.at:%Y-%m-%d %H:%M:%S} UTC", *(f"{name}{value}".strip() for name, value in shown.items() if value)]
    )
