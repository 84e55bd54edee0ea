"""What speaks for a proposal that nobody marked, as a table: how a sign is called, what it weighs, how it is
worded, and the words without which it cannot be there. Three points make a follow-up."""

from __future__ import annotations

from bot.domain.harvest import followup
from bot.domain.harvest.vocabulary import LASTING, either, openings

_ADVERBS = (
    r"(?: (?:really|probably|also|definitely|prob|eventually|ideally|at some point|maybe|perhaps|at least|"
    r"just|likely|certainly|still|then|all|both|better|totally|def|next|later|actually|always|instead|first|"
    r"too))*"
)
_WE = r"(?:we|someone|somebody|they|sre|ops|infra|team|devs?|folks|i think|whoever \w+|@[\w.'-]+)"
_MODAL = (
    r"(?:should|ought to|'d better|had better|need to|needs to|must|want to|wanna|have to|could|can|"
    r"might want to|may want to|will need to|will want to|'ll need to|'ll want to|'ll have to|will have to|"
    r"gotta|might)"
)
_LASTING = either(LASTING)

SIGNS: tuple[followup.Sign, ...] = (
    followup.sign(
        "a group should do something lasting",
        3.0,
        rf"\b(?:{_WE})\b(?:(?: \w+){{0,2}})? (?:should|ought to|'d better|had better|might want to|may want to|"
        rf"will want to|'ll want to|will need to|'ll need to){_ADVERBS} (?:{_LASTING})\b",
        "should ought better might may we'll they'll will",
        "should ought better want need",
    ),
    followup.sign(
        "a group needs to do something lasting",
        2.0,
        rf"\b(?:{_WE})\b(?:(?: \w+){{0,2}})? (?:need to|needs to|must|have to|gotta|'ll have to|will have to|could|"
        rf"might|want to){_ADVERBS} (?:{_LASTING})\b",
        "need needs must have gotta will we'll could might want",
    ),
    followup.sign(
        'an opening "should" or "need to"',
        2.0,
        rf"(?:^|[,;] )(?:and |but |also |so |then )*(?:probably |ideally |also |definitely |maybe )*(?:should|"
        rf"need to|needs to|gotta|must){_ADVERBS} (?:{_LASTING})\b",
        "should need needs gotta must",
    ),
    followup.sign(
        "somebody, not named",
        1.0,
        rf"\b(?:someone|somebody|whoever) (?:\w+ ){{0,2}}?{_MODAL}\b",
        "someone somebody whoever",
    ),
    followup.sign(
        "something should be changed",
        3.0,
        r"\b(?:should|ought to|must|needs? to|has to|have to|could)"
        + _ADVERBS
        + r" be (?:\w+ly )?(?:added|fixed|documented|updated|automated|monitored|alerted|moved|migrated|changed|"
        r"improved|cleaned|removed|tested|reviewed|increased|raised|investigated|addressed|split|replaced|made|"
        r"rewritten|refactored|rate[- ]limited|limited|deprecated|enforced|turned into|tracked|logged|backported|"
        r"hardened|cached|retired|rotated|renewed|checked in|built|created|tuned|bumped|pinned|upgraded|filed|"
        r"revisited|discussed|taught|configurable|automatic|lowered|decreased|reduced|tightened|adjusted|"
        r"reworked|renamed|extended|shortened|blocked|prevented|"
        r"validated|gated|protected|separated|isolated|mirrored|archived|disallowed|alerting|paging|monitoring)\b",
        "should ought must need needs has have could",
        "be",
    ),
    followup.sign(
        "something should be done to it",
        2.5,
        r"\b(?:should|ought to|must|needs? to)(?: \w+)? be (?:\w+ly )?(?!fixed|resolved|recovered|restored|allowed|"
        r"used|need|expected|supposed|based|interested|finished|completed|deployed|merged|restarted|propagated|"
        r"cleared|reverted|sorted|mitigated|affected|impacted)\w{3,}(?:ed|en|wn)\b",
        "should ought must needs need",
        "be",
    ),
    followup.sign(
        "a check or an alert is asked for",
        3.0,
        r"\bcan we (?:please |also )*(?:have|get|add|build|set up) (?:an?|some|more|better) (?:\S+ "
        r"){0,3}?(?:alert\w*|monitor\w*|"
        r"check|test|dashboard|runbook|limit|guard|validation|canary|job|script|metric|lint\w*|report|ticket)\b",
        "can",
        "we",
    ),
    followup.sign(
        "let us get it done",
        3.0,
        r"\b(?:let's|lets|we should|we need to) get (?:\S+ ){1,6}?(?:reviewed|fixed|documented|added|automated|updated|"
        r"tested|monitored|cleaned up|replaced|upgraded|migrated|removed|written down)\b",
        "get",
        "reviewed fixed documented added automated updated tested monitored cleaned replaced upgraded migrated "
        "removed written",
    ),
    followup.sign(
        "a rule for the future",
        3.0,
        r"\b(?!(?:it|that|this|he|she|you|i)\b)[a-z]\w+ (?:should|ought to|must) (?:also |always |never |only |at "
        r"least |really |probably |no longer |not )*"
        r"(?:keep(?! (?:going|working|an eye|on|up|it|us|you|him|her|them|everyone)\b)|live|write|say|retry|"
        r"survive|contain|point to|carry|store|time out|back off|run (?:in|on|as|before) (?:a|an|the|its)|"
        r"wait for (?:a|an|the|its)|go through|go to|require|use|page|alert|reject|refuse|warn|validate|enforce|"
        r"default to|come with|live in|"
        r"fail (?:fast|closed|loudly|the build)|happen (?:in|via|through)|include|log|expose|be (?:part of|"
        r"behind|owned|"
        r"optional|mandatory|required|automatic|in (?:the|a) (?:runbook|docs|pipeline|repo|code|checklist)))\b",
        "should ought must",
    ),
    followup.sign(
        "whom to tell the next time",
        5.0,
        r"\bwe (?:should|ought to|need to|must)(?: \w+){0,2}? (?:page|alert|notify|call|tell|warn|escalate to|"
        r"ask)\b.{1,60}\b(?:when(?:ever)?|if|"
        r"as soon as|every time|once)\b (?!you|i\b|he\b|she\b)",
        "page alert notify call tell warn escalate ask",
        "should ought need must",
    ),
    followup.sign(
        "it belongs somewhere else",
        3.0,
        r"\b(?:needs?|has|have|ought|should) (?:to )?(?:go|point|move|belong|live|come) (?:to|from|into|off|out "
        r"of|away from|under|in) "
        r"(?:the|a|an|our|its|their|another|somewhere)\b(?! (?:call|bridge|meeting|bed))",
        "go point move belong live come",
        "need needs has have ought should",
    ),
    followup.sign(
        "it has no alert, no test, no document of its own",
        3.0,
        r"(?<!\bi )\bneeds? (?:an?|some|better|more|proper|its own) (?:\S+ ){0,2}?(?:alert\w*|alarms?|monitor\w*|"
        r"runbook|tests?|dashboard|docs|owner|"
        r"limit|backup|timeout|health ?check|check ?list|canary)\b",
        "need needs",
    ),
    followup.sign(
        "a machine should do it",
        3.0,
        r"\b(?:can|could) we (?:please |also )*(?:get|have|make) (?:\S+ ){1,6}?(?:automatic|automatically|by "
        r"default)\b",
        "automatic automatically default",
    ),
    followup.sign(
        "the reason is to be found",
        2.0,
        r"^(?:find out|figure out|understand|investigate|work out|look into|dig into|clarify) (?:why|how|what|"
        r"whether|who|where)\b",
        "why how what whether who where",
        "find figure understand investigate work look dig clarify",
    ),
    followup.sign(
        "the documents are not right",
        3.0,
        r"\b(?:runbooks?|docs?|documentation|dashboards?|alerts?|wiki|checklist|readme|playbooks?)(?: \S+){0,6}? "
        r"(?:is|are|'s) "
        r"(?:missing (?:the|an?|some)|outdated|out of date|wrong|stale|incomplete|misleading)\b",
        "missing outdated out wrong stale incomplete misleading",
        "runbook runbooks doc docs documentation dashboard dashboards alert alerts wiki checklist readme playbook "
        "playbooks",
    ),
    followup.sign(
        "the author would like us to",
        3.0,
        r"(?:\bi(?:'d| would)|^would) (?:really )?(?:like|love|prefer)(?: for)? (?:us|it if we|if we|to (?:have|"
        r"add|see (?:us|a|"
        r"an|some|more|better)))\b",
        "i'd would",
        "like love prefer",
    ),
    followup.sign(
        "a thing needs another",
        2.5,
        r"\b(?:the|this|that|our|these|those) (?:\S+ ){1,3}needs? (?:an?|some|better|more|proper|its own)\b",
        "need needs",
    ),
    followup.sign(
        "it happens again and again",
        1.0,
        r"\b(?:we keep|keeps? (?:happening|coming|breaking|failing|hitting)|every time|yet again|third time|"
        r"second time|happens? (?:a lot|often)|always)\b",
        "keep keeps time again happen happens always",
    ),
    followup.sign(
        "something should exist",
        3.0,
        r"\bthere (?:should|ought to|needs to|must)" + _ADVERBS + r" be (?:an?|some|more|better|no)\b",
        "should ought needs must",
        "there",
    ),
    followup.sign(
        "something should be had",
        3.0,
        r"\b(?:we|it|they|this|that|there)(?: also| really| probably| definitely| still)? (?:should|ought to|"
        r"need to|needs to|could)"
        + _ADVERBS
        + r" (?:have|get) (?:an?|some|more|better|proper|at least) (?!look|chat|call\b|word|idea|sense|minute|second|"
        r"answer|update|go\b)",
        "should ought need needs could",
        "have get",
    ),
    followup.sign(
        "something would be good to have",
        0.5,
        r"\b(?:would|'d|might|could) (?:also |probably |really )*be (?:really |very |super |so )?(?:nice|good|great|"
        r"useful|helpful|better|ideal|handy|cool|awesome|lovely) (?:to(?! (?:know|hear|see|meet|get|be|go|catch|"
        r"chat|talk|find out|"
        r"understand))|if(?! (?:someone|you|anyone|people|i)\b))",
        "would could might it'd that'd there'd",
    ),
    followup.sign(
        "an ideal is named",
        3.0,
        r"^(?:and |but |so |also )*(?:ideally)\b|\bideally (?:we|it|this|that|the|these|there)\b",
        "ideally",
    ),
    followup.sign(
        "for the next time",
        5.0,
        r"^(?:and |but |so |also )*(?:next time|from now on|long(?:er)?[- ]term|going forward|in (?:the )?future|"
        r"for next time|"
        r"medium[- ]term)\b.{0,40}\b(?:we|should|let's|want|need|could|i'd|must|have to)\b",
        "now next long longer going future medium",
        "we we'll we're we've we'd should let's want need could i'd must have",
    ),
    followup.sign(
        "something needs work",
        3.0,
        r"\bneeds? (?:some |a |more |better )?(?:fixing|updating|cleaning up|documenting|documentation|work|love|"
        r"attention|refactoring|a refactor|cleanup|a cleanup|tuning|a rethink|investigation|hardening|a review|"
        r"reviewing)\b",
        "need needs",
    ),
    followup.sign(
        "something is wanted",
        2.5,
        r"\b(?:would|could|might|may|'d|will) (?:also |probably |really |definitely )?be (?:really |very |super |"
        r"so )?(?:nice|good|great|useful|helpful|better|worth|cool|ideal|awesome|handy|wise|lovely|prudent|"
        r"worthwhile)\b",
        "would could might may will it'd that'd there'd",
        "be",
    ),
    followup.sign(
        "it leaves something behind, and is worth it",
        0.5,
        r"\bworth (?:also )?(?:adding|having|documenting|automating|filing|creating|building|writing|revisiting|"
        r"reviewing|discussing|an? (?:ticket|follow|discussion|alert|issue))",
        "worth",
    ),
    followup.sign(
        "it is worth doing",
        2.5,
        r"\bworth (?:also |us |maybe )?(?:adding|having|looking|investigating|considering|reviewing|documenting|"
        r"fixing|doing|making|setting|exploring|thinking|automating|creating|writing|filing|checking if we|"
        r"revisiting|discussing|building|moving|an? (?:ticket|follow|discussion|alert|look|issue))",
        "worth",
    ),
    followup.sign(
        "something is missing",
        2.5,
        r"\b(?:we|it|there)(?:'re| are|'s| is)? (?:also |still |really |currently )?(?:missing|lack(?:s|ing)?|"
        r"don't have|do not have|have no|has no|need an?|need some|need more|need better|needs an?|needs better|"
        r"needs more|need)\b (?:\S+ ){0,4}?(?:alert(?:s|ing)?|monitor(?:s|ing)?|runbook|dashboard|docs|documentation|"
        r"tests?|limits?|rate[- ]limit\w*|metrics?|index|validation|safeguards?|check|checks|backups?|automation|"
        r"process|playbook|canary|circuit[- ]breaker|retry|retries|timeouts?|visibility|logging|redundancy|failover|"
        r"policy|linter|way to)\b",
        "missing outdated stale get lack lacks lacking don't not no need needs",
        "alert alerts alerting monitor monitors monitoring runbook dashboard docs documentation test tests limit "
        "limits rate metric metrics index validation safeguard safeguards check checks backup backups automation "
        "process playbook canary circuit retry retries timeout timeouts visibility logging redundancy failover "
        "policy linter way",
    ),
    followup.sign(
        "why did we not notice",
        3.0,
        r"\bwhy (?:didn't|did not|did (?:we|our|the|this|it|no \w+) (?:\w+ )?not|don't|doesn't|wasn't|was|weren't|"
        r"isn't|aren't|did (?:no|nobody)) (?:we|our|the|this|it|any|anyone|pagerduty|monitoring|alerts?|no|"
        r"there)?\b.{0,80}\b(?:page[ds]?|alert\w*|monitor\w*|caught|catch|notice\w*|detect\w*|test\w*|trigger\w*|"
        r"fire|fired|fail ?over|roll ?back|autoscal\w*|health ?check\w*|know|see|canary|staging|automat\w*)\b",
        "why",
    ),
    followup.sign(
        "kept for later",
        1.5,
        r"\b(?:ideally|eventually|at some point|long(?:er)?[- ]term|afterwards?|after (?:this|the incident|we're|"
        r"things|all this)|next (?:time|week|sprint|quarter|month|meeting)|in (?:the )?future|going forward|tomorrow|"
        r"on (?:monday|tuesday|wednesday|thursday|friday)|once (?:this|we're|things|it|everything)|"
        r"when (?:this is over|things calm|the dust|we have time)|for next time|some ?day|down the (?:road|line)|"
        r"later (?:on|today|this week)?)\b",
        "ideally eventually point long longer term afterward afterwards after next future forward tomorrow monday "
        "tuesday wednesday thursday friday once when someday day down later",
    ),
    followup.sign(
        "meant for the follow-up",
        2.0,
        r"\b(?:post-?mortem|retro(?:spective)?|rca|follow[- ]?ups?|backlog|action items?|lessons? learned)\b",
        "post postmortem mortem retro retrospective rca follow followup followups backlog action lesson lessons",
    ),
    followup.sign(
        "a ticket is asked for",
        2.5,
        rf"\b(?:{_WE}|let's|lets|to|can you|please|should)\b.{{0,30}}\b(?:file|open|create|make|raise|write|log|cut|"
        rf"add|have|get) (?:up )?(?:an?|some|another|the)? ?(?:\S+ )?(?:\S+ )?(?:ticket|tickets|issue|issues|jira|"
        rf"story|card|bug|task)\b",
        "ticket tickets issue issues jira story card bug task",
    ),
    followup.sign(
        "something to remember",
        3.0,
        r"(?<!was my )(?<!was a )\b(?:mental )?(?:note|reminder) (?:to self|to myself|for later)\b|\b(?:remember|"
        r"don't forget|"
        r"make sure) to (?:"
        + _LASTING
        + r")\b|\bmake sure (?:we|this|that|it|our|all|the)\b|\bfor (?:the |our )?(?:post-?mortem|retro|"
        r"follow[- ]?up|rca)s?\s*[:,–—-]",
        "note reminder remember forget make for",
        "self myself later to sure post postmortem postmortems mortem retro retros follow followup followups rca rcas",
    ),
    followup.sign(
        "let us, and lasting",
        2.0,
        rf"\b(?:let's|lets)(?: also| all| make sure we| plan to| please)* (?:{_LASTING})\b",
        "let's lets",
    ),
    followup.sign(
        "an order to do something lasting",
        2.0,
        rf"^(?:please |also |and |then )*(?:{_LASTING})(?: up| down| out)? (?:an?|the|some|more|better|all|our|"
        rf"separate|new|another|third|alerts?|monitoring|tests?|docs|runbooks?)\b",
        " ".join(openings(LASTING)),
        opens=True,
    ),
    followup.sign(
        "proposed in so many words",
        2.0,
        r"\b(?:i(?:'d| would)? (?:suggest|recommend|propose|vote)|my (?:suggestion|proposal)|proper fix|real fix|"
        r"long[- ]term fix|permanent fix|better (?:solution|fix|approach|way))\b",
        "suggest recommend propose vote suggestion proposal fix solution approach way",
    ),
    followup.sign(
        "asked of a person, and lasting",
        2.5,
        rf"\b(?:(?:can|could|would|will) (?:someone|somebody|anyone|you|we|@[\w.'-]+)|(?:do you |would you |you "
        rf")?(?:want|like) to|wanna|"
        rf"(?:do|would) you mind)(?: please| pls| maybe|"
        rf" also)* (?:{_LASTING})\b(?=.*\b(?:ticket|issue|jira|runbook|docs?|post-?mortem|retro|follow[- ]?up|"
        rf"tomorrow|later|next week|monday|after|alert|monitor\w*|dashboard|wiki)\b)",
        "can could would will want wanna like mind",
        "ticket issue jira runbook doc docs post postmortem mortem retro follow followup tomorrow later next "
        "monday after alert monitor* dashboard dashboard's wiki",
    ),
    followup.sign(
        "the monitoring, the tests, the documents",
        1.0,
        r"\b(?:alert(?:s|ing)?|monitor(?:s|ing)?|runbooks?|dashboards?|documentation|docs|wiki|tests?|"
        r"rate[- ]limit\w*|safeguards?|guard-?rails?|validation|readme|playbook|automat\w+|canar(?:y|ies)|"
        r"lint\w*|process|policy|"
        r"playbook|metrics?|retention|quota|limits?|timeouts?|retries|backups?)\b",
        "alert alerts alerting monitor monitors monitoring runbook runbooks dashboard dashboards documentation docs wiki test "
        "tests rate safeguard safeguards guard guardrail guardrails validation readme playbook automat* canary canaries lint* "
        "process policy metric metrics retention quota limit limits timeout timeouts retry retries backup backups",
    ),
)
