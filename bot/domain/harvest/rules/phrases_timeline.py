"""H-25 to H-33: what responders say about the course of an incident, a table of phrases for each kind of event. The
sides they must keep clear of are talk about what might be, what should have been, and what is not so."""

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import DOING_VERBS, DONE_VERBS, STEP_VERBS, either, words

_THINGS = (
    r"errors?|error[ -]rates?|latenc(?:y|ies)|traffic|queues?|backlog|load|cpu|memory|alerts?|5\d\ds?|5xx(?:s)?|failures?|"
    r"failure rates?|graphs?|metrics|response times?|success rates?|throughput|requests?|timeouts?|lag|replication|"
    r"connections?|everything|things|it|we|site|service|services|api|database|db|cluster|jobs?|processing|numbers|p9\d"
)
_METRICS = (
    r"p\d\d|latency|lag|cpu|memory|mem|heap|disk|load|queue(?: depth| size| length)?|backlog|error rate|errors|connections|conns|throughput|"
    r"traffic|requests|rps|qps|iops|response time|success rate|availability|5xx|500s|failures|timeouts|messages|jobs|utili[sz]ation|hit rate"
)
_METRIC_WORDS = words(
    "p50 p90 p95 p99 latency lag cpu memory mem heap disk load queue backlog error errors connections conns throughput traffic",
    "requests rps qps iops response success availability 5xx 500s failures timeouts messages jobs utilization utilisation hit",
)
_GONE_BAD = (
    r"down|unavailable|unreachable|failing|broken|degraded|timing out|erroring(?: out)?|stuck|hung|hanging|crashing|"
    r"crash[- ]?looping|not responding|unresponsive|offline|throwing (?:errors|5\d\ds?|5xx)|not (?:working|loading|processing)|"
    r"returning (?:errors|5\d\ds?|5xx)|overloaded|saturated|maxed out|full|backing up|backed up|very slow|really slow|dead"
)
_FUTURE_OR_NOT = (
    r"\b(?:should|will|might|may|hopefully|hope|would|could|not|never|n't|waiting|wait|until|ought|expect(?:ed|ing)?|"
    r"yet|trying|try|going to|gonna|no sign|isn't|hasn't|haven't)\b"
)
_WHO = r"(?:i|we|i've|we've|i have|we have|they|they've|@[\w.'-]+|[A-Z][\w'-]+|has|have|was|were|been|being|just|also|now|already|successfully|manually|then|and|ok(?:ay)?|so|is|are)"
_SOFT = r"(?: just| now| also| successfully| manually| already| all| temporarily)*"

DETECTED = phrase_rule(
    "H-30",
    "Something is seen to be wrong",
    TimelineKind.detection,
    words("seeing getting experiencing observing noticing noticed see reporting reports reported complaining down unavailable",
          "unreachable failing broken degraded timing erroring stuck hung hanging crashing crashlooping crash offline overloaded",
          "firing fired triggered spike spiking spiked unresponsive responding elevated alert alerts alarm alarms slow unable",
          "can't cannot outage saturated maxed backing backed returning throwing dead loading reporting"),
    r"\b(?:seeing|getting|experiencing|observing|noticed|noticing|see|saw|have) (?:\S+ ){0,4}?(?:errors?|5\d\ds?|5xx(?:s)?|timeouts?|"
    r"failures?|exceptions?|latency|alerts?|spikes?|reports|complaints|pages|outage|drops?|degradation|slowness|slow|packet loss|lag|issues)\b",
    rf"\b(?:is|are|'s|'re|seems?(?: to be)?|appears?(?: to be)?|looks?|went|gone|has been|have been|keeps?) (?:all |still |now |currently |completely |"
    rf"partially |mostly |just )?(?:{_GONE_BAD})(?! to\b)",
    r"\b(?:customers?|users?|people|clients|merchants|folks|support)(?: \w+){0,2} (?:are |is |have |has )?(?:reporting|reported|complain\w*|"
    r"seeing|unable|can't|cannot|getting)\b",
    r"\b(?:alerts?|alarms?|monitors?|monitoring|pagerduty)(?: \w+){0,3}? (?:firing|fired|went off|going off|triggered|tripped|paging)\b",
    r"\breports? (?:of|from|coming in|that)\b.{0,80}\b(?:customers?|users?|errors?|slow|down|fail\w*|unable|can't|issues?|problems?|outage)",
    r"\b(?:customer|user|support|multiple|several|many|more|lots of) reports\b|\breports\b.{0,60}\bcoming in\b",
    r"\b(?:spik(?:ed|ing|e in)|dropp(?:ed|ing) (?:to|off|sharply)|(?:big|sharp|huge|sudden) (?:spike|drop|increase|dip))\b",
    unless=r"\b(?:no longer|not seeing|n't see|no (?:more )?(?:errors|alerts|reports|spikes)|stopped|if we|see if|used to|going down|"
    r"write that down|slow(?:ly)? (?:down|roll)|break it down|calm(?:ed|ing)? down|in case|should see|will see|boils? down)\b",
    asked_too=True,
)  # fmt: skip

PAGED = phrase_rule(
    "H-27",
    "Somebody is paged or called in",
    TimelineKind.page,
    words("paged paging page pinged escalated escalating pulled looped looping called calling"),
    r"\b(?:paged|paging|i'll page|just paged|going to page|escalated to|escalating to|pulled in|pulling in|looped in|looping in) "
    r"(?:@|the |in |our |on|[A-Z]|\w+ (?:on-?call|team|oncall)|\w+-?(?:team|oncall|sre))",
    r"\b(?:got|was|were|been|getting|i'm|is|are) paged\b",
    r"^paging\b",
    r"\b(?:opened|opening|filed|raised|created|submitted) (?:a |an |another )?(?:\S+ )?(?:support |sev\S* |p1 |urgent )?(?:case|ticket) (?:with|to) \w+",
    unless=r"\b(?:should|why|if|would|n't|not|never|home|landing|status|web|login|error|checkout|index) paged?\b|\bpaged? (?:views|size|load)",
)

FOUND = phrase_rule(
    "H-25",
    "Something is found out",
    TimelineKind.other,
    words("looks seems appears looking because due caused cause culprit issue problem bottleneck turns found see notice confirm confirmed",
          "verified identified discovered located spotted narrowed logs log graphs graph metrics dashboard dashboards trace traces grafana",
          "datadog kibana splunk sentry cloudwatch newrelic prometheus correlates correlate coincides lines started ran running out exhausted",
          "pegged oom maxed root trigger theory reproduced reproduce expired holding blocking blocked causing hammering leaking starving",
          "queued corrupt corrupted missing throttled rejecting rejected refusing misconfigured wrong lost growing rising climbing failure",
          "overwhelmed unhealthy says say said reports reported confirms announced told happened occurred went kicked fired deployed merged",
          "shipped released deadlock deadlocked evicted saturating thrashing sync related"),
    r"\b(?:looks|seems|appears|looking) (?:like|to be|as if|that)\b(?! (?:an? )?(?:good|great|nice|fun|fine|plan))",
    r"\b(?:it's|it is|this is|that's|is|was|were|are) (?:probably |likely |actually |all )?(?:because|due to|caused by|from the|related to)\b",
    r"\bcaused by\b",
    r"\b(?:the|our) (?:issue|problem|(?:root )?cause|culprit|trigger|bottleneck|failure) (?:is|was|seems|appears|looks|here)\b",
    r"\broot cause\b",
    r"\bturns out\b",
    r"\b(?:found|identified|discovered|located|spotted|narrowed) (?:it|the|a|an|that|out|this|what|one|some|down|where|why)\b",
    r"^(?:ok(?:ay)?[,. ]+|yes[,. ]+|yep[,. ]+|yeah[,. ]+)?(?:confirmed|can confirm|i can confirm|verified|reproduced|i can reproduce)\b",
    r"\bi (?:can )?(?:see|notice|found|confirmed)(?: that)? (?!if|you|what you|your|it's \?)\w+",
    r"\b(?:logs?|graphs?|metrics|dashboards?|traces?|grafana|datadog|kibana|splunk|sentry|cloudwatch|newrelic|prometheus)(?: \w+){0,2} (?:shows?|showing|say|says|indicates?|suggests?)\b",
    r"\b(?:correlates?|coincides?|lines? up) with\b",
    r"\bstarted (?:right |just |shortly )?(?:after|when|with)\b",
    r"\b(?:ran|running|run) out of\b|\b(?:exhausted|pegged at|maxed out|oom[- ]?kill\w*|out of (?:memory|disk|space|connections|file descriptors|inodes))\b",
    r"\b(?:is|are|was|were|got|gets|getting|'s|'re)(?: \w+){0,2} (?:holding|blocking|blocked|causing|hammering|saturating|leaking|starving|thrashing|queued|"
    r"corrupt(?:ed)?|missing|deadlock\w*|throttled|rejecting|rejected|refusing|evicted|misconfigured|mis-?routed|wrong|lost|out of sync|growing|rising|climbing|overwhelmed|unhealthy|expired)\b",
    r"\b(?:support|aws|gcp|azure|cloudflare|fastly|okta|twilio|stripe|datadog|github|vendor|provider|status page|\w+ (?:team|status page))(?: \w+)? (?:says?|said|reports?|reported|reporting|confirms?|confirmed|announced|tells?|told)\b",
    r"\b(?:happened|occurred|went|was|were|did|deployed|merged|changed|kicked in|fired|ran|shipped|released)(?: \S+){0,5} (?:at|around|about) ~?\d{1,2}:\d\d\b",
    r"\b(?:cert(?:ificate)?s?|tokens?|credentials?|lease|domain)(?: \w+){0,3} expired\b",
    unless=r"\b(?:looks good|sounds|if it|not sure|no idea|see if|see you|see that as|let me see|i see\W*$|found a (?:room|seat|parking))\b",
)  # fmt: skip

_NOT_DOING = (
    r"(?:look|check|try|wait|watch|join|think|wonder|hop|follow|lurk|read|go|gett?|be|hav|see|talk|ask|typ|com|monitor|stand|keep|com|say|feel|mean|mak|observ|listen|digg|"
    r"investigat|guess|assum|hear|work|includ|depend|accord|regard|consider|interest|excit|amaz|annoy|confus|noth|everyth|someth|anyth|morn|even|dur|br|str|th|k|spr|"
    r"head|leav|eat|tak|grabb|receiv|experienc|show|return|miss|start|runn|mov|post|send|writ|notic|know|hang|timeout|tim|fail|suffer|wish|lov|enjoy|hat|learn)(?:p)?ing\b"
)
_NOT_DONE = (
    r"(?:agree|note|use|ne|inde|tri|seem|look|want|join|guess|confirm|interest|excit|suppos|us|notic|ask|mention|nam|relat|bas|link|shar|wonder|mean|hop|lov|lik|work|"
    r"happen|appear|mismatch|unrelat|limit|advanc|need|fe|spe|be|spee|exce|succe|proce|inde|se|bre|ble|fre|gre|re|attach|includ|miss|expect|fail|timed|crash|tim|finish|"
    r"complicat|confus|surpris|amaz|pleas|concern|worri|bor|tir|scar|embarrass|impress|assum|remember|forgott?|thank|wait|listen|heard|talk|dat|unexpect|detail|acknowledg|acke?|nail|kidd|skipp)e?d\b"
)

MEASURED = phrase_rule(
    "H-37",
    "A figure is given",
    TimelineKind.other,
    _METRIC_WORDS,
    rf"\b(?:{_METRICS})\b(?: \S+){{0,4}}? (?:at|is|was|are|were|to|of|around|about|over|above|below|from|up|~|:|=) ?(?:about |around |over |at |to |still |now )*[~><]?\d",
    rf"\b\d[\d.,]*\s?(?:%|ms|s|sec|seconds|k|m|g|gb|mb|tb|rps|qps|x|million|percent|min|minutes)?(?: of)?(?: the)? (?:{_METRICS})\b",
    unless=r"\b(?:if|last (?:week|month|year)|usually|normally|typically|limit is|default|should|would|could|might|page load)\b",
)

OPENING = phrase_rule(
    "H-26",
    "A step is taken, said with its verb first",
    TimelineKind.action,
    None,
    rf"^(?:(?:ok(?:ay)?|so|now|and|alright|also|just|still|fwiw|fyi)[,: ]+)*(?!{_NOT_DOING})[a-z]{{2,14}}[a-z]ing\b(?! (?:forward|out loud|good|great|nice|like|that|to (?:me|you)|you|sense)\b) \S+",
    rf"^(?:(?:ok(?:ay)?|so|now|and|alright|also|just)[,: ]+)*(?!{_NOT_DONE})[a-z]{{2,14}}ed\b(?! (?:to|in|by|with|you|me|that|like|if)\b)(?: \S+|[.!]*$)",
    unless=r"\b(?:if (?:it|that|this|we|they|you|i|things)|should|would|could|might|why|never|joke)\b",
)

ACTED = phrase_rule(
    "H-26",
    "A step is taken",
    TimelineKind.action,
    DONE_VERBS | DOING_VERBS | STEP_VERBS
    | words("rolled rolling failed failing turned turning kicked kicking spun spinning scaled backed took brought done complete",
            "completed finished live underway started out roll fail turn kick spin back bring take progress cut replayed replaying",
            "expanding expanded dropped draining importing imported backfilling backfilled reprocessing reprocessed requeued requeueing",
            "failing isolating isolated mitigating resizing shutting testing tested building rebuilding syncing synced copying copied",
            "truncating cleaned cleaning unlocking granting granted rerunning reran vacuuming pinning dumping uploading uploaded",
            "repointing repointed rewriting hotpatching hotfixing redirecting redirected routing routed bypassing bypassed blocking",
            "capturing captured forcing throttled quarantining quarantined ssh'ing tailing"),
    rf"(?:^|(?<![\w'-]){_WHO}){_SOFT}[,:]? ?\b(?:{either(DONE_VERBS)})\b(?! by (?:that|this)|[- ]?up to)(?=\s+(?!of\b|out of\b)\S|[.!]?$)",
    rf"(?:^|\b(?:i'm|im|we're|i am|we are|now|currently|is|are|being|start(?:ed|ing)|ok(?:ay)?|going ahead and|just|so|and|@[\w.'-]+)[,:]? ){_SOFT} ?(?:{either(DOING_VERBS)})\b",
    rf"\b(?:i'll|i will|i'm going to|i'm gonna|im going to|going to|gonna|we'll|about to|i'd|let me) (?:just |now |go ahead and |try to |try and |start |quickly |also )*(?:{either(STEP_VERBS)})\b",
    r"\b(?:restart|rollback|roll back|deploy|deployment|failover|migration|rebuild|restore|revert|rollout|release|hotfix|fix|patch|pr|change|scale[- ]?up|redeploy)"
    r" (?:is |has |was |has been |is now |have been |just )*(?:done|complete|completed|finished|out|live|deployed|merged|rolled out|started|in progress|underway|pushed|going out|applied)\b",
    r"^(?:\S+ ){1,5}(?:is |are |has |have )?(?:now |all )?(?:complete|completed|done|finished|deployed|applied|merged|restarted|reverted|drained|replayed|restored)[.!]*$",
    unless=r"\b(?:if (?:it|that|this|we|they|you|i|things)|should(?:n't)?|would|could|might|need(?:s)? to|didn't|don't|doesn't|not|never|isn't|wasn't|aren't|haven't|hasn't|why|been running|"
    r"was created|were created|last (?:week|month|year)|joke|ever)\b",
)  # fmt: skip

MITIGATED = phrase_rule(
    "H-31",
    "It gets better",
    TimelineKind.mitigation,
    words("recovering recovered recovery recovers recover dropping dropped down improving improved subsiding subsided stable stabilizing",
          "stabilized stabilised stabilising normalizing clearing cleared mitigated mitigation workaround better healthy coming back",
          "falling trending green bleeding draining catching caught up normal good again now gone stopped errors serving working"),
    r"\b(?:working|works|serving(?: \w+)?|healthy|online|green|stable|loading|responding|processing|flowing|succeeding|up)(?: fine| normally)? (?:again|now)\b",
    r"\b(?:is|are|'s|'re|looks?|we're|it's) (?:now |all |looking )?(?:stable|back|healthy)(?:[,.! ]|$)(?! (?:up plan|from lunch|in \d|to you|later|in a))",
    r"\b(?:no (?:more |new )?(?:errors|alerts|failures|5xx|500s|timeouts)|errors (?:are |have )?(?:gone|stopped)|5\w\w?s? (?:are |have )?(?:gone|stopped))\b|^(?:all |and )?caught up\b",
    rf"\b(?:{_THINGS})\b(?: \S+){{0,5}}? (?:recover(?:ing|ed|s|y)|dropping|going down|coming down|gone down|came down|come down|went down|"
    r"coming back(?: up| down| online)?|(?:is|are|'s|came|come|comes) back(?: up| down| online)?|improv(?:ing|ed)|subsid(?:ing|ed)|stabili[sz](?:ing|ed)|stable|"
    r"normali[sz](?:ing|ed)|clear(?:ing|ed)|trending down|falling|look(?:s|ing)? (?:much |a lot |way )?(?:better|healthy|healthier|good|normal)|draining|catching up|caught up|"
    r"drop(?:ped|ping)(?: back| off| to))\b",
    r"\b(?:seeing|see|signs of|full) (?:\w+ )?recover(?:y|ies)\b",
    r"\b(?:is |are |been |now |it's |has been |fully |partially )mitigated\b|^mitigated\b|\bmitigation (?:is )?(?:in place|applied|deployed|complete|working)\b",
    r"\b(?:workaround|work-around|fix) (?:is |has been )?(?:now )?(?:in place|working|worked|helped|is holding)\b",
    r"\b(?:bleeding|bleed) (?:has )?stopp",
    r"\b(?:rollback|roll back|revert|restart|failover)(?: \w+){0,3} (?:worked|helped|fixed|did the trick)\b",
    unless=_FUTURE_OR_NOT + r"|\b(?:break|write|slow|calm|track|site|service|api) (?:\w+ )?(?:is |are |went |going )down\b",
)  # fmt: skip

RESOLVED = phrase_rule(
    "H-28",
    "It is over",
    TimelineKind.resolved,
    words(
        "resolved fixed over clear normal recovered operational green closing marking closed resolving calling resolve restored"
    ),
    r"\b(?:incident|issue|outage|problem|everything|all|this|it|site|service|services|systems?)(?:'s| is| are| has| have| has been| have been| was| looks| look| seems| should)? "
    r"(?:now |fully |all |been |completely |officially |considered )*(?:resolved|back to normal|fully recovered|over|all clear|operational|restored)\b(?! (?:to|the|by|from|a)\b)",
    r"\ball[- ]clear\b",
    r"\ball (?:systems )?(?:are )?green\b",
    r"^(?:(?:status|state)\s*[:→>-]+\s*)?(?:fully )?resolved\b",
    r"\b(?:closing|resolving|closed|resolved) (?:out )?(?:this|the) (?:incident|issue|sev\S*)\b",
    r"\b(?:marking|marked|calling|called|declaring|declared|consider(?:ing)?)(?: \w+){0,3} (?:as )?(?:resolved|over|closed|fixed|all clear)\b",
    r"\bback to normal\b",
    r"\bfully (?:recovered|operational|restored)\b",
    unless=r"\b(?:not|n't|until|once|when|if|before|will|should|would|might|could|never|yet|almost|nearly|unless|hopefully|partially|taking over|waiting)\b",
    first=True,
)

PUBLISHED = phrase_rule(
    "H-29",
    "Customers are told",
    TimelineKind.public,
    words("statuspage status tweeted tweet twitter customers customer notice announcement public banner"),
    r"\b(?:updated?|post(?:ed|ing)?|publish(?:ed|ing)?|sent|sending|pushed|updating|put|created|opened|resolved) (?:\S+ ){0,6}?"
    r"(?:status[ -]?page|statuspage|status\.[\w.]+|status site|public status|twitter|tweet|customer (?:notice|notification|comms|e-?mail|update|announcement|communication)|"
    r"public (?:update|notice|statement|message)|in-app banner|banner)",
    r"\b(?:status[ -]?page|statuspage|status site|banner|customer (?:notice|email|comms))(?: \w+)? (?:is |was |has been |now |been )*(?:updated|posted|live|up|published|sent|out|set to|created)\b",
    r"\btweeted\b",
    r"\bcustomers (?:have been|were|are being|are) (?:notified|informed|told|e-?mailed)\b",
    r"\b(?:e-?mailed|notified|informed|messaged) (?:\w+ ){0,3}customers\b",
    unless=r"\b(?:should|need to|needs to|can (?:you|someone|we)|could (?:you|someone|we)|please|not|n't|want to|before|draft)\b",
    bots=True,
)  # fmt: skip

BEGAN = phrase_rule(
    "H-33",
    "When it began",
    TimelineKind.impact_start,
    words("started began begin since onset beginning first start starting impact"),
    r"\b(?:started|began|begins|beginning|starting|onset|start(?:ed)? (?:happening|seeing|failing)|first (?:seen|error|errors|occurrence|failure|alert)|impact (?:start|began|started))"
    r"(?: \w+){0,6}?\W{1,3}(?:at |around |about |from |~|@ ?|just |right |after |since )*~?\d{1,2}[:.]\d\d",
    r"\bsince (?:about |around |roughly |~)?\d{1,2}[:.]\d\d\b",
    r"\b(?:started|began)(?: \w+){0,4} (?:about |around |~|roughly )?(?:\d{1,3}|an?|few) ?(?:m|mins?|minutes?|h|hrs?|hours?) ago\b",
    unless=r"\b(?:meeting|call|standup|lunch|shift)\b",
    told=True,
)

RULES = (DETECTED, PAGED, FOUND, MEASURED, OPENING, ACTED, MITIGATED, RESOLVED, PUBLISHED, BEGAN)
