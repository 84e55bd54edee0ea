"""The timeline in people's hands (R-20, R-21): proposals are kept or dropped, lines are written and changed, and where no data
exists somebody says why. The record is held meanwhile, so that two people never cross."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import errors, evidence, proposals, side_rooms, timeline, writing
from bot.domain.capture import Use
from bot.domain.errors import BadInput, Refused
from bot.domain.harvest import shown
from bot.domain.harvest.finding import TimelineKind
from bot.domain.pointed import Source
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.proposals import Candidate, Key
from bot.domain.timeline import Item
from bot.ports.store import Unit
from bot.usecases import actors, settle_proposals, standing, timeline_changes
from bot.usecases.timeline_changes import Change

OUT = "Somebody took this line out meanwhile. What you typed is still here: copy it, and put the line back first."


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was typed; `at` is aware."""

    at: datetime
    text: str
    kind: TimelineKind
    evidence: tuple[str, ...] = ()
    waiver: str = ""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """How many lines a decision about proposals kept and dropped."""

    kept: int
    dropped: int


class LineChanged(Exception):
    """Somebody else changed this line while the form was open; nothing was saved. `theirs` is the line as it stands."""

    def __init__(self, theirs: Item) -> None:
        super().__init__(theirs.id)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class KeepTimeline:
    """What is in the timeline, decided and written by a person. Each raises `Refused` for somebody who does not write."""

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
        return timeline_changes.item(unit, record, item_id)

    def next_bare(self, unit: Unit, record: Postmortem, after: str | None = None) -> Item | None:
        """The first line without evidence that comes after this one, whatever has become of it meanwhile."""
        every = unit.items.timeline(record.id)
        before = next((timeline.place(item) for item in every if item.id == after), None)
        bare = (item for item in timeline.in_order(every) if item.bare)
        return next((item for item in bare if before is None or timeline.place(item) > before), None)

    def offered(self, unit: Unit, record: Postmortem, item: Item) -> tuple[str, ...]:
        """The addresses in the message of a line and in its thread that may show it, those of the message first; then those in
        messages that people marked as evidence. One graph may show several lines, so what stands beside another line is offered too."""
        found = [*self._around(unit, record, item), *self._marked(unit, record, item)]
        return evidence.offered(found, item.evidence, self.workspace_url)

    @staticmethod
    def _around(unit: Unit, record: Postmortem, item: Item) -> Sequence[str]:
        if not item.ts:
            return ()
        ts, number = side_rooms.place(item.ts)
        others = unit.side_rooms.of(record.id) if number else ()
        channel = item.channel_id or side_rooms.channel_of(item.ts, record.channel_id, others)
        messages = unit.harvests.thread(record.id, channel, side_rooms.place(item.thread_ts or item.ts)[0])
        return [url for own in (True, False) for each in messages if (each.ts == ts) is own for url in shown.by(each)]

    def _marked(self, unit: Unit, record: Postmortem, item: Item) -> tuple[str, ...]:
        """What people marked as evidence anywhere in the channel, the nearest in time first."""
        marked = [
            each.body for each in unit.captures.all(record.id)
            if each.body and Use.EVIDENCE in each.heard.active(self.policy.reactions)
        ]  # fmt: skip
        near = sorted(marked, key=lambda message: abs((message.at - item.at).total_seconds()))
        return tuple(url for message in near for url in shown.by(message))

    def decide(
        self, unit: Unit, record: Postmortem, asked: Collection[Key], kept: Collection[Key], rest: str, by: str, now: datetime
    ) -> Decided:  # fmt: skip
        """Keep or drop what was asked about, and the others as `rest` says. What somebody else decided meanwhile stays as
        they decided."""
        waiting, made = self.candidates(unit, record), list[Item]()
        decided = proposals.chosen(waiting, asked, kept, rest)
        for candidate in waiting:
            keep = decided.get(candidate.key)
            if keep is None or not unit.items.settle(record.id, "timeline", *candidate.key, confirmed=keep):
                continue
            made += proposals.items(
                candidate, record.id, keep=keep, by=by, now=now, new_id=self.new_id, workspace_url=self.workspace_url
            )
        changes = [Change(None, item) for item in _placed(unit, record, made)]
        timeline_changes.save(unit, record, changes, by, now)
        dropped = sum(item.removed for item in made)
        return Decided(len(made) - dropped, dropped)

    def add(
        self, unit: Unit, record: Postmortem, line: Line, by: str, now: datetime, source: Source | None = None,
        *, via: str = "form",
    ) -> Item:  # fmt: skip
        """A line that somebody wrote, or made of the whole message `source`, of which nothing is proposed any more. `via` is
        the door, for the history. Raises BadInput for one without words."""
        item = Item(
            self.new_id(), record.id, line.at, _words(line), line.kind, by, now, evidence=line.evidence,
            waiver=line.waiver.strip(), approximate=line.approximate,
        )  # fmt: skip
        if source:
            settle_proposals.of_message(unit, record, "timeline", source.ts)
            return self._of_message(unit, record, item, source, via)
        return timeline_changes.save(unit, record, [Change(None, item)], by, now, via=via)[0]

    @staticmethod
    def _of_message(unit: Unit, record: Postmortem, item: Item, source: Source, via: str) -> Item:
        """The whole message as one line; one of it that was taken out comes back as this."""
        lines = unit.items.of_message(record.id, source.channel_id, source.ts)
        before = next((each for each in lines if each.removed and each.merged_into is None), None)
        made = replace(
            item, ts=source.ts, thread_ts=source.thread_ts, user_id=source.user_id, channel_id=source.channel_id,
            id=before.id if before else item.id,
        )  # fmt: skip
        return timeline_changes.save(unit, record, [Change(before, made)], item.by, item.saved_at, via=via)[0]

    def change(
        self, unit: Unit, record: Postmortem, item_id: str, seen: int, line: Line, by: str, now: datetime
    ) -> Item:
        """The line as it was typed anew; `seen` is the version that the form showed. Raises BadInput, Refused, LineChanged."""
        before = self.item(unit, record, item_id)
        words = _words(line)
        if before.removed:
            raise Refused(OUT)
        if before.version != seen:
            raise LineChanged(before)
        after = replace(
            before, at=line.at, text=words, kind=line.kind, evidence=line.evidence, waiver=line.waiver.strip(),
            approximate=line.approximate,
        )  # fmt: skip
        return before if after == before else timeline_changes.save(unit, record, [Change(before, after)], by, now)[0]

    def add_evidence(self, unit: Unit, record: Postmortem, item_id: str, urls: str, by: str, now: datetime) -> Item:
        """More addresses beside a line that stands; `urls` are one a line. Raises BadInput and Refused."""
        before = self.item(unit, record, item_id)
        shown = evidence.addresses("\n".join((*before.evidence, urls)), self.workspace_url)
        if before.removed:
            raise Refused(timeline_changes.GONE)
        if shown == before.evidence:
            return before
        return timeline_changes.save(unit, record, [Change(before, replace(before, evidence=shown))], by, now)[0]

    def waive(
        self, unit: Unit, record: Postmortem, chosen: Collection[str] | None, reason: str, by: str, now: datetime
    ) -> int:
        """No data exists for these lines, or for every one that has none: one reason for all of them (R-21). What got evidence
        meanwhile keeps it. Raises BadInput without a reason or a line."""
        if not reason.strip():
            raise errors.bad_input("reason", "Say why there is no data: the reason stands beside each of these lines.")
        if chosen is not None and not chosen:
            raise errors.bad_input("none", "Tick at least one line: the reason stands beside those that are ticked.")
        bare = [item for item in timeline.in_order(unit.items.timeline(record.id)) if item.bare]
        meant = [item for item in bare if chosen is None or item.id in chosen]
        changes = [Change(item, replace(item, waiver=reason.strip())) for item in meant]
        return len(timeline_changes.save(unit, record, changes, by, now))


def _words(line: Line) -> str:
    if not line.text.strip():
        raise BadInput("Say what happened.", reasons=(errors.Reason("text", "Say what happened."),))
    return line.text.strip()


def _placed(unit: Unit, record: Postmortem, made: Sequence[Item]) -> list[Item]:
    """With the channel, where a line comes from another one than the record's own."""
    if not any(side_rooms.place(item.ts or "")[1] for item in made):
        return list(made)
    others, own = unit.side_rooms.of(record.id), record.channel_id
    channels = [side_rooms.channel_of(item.ts or "", own, others) for item in made]
    return [
        replace(item, channel_id="" if channel == own else channel)
        for item, channel in zip(made, channels, strict=True)
    ]
