"""What the harvest found beside what people labelled, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.harvest import analyse, own_work
from bot.domain.harvest.analyse import Options, Window
from bot.domain.harvest.finding import Confidence, Findings, Reference, TodoFinding
from evaluation.channel import Channel

_NEAR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Tally:
    """`right` were found and are there, `wrong` were found and are not, `missed` are there and were not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """1.0 where nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """1.0 where nothing is there."""
        there = self.right + self.missed
        return self.right / there if there else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """Tallies by what was looked for, and the messages behind them: (what, "wrong" or "missed") -> timestamps."""

    tallies: Mapping[str, Tally]
    behind: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def __add__(self, other: Score) -> Score:
        names = dict.fromkeys([*self.tallies, *other.tallies])
        return Score({each: self.tallies.get(each, Tally()) + other.tallies.get(each, Tally()) for each in names})


def options(channel: Channel) -> Options:
    """As the bot would read it: from the start to the end of an incident that somebody declared, follow-ups also after it."""
    return Options(Window(channel.started, channel.ended), declared=True)


def channel(of: Channel) -> Score:
    """One channel, read as the bot reads it."""
    return compare(of, analyse.analyse(of.messages, of.people, options(of)))


def total(channels: Iterable[Channel]) -> Score:
    """All of them together."""
    return sum((channel(each) for each in channels), Score({}))


def compare(of: Channel, found: Findings) -> Score:
    """Findings beside labels."""
    tallies: dict[str, Tally] = {}
    behind: dict[tuple[str, str], tuple[str, ...]] = {}
    _follow_ups(of, found, tallies, behind)
    _timeline(of, found, tallies, behind)
    _details(of, found, tallies, behind)
    _people(of, found, tallies)
    _marks(of, found, tallies, behind)
    return Score(tallies, behind)


def _note(
    what: str,
    there: Counter[str],
    got: Counter[str],
    tallies: dict[str, Tally],
    behind: dict[tuple[str, str], tuple[str, ...]],
) -> None:
    wrong, missed = got - there, there - got
    tallies[what] = Tally((got & there).total(), wrong.total(), missed.total())
    behind[what, "wrong"], behind[what, "missed"] = tuple(wrong.elements()), tuple(missed.elements())


def _follow_ups(
    of: Channel, found: Findings, tallies: dict[str, Tally], behind: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    there = Counter(each.ts for each in of.labels.follow_ups)
    got = Counter(each.ts for each in found.todos)
    for what, ts in of.labels.doubtful:
        if what == "todo" and ts not in there:
            del got[ts]
    _note("follow-ups", there, got, tallies, behind)
    if any(each.again for each in of.labels.follow_ups):
        _wherever(of, found.todos, tallies, behind)
    wanted = {each.ts: each.assignee for each in of.labels.follow_ups if each.assignee is not None}
    sure = Counter(
        each.ts for each in found.todos if each.confidence is not Confidence.C and each.ts in {**there, **got}
    )
    tallies["  those that are sure"] = Tally((sure & there).total(), (sure - there).total())
    hits = [(each.assignee or "") == wanted[each.ts] for each in found.todos if each.ts in wanted]
    tallies["  assignee"] = Tally(sum(hits), len(hits) - sum(hits), len(hits) - sum(hits))


def _wherever(
    of: Channel, found: Sequence[TodoFinding], tallies: dict[str, Tally], behind: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    """Each follow-up once, at whichever of the messages that say it: at the first where it is found there, too. Twice is wrong. Of a
    list that says several over again, what is found must speak of the same."""
    left, there = list(found), list(of.labels.follow_ups)
    said = {each.ts: each.text for each in of.messages}
    lists = {ts for ts, many in Counter(ts for each in there for ts in each.again).items() if many > 1}
    for at_first in (True, False):
        for each in tuple(there):
            for one in left:
                again = one.ts in each.again and (one.ts not in lists or own_work.means(one.whole(), said[each.ts]))
                if one.ts == each.ts if at_first else again:
                    left.remove(one)
                    there.remove(each)
                    break
    doubtful = {ts for what, ts in of.labels.doubtful if what == "todo"} - {each.ts for each in of.labels.follow_ups}
    wrong, missed = tuple(each.ts for each in left if each.ts not in doubtful), tuple(each.ts for each in there)
    tallies["  wherever said"] = Tally(len(of.labels.follow_ups) - len(there), len(wrong), len(missed))
    behind["wherever", "wrong"], behind["wherever", "missed"] = wrong, missed


def _timeline(
    of: Channel, found: Findings, tallies: dict[str, Tally], behind: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    entry_of = {ts: number for number, entry in enumerate(of.labels.timeline) for ts in entry.ts}
    doubtful = {ts for what, ts in of.labels.doubtful if what == "timeline"}
    hit: dict[int, str] = {}
    wrong = []
    for each in found.timeline:
        if each.ts in entry_of:
            hit.setdefault(entry_of[each.ts], each.ts)
        elif each.ts not in doubtful:
            wrong.append(each.ts)
    missed = [entry.ts[0] for number, entry in enumerate(of.labels.timeline) if number not in hit]
    tallies["timeline"] = Tally(len(hit), len(wrong), len(missed))
    behind["timeline", "wrong"], behind["timeline", "missed"] = tuple(wrong), tuple(missed)


def _sure(of: Channel, found: Findings) -> Tally:
    there = {ts for entry in of.labels.timeline for ts in entry.ts}
    doubtful = {ts for what, ts in of.labels.doubtful if what == "timeline"} - there
    sure = [
        each.ts in there for each in found.timeline if each.confidence is not Confidence.C and each.ts not in doubtful
    ]
    return Tally(sum(sure), len(sure) - sum(sure))


def _details(
    of: Channel, found: Findings, tallies: dict[str, Tally], behind: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    """Of the entries that were found: whether the sure ones, the kind and the time are right."""
    tallies["  entries that are sure"] = _sure(of, found)
    entries = {ts: entry for entry in of.labels.timeline for ts in entry.ts}
    pairs = [(entries[each.ts], each) for each in found.timeline if each.ts in entries]
    kinds = [(each.ts, entry.kind == each.kind) for entry, each in pairs]
    times = [(each.ts, abs(each.at - entry.at) <= _NEAR) for entry, each in pairs if entry.at is not None]
    for what, hits in (("  kind", kinds), ("  written time", times)):
        bad = tuple(ts for ts, right in hits if not right)
        tallies[what] = Tally(len(hits) - len(bad), len(bad), len(bad))
        behind[what, "wrong"] = bad


def _people(of: Channel, found: Findings, tallies: dict[str, Tally]) -> None:
    got = {each.user_id for each in found.responders if each.suggested}
    there = of.labels.responders
    tallies["responders"] = Tally(len(got & there), len(got - there - of.labels.silent), len(there - got))
    for role, claim in (("ic", found.ic), ("scribe", found.scribe)):
        last = next((each.user_id for each in reversed(of.labels.roles) if each.role == role), None)
        right = (claim.user_id if claim else None) == last
        tallies[f"{role} of the channel"] = Tally(int(right), int(not right), int(not right))
    held = {(each.role, each.user_id) for each in of.labels.roles}
    claimed = {(str(each.role), each.user_id or "") for each in found.role_claims}
    tallies["role holders"] = Tally(len(held & claimed), len(claimed - held), len(held - claimed))


def _marks(
    of: Channel, found: Findings, tallies: dict[str, Tally], behind: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    shown = {
        "recording": [each.ts for each in found.recordings],
        "query": [each.ts for each in found.queries],
    }
    if of.head.get("results") == "labelled":
        shown["result"] = [each.result_ts for each in found.queries if each.result_ts]
    for what, got in shown.items():
        there = {ts for name, ts, _ in of.labels.marks if name == what}
        _note(what, Counter(there), Counter(dict.fromkeys(got, 1)), tallies, behind)
    _beside(of, found, tallies, behind)


def _beside(
    of: Channel, found: Findings, tallies: dict[str, Tally], behind: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    """What only some channels have labels of: each kind where at least one such label stands."""
    said = {each.ts: each.text for each in of.messages}
    for what in ("customers", "statuspage", "ticket", "pull"):
        there = {ts for name, ts, _ in of.labels.marks if name == what}
        if there:
            _note(what, Counter(there), Counter(_shown(what, found, {ts: said[ts] for ts in there})), tallies, behind)


def _shown(what: str, found: Findings, labelled: Mapping[str, str]) -> set[str]:
    """The messages that are found to hold it; of a ticket or pull request all labelled ones that point at it, else its first mention."""
    if what == "customers":
        return {each.ts for each in found.customers}
    if what == "statuspage":
        return {each.ts for each in found.public_texts}
    shown: set[str] = set()
    for each in found.references:
        if each.kind == what:
            shown |= {ts for ts, said in labelled.items() if _points(said, each)} or {each.ts}
    return shown


def _points(said: str, at: Reference) -> bool:
    return at.text in said or bool(at.url and at.url in said)
