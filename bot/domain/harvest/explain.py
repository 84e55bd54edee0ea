"""Why the harvest made of one message what it made: the same analysis, looked at from that message. Nothing is decided here; what is
told comes out of the functions that decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC

from bot.domain.harvest import analyse, entries, legend, text, told, weighing, wishes
from bot.domain.harvest.analyse import Analysis
from bot.domain.harvest.explanation import Asked, Beside, Explanation, OnScale, Part, Read, Said, Scaled, Verdict
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, Findings, RoleClaim, TimelineFinding, TodoFinding
from bot.domain.harvest.heaviest import Heaviest, settles
from bot.domain.harvest.message import Message
from bot.domain.harvest.note import Note
from bot.domain.harvest.person import Person
from bot.domain.harvest.rule import Finding
from bot.domain.harvest.second_look import with_look
from bot.domain.harvest.trees import Forest
from bot.domain.harvest.weights import Scale, shipped

_ELSEWHERE = (Outcome.joined, Outcome.repeat)


def explain(of: Message, found: Analysis, people: Mapping[str, Person], *, named: bool = True) -> Explanation:
    """`of`: one of the messages that were analysed, talk or not, in its last version. `named`: the words that speak most for it in the
    close reading are named, for which it is read once without each."""
    note, findings = found.ctx.note(of.ts), found.findings
    beside: tuple[Beside, ...] = (*findings.references, *findings.customers, *findings.public_texts)
    return Explanation(
        read=_read(of, note, found, people),
        asked=_asked(note, found) if note else (),
        weighed=(_follow_ups(note, found, named), _timeline(note, found, named)) if note else (),
        verdicts=tuple(_verdict(each, found, people) for each in found.fates if each.finding.ts == of.ts),
        beside=tuple(each for each in beside if each.ts == of.ts),
    )


def _read(of: Message, note: Note | None, found: Analysis, people: Mapping[str, Person]) -> Read:
    return Read(
        message=_said(of, people),
        thread_ts=of.thread_ts if of.is_reply else None,
        subtype=of.subtype,
        talk=note is not None,
        human=note is not None and note.human,
        in_follow_ups=of.ts in found.follow_up,
        in_response=of.ts in found.response,
        lent_to=found.told.lent.get(of.ts),
        bare_times=_bare_times(note, found, people) if note else None,
    )


def _bare_times(note: Note, found: Analysis, people: Mapping[str, Person]) -> str | None:
    """The zone in which the first time without one is read; None where there is none, or it is the same in any."""
    author, where = people.get(note.author or ""), found.ctx.where(note)
    for each in (each for line in note.talk for each in told.times(line.said)):
        own, utc = each.clock.at(note.at, where.own), each.clock.at(note.at, UTC)
        if own != utc and not (each.own or each.clock.halved):
            return "UTC" if where.read(each.clock, note.at) == utc else (author.tz if author else None)
    return None


def _said(of: Message, people: Mapping[str, Person]) -> Said:
    def name(user_id: str, written: str) -> str:
        person = people.get(user_id)
        return person.name if person else text.no_names(user_id, written)

    author = name(of.user_id, of.bot_name or "") if of.user_id else of.bot_name or "an app"
    return Said(of.ts, of.at, of.user_id, author, text.plain(of.text, name))


def _asked(note: Note, found: Analysis) -> tuple[Asked, ...]:
    said = [(rule, each) for rule, each in found.noticed if each.ts == note.message.ts]
    woken = [
        rule for first in (True, False) for rule in analyse.waking(found.rules, first=first).rules(note)
    ]  # a rule that was asked about a neighbour may have found something here
    rules = [*woken, *dict.fromkeys(rule for rule, _ in said if rule not in woken)]
    return tuple(
        Asked(rule.id, rule.title, tuple(sorted(rule.cues_in(note))), tuple(each for by, each in said if by is rule))
        for rule in rules
    )


def _noticed(note: Note, found: Analysis) -> tuple[list[TimelineFinding], list[TodoFinding]]:
    mine = [each for _, each in found.noticed if each.ts == note.message.ts]
    return (
        [each for each in mine if isinstance(each, TimelineFinding)],
        [each for each in mine if isinstance(each, TodoFinding)],
    )


def _follow_ups(note: Note, found: Analysis, named: bool) -> OnScale:
    scale, weighed = wishes.table(found.ctx), found.weighed
    told, guesses = _noticed(note, found)
    unweighed = wishes.unweighed(note, found.ctx, guesses, told)
    lines = [] if unweighed else wishes.lines(note, found.ctx, guesses)
    forest = weighed.twice.of_words(weighed.least) if weighed.twice and any(map(settles, told)) else weighed.twice
    look = weighed.look.follow_up(note, wishes.each_of(lines), len(guesses), forest) if forest else None
    top = max((best.weight for _, best in lines), default=0.0)
    standing = {line.number for line, _ in entries.standing(lines, weighed.least)}
    least = wishes.asked(forest, len(guesses), len(standing)) if forest else weighed.least
    words = weighed.look.most_for(note, "follow_ups") if named and look and look.read is not None else ()
    scaled = tuple(
        _scaled(
            with_look(look, best) if look and best.weight == top else best, scale, least, line.number, forest, words
        )
        for line, best in lines
    )
    if look and look.weight >= least:  # of a list more stand than what weighs most
        scaled = tuple(replace(each, enough=each.line in standing) for each in scaled)
    shift, sure = (0.0, forest.sure) if forest else (weighed.shift, scale.sure)
    return OnScale("follow_ups", unweighed, scaled, least, sure, shift, gate=_gate(forest))


def _timeline(note: Note, found: Analysis, named: bool) -> OnScale:
    scale, noticed, look = shipped("timeline"), _noticed(note, found)[0], found.weighed.look
    forest = weighing.timeline_forest(note, found.ctx, noticed)
    least = weighing.timeline_least(found.ctx, forest, noticed=bool(noticed))
    unweighed = weighing.timeline_unweighed(note, found.ctx, noticed)
    best = None if unweighed else weighing.timeline_heaviest(note, found.ctx, noticed)
    best = best and look.timeline(note, best, len(noticed), forest)
    words = look.most_for(note, "timeline") if named and best and best.read is not None else ()
    scaled = [_scaled(best, scale, least, None, forest, words)] if best else []
    likely = weighing.likeliest(note, best.names, look, found.ctx) if best and scaled[0].enough else None
    sure, less = weighing.timeline_sure(forest), bool(noticed) and forest is None
    return OnScale("timeline", unweighed, tuple(scaled), least, sure, noticed=less, likely=likely, gate=_gate(forest))


def _gate(forest: Forest | None) -> float | None:
    return forest.gate if forest else None


def _scaled(
    best: Heaviest, scale: Scale, least: float, line: int | None, forest: Forest | None, words: Sequence[str]
) -> Scaled:
    """`words`: those that speak most for it in the close reading."""
    parts = [Part(name, legend.label(name), weight) for name, weight in scale.parts(best.names)]
    if best.beside is not None:
        parts.append(Part("~beside", legend.label("~beside"), best.beside))
    if best.read is not None:
        named = ", ".join(f"“{each}”" for each in words) if best.read > 0 else ""
        parts.append(Part("~read", legend.label("~read") + (f"; most for it: {named}" if named else ""), best.read))
    parts.sort(key=lambda part: -abs(part.weight))
    enough = best.weight >= least and (forest is None or best.beside is not None)
    return Scaled(line, best.said, best.weight, scale.start, tuple(parts), enough)


def _verdict(fate: Fate, found: Analysis, people: Mapping[str, Person]) -> Verdict:
    finding, findings = fate.finding, found.findings
    rule = _rule_of(finding, found)
    entry = _entry(fate, found) if isinstance(finding, TimelineFinding) else None
    confidence = entry.confidence if entry and fate.outcome is Outcome.kept else getattr(finding, "confidence", None)
    witness = found.ctx.note(fate.by) if fate.by else None
    return Verdict(
        finding=_standing(fate, findings),
        rule=rule,
        title=legend.title(rule),
        outcome=fate.outcome,
        confidence=confidence if isinstance(confidence, Confidence) else None,
        by=_said(witness.message, people) if witness else None,
        because=fate.rule,
        entry=entry,
        now=isinstance(finding, RoleClaim) and finding in (findings.ic, findings.scribe),
    )


def _standing(fate: Fate, findings: Findings) -> Finding:
    """What was found; of a follow-up that is kept as it stands, with whose it is by what was said later."""
    found = fate.finding
    if not isinstance(found, TodoFinding) or fate.outcome is not Outcome.kept:
        return found
    return next((each for each in findings.todos if (each.ts, each.line) == (found.ts, found.line)), found)


def _rule_of(finding: Finding, found: Analysis) -> str:
    """The rule that found it; a severity does not name it itself."""
    own = getattr(finding, "rule", None)
    return own if isinstance(own, str) else next(rule.id for rule, each in found.noticed if each is finding)


def _entry(fate: Fate, found: Analysis) -> TimelineFinding | None:
    """The line in which something stands, through whatever it was joined to."""
    ts, line = fate.finding.ts, getattr(fate.finding, "line", None)
    own = [each for each in found.findings.timeline if each.ts == ts]
    if fate.outcome is Outcome.kept:
        return next((each for each in own if each.line == line), None)
    if fate.outcome is Outcome.same_message and own:
        return next((each for each in own if each.line == line), own[0])
    if fate.outcome is Outcome.same_message:
        leading = [each for each in found.fates if each.finding.ts == ts and each.outcome in _ELSEWHERE]
        return _entry(leading[0], found) if leading else None
    if fate.outcome not in _ELSEWHERE:
        return None
    there = next((each for each in found.findings.timeline if each.ts == fate.by), None)
    further = [each for each in found.fates if each.finding.ts == fate.by and each.outcome in _ELSEWHERE]
    return there or (_entry(further[0], found) if further else None)
