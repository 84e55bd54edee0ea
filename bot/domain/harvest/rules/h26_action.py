"""H-26: a step of the response that somebody takes, took, or is about to take. Work for later is no step, and "
"neither is
a condition ("I'll restart it if it happens again")."""

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import DOING_VERBS, DONE_VERBS, STEP_VERBS, either, words

_NOT_DOING = (
    r"(?:look|check|try|wait|watch|join|think|wonder|hop|follow|lurk|read|go|gett?|be|hav|see|talk|ask|typ|com|"
    r"monitor|stand|keep|com|say|feel|mean|mak|observ|listen|digg|"
    r"investigat|guess|assum|hear|work|includ|depend|accord|regard|consider|interest|excit|amaz|annoy|confus|noth|"
    r"everyth|someth|anyth|morn|even|dur|br|str|th|k|spr|"
    r"head|leav|eat|tak|grabb|receiv|experienc|show|return|miss|start|runn|mov|post|send|writ|notic|know|hang|"
    r"timeout|tim|fail|suffer|wish|lov|enjoy|hat|learn|shadow|lov|shar|repeat|visit|tun|ask|answer|paint|burn|"
    r"rain|wonder)(?:p)?ing\b"
)

_NOT_DONE = (
    r"(?:agree|note|use|ne|inde|tri|seem|look|want|join|guess|confirm|interest|excit|suppos|us|notic|ask|mention|nam|"
    r"relat|bas|link|shar|wonder|mean|hop|lov|lik|work|"
    r"happen|appear|mismatch|unrelat|limit|advanc|need|fe|spe|be|spee|exce|succe|proce|inde|se|bre|ble|fre|gre|re|"
    r"attach|includ|miss|expect|fail|timed|crash|tim|finish|"
    r"complicat|confus|surpris|amaz|pleas|concern|worri|bor|tir|scar|embarrass|impress|assum|remember|forgott?|thank|"
    r"wait|listen|heard|talk|dat|unexpect|detail|acknowledg|acke?|nail|kidd|skipp)e?d\b"
)

_WHO = (
    r"(?:i|we|i've|we've|i have|we have|they|they've|@[\w.'-]+|[A-Z][\w'-]+|has|have|was|were|been|being|just|"
    r"also|now|already|successfully|manually|then|and|ok(?:ay)?|so|is|are)"
)

_SOFT = r"(?: just| now| also| successfully| manually| already| all| temporarily){0,3}"

OPENING = phrase_rule(
    "H-26",
    "A step is taken, said with its verb first",
    TimelineKind.action,
    None,
    r"(?<=[a-z]{3})(?<!\bsee)ing (?:it|that|this|them|those) now\b",
    rf"^(?:(?:ok(?:ay)?|so|now|and|alright|also|just|still|fwiw|"
    rf"fyi)[,: ]+)*(?!{_NOT_DOING})[a-z]{{2,14}}[a-z]ing\b(?!,? (?:forward|one\b|of|everyone|here|quiet|out loud|"
    rf"good|great|nice|like|that|to (?:me|"
    rf"you)|you|sense)\b),? \S+",
    rf"^(?:(?:ok(?:ay)?|so|now|and|alright|also|just)[,: ]+)*(?!{_NOT_DONE})[a-z]{{2,14}}ed\b(?! (?:to|in|by|with|"
    rf"you|me|that|like|if)\b)(?:,? \S+|[.!]*$)",
    r"(?:^|[,.] )(?:ok(?:ay)?,? )?doing (?:it|that|this|so)(?: now)?\W*$",
    unless=r"\b(?:if (?:it|that|this|we|they|you|i|things)|should|would|could|might|why|never|joke|(?:filed|created|"
    r"opened|raised|logged) (?:an? |the )?(?:\S+ )?(?:ticket|issue|jira|story|bug|doc|[a-z]{2,}-\d+))\b",
    endings=("ing", "ed", "ING", "ED"),
)

ACTED = phrase_rule(
    "H-26",
    "A step is taken",
    TimelineKind.action,
    DONE_VERBS
    | DOING_VERBS
    | STEP_VERBS
    | words(
        "initiated scheduled off deployed",
        "asked contacted called emailed messaged told informed notified",
        "rolled rolling failed failing turned turning kicked kicking spun spinning scaled backed took brought done "
        "complete",
        "completed finished live underway started out roll fail turn kick spin back bring take progress cut replayed "
        "replaying",
        "expanding expanded dropped draining importing imported backfilling backfilled reprocessing reprocessed "
        "requeued requeueing",
        "failing isolating isolated mitigating resizing shutting testing tested building rebuilding syncing synced "
        "copying copied",
        "truncating cleaned cleaning unlocking granting granted rerunning reran vacuuming pinning dumping uploading "
        "uploaded",
        "repointing repointed rewriting hotpatching hotfixing redirecting redirected routing routed bypassing "
        "bypassed blocking",
        "capturing captured forcing throttled quarantining quarantined ssh'ing tailing",
    ),
    rf"(?:^|(?<![\w'-]){_WHO}){_SOFT}[,:]? ?\b(?:{either(DONE_VERBS)})\b(?! by (?:that|this)|"
    rf"[- ]?up to)(?=\s+(?!of\b|out of\b)\S|[.!]?$)",
    rf"(?:^|\b(?:i'm|im|we're|i am|we are|now|currently|is|are|being|start(?:ed|ing)|ok(?:ay)?|going ahead and|just|"
    rf"so|and|@[\w.'-]+)[,:]? ){_SOFT} ?(?:{either(DOING_VERBS)})\b",
    rf"\b(?:i'll|i will|i'm going to|i'm gonna|im going to|going to|gonna|we'll|about to|i'd|let me) (?:just |now |"
    rf"go ahead and |try to |try and |start |quickly |also )*(?:{either(STEP_VERBS)})\b",
    r"\b(?:restart|rollback|roll back|deploy|deployment|failover|migration|rebuild|restore|revert|rollout|release|"
    r"hotfix|fix|patch|pr|change|scale[- ]?up|redeploy)"
    r" (?:is |has |was |has been |is now |have been |just )*(?:done|complete|completed|finished|out|live|deployed|"
    r"merged|rolled out|started|in progress|underway|pushed|going out|applied)\b",
    rf"^(?:the |a |an |all )?(?:[\w/.-]+ ){{1,4}}(?:{either(DONE_VERBS)})(?=[,.!;]|$)",
    r"\b(?:i|we)(?:'ve| have)?(?: also| just)? (?:asked|contacted|called|emailed|messaged|told|informed|"
    r"notified) (?:the|our|their|aws|@|"
    r"support)",
    r"\b(?:failover|fail-over|rollback|restart|deployment|deploy|migration|scaling|scale-up|restore|rebuild|"
    r"reboot|drain|rollout)"
    r"(?: \S+){0,4}? (?:initiated|started|triggered|kicked off|in progress|underway|completed|scheduled)\b",
    r"^(?!(?:well|i'm|we're|you're|not|it's|that's|all) )(?:\S+ ){1,5}(?:is |are |has |have )?(?:now |all "
    r")?(?:complete|completed|done|"
    r"finished|deployed|applied|merged|restarted|reverted|drained|replayed|restored)(?: as well| too| now| "
    r"again)?(?:[.!]*$|,)",
    r"\bi(?:'ll| will) (?:put|set|switch|turn|move|take|bring|change|point|roll|scale|push) .{2,80}\bnow\b\W*$",
    r"\b\d+\.\d+[\w.]* (?:is |are )?(?:now )?(?:live|out|deployed|rolled out)\b|^(?:the )?[\w-]+ (?:is|are) "
    r"(?:now )?(?:off|disabled|reverted)\W*$",
    rf"^(?:now |ok(?:ay)?,? |re)?(?:{either(DOING_VERBS)})\b[.!…]*$",
    rf"^\W*(?:p\d )?actions?\W{{1,4}}(?:{either(DONE_VERBS)})\b",
    unless=r"\b(?:if (?:it|that|this|we|they|you|i|things)|should(?:\w+n't)?|would|could|might|need(?:s)? to|didn't|"
    r"don't|doesn't|not|never|isn't|wasn't|aren't|haven't|hasn't|why|been running|"
    r"(?:filed|created|opened|raised|logged|made) (?:an? |the )?(?:\S+ )?(?:ticket|issue|jira|story|bug|doc|"
    r"[A-Z]{2,}-\d+)|was created|were created|last (?:week|month|year)|joke|ever)\b",
)

RULES = (OPENING, ACTED)
