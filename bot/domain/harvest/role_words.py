"""How people say in their own words who has a role: what a clause opens with, what it ends with, and what stands between. "I lead
from here" takes command; "I lead the payments team" tells of a job, so that what follows a wording counts as much as it does."""

from __future__ import annotations

import re

from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late

# Where a clause begins, with what people say before they come to it.
START = (
    r"(?:^|[.,;:!?)(/|]\s*|\s[–—-]+\s*|\b(?:and|so|while|then|but) )(?:(?:ok(?:ay)?|alright|right|hi(?: all)?|hello|hey|yes|"
    r"yep|sure|"
    r"now|then|so|and|well|back|morning|please|pls|also|fine|i guess|guess|looks like|i think|i suppose|seems|apparently|"
    r"from (?:now|here)(?: on)?)[, ]+)*"
)
# "I" as the one who does it: not "if I lead", "should I lead".
_I = (
    r"(?<!\bif )(?<!\bcan )(?<!\bshould )(?<!\bshall )(?<!\bdo )(?<!\bcould )(?<!\bwhen )(?<!\bthat )(?<!\bdid )(?<!\bmay "
    r")(?<!\bas )"
    r"(?<!\bwhere )(?<!\bhow )(?<!\bwhat )(?<!\bbefore )(?<!\bwould )(?<!\buntil )(?<!\bwhich )(?<!\bthe )\bi"
)
# Where a role is said in full: nothing follows that makes it the lead of something else.
END = (
    r"(?:'s)?(?=\s*(?:$|[.,;:!?()|/+&]|[–—-]|[\U0001f300-\U0001faff]|(?<=\s)(?:and|so|but|from here|from now|from this point|until|"
    r"till|til|for "
    r"(?:now|this|today|tonight|the (?:next|moment|incident|nights?|"
    r"days?|mornings?|afternoon|evening|weekend|time being|rest))|now|here|this (?:one|incident|call|"
    r"morning|"
    r"shift|time)|today|tonight|again|back|if no|if some|unless|then|please|pls|while|because|since|as of|on shift|on duty|"
    r"on this|"
    r"on call|as (?:well|usual|always|ever|before)|of (?:this|the (?:incident|response|call))|"
    r"with times|i (?:guess|suppose|think)|officially|btw|meanwhile|when|"
    r"to start|"
    r"atm|thanks|thx|ok(?:ay)?|as (?:i|s?he|they|we))\b))"
)
_TITLE = (
    r"(?:ic|imoc|mim|mi (?:lead|coordinator|manager|controller)|"
    r"(?:major )?incident (?:commander|manager|mgr|lead(?:er)?|coordinator|controller|captain|owner|"
    r"command|handler|"
    r"director|chief)|(?:response|crisis|situation) (?:incident )?(?:manager|lead(?:er)?|commander)|commander|coordinator)"
)
_CALLED = r"(?:captain|skipper|conductor|quarterback|(?<!'s )driver|point person|owner of (?:this|the incident)|incident owner|moderator)"
_KIND = r"(?:(?:acting|interim|temporary|on-?call|duty|current|new|primary) )?"
_NOUN = rf"(?:the |our |your |an? )?{_KIND}{_TITLE}"
_LEAD = rf"(?:{_NOUN}|(?:the |your |our )?{_KIND}(?:(?:lead|leader|im)(?: role)?|{_CALLED}))"
_SEAT = (
    r"(?:(?:the )?(?:incident(?: lead)?|lead(?:ership)?|command|coordination|im|incident command|wheel|helm|stick|conn|con|"
    r"reins|baton|"
    r"hat|charge|control|driver'?s seat|captain's (?:chair|seat)|chair|bridge|room|floor)|this incident|"
    r"(?:the|this) (?:mi|major incident)|inc-?\d+|(?:this|the) "
    r"(?:sev ?-?\d|p[0-4])|"
    rf"(?:the )?(?:{_TITLE}|lead)(?: (?:role|hat|seat|chair|duty|duties))?|(?:the )?role of (?:the )?{_TITLE})"
)
_FROM = r"(?: back)?(?: from (?:the )?@?[\w.-]+(?: [A-Z]\w+)?)?"
_THIS = (
    r"(?:this(?: one|(?: major)? incident| call| response| thing| show)?|the (?:(?:major )?incident|mi|call|response|show|"
    r"room|bridge|war ?room|channel)|"
    r"incident response|incident [a-z-]*\d+|things)"
)
_LEADS = (
    r"(?:(?:lead|coordinate|command|quarterback|captain|"
    r"drive(?![,.]? (?:in |about |~ ?)?\d)|pilot|conduct|steer|chair)"  # not a car, for minutes
    rf"(?: {_THIS}| it| us| here)?|(?<!could )(?<!can )(?:run|manage) {_THIS}|"
    r"(?:own|handle|host|moderate) (?:this incident|the (?:incident|call|bridge)))"
)
_LEADS_NOW = r"(?:lead|coordinat|command|driv|pilot|conduct|steer|chair)ing"
_LEADING = (
    rf"(?:{_LEADS_NOW}(?: {_THIS}| it| us| here)?|(?:running|managing) {_THIS}|running (?:today|tonight)(?=[.,;!]|$)|"
    r"looking after (?:this(?: one| incident)?|the incident)(?! (?:bug|file|service|part|host|box|table|queue)))"
)
_LEADS_3 = (
    rf"(?:(?:leads|coordinates|commands|pilots|conducts|chairs)(?: {_THIS}| it| us| here)?|drives (?:{_THIS}|it from here|"
    r"until|till)|"
    rf"(?:runs|manages) {_THIS}|calls the shots|runs point)"
)
_CHARGE = (
    r"(?:in (?:charge|command)|(?:on )?point|calling the shots|running point|in the (?:chair|lead|driver'?s seat|driving seat)|"
    r"(?:at|on) the (?:wheel|helm|controls))"
)
NOTES = r"(?:the )?(?:notes|minutes|log|time ?line|protocol|record)"
PUBLIC = (
    r"(?:customers|clients|users|passengers|guests|patients|merchants|members|tenants|shoppers|players|students|parents|"
    r"public|press)"
)
# What names the role of the next: "Ana, Scribe: Bo".
OUTWARD = r"(?:customer|client|user|passenger|guest|patient|merchant|member|tenant|player|press|outward|external)s?"
CONTACT = r"(?:contact(?: person)?|point of contact|liaison|voice|spokes(?:person|man|woman))"
SIDE = rf"{OUTWARD}'? (?:side|front|contact|comms|communications?|messages|messaging|updates)"
_LOOP = r"(?: (?:informed|updated|posted|in the loop))?"
_ALONE = r"(?!\s*(?:[:=@|]|[-–—>]+ ?@))"
_WITH = rf"(?: (?:with|to|for|towards) (?:the |our |all )?{PUBLIC})?"
_COMMS = rf"(?:the )?(?:(?:customers?|external|public)'? )?(?:comms?|communications?|liaison|messages|messaging|updates)(?: lead)?{_WITH}"
_STATUS = r"(?:the )?(?:external comms|status ?page|customers?'? (?:messages|side|updates))"
INSIDE = r"(?:the )?(?:management|board|execs?|executives|leadership|stakeholders|directors|c-level|exco|bosses|brass)"

_TYPED = late(rf"(?P<before>{START}|\band |\bbut )(?P<who>i)(?P<rest>m|ll|ve|d) (?!(?:is|=|me|to|on duty)\b)", re.I)


def spelt(said: str) -> str:
    """With the apostrophes that people leave out: "im lead", "ill run this"."""
    return _TYPED.sub(r"\g<before>\g<who>'\g<rest> ", said)


# "I lead from here", "I'm the MIM tonight", "I have the incident", "IM is me".
I_LEAD = late(
    rf"(?:{_I}(?:'ll| will|'m going to|'m gonna| can| could)?(?: now| also| just)?|{START}let me|{START}(?:i'm |i am |"
    rf"i'd be )?happy to) {_LEADS}{END}"
    rf"|{_I}(?:'m| am|'ll be| will be)(?: now| also| still| the one| going to be)* (?:{_LEADING}|{_CHARGE}){END}"
    rf"|{START}{_LEADS_NOW} (?:{_THIS}|it|from here|here){END}"
    r"|\bi(?:'m| am|'ll be)? call(?:ing)? the shots\b|\b(?:everything|all decisions|decisions) (?:goes|go|run|"
    r"runs) (?:through|via|over) me\b"
    rf"|{_I}(?:'m| am|'ll be| will be| stay| act)(?: now| also| still| just| your| back| on)*(?: as)? (?:{_LEAD}){END}"
    rf"|{START}i(?:'m| am) on (?:the )?(?:rota|call|duty) as {_NOUN}\b"
    rf"|{START}i(?:'m| am) (?:the )?responsible(?: person)? (?:here|for (?:this|the incident)){END}"
    rf"|{START}(?:i(?:'ve| have)(?: got)?|i got|got|i(?:'ll| will| can| could)? (?:take|keep|claim|have|accept|resume)|"
    r"i(?:'m| am) "
    r"(?:taking|keeping)|taking|assuming|i(?:'ll| will)? assume|i pick up|picking up|claiming|claim|grabbing|resuming|"
    r"accepting|i(?:'ll)? grab|"
    r"i(?:'ll| will|'m| am)? do(?:ing)?|doing|i make|let me take|happy to take)(?: over| back| up| now|"
    rf" on)? {_SEAT}{_FROM}{END}"
    rf"|{START}(?:i(?:'ll|'m| am)? )?(?:tak(?:e|ing)|assuming|step(?:ping)? (?:in|up)|jump(?:ing)? in|"
    rf"acting) (?:over )?(?:as )?{_LEAD}{_FROM}{END}"
    rf"|{START}taking (?:the )?point(?! on this (?!(?:one|incident|now|for|until|and|today|tonight)\b)\w){END}"
    rf"|{START}(?:i(?:'ll|'m| am)? )?reliev(?:e|ing) \S+(?: \w+)? as {_LEAD}{END}"
    rf"|{START}i(?:'ll be|'m)(?: the)? (?:one to ask|point of contact|poc){END}"
    rf"|{START}(?:the )?(?:shift )?(?:{_TITLE}|lead|command|point|coordination)(?: today| tonight| on duty| for (?:now|today|"
    rf"tonight))?(?: is|:|=| =| ->| →| -)? (?:me|myself|on me){END}"
    rf"|{START}(?:im (?:is|=) me|im me again|i ic){END}"
    rf"|{START}(?:lead(?:ing)?|command|ic|coordination)(?:'s| is| stays)?(?: back)? (?:with me|mine){END}"
    rf"|{START}me(?: is|:| =| as| on| for)? (?:{_NOUN}|lead){END}|{START}(?:putting |with )?(?:on )?(?:my |"
    rf"the )?(?:{_TITLE}|lead) hat(?: is)? on\b"
    rf"|{START}(?:temporar(?:y|ily) |temp )?{_KIND}{_TITLE} (?:until|till|for now)\b|^(?:leading|coordinating|commanding)[.!]?$"
    rf"|{START}(?:the |your |today's )?{_KIND}{_TITLE} (?:here|speaking|on duty)\b(?!\?)"
    rf"|{START}(?:this is|it's) @?\w+(?: [A-Z]\w+)?,? (?:your |the |as )?{_TITLE}{END}"
    rf"|(?:^|[.,!] ?)@?\w+ here,? (?:as )?(?:your |the )?{_KIND}{_TITLE}{END}"
    rf"|{START}(?:on it|taking this|taking it|i'll take this|i'm here|here|mine|me|ack(?:ed)?|present|online|"
    rf"awake)[,.:;]? (?:as )?(?:ic|{_TITLE}|lead){END}"
    r"|\b(?:assign(?:ed|ing)?|nam(?:e|ing|ed)|nominat(?:e|ed|ing)|declar(?:e|ed|ing)|put(?:ting)?|mak(?:e|ing)|made|"
    r"appoint(?:ed|ing)?|"
    rf"mark(?:ed|ing)?|set|list(?:ed)?) (?:myself|me)(?: down)?(?: as| to)?(?: be)? {_LEAD}{END}"
    rf"|{START}(?:speaking )?as (?:the |your )?{_TITLE},? (?:i|i'm|i'd|i'll|my)\b",
    re.I,
)
# A log that one is "on" is read; what is noted "down" is one thing of many.
I_WRITE = late(
    rf"{START}(?:i(?:'ll| will|'m| am)?|i can|let me)(?: also)? (?:(?:(?:take|taking)(?: over)?|keep|keeping) {NOTES}(?: from @?\w+)?|"
    r"on (?:the )?(?:notes|minutes)|"
    r"(?:write|writing|do|doing) (?:the )?(?:notes|minutes|protocol))(?: down)?(?=\s*(?:$|[.,;:!+&]|and\b|for (?:this|now|us|the call)\b|"
    r"here\b|today\b|from (?:here|now)\b|with times|in the (?:doc|channel|thread)\b))"
    rf"|{START}(?:notes|minutes|scribe|scribing|note[- ]?taking)(?: is| are|:) (?:me|mine|with me|by me|on me){END}"
    rf"|{START}i(?:'ve| have)(?: got)? the (?:pen|minutes){END}|{START}i scribe{END}|{START}scribe (?:here|me)\b|"
    rf"{START}(?:i )?(?:can|could) scribe{END}|"
    rf"{START}i(?:'m| am| can be|'ll be)(?: the| your)* (?:scribe|note-?taker|scribing){END}"
    rf"|{START}(?:keeping|taking|taking over) (?:the )?(?:notes|minutes){END}|{START}(?:taking over|picking up|i pick up) (?:as "
    rf")?(?:the )?"
    r"scrib(?:e|ing)\b",
    re.I,
)
I_SPEAK = late(
    rf"{START}i(?:'ll| will|'d|'m| am|'ve| have| can)?(?: also| now| got)? ?(?:take|taking|do|doing|handle|handling|have|on|"
    r"own|run|cover|be|got)?"
    rf" ?(?:the )?(?:(?:customers?|external|public) )?(?:comms|communications?)(?: lead)?{END}"
    rf"|{START}(?:taking|on|doing|handling) (?:the )?(?:customer |external )?(?:comms|communications?){END}"
    rf"|{START}(?:(?:customers?|external) )?(?:comms|communications?)(?: lead)?(?: is|:|=)? (?:me|mine){END}"
    rf"|{START}(?:(?:customers?|external) (?:comms|communications?)|(?:comms|communications?) lead) here{END}"
    rf"|{START}(?:the )?(?:customers|clients)(?: are|:)? (?:me|mine|with me){END}"
    rf"|{START}i(?:'ll| will|'m| am)? (?:talk|speak|write|talking|speaking) (?:to|with) (?:the |our |all )?{PUBLIC}{END}"
    rf"|{START}i(?:'ll| will|'d|'m| am|'ve| have)?(?: got)? (?:take|handle|do|have|taking|handling)?(?: care of)? ?(?:the |"
    rf"our )?(?:customers|clients|{SIDE}){END}"
    rf"|{START}i(?:'m| am|'ll be| will be|'d be)(?: now)? (?:the |your |our )?{OUTWARD} {CONTACT}{END}"
    rf"|{START}(?:i(?:'ll| will|'m| am| can)? ?)?(?:tak(?:e|ing)(?: over)?|pick(?:ing)? up|cover(?:ing)?|own(?:ing)?|run(?:ning)?) "
    rf"(?:the )?(?:{SIDE}|comms){_FROM}{END}"
    rf"|{START}i(?:'ll| will|'m| am) (?:front(?:ing)?|look(?:ing)? after) (?:the |our )?{PUBLIC}{END}"
    rf"|{START}(?:{OUTWARD} )?comms(?: from (?:here|now)(?: on)?)? (?:is|are|stays?) (?:now )?(?:me|mine|with me){END}",
    re.I,
)
I_INFORM = late(
    rf"{START}i(?:'ll| will|'m| am)? (?:inform|update|brief|handle|talk to|keep)(?:ing)? {INSIDE}(?: informed| updated|"
    rf" posted| in the loop)?{END}"
    rf"|{START}i(?:'ll| will)? keep(?:ing)? (?:the |our )?"
    r"(?:editors|bosses|boss|brass|managers|directors|management|execs|executives|board|leadership|"
    rf"stakeholders|business|sales|everybody|everyone) off (?:your|our) backs?{END}"
    rf"|{START}(?:i(?:'ll| will|'m| am)? |taking )(?:be |take |taking |do |doing |handle |on )?(?:the )?internal (?:liaison|"
    rf"comms|communications?){END}"
    rf"|{START}internal (?:liaison|comms|communications?)(?: is| are|:)? (?:me|mine|here){END}"
    rf"|{START}i(?:'ll| will|'m| am|'ve| have)?(?: got)? (?:tak(?:e|ing)|front(?:ing)?|deal(?:ing)? with|cover(?:ing)?) {INSIDE}{END}"
    rf"|{START}{INSIDE}(?: is| are|:)? (?:mine|with me|on me){END}",
    re.I,
)

# What follows a name: "… you have the lead", "… is on comms", "… keeps the minutes", "… scribe".
_YOU = r",? you(?:'re| are|'ll be| will be)(?: now| also| our| my)*"
_IS = (
    r"(?:'s| is| are| will be|'ll be| was made| becomes| has become| stays| remains| to be| is going to be)(?: now| also|"
    r" our| my| acting|"
    r" currently| still)*"
)
_PUT = (
    r" (?:was |has been |is |been )?(?:assigned|reassigned|made|appointed|set|promoted|named|accepted)(?: as| to)?"
    r"(?: the)?(?: role(?: of)?)?:?"
)
_ROLE_TAKEN = (
    r" (?:(?:claimed|took|takes|accepted|received|got)(?: on)? (?:the )?role(?: of)?:?|(?:has )?joined as)(?: the)?"
)
_IN_CASE_ONLY = r"(?= (?:if|when|while|should) (?:i|my)\b| in case\b)"
_IN_CASE = rf"(?:{END}|{_IN_CASE_ONLY})"
_MADE = r" (?:as|to be|to(?: the)?(?: role(?: of)?)?|the|for)"
_DO = r"(?:take|takes|taking|do|does|doing|handle|handles|handling|have|has|run|runs|running|keep|keeps|own|owns|cover|covers|on|for)"
TAILS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.deputy,
        late(
            rf"(?:{_YOU}|{_IS}|,?(?: please| pls)? be|{_MADE}|{_PUT}|{_ROLE_TAKEN})?[:,]?"
            r" (?:the |my |your )?(?:deputy(?: ic| commander| lead)?|"
            rf"backup ic){_ALONE}{_IN_CASE}"
            rf"|(?:{_YOU}|{_IS}) (?:the )?(?:backup|second|stand-?in){_IN_CASE_ONLY}"
            rf"|(?:{_YOU}|{_IS}) (?:the )?second in command{END}"
            rf"|(?:,? you(?:'re| are)(?: now)?|'s| is) my (?:backup|second|stand-?in){_ALONE}{END}",
            re.I,
        ),
    ),
    (
        Role.ic,
        late(
            rf"(?:{_YOU}|{_IS}) (?:{_LEAD}|{_CHARGE}|{_LEADING}){END}"
            rf"|,? you(?:'ve| have)?(?: now| got| take| keep)* {_SEAT}{END}"
            rf"|,? you(?: now)? {_LEADS}{END}|,? (?:please |pls ){_LEADS}{END}"
            rf"|,?(?: please| pls)? (?:take|be) (?:the )?(?:{_TITLE}|lead|command|{_SEAT}){END}"
            rf"| (?:now )?(?:{_LEADS_3}|{_LEADING}|{_CHARGE}){END}"
            rf"| (?:will|to|is going to|shall) (?:{_LEADS}|(?:take|be|have)(?: over)? (?:{_SEAT}|{_LEAD})){END}"
            rf"|'s got {_SEAT}{END}"
            rf"|[,:]?(?: :[\w+-]+:)* (?:{_SEAT}|{_LEAD})(?: role)?(?:'s| is)(?: now| all)* yours{END}"
            r"| (?:now )?(?:takes|taking|is taking|has|having|has got|has taken|took|claimed|accepted|accepts|assumes|assumed|"
            r"picks up|picked up|is on|on|keeps|"
            rf"holds)(?: over(?: as)?| now)? (?:{_SEAT}|{_NOUN}){_FROM}{END}"
            rf"| (?:relieves|replaces) me(?: as {_LEAD})?{END}"
            rf"|{_MADE} {_LEAD}{END}"
            rf"|:? {_TITLE}{_ALONE}{END}|: lead{_ALONE}{END}"
            r"| (?:was |has been |is |been )?(?:assigned|reassigned|made|appointed|set|promoted|named)(?: as|"
            rf" to)?(?: the)?(?: role(?: of)?)?:? (?:{_LEAD})(?: by @?\w[\w.' -]{{0,40}})?{END}"
            rf"|{_ROLE_TAKEN} (?:{_LEAD}){END}",
            re.I,
        ),
    ),
    (
        Role.scribe,
        late(
            rf"(?!'s {NOTES}\b)"  # "Ana's notes" are hers
            rf"(?:(?:{_YOU}|{_IS}|{_MADE})"
            rf" (?:the |our )?(?:scribe|scribing|note-?taker|(?:on |taking |keeping |writing |"
            rf"doing )?{NOTES})"
            rf"|(?:{_PUT}|{_ROLE_TAKEN}) (?:the )?(?:scribe|note-?taker)"
            rf"|,? you (?:scribe|(?:take|keep|write|do) {NOTES})"
            rf"|,?(?: you)?(?: please| pls| kindly) (?:be (?:the |our )?)?(?:scribe|(?:take|keep|write|do) {NOTES})"
            rf"|,?(?: to)? (?:take|keep|write) (?:a )?{NOTES}"
            r"|,?(?: you| please| pls| to)? write (?:(?:things|everything|it|this)(?: all)?|all (?:of )?this) down(?: for (?:me|us))?"
            rf"|,? (?:log|scribe|(?:time|log)-?keeper|{NOTES}),? (?:please|pls|plz)|,? {NOTES}(?=\?)"
            rf"|:? (?:scribes?|scribing|note-?taker|on {NOTES}|(?:takes?|keeps?|taking|keeping|writes|writing|does|doing|"
            rf"will take|will keep|has|'s got|has got) {NOTES}|"
            rf"(?: has|'s got) the pen))"
            rf"{_ALONE}{END}",
            re.I,
        ),
    ),
    (
        Role.internal_liaison,
        late(
            rf"(?:{_YOU}|{_IS}|,?(?: you| please)? {_DO}|{_MADE}|{_PUT}|{_ROLE_TAKEN})?:?(?: on)? (?:the )?internal (?:liaison|comms|"
            rf"communications?){_ALONE}{END}"
            rf"|,?(?: you| please)? (?:informs?|updates?|briefs?|talks? to|keeps?|handles?) {INSIDE}(?: informed| updated|"
            rf" posted| in the loop)?{END}",
            re.I,
        ),
    ),
    (
        Role.customer_liaison,
        late(
            rf"(?:(?:{_YOU}|{_IS}|{_PUT}|{_ROLE_TAKEN}|,?(?: you| please| pls)?)(?: on| for)?(?: {_DO})? (?:{_COMMS}|{_STATUS})"
            rf"|,?(?: you| please| pls)? (?:{_DO}|is on|'s on) (?:the |our )?(?:customers|clients)"
            rf"|,? (?:you |please )?(?:talks?|speaks?|talking|speaking|writes?) (?:to|with|for) (?:the |our |all )?{PUBLIC}"
            rf"|,? (?:you |please )?(?:informs?|answers?|updates?|keeps?) (?:the |our |all )?{PUBLIC}(?: informed| updated|"
            r" posted| in the loop)?"
            rf"|{_IS} (?:the )?(?:voice|link|contact) (?:to|for) (?:the )?(?:{PUBLIC}|outside)){_ALONE}{END}",
            re.I,
        ),
    ),
)
NAMED_AT = late(
    rf"{START}|\b(?:with|have|made|named|appoint(?:ed)?|assign(?:ed|ing)?(?: to)?|added|adding|set|making|nominat(?:ed?|"
    r"ing)|promoted|elected|"
    r"suggest|propose|to) (?=@?\w)",
    re.I,
)
LED_BY = late(
    r"\b(?:led|run|coordinated|commanded|managed) by (?=@?\w)",
    re.I,
)
# What stands after the name of somebody who is asked: "Bo, could you take the minutes?"
ASKS = late(
    r",?.{0,30}?\b(?:can|could|would|will|please|pls|mind|want to|wanna|are you|do you want|you ok|you good|you happy|"
    r"ok for you|up for|able to|ready to|may i ask you|fancy|you(?= (?:take|do|handle|keep|cover)\b))\b(?: you)?.{0,40}?\b(?:"
    rf"(?P<scribe>scribe|scribing|note-?taker|(?:tak(?:e|ing)(?: over)?|keep(?:ing)?|do(?:ing)?|writ(?:e|ing)) (?:an? )?{NOTES}"
    rf"(?: going| running| up to date)?(?: (?:from|for) me)?|"
    r"write (?:things|it all|everything|this all) down|write down (?:the )?(?:times?|things|what we do|everything))"
    r"|(?P<deputy>deputy(?: ic)?|backup ic)|(?P<internal_liaison>internal (?:liaison|comms|communications?)|"
    rf"(?:keep|update|inform|brief|handle|take) (?:the )?{INSIDE}{_LOOP})"
    rf"|(?P<customer_liaison>(?:(?:customer|external) )?(?:liaison|comms|communications?){_WITH}|(?:talk|speak) to (?:the |"
    rf"our )?customers|(?:take|do|handle|have|keep|cover) (?:the |our )?(?:customers|clients|{SIDE})(?: over)?(?: (?:from|for) me)?|"
    rf"(?:keep|update|inform) (?:the |our )?{PUBLIC}{_LOOP})"
    rf"|(?P<ic>(?:(?:take|be|do|have|tak|be|do)(?:ing)?(?: over)?(?: as)? )(?:{_SEAT}|{_LEAD})|take over(?: from me)?|"
    rf"{_LEADS}|ic)){END}",
    re.I,
)
