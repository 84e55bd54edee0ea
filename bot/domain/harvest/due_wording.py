"""The words by which people say until when something is to be done, as patterns."""

from __future__ import annotations

import re

from bot.domain.harvest import calendar_words
from bot.domain.harvest.late import late

DAY, MONTH = calendar_words.DAY, rf"{calendar_words.MONTH}\.?"
DOTTED = r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:20\d\d)?"
_FULL_DAY = rf"{calendar_words.LONG_DAY}(?: (?:morning|afternoon|evening|night))?"
_DATE = (
    rf"(?:20\d\d-[01]\d-[0-3]\d|{MONTH} [0-3]?\d(?:st|nd|rd|th)?(?:,? 20\d\d)?|"
    rf"[0-3]?\d(?:st|nd|rd|th)?(?: of)? {MONTH}(?: 20\d\d)?|the [0-3]?\d(?:st|nd|rd|th)|\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?|"
    rf"{DOTTED})"
)
_SPAN = r"(?:weekend|week|sprint|month|quarter|year|release|iteration|cycle|milestone)"
_EVENT = (
    rf"(?:{MONTH}|spring|summer|autumn|winter|the (?:next|coming) \w+|the {MONTH} \w+|"
    rf"the (?:\w+ ){{1,4}}?(?:in|on) (?:{MONTH}|{DAY}|the [0-3]?\d(?:st|nd|rd|th))|"
    r"black friday|cyber monday|christmas|xmas|thanksgiving|easter|new year(?:'s(?: eve)?)?|diwali|ramadan|eid|halloween|"
    r"(?:(?:the|our) )?(?:(?:next|coming|big|summer|winter|spring|autumn|fall|holiday|code|change|year[- ]end|quarter[- ]end) )?"
    r"(?:release|deploy(?:ment)?|launch|freeze|go[- ]live|holidays?|peak(?: season)?|sale|migration|cutover|renewal|audit|weekend|"
    r"season|demo|on-?call (?:shift|rotation|handover)|post-?mortem|retro(?:spective)?|quarter|sprint|month|year|week))"
)
_END = rf"(?:(?:the )?end of (?:the |this |next )?(?:day|{_SPAN}|{MONTH}|q[1-4])|e[o0][dwmqy]|cob|close of business)"
_POINT = (
    rf"(?:{_END}|(?:(?:early|mid|late|first thing) )?(?:(?:this|next|coming) )?{DAY}(?:,? {_DATE})?|{_DATE}|today|tonight|tomorrow|"
    rf"(?:(?:early|mid|late) )?(?:this|next) {_SPAN}|(?:the )?weekend|q[1-4](?: 20\d\d)?|(?:(?:early|mid|late)[ -])?{MONTH}(?! \d))"
)
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|(?:a )?(?:few|couple(?: of)?))"
_ZONE = r"(?: ?(?:utc|gmt|[ecmp][sd]?t|[cew]es?t|bst|ist|local(?: time)?|uhr)\b)?"
HOUR = rf"(?:(?:\d{{1,2}}[:.]\d\d(?: ?[ap]m\b)?|\d{{1,2}} ?[ap]m\b){_ZONE}|noon\b|midnight\b|lunch(?:time)?\b)"
DAY_ENDS = r"(?:eod|cob|(?:the )?end of (?:the )?day|close of business)"
_WE_DO = (
    r"(?:we|i|you|they)(?:'re| are)?(?: (?:next|actually|fully|all|finally))? (?:ship|launch|deploy|release|"
    r"go (?:live|public|to|on)|roll|migrate|cut over|upgrade|enable|re-?enable|turn|switch|merge|start|open|scale|move|onboard|renew|"
    r"freeze|announce|publish|resume|leave|demo)\b"
    r"(?: (?!(?:and|so|or|but|because|if|when|then)\b)[^\s,;!?()]+){0,4}"
)
_VERSION = r"(?:the )?v\d[\w.]*\w?(?: (?:ships|goes (?:out|live)|is out|lands|launch|release|roll-?out))?"
LABEL = r"(?:due(?: date)?(?:[:=]| is| on| by)?|(?:eta|deadline)[:=])"
# The last word of a sentence, of whom is asked or a please: "can you do it this week, Bo?".
_LAST = r"(?: (?:please|pls|then|maybe|@[\w.'-]+|(?-i:[A-Z])[\w'-]+)(?=\W*$))"
_HALT = rf"(?={_LAST}? ?(?:[.,;!?)]|$))"
DUE = late(
    r"\b(?:"
    rf"(?:by|until|till|no later than|not later than|{LABEL}|deadline(?: is|:)?)[ ]{_POINT}"
    rf"|by (?:{HOUR}|\d{{1,2}}(?:st|nd|rd|th))|{LABEL}[ ]{HOUR}"
    rf"|before {_POINT}|before {_EVENT}|before {_WE_DO}|before {_VERSION}|{LABEL}[ ]\d{{1,2}}\.\d{{1,2}}"
    rf"|(?:early |late(?:r)? |sometime )?(?:next|later this) (?:{_SPAN}|{DAY})"
    rf"|(?:this|coming) {DAY}|later today|first thing (?:tomorrow|{DAY})"
    r"|(?:tomorrow|tmrw|tmw)(?: (?:morning|afternoon|evening|noon))?"
    rf"|within (?:the next |about )?{_COUNT} ?(?:business |working )?(?:(?:hour|day|week|month)s?|h|hrs?|d|w)"
    rf"|in (?:the next |about )?(?:24|48|72) ?(?:h|hrs?|hours)"
    rf"|in (?:the next |about )?{_COUNT} ?(?:business |working )?(?:day|week|month)s?(?= ?[.,;!)]| ?$| from now)"
    rf"|(?:at |by )?(?:the )?{_END}"
    rf"|tonight|over the weekend|(?<!\bof )(?:this afternoon|this (?:weekend|week|sprint|month|quarter){_HALT})"
    r")(?![\w/])",
    re.IGNORECASE,
)
CLEAR = ("by ", "until ", "till ", "no later", "not later", "due ", "due:", "next ", "tomorrow", "tmrw", "tmw")
_STOP = rf"(?={_LAST}? ?(?:[.,;!?)]|$| [-–—]| and\b| with\b| still\b| if\b| or\b|,? (?:at )?{HOUR}))"
BARE = late(
    rf"(?<![\w/'])(?<!\bof )(?<!\blast )(?<!\bevery )(?<!\beach )(?<!\bsince )(?<!\bnot )"
    r"(?<!\ba )(?<!\bfrom )(?<!\bafter )(?<!\bfirst )(?<!\bthe )(?<!\d )(?<!\bis )"
    rf"(?:(?:today|this (?:week|sprint|month|quarter)|{_FULL_DAY}|"
    r"(?:for|in|into) q[1-4]|in the morning|first thing|(?:by|before) (?:the )?(?:noon|month end|end of \w+)|"
    r"after the (?:next |coming )?(?:release|freeze|launch|sale|peak|audit|migration|holidays|weekend|deploy|go-live))"
    rf"{_STOP}|^{_FULL_DAY}(?=[,:]))(?!['’])",
    re.I,
)
ON = late(
    rf"\b(?:on {DAY}(?:,? {_DATE})?|in (?!may\b|march\b){MONTH}|on the [0-3]?\d(?:st|nd|rd|th)|on {DOTTED})(?![\w/])(?! \d)",
    re.I,
)
_STATE = (
    r"(?:affected|impacted|outdated|deprecated|related|shared|unused|limited|dedicated|automated|scheduled|detailed|updated|improved|"
    r"revised)"
)
# What looks like the past and says what something is like: "mail the affected customers".
_IS_LIKE = "".join(
    rf"(?!(?<=\b{each} ){_STATE} \w)" for each in ("the", "a", "an", "our", "all", "any", "these", "those")
)
PAST = late(
    r"\b(?:was|were|wasn't|weren't|did|didn't|had|been|since|broke|went|got|saw|came|found|lost|fell|ran|last|why|"
    rf"{_IS_LIKE}(?!(?:asked for|requested|demanded|promised)\b)"  # and what was asked for is still to come
    r"(?<!-)(?<!\bbe )(?<!\bget )(?!need)\w{2,}ed)\b(?:(?!(?:\b(?:i|we|you)'ll|, (?:i )?will|\blet me) )[^.;?!])*\Z",
    re.I,
)
_NO_NAME_EITHER = r"(?!(?:jan|mar|apr(?:il)?|may|june?|aug(?:ust)?)\b)"
ALONE = late(rf"{_NO_NAME_EITHER}(?:{_POINT}|(?:the )?(?:next|coming) \w+|after {_EVENT})", re.I)
OCCASION = late(rf"{_NO_NAME_EITHER}{_EVENT}", re.I)
"""What stands for a time where nothing else does, and for what is neither a time to count nor a person."""
REQUEST = late(r"\b(?:can|could|will|would|shall|should|may|might|please|pls|let's|want|need|needs)\b[^.;?!]*\Z", re.I)
QUESTION = late(rf",?{_LAST}? ?\?", re.I)
"""What stands before a time that is asked for, and behind it in a question."""
SOON = late(r"(?<!not )(?<!need )\b(?:asap|as soon as possible)(?![\w/])", re.I)
FURTHER = late(rf",? (?:at |by |around )?(?:{HOUR}|{DAY_ENDS})(?![\w/])|,? at \d{{1,2}}{_STOP}", re.I)
FURTHER_DAY = late(rf"(?:,? on)? (?:today|tomorrow|tmrw|tmw|(?:(?:this|next) )?{DAY}|{_DATE})(?![\w/])", re.I)
"""The hour of a day, and the day of an hour or of "eod", where they stand behind it."""
ENDS_IN_HOUR = late(rf"(?:\b(?:{DAY_ENDS})|(?:^|[ ]){HOUR})$", re.I)
