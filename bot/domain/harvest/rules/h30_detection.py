"""H-30: something is seen to be wrong, by the people of the channel or by those who told them."""

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import words

_GONE_BAD = (
    r"down|unavailable|unreachable|failing|broken|degraded|timing out|erroring(?: out)?|stuck|hung|hanging|crashing|"
    r"crash[- ]?looping|not responding|unresponsive|offline|throwing (?:errors|5\d\ds?|5xx)|not (?:working|loading|"
    r"processing)|"
    r"returning (?:errors|5\d\ds?|5xx)|overloaded|saturated|maxed out|full|backing up|backed up|very slow|"
    r"really slow|dead"
)

DETECTED = phrase_rule(
    "H-30",
    "Something is seen to be wrong",
    TimelineKind.detection,
    words(
        "degraded impaired affected affecting complaints slowly detected observed intermittent increased elevated",
        "seeing getting experiencing observing noticing noticed see saw reporting reports reported complaining down "
        "unavailable",
        "unreachable failing broken degraded timing erroring stuck hung hanging crashing crashlooping crash offline "
        "overloaded",
        "firing fired triggered spike spiking spiked unresponsive responding elevated alert alerts alarm alarms slow "
        "unable answer respond anyone give gives returned centre center full fails failed hung",
        "nobody none can't cannot outage saturated maxed backing backed returning throwing dead loading reporting",
    ),
    r"\b(?:seeing|getting|experiencing|observing|noticed|noticing|see|saw|have) (?:\S+ ){0,4}?(?:errors?|5\d\ds?|"
    r"5xx(?:s)?|timeouts?|"
    r"failures?|exceptions?|latency|alerts?|spikes?|reports|complaints|pages|outage|drops?|degradation|slowness|slow|"
    r"packet loss|lag|issues)\b",
    rf"\b(?:is|are|'s|'re|seems?(?: to be)?|appears?(?: to be)?|looks?|went|gone|has been|have been|keeps?) (?:all |"
    rf"still |now |currently |completely |"
    rf"partially |mostly |just )?(?:{_GONE_BAD})(?! to\b)",
    r"\b(?:customers?|users?|people|clients|merchants|folks|support)(?: \w+){0,2} (?:are |is |have |"
    r"has )?(?:reporting|reported|complain\w*|"
    r"seeing|unable|can't|cannot|getting|writing in|calling(?: in)?|waiting|locked out)\b",
    r"\b(?:nobody|no one|none of (?:us|them|the \w+|our \w+)) (?:\w+ )?(?:can|could|is able to) "
    r"(?!say|see (?:why|how)|know|tell|explain|remember|find out|help|do\b)[a-z]+",
    r"\b(?:contact cent(?:re|er)|call cent(?:re|er)|service desk|help ?desk|support desk|support)(?: \w+){0,2}? "
    r"(?:reports?|reported|sees?|says)\b",
    r"\b(?:gives?|giving|gets?|got|returns?|returned|throws?|shows?)(?: me| us| a| an| only){0,2} (?:\w+ "
    r")?(?:[45]\d\ds?|errors?|timeouts?|blank|nothing)\b",
    r"\b(?:do not|does not|don't|doesn't|did not|didn't|cannot|can't|no longer|fails? to|failed to) (?:answer|"
    r"respond|connect|start|load|boot|"
    r"verify|accept|complete|finish|reach|sync|open|mount|resolve|work)\b",
    r"\b(?:rollback|deploy(?:ment)?|restart|rebuild|failover|migration|job|restore|backup|build|import|export|"
    r"sync|update|upgrade)"
    r"(?: is| has| got| keeps)? (?:stuck|hung|hanging|failed|failing|blocked|aborted)\b",
    r"\b(?:disk|volume|partition|filesystem|file system|quota|table ?space|inodes|pool)(?: is| was)? (?:full|"
    r"exhausted|exceeded)\b",
    r"\b(?:fails?|errors?|breaks|crash(?:es)?|hangs|times out) (?:against|with|on|for|when|in|at|after)\b",
    r"^alerts? (?:for|on|about) \w|\bmonitoring (?:reports|pages|alerts|shows|says)\b|\banyone else\?",
    r"\b(?:alerts?|alarms?|monitors?|monitoring|pagerduty)(?: \w+){0,3}? (?:firing|fired|went off|going off|"
    r"triggered|tripped|paging)\b",
    r"\breports? (?:of|from|coming in|that)\b.{0,80}\b(?:customers?|users?|errors?|slow|down|fail\w*|unable|can't|"
    r"issues?|problems?|outage)",
    r"\b(?:customer|user|support|multiple|several|many|more|lots of) reports\b|\breports\b.{0,60}\bcoming in\b",
    r"\b(?:spik(?:ed|ing|e in)|dropp(?:ed|ing) (?:to|off|sharply)|(?:big|sharp|huge|sudden) (?:spike|drop|increase|"
    r"dip))\b",
    r"\b(?:severely|badly|partially|heavily) (?:degraded|impaired|affected)\b|\b(?:availability|performance|"
    r"service|experience) degraded\b",
    r"\baffecting (?:all|most|some|many|several|multiple|our|\d|customers|users)\b|\b(?:failing|unable) to \w+",
    r"\b(?:customer|user) complaints\b|\bcomplaints (?:about|of|from)\b|\b(?:extremely|very|really|painfully) "
    r"slow(?:ly)?\b",
    r"\b(?:detected|observed) (?:in|on|across|at)\b|\b(?:intermittent|increased|elevated) (?:\w+ "
    r"){1,2}(?:failures|errors|timeouts|"
    r"latency)\b",
    unless=r"\bturns out\b|^(?:pls |please |just )?(?:say|tell)\b|\b(?:no longer seeing|not seeing|n't see|no "
    r"(?:more )?(?:errors|alerts|reports|spikes)|stopped|if we|see if|"
    r"used to|going down|"
    r"write that down|slow(?:ly)? (?:down|roll)|break it down|calm(?:ed|ing)? down|in case|should see|will see|"
    r"boils? down)\b",
    asked_too=True,
)

RULES = (DETECTED,)
