"""H-22, H-23: work that somebody takes on ("I'll write up a ticket tomorrow") or is given ("Bo to update the runbook").
Most "I'll" in an incident are steps taken at once; what counts here leaves something behind."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import followup, phrase, terse
from bot.domain.harvest.finding import Confidence
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note, words_in
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import KEEPING, LASTING, STEP_VERBS, either, words

_LASTING = either(LASTING)
_FILE = (
    r"file|write|write up|draft|document|schedule|follow[ -]?up|log|raise|put together|put up|prepare|set up|add|"
    r"create|open|make|update|look into|dig into|investigate|circle back|reach out|send out|send around|share|"
    r"organi[sz]e|review"
)
_I = (
    r"(?:i'll|i will|i am going to|i'm going to|i'm gonna|im going to|ill|i plan to|i'd like to|i want to|we'll|"
    r"we will|i can|i have to|i need to|i should|i'm planning to|will)"
)
_THING = (
    r"(?:ticket|tickets|jira|issue|bug|story|card|pr|pull request|doc|docs|runbook|wiki|post-?mortem|retro|rfc|"
    r"proposal|alerts?|alarms?|monitors?|monitoring|dashboards?|tests?|scripts?|summary|report|meeting|timeline|"
    r"write-?up|documentation|check|limits?|policy|playbook|safeguards?|automation|rca|email|metrics?)"
)

SIGNS: tuple[followup.Sign, ...] = (
    followup.sign(
        "the author will do something lasting",
        1.5,
        rf"(?:^|[\s,.(])(?:and |so |ok |okay |yes |yeah |sure )*{_I}(?: also| then| definitely| try to| try and|"
        rf" probably| just| still| go ahead and)* (?:{_LASTING})\b",
        "i'll i ill we'll will we i'm im i'd",
    ),
    followup.sign(
        "and that is work of its own",
        0.5,
        rf"\b{_I}(?: \w+){{0,3}}? (?:{_FILE})\b",
        "i'll i ill we'll will we i'm im i'd",
    ),
    followup.sign(
        "a thing that stays",
        1.5,
        rf"\b(?:{_FILE}|have|do|start|get|post|fix|improve|tune|change|send|write)\b(?: \S+){{0,7}}? {_THING}\b",
    ),
    followup.sign(
        "at a later time",
        2.0,
        r"\b(?:tomorrow|later(?: today| this week| on)?|next (?:week|sprint|month|quarter)|on (?:monday|tuesday|"
        r"wednesday|thursday|friday)|this week|after (?:this|the incident|we|things|lunch)|afterwards?|once (?:this|"
        r"we|things|it)|when (?:this is over|things calm|i'm back|i get)|in the morning|eod|by (?:monday|tuesday|"
        r"wednesday|thursday|friday|tomorrow|end of)|at some point|eventually)\b",
        "tomorrow later next monday tuesday wednesday thursday friday week after afterward afterwards once when "
        "morning eod by point eventually",
    ),
    followup.sign(
        "meant for the follow-up",
        1.5,
        r"\b(?:post-?mortem|retro(?:spective)?|rca|follow[- ]?up|action items?|long[- ]term|so (?:this|it|that|"
        r"we) (?:doesn't|don't|won't|never))\b",
        "post postmortem retro retrospective rca follow followup followups action long so",
    ),
)

_NO_NAMES = words(
    "going trying want wants need needs have has had time able unable ready happy used thanks hope hoping like love",
    "back due easier hard easy harder nice good great better best sorry welcome down up free close next similar",
    "related attached here there it this that what how where who which when something nothing anything things",
    "enough way ways plan plans planning supposed meant about access wanted tried glad willing only just not and or",
    "is are was be to reply link moving switching talk talking listen looking look subscribe feel point added",
    "ought according compared prior set order reason chance sure likely important possible impossible necessary useful",
    "interesting interested decided agreed seems appears continue start started begin refuse fail failed failing",
    "learn remember forgot forget allowed nobody i'd lots much more people users customers you i he she they them",
    "us me him her server service request got requests went came come go goes moved we true but were some proposals",
    "i'm would could should will call called connect connection required waiting wait",
)
_NAME = r"@?[\w.'-]{2,40}(?: (?-i:[A-Z])[\w.'-]+)?"
_HOW = (
    r"(?:really |also |still |specifically |both |then |probably |now |kindly |publicly |finally |please |"
    r"properly |actually )*"
)
_GIVEN = late(
    rf"^(?P<who>{_NAME}(?:(?:,? and|,? or| and/or|,| &| /|/)? ?(?:{_NAME})){{0,3}}?):? {_HOW}"
    rf"(?P<link>to|needs? to|will(?: need to)?|should|must|has to|have to|volunteered to|working on|"
    rf"takes? an action to) {_HOW}"
    r"(?:start to |try to |try and |continue to |start |see about )?(?P<verb>[a-z][a-z-]+)\b",
    re.I,
)
_NO_WORK = (
    words(
        "be have has see know say said think hear execute check look wait watch join speak stand take get go come "
        "the a an this",
        "that it us me you my our your his her their prod staging production master main work happen like want need "
        "love not",
        "confirm verify ack know tell let hop jump sleep eat page ping restart monitor report respond decide figure "
        "keep stay",
    )
    | STEP_VERBS
)
_NEVER = words(
    "be have has see say said think a an the this that it us me you my our your his her their not like hear happen "
    "prod",
    "come go join execute staging production master main know want need love",
)
_AT_ONCE = (_NEVER | words("check wait watch stand hop jump page verify eat sleep stay restart")) | STEP_VERBS
_TAKE = words("takes take does do gets owns has")
_LASTING_WORDS = frozenset(word.split("_")[0] for word in LASTING)


_TABLE = followup.table(SIGNS)


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    if note.words.isdisjoint(_LASTING_WORDS):
        return ()
    return followup.find(note, ctx, RULE.id, _TABLE, own=True)


def find_given(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk:
        if _is_shared_out(line.said, note, ctx):
            yield followup.todo(note, line, line.said, ctx, GIVEN.id, confidence=Confidence.B)
            continue
        if _is_no_name(line.said.partition(" ")[0], ctx):
            continue
        found = _GIVEN.match(line.said[:600])
        if found is None or phrase.is_question(line.said):
            continue
        names = _names(found["who"], ctx)
        sure = bool(names) and all(name.startswith("@") or ctx.directory.knows(name) for name in names)
        bare, verb = found["link"].lower() == "to", found["verb"].lower()
        if verb in _NEVER or followup.refusal(line.said[:1000], wording=not (sure and bare)):
            continue
        if verb in (_AT_ONCE if bare else _NO_WORK) and not (sure and ctx.ended_at and note.at >= ctx.ended_at):
            continue
        if sure or (bare and verb in _LASTING_WORDS and names and all(map(_may_be_name, names))):
            yield followup.todo(note, line, line.said, ctx, GIVEN.id, who=names[0])


def _is_shared_out(said: str, note: Note, ctx: Context) -> bool:
    """Whether it gives work to several people, at least half of which is a thing that is kept: "Bo takes the drill, Cy the runbook"."""
    given = () if note.words.isdisjoint(_TAKE) else terse.shared_out(said, note, ctx)
    kept = sum(not KEEPING.isdisjoint(words_in(what)) for what, _ in given)
    return 0 < len(given) <= 2 * kept


def _is_no_name(first: str, ctx: Context) -> bool:
    """Whether a line can name nobody, by how it begins."""
    word = first.rstrip(",:")
    return word.casefold() in _NO_NAMES and not ctx.directory.knows(word)


def _names(written: str, ctx: Context) -> list[str]:
    names = [name.strip() for name in re.split(r",|/|&|\band\b|\bor\b", written) if name.strip()]
    whole = [[name] if ctx.directory.knows(name) or " " not in name else name.split() for name in names]
    parts = [name for group in whole for name in group]
    return parts if len(parts) == len(names) or all(map(ctx.directory.knows, parts)) else []


def _may_be_name(name: str) -> bool:
    word = name.casefold()
    return (
        " " not in word
        and word not in _NO_NAMES
        and not word.endswith(("ing", "ed", "ly", "'s", "'re", "'ve", "n't", "'ll", "'d"))
    )


RULE = Rule("H-22", "The author takes on work", words("i'll i ill we'll will plan going gonna i'm im i'd we"), find)
GIVEN = Rule(
    "H-23",
    "Work given to somebody by name",
    words("to will should must needs need has have working") | _TAKE,
    find_given,
)
RULES = (RULE, GIVEN)
