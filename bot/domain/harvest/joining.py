"""Entries of the timeline that are one thought, joined; with what the same person says and shows right before and after them, with nobody
in between."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.harvest import one_thought, text
from bot.domain.harvest.finding import TimelineFinding, TimelineKind
from bot.domain.harvest.note import Context, Note

_GAP = 120.0
_LONGEST = 6

_Room = tuple[str, str]


@dataclass(slots=True)
class _Open:
    """An entry that can go on: its last note, its place, its length."""

    last: Note
    place: int
    length: int = 1


@dataclass(slots=True)
class Joined:
    """`done` are the entries; `into` those that went into another one (ts and line, with the other's ts), `lent` the messages that are
    none but belong to one (ts, with the entry's ts)."""

    done: list[TimelineFinding] = field(default_factory=list)
    into: dict[tuple[str, int], str] = field(default_factory=dict)
    lent: dict[str, str] = field(default_factory=dict)
    _open: dict[_Room, _Open] = field(default_factory=dict)
    _shown: dict[_Room, list[Note]] = field(default_factory=dict)  # by one person, for what they say next

    def pass_over(self, note: Note, before: _Open | None, *, wanted: bool) -> None:
        """Takes in a message that is no entry. `wanted`: it is a follow-up."""
        room = _room(note)
        shows = one_thought.only_shows(note)
        if before and not wanted and (shows or one_thought.goes_on(note)):
            self._lend(note, before, says=not shows)
        elif not before:
            self._open.pop(room, None)
        shown = [each for each in self._shown.pop(room, []) if each.author == note.author]
        if not before and (shows or shown):
            self._shown[room] = [*shown, note] if shows else shown

    def take(self, note: Note, found: Sequence[TimelineFinding], before: _Open | None, ctx: Context) -> None:
        """Takes in the entries of a message."""
        if before and self._goes_on(note, found, before, ctx):
            entry = self.done[before.place]
            self.into[found[0].ts, found[0].line] = entry.ts
            shows = one_thought.only_shows(note)
            self.done[before.place] = _with_evidence(entry, note.evidence) if shows else _merge(entry, found[0])
            before.last, before.length = note, before.length + 1
            return
        self.done.extend(found)
        room, opened = _room(note), _Open(note, len(self.done) - 1)
        self._open.pop(room, None)
        shown = self._shown.pop(room, [])
        if note.human and len(found) == 1:
            self._open[room] = opened
            for each in shown:
                if _near(each, note):
                    self._lend(each, opened, says=False)

    def before(self, note: Note) -> _Open | None:
        """The entry that a message can go on with."""
        opened = self._open.get(_room(note))
        return opened if opened and note.human and _near(opened.last, note) else None

    def _goes_on(self, note: Note, found: Sequence[TimelineFinding], before: _Open, ctx: Context) -> bool:
        """A line that says who has a role from now on is one by itself."""
        if len(found) > 1 or before.length >= _LONGEST or {note.message.ts, before.last.message.ts} & ctx.claimed:
            return False
        if one_thought.only_shows(note) and found[0].rule not in one_thought.BY_HAND:
            return True
        return one_thought.is_one(self.done[before.place], found[0], shows=one_thought.only_shows(before.last))

    def _lend(self, note: Note, to: _Open, *, says: bool) -> None:
        entry = _with_evidence(self.done[to.place], note.evidence)
        self.done[to.place] = replace(entry, text=text.clip(f"{entry.text}\n{note.plain}")) if says else entry
        self.lent[note.message.ts] = entry.ts


def joined(entries: Mapping[str, Sequence[TimelineFinding]], wanted: Collection[str], ctx: Context) -> Joined:
    """The entries of each message (ts), joined; `wanted` are the messages that are follow-ups."""
    result = Joined()
    for note in ctx.notes:
        found = entries.get(note.message.ts)
        if found:
            result.take(note, found, result.before(note), ctx)
        elif note.human:
            result.pass_over(note, result.before(note), wanted=note.message.ts in wanted)
    return result


def _room(note: Note) -> _Room:
    return note.message.channel_id, note.room


def _near(before: Note, note: Note) -> bool:
    return before.author == note.author and (note.at - before.at).total_seconds() <= _GAP


def _merge(first: TimelineFinding, second: TimelineFinding) -> TimelineFinding:
    lead = second if first.kind is TimelineKind.other else first
    more = "" if one_thought.says_again(first, second) else f"\n{second.text}"
    return replace(
        _with_evidence(first, second.evidence),
        kind=lead.kind,
        rule=lead.rule,
        text=text.clip(f"{first.text}{more}"),
        confidence=min(first.confidence, second.confidence),
    )


def _with_evidence(entry: TimelineFinding, more: tuple[str, ...]) -> TimelineFinding:
    return replace(entry, evidence=tuple(dict.fromkeys((*entry.evidence, *more))))
