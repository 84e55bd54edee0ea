"""Short lines that are of one kind whatever stands around them: "db is down", "rollback finished", "page @bo please", "all green". A
few words are too little for weights, which then go by what the conversation is at."""

from __future__ import annotations

import re

from bot.domain.harvest import phrase
from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Note

_MOST = 60  # letters
_LEAD = r"(?:(?:and|ok(?:ay)?|so|now|yes|yep|alright|right|well|hey|hi all|update)[,:]? |(?:no|nope)[,.!] )*"
_END = r"(?: (?:now|again|then|already|everyone|all|guys|folks|please|pls))*[\s.!…🎉✅👍]*(?::[\w+-]+:\s*)*$"
_GONE = r"(?:errors?|failures?|timeouts?|5xx|[45]\d\dx?s?|alerts?)"
_SINCE_WHEN = (
    r"(?:(?:about|around|roughly|maybe|some|~) ?)?(?:\d{1,3}|an?|a few|half an?|a couple of|ten|five|two) ?"
    r"(?:m|mins?|minutes?|h|hrs?|hours?)"
)
_STEPS = r"(?:roll-?back|revert|restart|reboot|fail-?over|deploy(?:ment)?|redeploy|fix|hot-?fix|restore|rebuild|rollout|migration|patch)"
_WRONG = r"(?:errors?|failures?|timeouts?|5xx|[45]\d\dx?s?|outage|impact|problems?|issues?|incident|alerts?)"
_DONE = r"(?:done|finished|completed?|out|live)"
_DOWN = r"(?:down|dead|offline|unreachable|unavailable|broken|failing|not responding|unresponsive)"
_PAGE = (
    r"(?:the )?first page(?: (?:sent|out|went out))?"
    r"|(?:(?:please|pls|can you|could you|can someone|someone|somebody) |@\S+,? )*(?:page|paged|paging) (?:@\S+"
    r"|(?:the |our )?(?:[\w-]+ ){0,2}(?:on-?call|dbas?|sres?|team))(?: for \w+)?"
)
_LEVEL = r"(?:sev|p|prio)[- ]?[0-5]"
_SEVERITY = (
    r"(?:i'm |we're |i am |we are )?(?:reduc|rais|lower|bump|dropp|upgrad|downgrad|mov|go)ing(?: it| this)? (?:up |down |back )*"
    rf"to (?:a )?{_LEVEL}|{_LEVEL} from now(?: on)?|(?:(?:back |up |down )+to ){_LEVEL}"
)
_THING = rf"(?!(?:{_WRONG}|go)\b)[\w./-]+"
_BETTER = (
    r"\b(?:no|not|fewer|less|none|any|gone|gone away|drop\w*|down|fall\w*|fell|recover\w*|clear\w*|decreas\w*|improv\w*|slow\w*|stop\w*|"
    r"better|lower|first|resolved|dashboard|graph|old|last|from)\b"
)
_SEEN = (
    rf"(?:the |our )?[\w./-]+(?: [\w./-]+)? (?:is|are|went) (?:completely |all |totally )?{_DOWN}"
    rf"|(?:(?:it's|it is|they're|{_THING}(?: {_THING})?(?: is| are| went)?) )?(?:{_DOWN}|gone) again"
    rf"|(?!no )(?:the |our )?(?:[\w/-]+ )?{_WRONG} (?:(?:is|are|were|came|come)(?: all)? back|again)"
    r"|(?!.*\b(?:nothing|none|nobody|no)\b)(?:the |our )?[\w./-]+(?: [\w./-]+)? (?:crashed|died|fell over|keeps? crashing)"
    r"(?: again)?"
    rf"|(?!.*{_BETTER})(?:also |still |i'm |we're |we are |i am )*(?:seeing|getting|noticing) (?:[\w/-]+ ){{0,3}}"
    rf"{_WRONG}(?: [\w/-]+){{0,5}}"
    r"|nothing works(?: any ?more)?|(?:all |the |our )?log-?ins? (?:fails?|hangs?|times? out)"
)
_KINDS = tuple(
    (kind, late(rf"^{_LEAD}(?:{wording}){_END}", re.I))
    for kind, wording in (
        (TimelineKind.page, _PAGE),
        (TimelineKind.severity_change, _SEVERITY),
        (TimelineKind.action, rf"(?:the |our )?(?:[\w/-]+ )?{_STEPS}(?: is| has| has been|'s)? {_DONE}"
                              r"|(?!.* ago\b)(?:it's |it is )?(?:running|started|kicked off|under ?way)(?: now)?"
                              r"(?:,? (?:my guess is|eta|should (?:be|take)|takes|will take|about|maybe|~) ?.{1,24})?"
                              r"|(?:i'm |we're |we are |i am )?rolling (?:it |that |this )?back|(?:rolled|reverted) back|reverted"),
        (TimelineKind.resolved, r"(?:all|everything)(?: systems)?(?:'s| is| are)? green|all clear|resolved|all good(?: on all sides)?"),
        (TimelineKind.mitigation, r"(?:we|it|they|(?:the )?(?:site|service|api|db|database|app))(?:'s|'re| is| are) back(?: up| online)?"
                                  r"|recovered|(?:it|things|service) (?:has |have )?recovered"
                                  r"|(?:(?:the )?(?:incident|issue|impact|outage|problem)|it|this)"
                                  r"(?:'s| is| has been) (?:now |fully )*mitigated"
                                  rf"|(?!.*\bagain\b)(?:(?:all|the|our) )*(?!no |not |hardly )(?:[\w/-]+ )?{_GONE}"
                                  r"(?: are| is| have| has|'re|'s)*(?: all| now)* (?:gone|cleared|disappeared)"),
        (TimelineKind.impact_start, rf"(?:the )?(?:first )?(?:[\w/-]+ )?{_WRONG} (?:began|begins?|start(?:s|ed)?)"
                                    rf"|(?:(?:it|this|that|(?:the )?(?:[\w/-]+ )?{_WRONG})(?: all)? )?(?:started|began) {_SINCE_WHEN} ago"),
        (TimelineKind.detection, _SEEN),
    )
)  # fmt: skip
# What a line with its time says in a word or two, as who keeps a timeline does.
_NOTED = (
    (
        TimelineKind.impact_start,
        late(
            rf"^(?:the )?(?:very )?first (?:(?:[\w/-]+ )?{_WRONG}|(?:slow|failed|failing|declined|rejected|broken) [\w/ -]+)$",
            re.I,
        ),
    ),
    (
        TimelineKind.action,
        late(
            rf"^(?:[\w/-]+ ){{0,2}}(?:{_STEPS}|(?:re)?started|stopped|paused|done|finished|deployed|drained|disabled|enabled|rolled back)$",
            re.I,
        ),
    ),
)


def kind(note: Note) -> TimelineKind | None:
    """The kind of a message of a few words; None where they leave it open."""
    lines = note.talk
    return of(phrase.untimed(lines[0].said, note)) if note.human and len(lines) == 1 else None


def noted(said: str) -> TimelineKind | None:
    """The kind of a few words that somebody wrote behind a time."""
    return of(said) or next((kind for kind, wording in _NOTED if wording.match(said)), None)


def of(said: str) -> TimelineKind | None:
    """The kind of a few words."""
    if len(said) > _MOST:
        return None
    return next((kind for kind, wording in _KINDS if wording.match(said)), None)
