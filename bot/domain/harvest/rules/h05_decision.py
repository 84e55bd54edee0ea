"""H-05: a decision, as the scribe notes it after a poll ("Polled for decision on ... We are proceeding with ...") or as
people say it: decided, agreed, going ahead with."""

from bot.domain.harvest.finding import Confidence, TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import STEP_VERBS, either, words

_STEP = either(STEP_VERBS)

POLL = phrase_rule(
    "H-05",
    "A decision noted after a poll",
    TimelineKind.decision,
    words("polled polling proceeding proceed"),
    r"\bpoll(?:ed|ing) for (?:a )?(?:decision|consensus|strong objections)",
    r"\b(?:we|i)(?:'re| are|'m| am)? ?(?:now )?(?:proceed(?:ing)?) with\b",
    told=False,
    confidence=Confidence.A,
)

SAID = phrase_rule(
    "H-32",
    "A decision in plain words",
    TimelineKind.decision,
    words(
        "plan call decided agreed please decision decide going gonna let's lets plan proceed ahead consensus hold opted chose"
    ),
    r"\b(?:we|team|they)(?:'ve| have)? (?:all )?(?:decided|agreed|opted|chose|chosen|concluded)\b",
    r"\b(?:decided|agreed|opted) (?:to|on|that|against)\b",
    r"^(?:final )?decision(?: is| was| made| taken)*(?: at [\d:.]+(?: \w{2,4})?)?\s*[:–—-]",
    r"\b(?:my|our|final) (?:call|decision)\W*$|^(?:ok(?:ay)?,? )?(?:new plan|plan [b-d])\b",
    r"^(?:ok(?:ay)?,? )?go for it\b",
    rf"^(?:ok(?:ay)?,? |yes,? )*(?:@?\w+,? )?please (?:{_STEP})\b",
    r"\b(?:we're|we are) (?:going|gonna)(?: to)? (?:go )?(?:ahead|with|" + _STEP + r")\b",
    rf"\b(?:let's|lets|we'll|we will) (?:just |now |go ahead and |please )*(?:{_STEP})\b",
    r"\b(?:let's|lets) (?:go with|go ahead|proceed|hold off|not (?:do|roll|restart|deploy|touch))\b",
    r"\b(?:the |our )?plan(?: is|:| now is) (?:to )?(?=\w)",
    r"^(?:ok(?:ay)?[,. ]+)?(?:go ahead (?:and|with)|proceed with)\b",
    unless=r"\b(?:sev[- ]?\d|lunch|postmortem|post-mortem|retro|call it a night|plan for (?:next|tomorrow))\b",
    told=False,
)

RULES = (POLL, SAID)
