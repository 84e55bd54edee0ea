"""What stands in quotes and speaks to customers: "IVR: \"We're having trouble with delivery slots. Please try again.\" ok?". An error that
people see in the product, or what they wrote, is none."""

from __future__ import annotations

import re

from bot.domain.harvest.late import late

QUOTE = late(r"[\"\u201c\u201e\u00ab]([^\"\u201c\u201d\u00bb]{30,})[\"\u201c\u201d\u00bb]")
# What else a text in quotes is said to be for, and what it then says to those who read it.
_FOR_THEM = late(
    r"\b(?:sms|ivr|push|mails?|e-?mails?|app|page|post(?:ed|ing)?|social|propos(?:al|ed|e)|draft|send(?:ing)?|sent|reply|answer|"
    r"phone line|tape|loop|screens?|site|portal|wording|text(?:ed|ing)?|message|put)\b|\b(?:ok|good|fine|fair)\s*\?",
    re.I,
)
_TO_THEM = late(
    r"\b(?:we apologi[sz]e|apologi(?:[sz]e|es)\b|we(?:'re| are) (?:having|working|aware|looking|checking|investigating|sorry|back)|sorry|"
    r"your (?!team)|you(?:'ll| will| need| may| can| do not| don't)\b|please (?:try|do|check|contact|refresh|wait|use|note|allow)|"
    r"no action (?:is )?needed|thank you for|next update|technical (?:problem|error|issue|fault)|being (?:corrected|processed|restored)|"
    r"problem (?:in|with) (?:the|our)|(?:some|a small number of) (?:of our )?(?:customers|users|orders|payments)|we (?:were|had|have))\b",
    re.I,
)
_AS_SEEN = late(
    r"\b(?:see|sees|saw|seeing|says|said|saying|got|gets?|getting|errors?|shows?|showing|shown|wrote|writes|asks?|asking|screenshot|"
    r"reads?|complain\w*|quote|like|called|logs?|logged|returns?|replied|replies|heard|tells?|told|toast)\b[^\n\"\u201c]{0,40}$",
    re.I,
)
_LINE = 40  # letters


def is_for_customers(quoted: re.Match[str], said: str) -> bool:
    """Whether what stands in quotes is a text for customers by what is said around it and what it says; an error that they see is none."""
    before, after = said[: quoted.start()], said[quoted.end() :]
    words = quoted[1]
    if _AS_SEEN.search(before) or len(words) < _LINE or not _TO_THEM.search(words):
        return False
    return bool(
        _FOR_THEM.search(before[-45:]) or _FOR_THEM.search(after[:40]) or (not before.strip() and ". " in words)
    )
