"""H-27: somebody is paged, called in, or asked for help outside."""

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import words

PAGED = phrase_rule(
    "H-27",
    "Somebody is paged or called in",
    TimelineKind.page,
    words(
        "paged paging page pages pinged escalated escalating pulled looped looping called calling opened opening",
        "filed raised created submitted pulling",
    ),
    r"\b(?:paged|paging|i'll page|just paged|going to page|escalated to|escalating to|pulled in|pulling in|looped in|"
    r"looping in) "
    r"(?:@|the |in |our |on|[A-Z]|\w+ (?:on-?call|team|oncall)|\w+-?(?:team|oncall|sre))",
    r"\b(?:got|was|were|been|getting|i'm|is|are) paged\b",
    r"^paging\b",
    r"^(?:(?:please|pls|ok(?:ay)?|@\S+),? )*page (?:@\S+|(?:the |our )?(?:[\w-]+ ){0,2}(?:on-?call|dbas?|sres?|team)\b)",
    r"\bpages (?:the |our )?(?:[\w-]+ ){1,3}?on-?call\b",
    r"\b(?:opened|opening|filed|raised|created|submitted) (?:a |an |another )?(?:\S+ )?(?:support |sev\S* |p1 |"
    r"urgent )?(?:case|ticket) (?:with|to) \w+",
    unless=r"\b(?:should|why|if|would|\w+n't|not|never|home|landing|status|web|login|error|checkout|index) paged?\b|"
    r"\bpaged? (?:views|size|load)",
)

RULES = (PAGED,)
