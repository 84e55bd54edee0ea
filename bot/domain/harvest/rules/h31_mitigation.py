"""H-31: it gets better. A hope ("should recover soon") does not count."""

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import words

_THINGS = (
    r"errors?|error[ -]rates?|latenc(?:y|ies)|traffic|queues?|backlog|load|cpu|memory|alerts?|5\d\ds?|5xx(?:s)?|"
    r"failures?|"
    r"failure rates?|graphs?|metrics|response times?|success rates?|throughput|requests?|timeouts?|lag|replication|"
    r"connections?|everything|things|it|we|site|service|services|api|database|db|cluster|jobs?|processing|numbers|p9\d"
)

_FUTURE_OR_NOT = (
    r"\b(?:should|will|might|may|hopefully|hope|would|could|not|never|\w+n't|waiting|wait|until|ought|"
    r"expect(?:ed|ing)?|"
    r"yet|trying|try|going to|gonna|no sign|isn't|hasn't|haven't)\b"
)

MITIGATED = phrase_rule(
    "H-31",
    "It gets better",
    TimelineKind.mitigation,
    words(
        "flat steady valid volume usual work enabled decreasing slowing tapering online ready",
        "queue queues backlog empty drained clear",
        "recovering recovered recovery recovers recover dropping dropped down improving improved subsiding subsided "
        "stable stabilizing",
        "stabilized stabilised stabilising normalizing clearing cleared mitigated mitigation workaround better "
        "healthy coming back",
        "falling trending green bleeding draining catching caught up normal good again now gone stopped errors "
        "serving working",
    ),
    r"^(?P<all>\d+) (?:of|out of|/) (?P=all)\b|^\d+ (?:of|out of|/) \d+(?: \w+)? (?:up|ready|healthy|back|green)\b",
    r"\bworks? (?:fine |ok )?for me (?:now|again)\b|\bworks? again\b|\b(?:valid|readable|writable|on|enabled) again\b",
    r"(?<=\w )back (?:on|up|in (?:the )?(?:service|pool|rotation|cluster|load "
    r"balancer)|on (?:the )?\w+)(?=[ ,.!;]|$)(?! (?:call|track|topic|it|this|that|monday|tuesday|wednesday|"
    r"thursday|friday)\b)",
    r"(?<=\w )down to \d",
    r"\b(?:is|are|stays|looks) (?:now )?(?:flat|steady)\b(?! out)",
    r"^~?\d[\d.,]* ?(?:%|percent)? and (?:falling|dropping|improving|recovering|shrinking)\b",
    r"\b(?:normal|usual) (?:\w+ )?(?:volumes?|levels?|rates?|load)\b",
    r"\b(?:working|works|serving(?: \w+)?|healthy|online|green|stable|loading|responding|processing|flowing|"
    r"succeeding|up)(?: fine| normally)? (?:again|now)\b",
    r"\b(?:is|are|'s|'re|looks?|we're|it's) (?:now |all |looking )?(?:stable|back|healthy|up(?= on| and|"
    r"$))(?:[,.! ]|$)(?! (?:up plan|"
    r"from lunch|in \d|to you|later|in a))",
    r"\b(?:no (?:more |new )?(?:errors|alerts|failures|5xx|500s|timeouts)|errors (?:are |have )?(?:gone|stopped)|"
    r"5\w\w?s? (?:are |have )?(?:gone|stopped))\b|^(?:all |and )?caught up\b",
    rf"\b(?:{_THINGS})\b(?: \S+){{0,5}}? (?:recover(?:ing|ed|s|y)|dropping|going down|coming down|gone down|"
    rf"came down|come down|went down|"
    r"coming back(?: up| down| online)?|(?:is|are|'s|came|come|comes) back(?: up| down| online)?|improv(?:ing|ed)|"
    r"subsid(?:ing|ed)|stabili[sz](?:ing|ed)|stable|"
    r"normali[sz](?:ing|ed)|clear(?:ing|ed)|trending down|falling|look(?:s|ing)? (?:much |a lot |way )?(?:better|"
    r"healthy|healthier|good|normal)|draining|catching up|caught up|"
    r"drop(?:ped|ping)(?: back| off| to))\b",
    r"\b(?:seeing|see|signs of|full) (?:\w+ )?recover(?:y|ies)\b",
    r"\b(?:is |are |been |now |it's |has been |fully |partially )mitigated\b|^mitigated\b|"
    r"\bmitigation (?:is )?(?:in place|applied|deployed|complete|working)\b",
    r"\b(?:workaround|work-around|fix) (?:is |has been )?(?:now )?(?:in place|working|worked|helped|is holding)\b",
    r"\b(?:calling|consider\w*|call|declaring) (?:it|this) mitigated\b|^work-?around\s*[:=–-]",
    r"\b(?:queues?|backlog) (?:is |are )?(?:now )?(?:empty|drained|clear)\b",
    r"\b(?:reports|complaints|errors|alerts|failures)(?: \w+)? (?:decreasing|slowing|going away|tapering)\b|"
    r"\bcan now (?:access|log|sign|"
    r"connect|use|reach)\b",
    r"\bback online\b|\b(?:nodes?|servers?|hosts?|instances?|pods?|replicas?|brokers?|boxes) (?:are |is )?(?:now "
    r"|all |back )?(?:online|"
    r"up|healthy|ready|in service)\b",
    r"^(?:now |and |already |we're )*(?:back )?(?:down|up) to \d",
    r"\bback to (?:baseline|green|usual|healthy|expected)\b",
    r"\b[a-z][\w-]+ (?:has |have |is )?(?:now |fully |mostly )?recovered\b",
    r"\b(?!that|this|it|lgtm|all)[a-z][\w-]+ (?:looks?|is looking|are looking|seems?) (?:ok|okay|healthy|normal|"
    r"stable|good|fine)\b(?! to me)",
    r"\b(?:bleeding|bleed) (?:has )?stopp",
    r"\b(?:rollback|roll back|revert|restart|failover)(?: \w+){0,3} (?:worked|helped|fixed|did the trick)\b",
    unless=_FUTURE_OR_NOT
    # What is left to be done has not got better yet.
    + r"|\b(?:open|remaining|left to do|still to do|next(?: steps?)?)\s*:"
    + r"|\b(?:break|write|slow|calm|track|site|service|api) (?:\w+ )?(?:is |are |went |going )down\b"
    # Errors that are back have got worse.
    + r"|\b(?:errors?|failures?|timeouts?|5xx|50\dx?s?|outage|problems?|issues?|alerts?)(?: is| are| were|'s|'re| came| come)? back\b"
    r"(?! (?:to |at )?(?:normal|usual|baseline|zero|0|green|under|down|below))",
)

RULES = (MITIGATED,)
