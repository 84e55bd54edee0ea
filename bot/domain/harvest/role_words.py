"""How people say in their own words who has a role: what a clause opens with, what it ends with, and what stands between. "I lead
from here" takes command; "I lead the payments team" tells of a job, so that what follows a wording counts as much as it does."""

from __future__ import annotations

import re

from bot.domain.harvest.finding import Role

# Where a clause begins, with what people say before they come to it.
START = (
    r"(?:^|[.,;:!?)(/|]\s*|\s[–—-]+\s*|\b(?:and|so|while|then|but) )(?:(?:ok(?:ay)?|alright|right|hi(?: all)?|hello|hey|yes|yep|sure|"
    r"now|then|so|and|well|back|morning|please|pls|also)[, ]+)*"
)
# Where a role is said in full: nothing follows that makes it the lead of something else.
END = (
    r"(?:'s)?(?=\s*(?:$|[.,;:!?()|/]|[–—-]|[\U0001f300-\U0001faff]|(?:and|so|but|from here|from now|from this point|until|till|til|for "
    r"(?:now|this|the (?:next|moment|incident|night|day|time being|rest))|now|here|this (?:one|incident|call|morning|"
    r"shift|time)|today|tonight|again|back|if no|if some|unless|then|please|pls|while|because|since|as of|on shift|on duty|on this|"
    r"of (?:this|the (?:incident|response|call))|with times|i (?:guess|suppose|think)|officially|then|btw|meanwhile|when)\b))"
)
_NOUN = (
    r"(?:the |our |your |an? )?(?:acting |on-?call |duty |current |new )?(?:ic|imoc|mim|mi lead|(?:major )?incident (?:commander|"
    r"manager|lead|coordinator|controller|captain|owner|command)|commander|coordinator)"
)
_LEAD = rf"(?:{_NOUN}|(?:the )?(?:lead|im)(?: role)?)"
_SEAT = (
    r"(?:the )?(?:incident(?: lead)?|lead(?:ership)?|command|coordination|ic(?: role)?|im|incident command|wheel|helm|stick|conn|con|reins|"
    r"commander(?: role)?|incident (?:commander|manager|lead) role)"
)
_THIS = r"(?:this(?: one| incident| call| response| thing| show)?|the (?:incident|call|response|show|room)|incident response|things)"
_LEADS = rf"(?:(?:lead|coordinate|command|drive|pilot|conduct|steer)(?: {_THIS}| it| us| here)?|(?:run|manage) {_THIS})"
_LEADS_NOW = r"(?:lead|coordinat|command|driv|pilot|conduct|steer)ing"
_LEADING = rf"(?:{_LEADS_NOW}(?: {_THIS}| it| us| here)?|(?:running|managing) {_THIS})"
_LEADS_3 = (
    rf"(?:(?:leads|coordinates|commands|drives|pilots|conducts|steers)(?: {_THIS}| it| us| here)?|(?:runs|manages) {_THIS}|"
    r"calls the shots|runs point)"
)
_CHARGE = r"(?:in (?:charge|command)|on point|calling the shots|running point)"
_NOTES = r"(?:the )?(?:notes|minutes|log|time ?line|protocol)"
_PUBLIC = r"(?:customers|clients|users|passengers|guests|patients|merchants|members|tenants|shoppers|players|students|parents)"
# What names the role of the next: "Ana, Scribe: Bo".
_ALONE = r"(?!\s*(?:[:=@|]|[-–—>]+ ?@))"
_COMMS = (
    r"(?:the )?(?:(?:customer|customers|external|public)'? )?(?:comms?|communications?|liaison|messages|messaging|updates)"
)
_STATUS = r"(?:the )?(?:external comms|status ?page|customers'? messages)"

# "I lead from here", "I'm the MIM tonight", "I have the incident", "IM is me".
I_LEAD = re.compile(
    rf"{START}i(?:'ll| will|'m going to| can)?(?: now| also)? {_LEADS}{END}"
    rf"|{START}i(?:'m| am|'ll be| will be)(?: now| also| still| the one)? (?:{_LEADING}|{_CHARGE}){END}"
    rf"|\bi(?:'m| am) calling the shots\b"
    rf"|{START}i(?:'m| am|'ll be| will be)(?: now| also| still| just| your| back as)* (?:{_LEAD}){END}"
    rf"|{START}i(?:'m| am) on (?:the )?(?:rota|call|duty) as {_NOUN}\b"
    rf"|{START}(?:i(?:'ve| have)(?: got)?|i got|i(?:'ll| will)? take|i(?:'m| am) taking|taking|assuming|i assume|i pick up|picking up|"
    rf"i(?:'ll)? grab|i(?:'ll| will)? do|i make)(?: over| back| now)? {_SEAT}{END}"
    rf"|{START}(?:taking|assuming|stepping in as|jumping in as|acting as) (?:over )?(?:as )?{_LEAD}{END}"
    rf"|{START}(?:ic|imoc|mim|commander|incident (?:lead|commander|manager)|lead|command)(?: is|:|=| =)? me{END}"
    rf"|{START}(?:im (?:is|=) me|im me again){END}"
    rf"|{START}(?:lead(?:ing)?|command|ic) (?:is |stays )(?:with me|mine){END}",
    re.I,
)
I_WRITE = re.compile(
    rf"{START}(?:i(?:'ll| will|'m| am)?|i can|let me)(?: also)? (?:tak(?:e|ing)|keep(?:ing)?|writ(?:e|ing)|do(?:ing)?|on) {_NOTES}"
    r"(?: down)?(?=\s*(?:$|[.,;:!+&]|and\b|for (?:this|now|us|the)\b|here\b|today\b|from (?:here|now)\b|with\b|in the doc\b))"
    rf"|{START}(?:notes|minutes|scribe|scribing|note[- ]?taking)(?: is|:)? (?:me|mine|with me|by me){END}"
    rf"|{START}(?:keeping|writing|taking) {_NOTES}{END}",
    re.I,
)
I_SPEAK = re.compile(
    rf"{START}i(?:'ll| will|'m| am|'ve| have| can)?(?: also| now| got)? (?:take|taking|do|doing|handle|handling|have|on|own|run|cover|be|got)?"
    rf" ?(?:the )?(?:(?:customers?|external|public) )?(?:comms|communications?){END}"
    rf"|{START}i(?:'m| am) (?:on )?(?:customer |external )?comms{END}"
    rf"|{START}(?:(?:customers?|external) )?(?:comms|communications?)(?: is|:|=)? (?:me|mine){END}"
    rf"|{START}i(?:'ll| will)? (?:talk|speak|write) (?:to|with) (?:the |our )?{_PUBLIC}{END}",
    re.I,
)

# What follows a name: "… you have the lead", "… is on comms", "… keeps the minutes", "… scribe".
_YOU = r",? you(?:'re| are)(?: now| also| our| my)*"
_IS = r"(?:'s| is| will be| was made| becomes| has become| stays| remains)(?: now| also| our| my| acting)*"
TAILS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.deputy, re.compile(rf"(?:{_YOU}|{_IS})?:? (?:the )?(?:deputy(?: ic| commander| lead)?|backup ic){_ALONE}{END}", re.I)),
    (
        Role.ic,
        re.compile(
            rf"(?:{_YOU}|{_IS}) (?:{_LEAD}|{_CHARGE}|{_LEADING}){END}"
            rf"|,? you(?:'ve| have)?(?: now| got| take)* {_SEAT}{END}"
            rf"|,? you(?: now)? {_LEADS}{END}"
            rf"| (?:now )?(?:{_LEADS_3}|{_LEADING}|{_CHARGE}){END}"
            rf"| (?:now )?(?:takes|taking|is taking|has|having|has got|has taken|took|claimed|assumes|assumed|picks up|picked up)"
            rf"(?: over| now)? (?:{_SEAT}|{_NOUN}){END}"
            rf"| (?:as )?(?:ic|imoc|mim|incident (?:commander|lead|manager)|commander){_ALONE}{END}"
            rf"| (?:was |has been |is )?(?:assigned|reassigned)(?: as| to)?(?: the)?(?: role(?: of)?)?:? (?:{_LEAD}){END}"
            rf"| (?:has )?joined as (?:{_LEAD}){END}",
            re.I,
        ),
    ),
    (
        Role.scribe,
        re.compile(
            rf"(?:(?:{_YOU}|{_IS}) (?:the )?(?:scribe|scribing|note-?taker|(?:on |taking |keeping |writing |doing )?{_NOTES})"
            rf"|,? you (?:scribe|(?:take|keep|write|do) {_NOTES})"
            rf"|:? (?:scribes?|scribing|note-?taker|on {_NOTES}|(?:takes?|keeps?|taking|keeping|writes|writing|does|doing) {_NOTES})){_ALONE}{END}",
            re.I,
        ),
    ),
    (
        Role.internal_liaison,
        re.compile(
            rf"(?:{_YOU}|{_IS}|,? you (?:take|do|handle)| takes| does| handles)?:?(?: on)? (?:the )?internal"
            rf" (?:liaison|comms|communications?){_ALONE}{END}",
            re.I,
        ),
    ),
    (
        Role.customer_liaison,
        re.compile(
            rf"(?:(?:{_YOU}|{_IS}|,? you)(?: on| take| taking| do| doing| handle| handling| have| run)? (?:{_COMMS}|{_STATUS})"
            rf"| (?:takes|does|handles|has|runs|on|taking|handling|doing) (?:{_COMMS}|{_STATUS})"
            rf"|:? (?:(?:customer|external) (?:liaison|comms|communications?)|comms|communications){_ALONE}"
            rf"|,? (?:you )?(?:talks?|speaks?|talking|speaking) (?:to|with) (?:the |our )?{_PUBLIC}"
            rf"|,? (?:you )?informs? (?:the |our )?{_PUBLIC}){END}",
            re.I,
        ),
    ),
)
NAMED_AT = re.compile(START, re.I)
