"""What is said later of a follow-up by its name: that it is not wanted ("scrap the canary idea", "let's not do the runbook"), or done ("the
alert on the queue is in place"); what is done only later than an hour after stays, to be ticked off. Of several that it could mean it is
the one with which it has most words in common, else the last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.harvest import own_work
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.refusal_words import END, FIRST
from bot.domain.harvest.vocabulary import words

_A = r"(?:(?:the|that|this|my|our|your|an?|any|@?[\w-]+'s) )"
_WHAT = r"(?P<what>[^,.;:!?()–—]{3,70}?)"
_IDEA = r" (?P<idea>idea|plan|one|proposal|suggestion|to-?do|item|point|follow-?up|thing|ticket)"
_WE = r"(?:let's|we|we'll|we're|we are|i'd rather|i'd|i'm|we should|better)"
_LETS = r"(?:(?:let's|we can|we should|please|i'd|i)(?: just)? )?"
_REFUSED = tuple(
    late(FIRST + each, re.I)
    for each in (
        rf"{_LETS}(?:scrap|forget(?: about)?|skip|scratch|ditch|nix) {_A}{_WHAT}(?:{_IDEA})?{END}",
        rf"{_LETS}(?:drop|cancel|strike|withdraw|retract|remove) {_A}{_WHAT}{_IDEA}{END}",
        rf"{_WE} (?:not|won't|will not) (?:going to )?(?:do(?:ing)?|build(?:ing)?|add(?:ing)?|go(?:ing)? with|bother(?:ing)? with) {_A}?"
        rf"{_WHAT}(?:{_IDEA})?{END}",
        rf"(?:(?:we|i think we) (?:don't|do not|won't) (?:really |actually )?need|no (?:need for|point in)) {_A}?{_WHAT}(?:{_IDEA})?{END}",
        rf"{_A}{_WHAT}(?:{_IDEA})? (?:(?:is|are|would be) (?:probably |really |just )*(?:not worth (?:it|doing|the \w+)|"
        r"overkill|out of scope|"
        r"not needed|no longer needed|off the table)|(?:isn't|aren't|is not) (?:really )?(?:worth it|needed|worth doing))"
        rf"(?: any ?more| either)?{END}",
    )
)
_LEAVE = late(rf"^(?:(?:please|then|so|and|just) )*leave {_A}{_WHAT}(?:{_IDEA})?(?: alone| out| be)?[.!]*$", re.I)
_INSIDE = ((Outcome.taken_back, (*_REFUSED[:2], _LEAVE)),)
"""What counts also in the midst of a message: "I like the second much more. Leave the list"."""
_CLAUSE = late(r"[,.;!–—-]\s+")
_NOT_YET = late(r"\b(?:yet|now|today|tonight|until|till|before|without|while|unless|first|again)\b", re.I)
_INSTEAD = late(
    r"\b(?:instead|rather|should|need to|needs to|let's (?!not\b)|i'll|i will|can you|could you|todo)\b|\bbut\b", re.I
)
_THERE = r"(?:done|merged|live|in place|deployed|shipped|rolled out|up|in|finished|added|written)"
_DONE = (
    late(
        rf"{FIRST}(?:btw,? |fyi,? |update:? |and )*{_A}?{_WHAT}(?: is| are|'s)(?: all| already| now| also)* {_THERE}"
        r"(?: too| now| already| btw| as well| today| in prod)*(?=\W*$|[,;:!(–—.]| -| https?:)(?![^,;]*\b(?:when|if|once|tomorrow|soon)\b)",
        re.I,
    ),
    late(
        rf"{FIRST}(?:btw,? |fyi,? |and )*(?:i(?:'ve| have)? |we(?:'ve| have)? )?(?:just |already |now |also )*"
        rf"(?:added|merged|shipped|wrote|written|finished|deployed|built|documented|rotated|set up) {_A}{_WHAT}"
        r"(?: too| now| already| btw| as well| today| in prod)*(?=\W*$|[,;:!(–—.]| -| https?:)",
        re.I,
    ),
    late(
        rf"^{_A}?(?P<what>\w[\w -]{{2,40}}?) (?:updated|merged|deployed|shipped|written|fixed|documented)(?: now| too)?\W*$",
        re.I,
    ),
)
_PAPER = late(
    r"\b(?:tickets?|issues?|card|story|draft|prs?|pull|mr|branch|part|half|most of|some of|[A-Z]{2,10}-\d+)\b", re.I
)
_CUES = words(
    "leave scrap forget skip scratch ditch nix drop cancel strike withdraw retract remove not won't don't need point worth overkill scope",
    "longer table isn't aren't done merged live place deployed shipped rolled up in",
    "updated fixed finished added written wrote built documented rotated set",
)
_DAYS, _SOON, _LONG = 3 * 86_400, 3600, 200


@dataclass(frozen=True, slots=True)
class Named:
    """What became of follow-ups by what was said of them, by `id`, and the messages that say nothing else."""

    of: Mapping[int, tuple[Outcome, Note]]
    only: frozenset[str]

    def of_others(self, todo: TodoFinding) -> frozenset[str]:
        """The messages that mean another follow-up than this one."""
        return frozenset() if id(todo) in self.of else frozenset(each.message.ts for _, each in self.of.values())


def read(found: Sequence[TodoFinding], ctx: Context) -> Named:
    """What later messages say by name of these follow-ups, which are in order."""
    of: dict[int, tuple[Outcome, Note]] = {}
    only = set()
    for answer in _candidates(found, ctx):
        said = answer.talk[0].said
        for how, what, idea, behind in _named(said):
            meant = _meant(what, how, answer, found)
            for each in meant:
                of.setdefault(id(each), (how, answer))
            if meant or idea:
                if how is Outcome.taken_back and not _INSTEAD.search(behind):
                    only.add(answer.message.ts)
                break
    return Named(of, frozenset(only))


def _candidates(found: Sequence[TodoFinding], ctx: Context) -> Iterator[Note]:
    """The short messages from the first follow-up on that may speak of one."""
    first = ctx.note(found[0].ts) if found else None
    for note in ctx.notes[ctx.place(first) :] if first else ():
        if note.human and not _CUES.isdisjoint(note.words) and note.talk and len(note.talk[0].said) <= _LONG:
            yield note


def _named(said: str) -> Iterator[tuple[Outcome, str, bool, str]]:
    """What a message says of what, whether it calls that an idea, and the words behind it."""
    if said.rstrip().endswith("?"):
        return
    for part in (said, *(said[each.end() :] for each in _CLAUSE.finditer(said))):
        for how, wordings in ((Outcome.taken_back, _REFUSED), (Outcome.done, _DONE)) if part is said else _INSIDE:
            for each in wordings:
                hit = each.match(part)
                if hit and not (_NOT_YET if how is Outcome.taken_back else _PAPER).search(hit[0]):
                    yield how, hit["what"], bool(hit.groupdict().get("idea")), part[hit.end() :]


def _meant(what: str, how: Outcome, answer: Note, found: Sequence[TodoFinding]) -> list[TodoFinding]:
    """The follow-up before an answer that some words name, and those behind it that speak of nothing else: "I'll do the alert"."""
    best: TodoFinding | None = None
    most, same, far = 0, [], _SOON if how is Outcome.done else _DAYS
    for each in found:
        at = float(each.ts)
        if at >= float(answer.message.ts) or answer.key[0] - at > far:
            continue
        common = own_work.common(what, each.text)
        enough = common.half_of_first and (how is Outcome.taken_back or common.number > 1 or common.half_of_second)
        if enough and common.number >= most:
            best, most = each, common.number
        if common.all_of_second:
            same.append(each)
    return [best, *(each for each in same if each is not best and float(each.ts) > float(best.ts))] if best else []
