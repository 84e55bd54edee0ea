"""Which messages say something: a responder is known by them, and the rest ("thanks!", "following along", "any
update?") is what observers write."""

from __future__ import annotations

import re

from bot.domain.harvest import phrase
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Note

_FILLER = late(
    r"(?::[\w+'-]{1,60}:|@[\w.'-]+|\b(?:thanks?|thank you|thx|ty|cheers|hi|hello|hey|morning|good|great|nice|"
    r"awesome|cool|wow|"
    r"ok(?:ay)?|yes|yep|yup|yeah|no|nope|lol|haha+|heh|ha|hmm+|oh|ah|ouch|ugh|oops|sorry|sure|ack|copy|roger|np|"
    r"kudos|congrats|"
    r"well done|all|everyone|team|folks|guys|job|work|so much|a lot|very much|you|for|the|that|this|it|got|"
    r"sounds|looks|"
    r"following|along|watching|lurking|observing|observer|here|if needed|just|joining|joined|reading|back|in "
    r"case|morning|"
    r"luck|please|is|am|i|i'm|we|are|hugops|to|and|of|too|also|from|my|side|on|in|need|needed|anything|me|let|"
    r"know)\b|\s+|[^\w\s:@]+|[:@_])",
    re.I,
)
_BYSTANDER = late(
    r"^(?:hi|hey|hello|sorry)?[, ]*(?:(?:is|are) (?:there|we|this|it)\b.{0,60}|any (?:update|news|eta|"
    r"idea).{0,60}|what(?:'s| is) "
    r"(?:the )?(?:status|eta|latest|going on|happening).{0,60}|do we (?:have|know).{0,60}|how(?:'s| is) it "
    r"going.{0,30}|"
    r"(?:can|could) (?:someone|somebody|anyone) (?:explain|tell|update).{0,80})\?\W*$",
    re.I,
)
# Who only looks on, or says why they come late.
_ONLOOKER = late(
    r"^(?:(?:hi|hey|hello|sorry|ok|all|team|everyone)[,.! ]+)*(?:(?:i'?m|i am|just|only|here|am) )*(?:(?:to )?(?:watch|lurk|listen|observe)"
    r"|(?:watching|lurking|listening|observing|following))(?: (?:in|along|only|here|this|for now|from (?:the )?(?:\w+ )?(?:side|sidelines?|"
    r"back|desk|team|support|sales|cs)))*(?: :[\w+-]+:)*\W*$|"
    r"^(?:(?:hi|hey|hello|sorry)[,.! ]+)*(?:i'm |i am )?late to (?:the party|this)"
    r"(?:[,.!–—-]+ ?(?:i )?(?:was|been|just) [^,.!?]{0,40})?\W*$",
    re.I,
)
# "turned it off", "done, flag is off": a few words by whoever did it.
_ACTED = late(
    r"^(?:(?:ok(?:ay)?|done|there|and|yes|i|i've|just|have)[,.:! ]+)*(?:(?:turned|switched|flipped|toggled) (?:it|that|this|them|the flag|"
    r"the (?:\w+ )?(?:flag|feature|toggle|switch))(?: back)? (?:off|on)|(?:turned|switched) off (?:it|that|the (?:\w+ )?(?:flag|feature))"
    r"|disabled (?:it|that|the (?:\w+ )?(?:flag|feature))|(?<=done[,.:!] )(?:the )?(?:\w+ )?(?:flag|feature|toggle)(?:'s| is)(?: now)? off)"
    r"(?: (?:now|for (?:now|all|everyone|everybody)|everywhere|in \w+))*[.! ]*$",
    re.I,
)


def has_substance(note: Note) -> bool:
    """Whether a message adds to the response: words beyond courtesies, code, or a file."""
    if note.codes or note.message.files:
        return True
    return any(is_substance(line.said) for line in note.talk[:20])


def is_substance(said: str) -> bool:
    if _BYSTANDER.match(said[:300]) or _ONLOOKER.match(said[:300]):
        return False
    return bool(_FILLER.sub("", said[:300]))


def only_asks(note: Note) -> bool:
    """Whether a message holds questions and nothing else of substance."""
    said = [line.said for line in note.talk[:20] if is_substance(line.said)]
    return bool(said) and not note.codes and not note.message.files and all(map(phrase.is_question, said))


def acts(note: Note) -> bool:
    """Whether a message says in a few words that its author turned off, or on again, what it is about."""
    return len(note.talk) == 1 and bool(_ACTED.match(note.talk[0].said[:120]))
