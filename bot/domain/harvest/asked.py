"""A role that is asked for, and the answer that takes it: "who takes the lead?" – "I'll take it", "Bo, scribe?" – "on it"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from bot.domain.harvest import elsewhere, role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

YES = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:(?:yes|yep|yup|yeah|sure|ok|okay|on it|will do|can do|got it|no problem|happy to|i can(?!'|not)|i'll|"
    r"i have(?!n)|i do|ack|aye|absolutely|of course|np|roger|scribing|gladly|"
    r"logging|minding|holding|taken|taking (?:it|over)|mine|i take|i(?:'m| am) (?:on|taking) it|confirmed|understood|copy|deal|"
    r"(?:notes?|scribe|lead|ic|comms)[,.]? (?:yes|yep|sure|ok))\b|(?:i )?can[.!]?$|"
    r"fine(?: (?:by|with) me)?(?=\s*(?:$|[.,!]))|:\+1|:thumbsup:|:saluting_face:|👍|🫡)",
    re.I,
)
_MINDS = late(r"\bmind\b", re.I)
_MINDS_IT = late(
    r"^(?:(?:yes|yeah|yep|i do)[,.! ]+)+(?:sorry|i do|mind|a bit|a little|actually|i can't|i'd rather)\b|^i do[.!]?$",
    re.I,
)
_NOT_AT_ALL = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:no[,.! ]+)?(?:not at all|i don't(?: mind)?(?=[.,!]|$)|(?:don't|wouldn't) mind(?: at all)?(?=[.,!]|$))",
    re.I,
)
_ROLE = (
    r"(?:(?P<deputy>deputy|backup ic)|(?P<scribe>scribe|scribing|note-?taker|(?:taking |keeping )?(?:the )?(?:notes|minutes)|"
    r"keep(?:s|ing) (?:the |a )?(?:log|timeline))|"
    r"(?P<internal_liaison>internal (?:liaison|comms)|(?:handl|updat|inform|brief|tak|cover|tell)(?:es|s|ing) (?:the )?"
    rf"{role_words.INSIDE})|(?P<customer_liaison>(?:customer |external )?(?:comms|liaison|"
    r"communications)|"
    rf"(?:talk(?:ing|s)?|speak(?:ing|s)?|writ(?:ing|es?)) (?:to|with) (?:the |our |all )?{role_words.PUBLIC}|"
    rf"(?:inform|updat|answer|brief|tell|handl)(?:ing|e?s|e)? (?:the |our |all )?{role_words.PUBLIC}|"
    r"(?:has|takes?|taking|handl(?:es|ing)) (?:the )?(?:customers|clients|customer side))|"
    r"(?P<ic>ic|imoc|mim|im|(?:incident |response )?(?:commander|lead(?:er)?|manager|coordinator|command)|incident|"
    r"coordination|wheel|point|charge|"
    r"(?:leading|coordinating|running|driving|quarterbacking)(?: this| the incident| it)?|(?:leads|coordinates|runs|drives)(?: this|"
    r" the incident| it)?|over(?: from me)?))"
)
_ROLE_IN = (
    r"(?=\s*(?:$|[?.,;:!)]|here|now|please|pls|today|tonight|for (?:this|now)|on this|of this|"
    r"then|atm|btw|right now|yet|already|at the moment|or\b))"
)
_WHO = late(
    r"\b(?:who(?:'s| is| takes?| wants?| can| will| could| has| does|'ll|'s got)(?: got| be| take| to be| to take| on| in|"
    r" do| going to be|"
    r" doing)?|(?:can|could|will) (?:some|any)(?:one|body)(?: please)? (?:take|be|do)|(?:some|any)(?:one|"
    r"body) (?:to (?:take|be)|taking|on|as|for)|"
    r"who (?=(?:leads|coordinates|runs|drives|talks|speaks|writes|informs|updates|tells|answers|"
    r"handles|briefs|has|keeps|covers)\b)|(?:does )?(?:some|any)(?:one|body) want(?: to (?:be|take))?|"
    r"is (?:some|any)(?:one|body)(?: already)?|does (?:some|any)(?:one|body) have|(?:we |do we )?(?:need|have)(?: somebody|"
    r" someone)? (?:to be |to take |as |for )?|"
    rf"requesting|any takers for|volunteers? (?:for|as)|looking for|are you|no) ?(?:the |our |an? )?{_ROLE}{_ROLE_IN}"
    rf"|^(?:@here )?(?:an? )?{_ROLE.replace('(?P<', '(?P<a_')}\?",
    re.I,
)
_WHO_WRITES = late(
    rf"\b(?:(?:can|could|will|would) (?:some|any)(?:one|body)(?: please)?|(?:some|any)(?:one|body)(?: who is)? able to|somebody please)"
    rf"(?: please)? (?:scribe|(?:write|note|jot|log) (?:(?:this|it|that) all|(?:all )?(?:these|the) things|things|everything|what \w+ \w+"
    rf"|the times?|times?)(?: down)?|write down what|(?:take|keep|write|do) (?:an? )?{role_words.NOTES})\b"
    rf"|^(?:so|ok|and)?[,.]? ?who writes[?.!]*$|\bwho(?:'s| is)? (?:writes|writing|notes|noting|logs|logging|jots|jotting|puts|putting) "
    r"(?:(?:things|this|it|that|everything)(?: all)?|all (?:of )?(?:this|that|it))"
    r" down(?=[?.!,]|$)|\bwho (?:scribes|logs|takes notes|keeps (?:a |the )?(?:log|notes|minutes|"
    rf"record))(?=[?.!,]|$)",
    re.I,
)
# What an app says where nobody leads yet.
_VACANT = late(
    r"\b(?:no|assign an?|needs an?|without an?|choose an?|pick an?|set an?|claim the) (?:incident )?(?:lead|ic|commander|"
    r"manager)\b|"
    r"\b(?:lead|ic|commander|incident manager)(?: role)?:? (?:is )?(?:nobody|no one|none|unassigned|not assigned|not set|"
    r"vacant|tbd|missing|needed|"
    r"wanted|required|empty)\b",
    re.I,
)
_MINE = late(
    rf"{role_words.START}me(?! too),? i\b|{role_words.START}(?:i(?:'ll)? (?:can|could|write|note)(?=[.,!]|$)|(?:scribe|notes|lead|"
    rf"ic|comms), (?:sure|yes|ok)|me(?! too)|i am|i'm it|that's me|that would be me|i(?:'ll| will| can|'ve|'m)?(?: got| take|"
    r" taking| do| doing| have| be)"
    rf"(?: it| that| this| over)|i (?:will|can|do)|i'll do|mine|on it|happy to|i volunteer|let me|taking it){role_words.END}",
    re.I,
)
_MINE_TOO = late(
    rf"{role_words.START}(?:me|i(?:'ll| will| can)? (?:take|claim) (?:it|this|that|this one)|(?:it's )?mine|"
    r"i(?:'ve)? got (?:it|this)|taking (?:it|this)|"
    rf"claiming(?: it)?|claim|lead|ic){role_words.END}",
    re.I,
)
_OFFER = late(
    r"\b(?:want me to|shall i|should i|can i|may i|do you want me to|would you like me to|i can|i could|ok if i|"
    r"mind if i) (?:be |take |do |have |"
    rf"take over |be the |take on )?(?:the )?(?:as )?(?:{_ROLE}|lead(?: this)?|coordinate(?: this)?|run this|"
    r"drive this)(?: then)?[?]",
    re.I,
)
_GO = late(r"\b(?:please|pls|plz|go ahead|go for it|do it|thanks|thank you|ty|it's yours|all yours)\b", re.I)
_NAMED = late(rf"(?![,:] )(?:(?:'s| is| has it| takes it| does| is on it|'s got it)?){role_words.END}", re.I)
_ENDS_IT = late(r"^(?:ok |so |and |hm+ )?who(?:'s|se)? .*\?*$", re.I)  # what is asked next has answers of its own
_BEFORE = late(r"^(?:(?:i think|that's|it's|its|should be|afaik|pretty sure(?: it's)?) )?", re.I)


def in_line(said: str, note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    """The role that a line looks for somebody to have, the message that answers, and the user id of who takes it."""
    if not note.human:
        if _VACANT.search(said):
            yield from _claimed(note, ctx)
        return
    if elsewhere.is_wanted(said):
        return
    offered = _OFFER.search(said)
    if offered:
        yield from _welcomed(offered, note, ctx)
    elif _WHO_WRITES.search(said):
        yield from _answered(Role.scribe, note, ctx)
    elif asked := _WHO.search(said):
        role = next(role for role in Role if asked[role.value] or asked[f"a_{role.value}"])
        yield from _answered(role, note, ctx)


def _answered(role: Role, note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    for answer in answers(note, ctx):
        first = answer.talk[0].said[:200] if answer.talk and answer.human else ""
        if _ENDS_IT.match(first) or (role is Role.ic and role_words.I_LEAD.search(first)):
            return
        if answer.author != note.author and answer.author and not first.endswith("?") and _MINE.match(first):
            yield role, answer, answer.author
            return
        lead = _BEFORE.match(first)
        person = roles.leading_person(first[lead.end() if lead else 0 :], ctx, answer)
        if person and len(first) < 60 and _NAMED.match(person[1]) and not first.endswith("?"):
            yield role, answer, person[0]
            return


def _claimed(note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    for answer in answers(note, ctx):
        if answer.human and answer.author and answer.talk and _MINE_TOO.match(answer.talk[0].said):
            yield Role.ic, answer, answer.author
            return


def _welcomed(offered: re.Match[str], note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    role = next((role for role in Role if offered[role.value]), Role.ic)
    for answer in answers(note, ctx):
        if answer.human and answer.author != note.author and answer.talk and note.author:
            said = answer.talk[0].said
            if YES.match(said) or _GO.search(said[:60]):
                yield role, answer, note.author
            return


def accepted(user_id: str, note: Note, ctx: Context) -> Note | None:
    """The message with which somebody says yes to what was asked of them; None where their next words say something else."""
    for answer in (*ctx.after(note, elsewhere.SECONDS), *ctx.replies(note, elsewhere.FEW)):
        if answer.author == user_id and answer.talk:
            return answer if _says_yes(answer.talk[0].said, note) else None
    return None


def _says_yes(said: str, asked: Note) -> bool:
    if not _MINDS.search(asked.plain[:400]):
        return bool(YES.match(said))
    return bool(_NOT_AT_ALL.match(said) or (YES.match(said) and not _MINDS_IT.match(said)))


def answers(note: Note, ctx: Context) -> Iterator[Note]:
    """The first messages after a question, and the first under it, as they were said."""
    found = (*ctx.after(note, elsewhere.SECONDS, elsewhere.FEW), *ctx.replies(note, elsewhere.FEW))
    yield from sorted(dict.fromkeys(found), key=attrgetter("key"))
