"""What became of a finding, as a sentence; a table beside the outcomes, so that none is without words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents import harvest_markdown as md
from bot.domain.harvest import legend
from bot.domain.harvest.explanation import Said, Verdict
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import Confidence, TimelineFinding
from bot.domain.harvest.heaviest import Unweighed

CONFIDENCE: Mapping[Confidence, str] = {
    Confidence.A: "A (a convention says so)",
    Confidence.B: "B (sure)",
    Confidence.C: "C (a suggestion)",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.kept: "kept",
    Outcome.too_light: "dropped: it weighs too little, see above",
    Outcome.other_kind: "dropped: the likeliest kind is that of {because}, see above",
    Outcome.outside: "left out: it was said outside of the time of the incident",
    Outcome.a_recording: "left out here: the message shows a recording, which has a place of its own",
    Outcome.follow_up: "left to the follow-ups: {because} found one in the same line",
    Outcome.same_message: "told by the entry that {because} leads: a message is one line of the timeline",
    Outcome.same_line: "told by the follow-up that {because} found in the same line",
    Outcome.joined: "joined, as one thought, to what the same person said just before: {by}",
    Outcome.repeat: "dropped: it repeats {by}",
    Outcome.done: "dropped: it was done, says {by}",
    Outcome.answered: "dropped: it is there already, says {by}",
    Outcome.taken_back: "dropped: it was taken back, by {by}",
    Outcome.taken_on: "told by the follow-up that it takes on: {by}",
    Outcome.said_again: "told by the follow-up that it says over again: {by}",
    Outcome.same_wording: "dropped: the same words are a follow-up already, {by}",
    Outcome.same_address: "dropped: the same recording is shown before, {by}",
    Outcome.same_claim: "dropped: the same role of the same person is told at about the same time, {by}",
    Outcome.other_end: "not the end of the call: a later message ends it, {by}",
}
UNWEIGHED: Mapping[Unweighed, str] = {
    Unweighed.settled: "Nothing was weighed: a convention settles it.",
    Unweighed.topic: "Nothing was weighed: it is the channel's topic.",
    Unweighed.no_words: "Nothing was weighed: it has no words of its author's own.",
    Unweighed.alone: "Nothing was weighed: it is the only message, and a rule noticed it.",
    Unweighed.claimed: "Nothing was weighed: it says who has a role, and no rule noticed anything else.",
    Unweighed.says_nothing: "Nothing was weighed: it is a single word, or none.",
    Unweighed.command: "Nothing was weighed: it is a command to an app.",
    Unweighed.not_approved: "Nothing was weighed: it is a text for customers that nobody has approved.",
    Unweighed.no_customer: "Nothing was weighed: an app tells of a place where no customer is.",
    Unweighed.elsewhere: "Nothing was weighed: it was said on the days around, not in the incident's own talk.",
    Unweighed.an_app: "Nothing was weighed: no person wrote it.",
    Unweighed.found_by_rule: "Nothing was weighed: a rule found a follow-up in it.",
}


def outcome(of: Verdict) -> str:
    """Inert Markdown, a sentence without its dot."""
    by = quoted(of.by) if of.by else "a tick on it" if of.outcome is Outcome.done else "another message"
    because = (
        f"{of.because} ({legend.title(of.because)[:1].lower()}{legend.title(of.because)[1:]})" if of.because else ""
    )
    said = OUTCOMES[of.outcome].format(by=by, because=because)
    return said + _standing(of)


def _standing(of: Verdict) -> str:
    if of.outcome is not Outcome.kept:
        return f"; it stands in the entry of {of.entry.ts}, {_line(of.entry)}" if of.entry else ""
    line = f" as {_line(of.entry)}" if of.entry else ""
    shown = f", shown as found by {of.entry.rule}" if of.entry and of.entry.rule != of.rule else ""
    sure = f", confidence {CONFIDENCE[of.confidence]}" if of.confidence else ""
    return f"{line}{shown}{sure}{', and nobody took the role after that' if of.now else ''}"


def _line(entry: TimelineFinding) -> str:
    return f"“{entry.kind.value.replace('_', ' ')}” at {entry.at:%Y-%m-%d %H:%M:%S} UTC"


def quoted(said: Said, most: int = 120) -> str:
    """A message as it is named beside another one."""
    words = " ".join(said.text.split())
    words = words if len(words) <= most else f"{words[: most - 1]}…"
    return f"{md.inline(said.name)} at {said.at:%H:%M:%S} ({said.ts}): “{md.inline(words)}”"
