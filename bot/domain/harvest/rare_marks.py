"""Marks that few people use, or that stand in front of other things as well: what follows them has to be work, which a verb opens."""

from __future__ import annotations

from bot.domain.harvest.mark import DASH, FOLLOW, FOR, NAME, NO_TASK, NOTED, NUMBER, PERSON, mark
from bot.domain.harvest.vocabulary import AT_ONCE, LASTING, STEP_VERBS, either, words

_NO_VERB = words("be list have page go say see understand know think post")
_MORE = words(
    "buy call clear count ensure fail_over find_out figure_out finish give investigate look loosen make_sure pay prune re-run "
    "re-add re-test restore return set_up shorten thank tell tidy_up tighten turn widen"
)
WORK = (
    r"(?=(?i:(?:please|also|still|then|just|finally|properly|actually|maybe|someone|to|(?:we )?(?:should|need to|must)) ){0,2}"
    rf"(?i:(?:{either((LASTING | AT_ONCE | STEP_VERBS | _MORE) - _NO_VERB)})\b"
    r"(?! (?:is|are|was|were|has|had|looks?|seems?|says?|said|failed|of|by|took|takes|went|on the [a-z]+ (?:is|was))\b))"
    r"(?=[ ]\S)(?!.*\?\s*$))"
)
"""What is to be done: "rotate the key". Not "list is long", "test failed"."""
TASK = rf"(?:{WORK}|{NAME} to [a-z])"
"""The same, or who is to do it: "bo to rotate the key"."""
_NOT_DONE = (
    r"(?!\s*(?i:(?:[a-z]+ed|we|was|were|is|are|has|have|done|see|taken|in progress|ongoing|underway|pending|tbd)\b))"
)
_NO_SOURCE = r"(?!.*\b(?i:says|said|(?:in|from) the (?:code|source|file|script|repo|config))\b)"

MARKS = (
    mark(
        "todo in small letters before a verb",
        rf"(?:(?P<at>{PERSON})[,:]? )?(?:[Tt]o-?do)(?: #?\d{{1,2}})?\s+{WORK}",
        "todo,to-do",
        "todo do",
        "todo fix it", "Todo fix it", "@bo todo fix it",
    ),
    mark(
        "TODO with a question mark before a verb",
        rf"TO-?DO\s?\?+\s+{WORK}",
        "todo,to-do",
        "todo do",
        "TODO? fix it",
    ),
    mark(
        "AI or AP in brackets before a verb",
        rf"\[A[IP]\]:?\s+{WORK}",
        "[AI],[AP]",
        "ai ap",
        "[AI] fix it", "[AP]: fix it",
    ),
    mark(
        "next steps, with a colon and a verb",
        rf"(?i:next steps):\s+{WORK}",
        "next steps",
        "next",
        "Next steps: fix it",
    ),
    mark(
        "to do with a dash",
        rf"(?i:to do)\s?{DASH}\s*(?=\S)",
        "to do -,to do –,to do —,to do-,to do–,to do—",
        "do",
        "to do - fix it", "To do – fix it",
    ),
    mark(
        "a comment as in code",
        rf"(?://+ ?|#{{1,3}} |-- )(?:TODO|FIXME)(?:\((?P<inside>[^()\n]{{1,40}})\))?:?(?={NO_TASK}\s){_NO_SOURCE}",
        "todo,fixme",
        "todo fixme",
        "// TODO fix it", "# TODO fix it", "# TODO: fix it", "// FIXME fix it",
    ),
    mark(
        "a mark that is set as code",
        rf"`(?i:todo|to-do|fixme|action(?: item)?|{FOLLOW})"
        rf"(?:\((?P<inside>[^()`\n]{{1,40}})\))?:?`(?::|\s?{DASH})?(?={NO_TASK}\s){_NO_SOURCE}",
        "`todo,`to-do,`fixme,`action,`follow",
        "todo do fixme action follow followup",
        "`TODO` fix it", "`TODO`: fix it", "`todo:` fix it", "`FIXME` fix it",
    ),
    mark(
        "FIXME",
        rf"(?:(?i:fixme){FOR}:(?=\s)|FIXME\s+{WORK})",
        "fixme",
        "fixme",
        "FIXME: fix it", "fixme: fix it", "FIXME fix it",
    ),
    mark(
        "f/u without a slash, or in capitals without a colon",
        rf"(?:(?i:fu):(?= (?!you\b|all\b|too\b|everyone\b))|F/U\s+{WORK})",
        "fu:,F/U",
        "fu f/u",
        "fu: fix it", "F/U fix it",
    ),
    mark(
        "ai in small letters, and who is to do what",
        rf"(?:ai|ap): (?=@?(?P<name>{NAME}) (?:to|will) [a-z])",
        "ai: ,ap: ",
        "ai ap",
        "ai: bo to fix it",
        named=True,
    ),
    mark(
        "f/u, with whom and about what",
        r"(?i:f/u)(?=\s+(?:with|w/)\s*[^:?\n]{2,60}?\s(?:about|on|re|regarding|for|to)\s)(?!.*\b(?:was|were|went|done)\b)",
        "f/u",
        "f/u",
    ),
    mark(
        "what mends or prevents, with a colon",
        rf"(?i:(?:corrective|preventive|preventative|remedial|remediation|hardening|follow-on|post-incident|post-?mortem|retro) "
        rf"(?:action|item|task|measure|work|step)(?: items?)?s?){NUMBER}{FOR}(?::|\s{DASH}){_NOT_DONE}(?=\s)",
        "corrective,prevent,remedia,hardening,follow,post-incident ,postmortem ,post-mortem ,retro ",
        "corrective preventive preventative remedial remediation hardening follow post postmortem retro",
        "Corrective action: fix it", "Preventive action (bo): fix it", "Remediation item: fix it", "Post-incident task - fix it",
        "postmortem item: fix it",
    ),
    mark(
        "a task, or what mends, before a verb",
        rf"(?i:tasks?|remediation|prevention){NUMBER}{FOR}:\s+{WORK}",
        "task,remedia,prevent",
        "task tasks remediation prevention",
        "task: fix it", "Task (bo): fix it", "Remediation: fix it",
    ),
    mark(
        "a note to oneself before a verb",
        rf"(?i:(?:a )?note to (?=self))(?P<for_>self)(?::|,|\s{DASH})\s+"
        rf"(?!(?:tell|stop|never|don't|thank|give|drop|eat|ask)\b){WORK}",
        "note to self",
        "self",
        "note to self: fix it", "note to self - fix it",
    ),
    mark(
        "noted as one",
        NOTED,
        "as an action,as a follow,as a todo,as a to-do",
        "action follow followup todo do",
        "noting as an action: fix it", "Noted as a follow-up - fix it", "logging this as an action item, fix it",
    ),
    mark(
        "next steps, and who does which",
        rf"(?i:next steps?|{FOLLOW}|actions?(?: items?)?|to-?dos)\s*(?:->|=>|→|:|{DASH})\s*(?=@?{NAME}: [^;\n]{{3,200}}; ?@?{NAME}: )",
        "next step,follow,action,todo,to-do",
        "next follow followup followups action actions todos do dos",
        each_named=True,
    ),
)  # fmt: skip
