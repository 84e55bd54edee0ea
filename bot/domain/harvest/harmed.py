"""Whether a number of customers says how many are affected or have been in touch: by a word that says so, or because it is all that is
said, as an answer is: "about 3k users". How many there are in all, have something new or are well again is none."""

from __future__ import annotations

import re

from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_SUFFERED = (
    r"affected|impacted|hit|called?|calling|complain\w*|wrote|written|reports?|reported|tickets?|could ?n[o']t|cannot|can't|"
    r"unable|fail\w*|saw|seeing|lost|without|wrong|missing|charged|double|delayed|blocked|broken|received|waiting|locked|stuck|"
    r"interrupted|cancell?ed|bounced|declined|disconnected|kicked"
)
_CLEAR = late(rf"\b(?:{_SUFFERED})\b", re.I)
_TOUCHED = late(rf"\b(?:{_SUFFERED}|down|in total|so far|got|have|had|out)\b", re.I)
_OWN = late(r"\b(?:have|has|had|got|serve|host)(?: (?:got|only))?(?: about| around| over| some)? ?$", re.I)
_BUT = late(r"\W*(?:so far|now|already|with|who|that|whose|without|in the)\b", re.I)
_PLACE = late(r"\b(?:top|page|step|part|level|tier|version|day|week|round|wave|phase) $", re.I)
_MARK = (
    r"(?:so|now|currently|still|already|that's|that is|it's|its|it is|this is|we're at|we are at|up to|makes(?: it| that)?|"
    r"impact(?: is)?:?|scope(?: is)?:?|in total|total|altogether|probably|maybe|likely|only|just|all|more like|in|ok|hm+|update),?"
)
_OPENS = late(rf"(?P<first>^|[.!] )?(?P<later>[,;(–—] ?|- )?(?P<mark>(?:{_MARK} )*)$", re.I)
_ENDS = late(
    r"\s*(?:$|[.,;!)(]|[–—] |- |(?:out )?of \d|since (?:about |around )?\d|"
    r"(?:so far|right now|now|already|and counting|by now|or so|at the moment|in total)\s*(?:$|[.,;!]))",
    re.I,
)
_AGAIN = r"(?:back|fine|ok|okay|recovered|restored|working|unlocked|unblocked|unfrozen|fixed|green|good|corrected|clean|refunded|done)"
_WELL = late(rf"\W*(?:(?:are|is|were|now|all|again) )*{_AGAIN}\b", re.I)
_WELL_BEFORE = late(rf"\b{_AGAIN} (?:again )?(?:for|at|in|with)(?: about| all)? $", re.I)
_NONE_OF = late(r"\b(?:0|no|none|zero)\b[^.;!?]{0,40}\b(?:out )?of (?:the |our |all )?$", re.I)
_SENT = late(
    r"\b(?:mails?|sms|notes?|letters?|notices?|messages?|texts?)\b[^.;:!?]{0,40} to (?:the |all |about )?$", re.I
)
_COUNTED = late(r"\b(?:with|w/|without|whose|who|that|double|doubled|duplicates?)\b", re.I)
_ELSE = late(rf"\b(?:in total|total|active|online|registered|notified|informed|migrated|enabled|{_AGAIN})\b", re.I)
_RESPONDERS = late(r"(?:people|teams?|members|projects|sites)\Z", re.I)  # which may as well be our own
_ABOUT = late(r"^(?:[~a-z]|\d[\d.,']* ?[km%]|\d+ (?:in|of|out))", re.I)
_SURELY = late(r"^(?:[~a-z]|\d[\d.,']*\d|\d ?[km%]|\d+ (?:in|of|out))", re.I)
_OTHER = late(
    r"\b(?:roll-?(?:ed )?out|rolling out|canary|flags?|enabled?|deploy\w*|migrat\w*|test\w*|internal|staff|licen[sc]es?|plans?|seats?|"
    r"limit|max|capacity|online|active|logged in|signed up|connected|guide|docs?|beta|pilot|invite\w*|staging|sandbox|dummy|qa|"
    r"fixed|restored|recovered|back|fine|good|done|refunded|notified|informed|mail(?:s|ed)?|e-?mailed|told|contacted|working|works?|unaffected|"
    r"not affected|to go|left|ran)\b|\b(?:on|off|up),",
    re.I,
)


def is_told(hit: re.Match[str], said: str, note: Note, ctx: Context) -> bool:
    """Whether the number is one of those who are affected, or of those who have written."""
    before = said[: hit.start()]
    if _PLACE.search(said[: hit.start(1)]):
        return False
    if _WELL.match(said, hit.end()) or _WELL_BEFORE.search(before) or _NONE_OF.search(before):
        return False
    if _TOUCHED.search(said) or _SENT.search(before):
        return bool(_CLEAR.search(said) or not _OWN.search(before) or _BUT.match(said, hit.end()))
    return _is_all(hit, said, before) and "?" not in said and not _OTHER.search(said) and not _is_of_other(note, ctx)


def suffered(said: str) -> bool:
    """Whether what is counted are those of them with whom something is wrong: "accounts with a double mail"."""
    return bool(_CLEAR.search(said) or _COUNTED.search(said)) and not _ELSE.search(said)


def _is_all(hit: re.Match[str], said: str, before: str) -> bool:
    """Whether the number is a thought of its own: at the beginning of a sentence and before its end, or added to what was said."""
    opens = _OPENS.search(before)
    if opens is None or not _ENDS.match(said, hit.end()):
        return False
    if _RESPONDERS.match(hit[3]):
        return bool(_ABOUT.match(hit[0]))
    if opens["first"] is not None:
        return True
    aside = (opens["later"] or "").startswith("(")
    return opens["later"] is not None and bool(opens["mark"] or (_ABOUT if aside else _SURELY).match(hit[0]))


def _is_of_other(note: Note, ctx: Context) -> bool:
    """Whether it answers a question for something else: "how far is the rollout?"."""
    asked = ctx.before(note)
    return asked is not None and "?" in asked.plain and bool(_OTHER.search(asked.plain[:500]))
