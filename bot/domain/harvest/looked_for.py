"""How a role is looked for: "who takes the lead?", "can anyone write this down", "shall I coordinate?"; an app: "no lead yet"."""

from __future__ import annotations

import re

from bot.domain.harvest import role_words
from bot.domain.harvest.late import late

ROLE = (
    r"(?:(?P<deputy>deputy|backup ic)|(?P<scribe>scribe|scribing|note-?taker|(?:taking |keeping )?(?:the )?(?:notes|minutes)|"
    r"keep(?:s|ing) (?:the |a )?(?:log|timeline))|"
    r"(?P<internal_liaison>internal (?:liaison|comms)|(?:handl|updat|inform|brief|tak|cover|tell)(?:es|s|ing) (?:the )?"
    rf"{role_words.INSIDE})|(?P<customer_liaison>(?:customer |external )?(?:comms|liaison|"
    r"communications)|"
    rf"(?:talk(?:ing|s)?|speak(?:ing|s)?|writ(?:ing|es?)) (?:to|with) (?:the |our |all )?{role_words.PUBLIC}|"
    rf"(?:inform|updat|answer|brief|tell|handl)(?:ing|e?s|e)? (?:the |our |all )?{role_words.PUBLIC}|"
    r"(?:has|takes?|taking|handl(?:es|ing)) (?:the )?(?:customers|clients|customer side))|"
    r"(?P<ic>ic|imoc|mim|im|(?:incident |response )?(?:commander|lead(?:er)?|manager|coordinator|command)|incident|"
    r"coordination|wheel|point|charge|one (?:who|that) (?:decides|leads|coordinates|calls the shots)|"
    r"(?:leading|coordinating|running|driving|quarterbacking)(?: this| the incident| it)?|(?:leads|coordinates|runs|drives)(?: this|"
    r" the incident| it)?|over(?: from me)?))"
)
_ROLE_IN = (
    r"(?=\s*(?:$|[?.,;:!)]|here|now|please|pls|today|tonight|for (?:this|now)|on this|of this|"
    r"then|atm|btw|right now|from me|yet|already|at the moment|or\b))"
)
WHO = late(
    r"\b(?:who(?:'s| is| takes?| wants?| can| will| could| has| does|'ll|'s got)(?: got| be| take| to be| to take| on| in|"
    r" do| going to be|"
    r" doing)?|(?:can|could|will) (?:some|any)(?:one|body)(?: else)?(?: please)? (?:take|be|do)|(?:some|any)(?:one|"
    r"body) (?:to (?:take|be)|taking|on|as|for)|"
    r"(?:some|any)(?:one|body)(?: please| pls)? (?:take|be)|"
    r"who (?=(?:leads|coordinates|runs|drives|talks|speaks|writes|informs|updates|tells|answers|"
    r"handles|briefs|has|keeps|covers)\b)|(?:does )?(?:some|any)(?:one|body) want(?: to (?:be|take))?|"
    r"is (?:some|any)(?:one|body)(?: already)?|does (?:some|any)(?:one|body) have|(?:we |do we )?(?:need|have)(?: somebody|"
    r" someone)? (?:to be |to take |as |for )?|"
    rf"requesting|any takers for|volunteers? (?:for|as)|looking for|are you|no) ?(?:the |our |an? )?{ROLE}{_ROLE_IN}"
    rf"|^(?:@here )?(?:an? )?{ROLE.replace('(?P<', '(?P<a_')}\?",
    re.I,
)
WHO_WRITES = late(
    rf"\b(?:(?:can|could|will|would) (?:some|any)(?:one|body)(?: else)?(?: please)?|(?:some|any)(?:one|body)(?: who is)? able to|"
    rf"somebody please)"
    rf"(?: please)? (?:scribe|(?:write|note|jot|log) (?:(?:this|it|that) all|(?:all )?(?:these|the) things|things|everything|what \w+ \w+"
    rf"|the times?|times?)(?: down)?|write down what|(?:take|keep|write|do) (?:an? )?{role_words.NOTES})\b"
    rf"|^(?:so|ok|and)?[,.]? ?who writes[?.!]*$|\bwho(?:'s| is)? (?:writes|writing|notes|noting|logs|logging|jots|jotting|puts|putting) "
    r"(?:(?:things|this|it|that|everything)(?: all)?|all (?:of )?(?:this|that|it))"
    r" down(?=[?.!,]|$)|\b(?:who (?:wants? to|would like to|can|could|will)|any(?:one|body) (?:wants? to|willing to|up for|happy to)) "
    rf"(?:scribe|scribing|(?:take|keep|write|do|taking) (?:an? |the )?{role_words.NOTES})"
    r"(?=[?.!,]|$|\s+(?:please|pls|for|today|tonight|here|now)\b)|"
    r"\bwho (?:scribes|logs|takes notes|keeps (?:a |the )?(?:log|notes|minutes|"
    rf"record))(?=[?.!,]|$)",
    re.I,
)
# What an app says where nobody leads yet.
VACANT = late(
    r"\b(?:no|assign an?|needs an?|without an?|choose an?|pick an?|set an?|claim the) (?:incident )?(?:lead|ic|commander|"
    r"manager)\b|"
    r"\b(?:lead|ic|commander|incident manager)(?: role)?:? (?:is )?(?:nobody|no one|none|unassigned|not assigned|not set|"
    r"vacant|tbd|missing|needed|"
    r"wanted|required|empty)\b",
    re.I,
)
OFFER = late(
    r"\b(?:want me to|shall i|should i|can i|may i|do you want me to|would you like me to|i can|i could|ok if i|"
    r"mind if i) (?:be |take |do |have |"
    rf"take over |be the |take on )?(?:the )?(?:as )?(?:{ROLE}|lead(?: this)?|coordinate(?: this)?|run this|"
    r"drive this)(?: then)?[?]|"
    rf"\bi (?:can |could |will )?(?:be|take|do) (?:the )?(?:{ROLE.replace('(?P<', '(?P<i_')}|lead|coordination) (?=(?:unless|if)\b)",
    re.I,
)
