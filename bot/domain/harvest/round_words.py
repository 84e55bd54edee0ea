"""Wordings with which somebody opens a round: what people say when they want to hear what is to be done now that it is over ("what do we
change, one line each", "retro in here, no novels", "let's list while we remember", "lessons?")."""

from __future__ import annotations

import re
from collections.abc import Set

from bot.domain.harvest.late import late

_SIGHT = 400  # of a long message only the end opens a round
_WORK = r"follow[- ]?ups?|action (?:items?|points?)|lessons?(?: learn(?:ed|t))?|take-?aways?|learnings?|improvements?|to-?dos?|tickets?"
_ANY = r"any\w*|some(?:thing|body|one)?|what|which|things|points|ideas|thoughts|last call|who (?:has|wants)"
_AFTER = (
    rf"(?:{_WORK})\b|\blearn(?:ed|t)\b|\b(?:take|leave)\b.{{0,20}}\b(?:away|home|from|with)\b|\bto improve\b|\b(?:do|done) differently\b|"
    r"\bwould(?:'ve| have|a)? .{0,30}?(?:helped|saved|made|prevented|caught|wanted|help|prevent)\b|\b(?:better )?next time\b|"
    r"\b(?:for|in|into) (?:the|a|my|our|this) (?:\w+ )?(?:pm|post-?mortem|review|retro\w*|report|write-?up|debrief|rca)\b|"
    r"\bplan in\b|\bafter (?:this|that)\b|\bafterwards\b|\b(?:to|should) (?:do|fix|change) (?:after|later|next|now that|about)\b|"
    r"\bto prevent\b|\bso (?:that )?(?:it|this|that|we|you|i|nobody|no one)\b.{0,40}\bagain\b|"
    r"\b(?:do|should|can|could) we (?:fix|change|improve|learn|take)\b"
)
_ASKS = late(rf"(?:^|\W)(?:{_ANY})\b[^?]{{0,80}}?(?:{_AFTER})[^?]{{0,80}}\?", re.I)
_SHORT = late(rf"(?:^|[.!,:;–—-] )(?:(?:ok(?:ay)?|so|and|any|the|now)[,:]? )*(?:{_WORK})\b[^?.!]{{0,25}}\?", re.I)

_MEETING = (
    r"(?:mini-?|quick |short )?retro(?:-?\w+)?|debrief(?:ing)?|lessons|learnings|take-?aways|follow[- ]?ups|"
    r"follow[- ]?up (?:collection|session|round)|action items|improvements|improvement proposals?|look back|wrap[- ]?up|brain ?dump|"
    r"(?:quick|short|last|morning|evening|one|a|this|first|second|another) round|round \d"
)
_HOW = (
    r"here|in (?:this|the) (?:channel|thread)|in (?:text|writing)|text only|by text|quick(?:ly)?|short(?:ly)?|brief(?:ly)?|"
    r"types?|typing|writes?|written|dump|throw|one (?:line|each|per|thing)|one-?liners?|two lines|key ?words?|each|every(?:body|one)|"
    r"all of you|(?:no|without) (?:slides?|essays?|novels?|blame|names|speeches)|please|pls|don't be shy|(?:your|own) (?:words?|turn)|"
    r"\d+ ?min\w*|i(?:'ll| will)? (?:listen|collect|sort|note|write)|you first|first\b.{0,8}$|go\b|while"
)
_WE, _YOU = r"(?:we|you|i|y'?all|u|everybody|everyone|each of (?:us|you))(?:'d)?", r"you (?:all )?"
_BETTER = (
    r"want (?:out|different|to (?:change|fix|see|have)|fixed|changed|next)|change(?!d|s)|improve|different(?:ly)?|keep from this|"
    r"do (?:better|different(?:ly)?|so (?:that )?it|that it|next time|about it so)|like (?:fixed|changed|different|to (?:fix|change|see))"
)
_HELPED = (
    r"helped|stopped|made|prevented|spared|saved|caught|told|avoided|shortened|help|prevent|stop|spare|save|catch|avoid"
)
_ENDS = (
    r"hurts?|stings?|fresh|warm|remember|all here|all awake|(?:everyone|everybody)(?:'s| is) (?:here|awake|still)|fades?|forgets?|leaves?|"
    r"runs?(?: off| home| away)|goes home|go (?:home|to bed)|scatters?"
)
_FOR_ALL = r"(?:it|we|everyone|everybody|you all|y'?all|all of us|people|the pain)(?:'s| is|'re| are)?|you(?:'re| are) all"  # "while ..."
_LET_US, _OURS = (
    r"(?:let'?s|let us|shall we|can we|could we) (?:just |all )?",
    r"(?:things|points|ideas|what|your|wishes|everything)",
)
_WISHED = r"you(?:'d| would)? (?:want|like|wish|need|have|think)|we (?:should|could|change|want)|should (?:be|change)"
_WORTH_SAYING = rf"{_WISHED}|hurts?|(?:is|'s) on your"
_WAYS = (
    rf"\b(?:{_MEETING})\b[^.?!\n]{{0,40}}?[,.:;(–— -]+[^?!\n]{{0,20}}?\b(?:{_HOW})\b",
    rf"\b(?:{_HOW})\b[^.?!\n]{{0,30}}\b(?:{_MEETING})\b",
    rf"^\W*(?:ok(?:ay)?|so|and|right|now|good|thanks all|hi all|morning)?[,.:]?\s*(?:the )?(?:{_MEETING})\W*$",
    rf"\bwhat(?:'d|'ll)?(?: else)?(?: would| do| should| must| could| will| can| shall)? {_WE}\b(?! did)"
    rf"[^.?!,\n]{{0,20}}?\b(?:{_BETTER})\b",
    r"\bwhat (?:did|do|have|can|could|should|must|else did) (?:we|you|i|everybody) (?:all )?"
    r"(?:learn(?:ed|t)?|take (?:away |home )?(?:from|with|home)|take out)\b",
    r"\bwhat (?:i|we)(?:'d| would|'ve)? (?:learn(?:ed|t)|took away|take away|change|do better|do differently)\b",
    rf"\bwhat would {_YOU}(?:fix|change|do differently|want|build|buy)\b",
    rf"\bwhat (?:do|would) {_YOU}(?:need|want) (?:different|next time|so that|after this)\b",
    r"\bwhat (?:is|are) (?:your|the) (?:wish(?:es)?|lessons?|improvements?|take-?aways?)\b|\bwhat (?:hurts?|stings?)\b",
    rf"\bwhat would(?:'ve| have|a|n't)? [^?.!\n]{{0,40}}?\b(?:{_HELPED})\b",
    r"\bwhat (?:could|should) (?:be|have been|go|have gone) (?:better|different|faster)\b",
    r"\bwhat (?:will|would|does) (?:stop|prevent|keep) (?:it|this|that|us)\b",
    rf"\b{_LET_US}(?:(?:collect|gather|list)|(?:write|note) (?:down )?(?:what|our|things)|hear (?:what|from))\b",
    rf"\b(?:i|i'll|we|we'll) (?:collect|gather|list) {_OURS}\b",
    r"\b(?:throw|dump) (?:them|it|everything|all of it|yours|your \w+) (?:in|here|below)\b",
    rf"\b(?:say|write|tell (?:me|us)|type) (?:here )?what ?(?:{_WORTH_SAYING})\b",
    r"\b(?:your|some) (?:wishes|improvements|lessons|take-?aways)\b",
    r"\b(?:stuff|things?|something|anything) (?:that )?(?:we|you|u|y'all|everybody|each of you)(?:'d| would| want| wants)\b"
    r"[^.?!\n]{0,20}\b(?:fix|chang|different|better|keep|stop|start|see)\w*",
    rf"\b(?:while|before|as long as) (?:{_FOR_ALL})\b(?! can| do)[^.?!\n]{{0,25}}?\b(?:{_ENDS})\b",
)
_OPENS = late("|".join(_WAYS), re.I)
_HEARD = frozenset((
    "what", "what'd", "what'll", "lesson", "lessons", "learnings", "takeaway", "takeaways", "take", "aways", "away", "retro",
    "retrospective", "debrief", "debriefing", "improvement", "improvements", "wishes", "round", "dump", "wrap", "look", "follow-up",
    "follow-ups", "followup", "followups", "follow", "action", "collect", "gather", "list", "throw", "while", "before", "stuff",
    "things", "thing", "something", "anything", "let's", "lets", "write", "say", "tell", "type",
))  # fmt: skip
"""The words of `_OPENS`: where none of them is said it is not looked for."""


def opens(said: str, words: Set[str]) -> bool:
    """Whether somebody who says that, in these words, wants to hear what is to be done now that it is over."""
    end = said[-_SIGHT:]
    if "?" in said and (_SHORT.search(end) or _ASKS.search(end)):
        return True
    return not _HEARD.isdisjoint(words) and bool(_OPENS.search(end))
