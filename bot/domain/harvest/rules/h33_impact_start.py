"""H-33: when it began, in the words of somebody who found out."""

from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.vocabulary import words

BEGAN = phrase_rule(
    "H-33",
    "When it began",
    TimelineKind.impact_start,
    words("started began begin since onset beginning first start starting impact"),
    r"\b(?:started|began|begins|beginning|starting|onset|start(?:ed)? (?:happening|seeing|failing)|first (?:seen|"
    r"error|errors|occurrence|failure|alert)|impact (?:start|began|started))"
    r"(?: \w+){0,6}?\W{1,3}(?:at |around |about |from |~|@ ?|just |right |after |since )*~?\d{1,2}[:.]\d\d",
    r"\b(?:started|began)(?: \w+){0,6}? (?:at |around |about |just |shortly |right |before |after )+~?"
    r"(?:\d{1,2}(?:-?ish\b| ?[ap]m\b| (?:local|my time|our time)\b)|half past \w|noon\b|midnight\b)",
    r"\bsince (?:about |around |roughly |~)?\d{1,2}[:.]\d\d\b",
    r"\b(?:started|began)(?: \w+){0,4} (?:about |around |~|roughly )?(?:\d{1,3}|an?|few) ?(?:m|mins?|minutes?|h|hrs?|"
    r"hours?) ago\b",
    r"^(?:the )?(?:very )?first (?:\w+ ){0,2}?(?:slow|failed|failing|declined|rejected|timed[- ]out|broken|"
    r"errors?|failures?|timeouts?|5\d\ds?|"
    r"complaints?|exceptions?|rejections?|declines)\b",
    unless=r"\b(?:meeting|call|standup|lunch|shift)\b",
    told=True,
)

RULES = (BEGAN,)
