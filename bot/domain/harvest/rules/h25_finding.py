"""H-25, H-37: something is found out: a cause, a state, a figure. Not what might be so, and not what people "
"feel about it."""

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import words

_METRIC_WORDS = words(
    "p50 p90 p95 p99 latency lag cpu memory mem heap disk load queue backlog error errors connections conns "
    "throughput traffic",
    "% percent requests rps qps iops response success availability 5xx 500s failures timeouts messages jobs "
    "utilization "
    "utilisation hit",
)

_METRICS = (
    r"p\d\d|latency|lag|cpu|memory|mem|heap|disk|load|queue(?: depth| size| length)?|backlog|error rate|errors|"
    r"connections|conns|throughput|"
    r"traffic|requests|rps|qps|iops|response time|success rate|availability|5xx|500s|failures|timeouts|messages|jobs|"
    r"utili[sz]ation|hit rate"
)

FOUND = phrase_rule(
    "H-25",
    "Something is found out",
    TimelineKind.other,
    words(
        "oomkilled oomkill climbs climb grows grow rises still keeps wait waits hasn't haven't reject rejects "
        "refuse refuses refused drops ignores masked disabled half "
        "invalid reports queue queued calls impact summary eta cause finding update",
        "think suspect suspects believe bet suggest suggests recommend recommends looks seems appears looking "
        "because due caused cause culprit issue problem bottleneck turns found see notice confirm confirmed",
        "verified identified discovered located spotted narrowed logs log graphs graph metrics dashboard dashboards "
        "trace traces grafana",
        "datadog kibana splunk sentry cloudwatch newrelic prometheus correlates correlate coincides lines started "
        "ran running out exhausted",
        "pegged oom maxed root trigger theory reproduced reproduce expired holding blocking blocked causing "
        "hammering leaking starving",
        "queued corrupt corrupted missing throttled rejecting rejected refusing misconfigured wrong lost growing "
        "rising climbing failure",
        "overwhelmed unhealthy says say said reports reported confirms announced told happened occurred went kicked "
        "fired deployed merged",
        "shipped released deadlock deadlocked evicted saturating thrashing sync related",
    ),
    r"\b(?:looks|seems|appears|looking) (?:like|to be|as if|that)\b(?! (?:an? )?(?:good|great|nice|fun|fine|plan))",
    r"\b(?:it's|it is|this is|that's|is|was|were|are) (?:probably |likely |actually |all )?(?:because|due to|"
    r"caused by|from the|related to)\b",
    r"\bcaused by\b",
    r"^(?:customer |user |business )?(?:impact|summary|eta|cause|finding|update)(?: \w+){0,3}?(?: is| so "
    r"far)?\s*[:–-]+ \S|^eta (?:for|"
    r"is|of)\b",
    r"\bi (?:think|suspect|believe|bet) (?:it's|its|that's|this is|the|our|it was|it is|that is)\b(?! (?:best|better|"
    r"fine|ok|good|great|only))",
    r"\b(?:suggests?|suspects?|recommends?) (?:that|adding|it|we|a|the)\b",
    r"\b(?:the|our) (?:issue|problem|(?:root )?cause|culprit|trigger|bottleneck|failure) (?:is|was|seems|appears|"
    r"looks|here)\b",
    r"\broot cause\b",
    r"\bturns out\b",
    r"\b(?:found|identified|discovered|located|spotted|narrowed) (?:it|the|a|an|that|out|this|what|one|some|down|"
    r"where|why)\b",
    r"^(?:ok(?:ay)?[,. ]+|yes[,. ]+|yep[,. ]+|yeah[,. ]+)?(?:confirmed|can confirm|i can confirm|verified|reproduced|"
    r"i can reproduce)\b",
    r"\bi (?:can )?(?:see|notice|found|confirmed)(?: that)? (?!if|you|what you|your|it's \?)\w+",
    r"\b(?:logs?|graphs?|metrics|dashboards?|traces?|grafana|datadog|kibana|splunk|sentry|cloudwatch|newrelic|"
    r"prometheus)(?: \w+){0,2} (?:shows?|showing|say|says|indicates?|suggests?)\b",
    r"\b(?:correlates?|coincides?|lines? up) with\b",
    r"\bstarted (?:right |just |shortly )?(?:after|when|with)\b",
    r"\b(?:ran|running|run) out of\b|\b(?:exhausted|pegged at|maxed out|oom[- ]?kill\w*|out of (?:memory|disk|space|"
    r"connections|file descriptors|inodes))\b",
    r"\b(?:is|are|was|were|got|gets|getting|'s|'re)(?: \w+){0,2} (?:holding|blocking|blocked|causing|hammering|"
    r"saturating|leaking|starving|thrashing|queued|"
    r"corrupt(?:ed)?|missing|deadlock\w*|throttled|rejecting|rejected|refusing|evicted|misconfigured|mis-?routed|"
    r"wrong|lost|out of sync|growing|rising|climbing|overwhelmed|unhealthy|expired|masked|disabled|invalid|"
    r"half[- ](?:written|built|done)|read-only|unmounted|"
    r"orphaned|stale|truncated|mismatched|ignored|skipped|unreadable)\b",
    r"\b(?:waits? for|waiting for|waiting on|stuck (?:on|behind|in)|queue behind) (?:the|a|an|one|its|rows?|locks?)\b",
    r"\b[a-z]\w+ (?:climbs|grows|rises|creeps up|fills up)\b|\b(?:still|keeps|kept) (?:growing|climbing|rising|"
    r"filling|leaking|crashing|happening)\b",
    r"\b(?:hasn't|has not|haven't|have not) (?:run|worked|finished|completed|started|synced|rotated|updated|"
    r"renewed)\b.{0,40}\b(?:since|for)\b",
    r"\b[a-z]\w* (?:rejects?|refuses?|ignores?|drops?) (?:the|all|our|every|any|new|its|their|connections?|"
    r"requests?)\b",
    r"\b(?:support|aws|gcp|azure|cloudflare|fastly|okta|twilio|stripe|datadog|github|vendor|provider|status page|"
    r"\w+ (?:team|status page))(?: \w+)? (?:says?|said|reports?|reported|reporting|confirms?|confirmed|announced|"
    r"tells?|told)\b",
    r"\b(?:happened|occurred|went|was|were|did|deployed|merged|changed|kicked in|fired|ran|shipped|"
    r"released)(?: \S+){0,5} (?:at|around|about) ~?\d{1,2}:\d\d\b",
    r"\b(?:cert(?:ificate)?s?|tokens?|credentials?|lease|domain)(?: \w+){0,3} expired\b",
    unless=r"\b(?:(?:i|we|you|let's|please|should|would|could|can) (?:reject|refuse|ignore|drop)|waiting for the "
    r"(?:call|bridge|meeting)|looks good|sounds|if it|not sure|no idea|see if|see you|see that as|let me see|i see\W*$|"
    r"found a (?:room|seat|parking))\b",
)

MEASURED = phrase_rule(
    "H-37",
    "A figure is given",
    TimelineKind.other,
    _METRIC_WORDS,
    rf"\b(?:{_METRICS})\b(?: \S+){{0,4}}? (?:at|is|was|are|were|to|of|around|about|over|above|below|from|up|~|:|"
    rf"=) ?(?:about |around |over |at |to |still |now )*[~><]?\d",
    rf"\b\d[\d.,]*\s?(?:%|ms|s|sec|seconds|k|m|g|gb|mb|tb|rps|qps|x|million|percent|min|"
    rf"minutes)?(?: of)?(?: the)? (?:{_METRICS})\b",
    r"(?<![\w.])(?!100 ?%)~?\d{1,3}(?:\.\d+)? ?(?:%|percent\b)(?! (?:sure|certain|agree\w*|chance|off|behind|"
    r"with|on board|"
    r"positive|of the time)\b)(?!\W*$)"
    r"|(?<=\w )(?!100)~?\d{1,3}(?:\.\d+)? ?%$|(?<=\.\. )\d{1,3} ?%$",
    unless=r"\b(?:if|last (?:week|month|year)|usually|normally|typically|limit is|default|should|would|could|might|"
    r"page load)\b",
)

RULES = (FOUND, MEASURED)
