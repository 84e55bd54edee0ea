"""Weighing the signs of a follow-up that nobody marked. Each sentence gets the sum of what speaks for it and against
it; refusals end the matter. What was then done, or taken back, by the people themselves is left out: see settled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.harvest import assignee, phrase, text
from bot.domain.harvest import note as notes
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.vocabulary import LASTING, STEP_VERBS, either, words

THRESHOLD = 3.0
_OWN = "the author will do something lasting"
SUPPORT = frozenset(  # these add to a wish, and are none by themselves
    (
        "the monitoring, the tests, the documents",
        "meant for the follow-up",
        "kept for later",
        "it happens again and again",
        "somebody, not named",
        "a thing that stays",
        "at a later time",
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """One thing that speaks for (or, below zero, against) a follow-up. `opens`: a sentence has to begin with a cue, or with words
    that are politely put before it."""

    name: str
    weight: float
    wording: re.Pattern[str]
    cues: frozenset[str] = frozenset()
    along: frozenset[str] = frozenset()
    opens: bool = False

    def can_be_in(self, said: frozenset[str]) -> bool:
        """Whether a message with these words can have it."""
        return (not self.cues or not self.cues.isdisjoint(said)) and (not self.along or not self.along.isdisjoint(said))


def sign(name: str, weight: float, wording: str, cues: str = "", along: str = "", *, opens: bool = False) -> Sign:
    """`cues`: only a message with one of these words can have the sign (empty: any can), and with one of `along`."""
    return Sign(name, weight, late(wording, re.I), words(cues), words(along), opens)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Signs that are looked for together, and all words by which it is known which of them can be there."""

    signs: tuple[Sign, ...]
    heard: frozenset[str]


def table(signs: tuple[Sign, ...]) -> Table:
    """A table of these signs."""
    return Table(signs, frozenset[str]().union(*(each.cues | each.along for each in signs)))


_BEFORE = words("please also and then")


def opening(said: Iterable[str]) -> str:
    """The first of some words that says something."""
    for word in said:
        if word not in _BEFORE:
            return word
    return ""


AGAINST: tuple[Sign, ...] = (
    sign(
        "at once",
        -1.5,
        r"\b(?:(?<!from )now|immediately|asap|rn|atm|in the meantime|meanwhile|for now|real quick|right away|"
        r"before we|before (?:doing|rolling|deploying)|first)\b",
    ),
    sign(
        "a step of the response",
        -2.0,
        rf"\b(?:should|need to|needs to|i'll|i will|let's|lets|could|must|have to|going to|"
        rf"we'll)(?: (?:also|just|really|probably|maybe|then|still|first|now|quickly|all|try to|be able to|"
        rf"definitely|go "
        rf"ahead and|at least|want to|have to|need to)){{0,2}} (?:{either(STEP_VERBS - LASTING)}|check|wait|"
        rf"figure out|find out|see if|try|confirm|verify|"
        rf"hear|know|get (?:someone|somebody|@)|page|call|ask)\b",
        "should need needs i'll i will let's lets could must have going we'll",
    ),
    sign(
        "the status page or an update",
        -3.0,
        r"\b(?:status ?page|an update|update in|updates? (?:here|every)|next update|customers? know|"
        r"announce(?:ment)?|the (?:call|bridge|zoom))\b",
    ),
    sign(
        "a vendor's ticket",
        -2.0,
        r"\b(?:ticket|case|issue) (?:with|to) (?:aws|gcp|google|azure|support|the vendor|cloudflare|fastly|[A-Z]\w+)",
        "ticket case issue",
    ),
    sign(
        "to undo or mend at once",
        -1.5,
        r"\b(?:revert|hotfix|roll(?:ing)? ?back(?! (?:command|script|procedure|steps?|button|plan|docs?))|"
        r"disabl(?:e|ing)|unblock)\b",
    ),
)
_REFUSED = late(
    r"\b(?:should (?:now |already |all |also |just |be |probably |only |still )*(?:be (?:able|back|fine|ok|okay|good|"
    r"up|fixed (?:now|soon|in)|working|done|"
    r"resolved|live|there|available|seeing|noted|safe|clear|enough|the same|easy|possible|in (?:place|sync)|getting|"
    r"coming|recover\w*|visible|ready|better|sufficient)|"
    r"work|recover|resolve itself|come|help|return|show|clear|drop|stabili[sz]e|propagate|pick (?:it )?up|"
    r"take (?:about|around|effect|a few|\d)|suffice|do it|"
    r"see (?:it|the|a|an|some|recovery|improvement)|have (?:been|caught|gone|seen|had|done|known|worked|gotten|"
    r"recovered)|go (?:down|away|back)|finish|kick in)"
    r"|should've|could(?:'ve| have)|would(?:'ve| have)|needed to be|shouldn't|wouldn't|"
    r"(?:don't|do not|didn't|doesn't|no|not|won't|never) (?:\w+ ){0,2}?(?:need|have|want|think)(?:s)? (?:we )?(?:to|"
    r"should|need)|no need|"
    r"(?:not sure|unsure|wonder(?:ing)?|unless) (?:\w+ ){0,2}?(?:if |we |i )?|whether (?:we|i|to|or|you)\b|do we "
    r"(?:need|want|have)|"
    r"if (?:we|you|i|they|it|someone) (?:should|need|want|could|have)|if you(?:'d| would)? (?:want|like)|should (?:i|"
    r"you)\b|"
    r"you (?:should|need to|must|could|can|might want|may want|have to|want to|don't|will need)|"
    r"already (?:\w+ ){0,2}?(?:filed|created|opened|done|added|fixed|have|has|exists?|being|in progress|tracked|"
    r"documented)|"
    r"(?:just|i've|we've|i have|have) (?:\w+ )?(?:filed|created|opened|added|done|made|written|documented)|"
    r"as (?:i|we) (?:said|should)|(?:do|have|hold) (?:a|the|our) (?:retro(?:spective)?|post-?mortem)|"
    r"follow(?:ing)?[- ]?ups? (?:in|on) (?:slack|here|the thread|thread|this (?:channel|thread)|dm)|how (?:should|"
    r"could|can|do)|what (?:should|could|can)|who (?:should|can)|where should|which should|when should)\b",
    re.I,
)
_PRIVATE = late(
    r"\b(?:lunch|dinner|breakfast|bed|sleep|kids?|school|doctor|dentist|gym|train|flight|airport|coffee|bathroom|afk|"
    r"brb|bbl|step away|head out|"
    r"drop off|log off|sign off|eat|food|beers?|drinks?|weekend|holidays?|vacation|pto|cake|pizza|party|birthday|dog|"
    r"cat|wife|husband|shower|commute|"
    r"my (?:laptop|car|house|home|flight|shift|mom|son|daughter|partner)|out of office|ooo)\b",
    re.I,
)
_SENTENCE = late(r"(?<=[.!?;])\s+|\s+(?:[–—]|--|-)\s+")
_DONE_HERE = late(
    r"\b(?:done|filed|created|opened|added|merged|fixed)\b\s*(?::|as|in|here|at|it|,)?\s*(?:#\d+|[A-Z]{2,10}-\d+|"
    r"https?://)|[-–—,(]\s*(?:done|already done)\b|✅|:white_check_mark:|:heavy_check_mark:",
)


_NONE = late(r":\s*(?:none|nothing|n/?a|nil|tbd|tba)\W*$", re.I)


def done_here(said: str) -> bool:
    """Whether a line says that what it wishes for is done, or nothing."""
    return bool(_DONE_HERE.search(said[:1500]) or _NONE.search(said[:1500]))


def refusal(said: str, *, wording: bool = True) -> bool:
    """Whether the words rule out a follow-up, whatever else they hold. `wording`: by the way they wish for it, too."""
    return bool((wording and _REFUSED.search(said)) or _PRIVATE.search(said) or _DONE_HERE.search(said))


def signs(said: str, note: Note, table: Iterable[Sign]) -> Iterator[str]:
    """The names of the signs in a sentence, those against it too."""
    said = said[:1500]
    for each in (*table, *AGAINST):
        if each.can_be_in(note.words) and each.wording.search(said):
            yield f"~sign: {each.name}"
    for name, wording in REFUSALS:
        if wording.search(said):
            yield f"~sign: {name}"


REFUSALS = (
    ("an expectation, a question or a denial", _REFUSED),
    ("something private", _PRIVATE),
    ("done in the same breath", _DONE_HERE),
)


def find(
    note: Note,
    ctx: Context,
    rule: str,
    table: Table,
    *,
    own: bool = False,
    asks: frozenset[str] = frozenset(),
) -> Iterator[TodoFinding]:
    """One follow-up at most for each line: its first sentence whose signs reach the threshold. `asks`: the signs
    that may be questions."""
    signs = _possible(table, table.heard & note.words)
    least = THRESHOLD - _bonus(note, ctx)
    if sum(each.weight for each in signs) < least or (own and not any(each.name == _OWN for each in signs)):
        return
    for line in (each for each in note.talk if not each.ticked):
        for said in _sentences(line.said[:1500], note):
            hits = _hits(said, table, least) if len(said) > 8 else []
            if all(each.name in SUPPORT for each in hits) or refusal(said) or _DONE_HERE.search(line.said[:1500]):
                continue
            if phrase.is_question(said) and not any(each.name in asks for each in hits):
                continue
            if _worth(note, ctx, said, hits, own=own) >= THRESHOLD:
                yield todo(note, line, said, ctx, rule)
                break


@lru_cache(maxsize=4096)
def _possible(table: Table, heard: frozenset[str]) -> tuple[Sign, ...]:
    return tuple(sorted((each for each in table.signs if each.can_be_in(heard)), key=lambda each: -each.weight))


def _hits(said: str, table: Table, least: float) -> list[Sign]:
    """The signs in a sentence, of which the heaviest come first; none where all that are left to look for could not make it enough."""
    signs = _possible(table, table.heard & notes.words_in(said))
    left = sum(each.weight for each in signs)
    found: list[Sign] = []
    for each in signs:
        if left < least:
            return []
        if each.wording.search(said):
            found.append(each)
        else:
            left -= each.weight
    return found if left >= least else []


def _sentences(said: str, note: Note) -> list[str]:
    """The sentences of a line; the dot of somebody's name ("Ana B.") ends none."""
    parts = _SENTENCE.split(said)[:20]
    dotted = [f"@{name}" for name in note.mentions if name.endswith((".", "!", "?"))] if "@" in said else []
    for place in range(len(parts) - 2, -1, -1):
        if parts[place].endswith(tuple(dotted)):
            parts[place : place + 2] = [f"{parts[place]} {parts[place + 1]}"]
    return parts


def _worth(note: Note, ctx: Context, said: str, hits: Iterable[Sign], *, own: bool) -> float:
    total = sum(each.weight for each in hits) + sum(each.weight for each in AGAINST if each.wording.search(said))
    if own and not any(each.name == _OWN for each in hits):
        return 0.0
    return total + _bonus(note, ctx)


def _bonus(note: Note, ctx: Context) -> float:
    """What is said afterwards, or in a thread, is more likely meant for later."""
    after = ctx.ended_at is not None and note.at >= ctx.ended_at
    return (1.0 if after else 0.0) + (0.5 if note.message.is_reply else 0.0)


def todo(note: Note, line: text.Line, said: str, ctx: Context, rule: str, *, who: str | None = None, confidence: Confidence = Confidence.C,
) -> TodoFinding:  # fmt: skip
    said = said.strip()
    return TodoFinding(
        ts=note.message.ts,
        thread_ts=note.message.thread_ts if note.message.is_reply else None,
        line=line.number,
        user_id=note.author,
        text=text.clip(line.as_typed(said)),
        detail="" if said == line.said else text.clip(line.text),
        assignee=assignee.of(said, who, note, ctx),
        rule=rule,
        confidence=confidence,
    )
