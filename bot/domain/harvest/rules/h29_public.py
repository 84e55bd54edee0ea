"""H-29: customers are told, on the status page or by any other way; asking for it or drafting it is not it."""

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import words

PUBLISHED = phrase_rule(
    "H-29",
    "Customers are told",
    TimelineKind.public,
    words(
        "posted published site website mastodon social follow followup statuspage status tweeted tweet twitter "
        "customers customer notice announcement public banner"
    ),
    r"\b(?:updated?|post(?:ed|ing)?|publish(?:ed|ing)?|sent|sending|pushed|updating|put|created|opened|"
    r"resolved) (?:\S+ ){0,6}?"
    r"(?:status[ -]?page|statuspage|status\.[\w.]+|status site|public status|twitter|tweet|customer (?:notice|"
    r"notification|comms|e-?mail|update|announcement|communication)|"
    r"public (?:update|notice|statement|message)|in-app banner|banner)",
    r"\b(?:status[ -]?page|statuspage|status site|banner|customer (?:notice|email|comms)|notice|announcement)(?: "
    r"\w+)? (?:is |was |"
    r"has been |now |been |back )*(?:updated|posted|live|up|published|sent|out|set to|created|to (?:green|normal|"
    r"operational))\b",
    r"^(?:posted|published|tweeted|tooted)\W{1,3}(?:https?://|[\"“])",
    r"^(?:follow-?up|update|notice|announcement|statement)(?: is| was| has been)? (?:posted|published|sent)\b",
    r"\btweeted\b|\bstatus ?page (?:now )?(?:says|shows|reads)\b",
    r"\b(?:status ?page|statuspage)(?: \w+)? ?(?:->|→|=>|=|:) ?\w",
    r"\bcustomers (?:have been|were|are being|are) (?:notified|informed|told|e-?mailed)\b",
    r"\b(?:e-?mailed|notified|informed|messaged) (?:\w+ ){0,3}customers\b",
    unless=r"\b(?:should|need to|needs to|can (?:you|someone|we)|could (?:you|someone|we)|please|not|\w+n't|want to|"
    r"before|draft)\b",
    bots=True,
)

RULES = (PUBLISHED,)
