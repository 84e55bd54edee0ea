"""H-28: the incident is over, said as a fact and not as a hope."""

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import words

RESOLVED = phrase_rule(
    "H-28",
    "It is over",
    TimelineKind.resolved,
    words(
        "resolved fixed over clear normal recovered operational green closing marking closed resolving calling "
        "resolve restored closing wrap stand standing"
    ),
    r"\b(?:incident|issue|outage|problem|everything|all|this|it|site|service|services|systems?)(?:'s| is| are| has|"
    r" have| has been| have been| was| looks| look| seems| should)? "
    r"(?:now |fully |all |been |completely |officially |considered )*(?:resolved|back to normal|fully recovered|"
    r"(?<= is )over|(?<='s )over|(?<=incident )over|(?<=outage )over|"
    r"all clear|operational|restored)\b(?! (?:to|the|by|from|a)\b)",
    r"\ball[- ]clear\b",
    r"\ball (?:systems )?(?:are )?green\b",
    r"^(?:(?:status|state)\s*[:→>-]+\s*)?(?:fully )?resolved\b",
    r"\b(?:closing|resolving|closed|resolved) (?:out )?(?:this|the) (?:incident|issue|sev\S*)\b",
    r"\b(?:marking|marked|calling|called|declaring|declared|consider(?:ing)?)(?: \w+){0,3} (?:as )?(?:resolved|over|"
    r"closed|fixed|all clear)\b",
    r"\bback to normal\b(?! (?:levels?|volumes?|rates?|load))",
    r"^(?:k |ok(?:ay)?,? |i'm )?calling it\b(?! (?:a |off))|^(?:it's |its |all )?fixed as of (?:now|\d)",
    r"^(?:(?:and|ok(?:ay)?|right|so|well)[,.]? )*(?:that's|thats|that is|it's) a wrap\b",
    r"\bfully (?:recovered|operational|restored)\b",
    r"^(?:(?:ok(?:ay)?|right|all|everyone)[,.]? )*stand(?:ing)? down"
    r"(?= (?:the (?:p\d|sev\S*|(?:major )?incident)|everyone|everybody|all|folks|team|at \d)\b|[.,!]|\W*$)",
    unless=r"\b(?:not|\w+n't|until|once|when|if|before|will|should|would|might|could|never|yet|almost|nearly|unless|"
    r"hopefully|partially|taking over|waiting)\b",
    first=True,
)

RULES = (RESOLVED,)
