"""A role that is asked for, and the answer that takes it: "who takes the lead?" – "I'll take it", "Bo, scribe?" – "on it"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.note import Context, Note

YES = re.compile(
    r"^(?:@[\w.'-]+[,:]? )?(?:yes|yep|yup|yeah|sure|ok|okay|on it|will do|can do|got it|no problem|happy to|i can|i'll|"
    r"i have|i do|ack|aye|:\+1|:thumbsup|:saluting_face:|:salute|👍|🫡|absolutely|of course|np|roger|confirmed|confirm|scribing|mine|"
    r"okey|k\b|done|gladly|doing it|already)",
    re.I,
)
_ROLE = (
    r"(?:(?P<deputy>deputy|backup ic)|(?P<scribe>scribe|scribing|note-?taker|(?:taking |keeping )?(?:the )?(?:notes|minutes))|"
    r"(?P<internal_liaison>internal (?:liaison|comms))|(?P<customer_liaison>(?:customer |external )?(?:comms|liaison|communications))|"
    r"(?P<ic>ic|imoc|mim|im|(?:incident )?(?:commander|lead|manager|coordinator|command)|incident|coordination|wheel|point|charge|"
    r"(?:leading|coordinating|running|driving)(?: this| the incident| it)?|(?:leads|coordinates|runs|drives)(?: this| the incident)?))"
)
_WHO = re.compile(
    r"\b(?:who(?:'s| is| takes?| wants?| can| will| could| has| does|'ll|'s got)(?: got| be| take| to be| to take| on| in| do| going to be|"
    r" doing)?|can (?:some|any)(?:one|body)(?: please)? (?:take|be|do)|(?:some|any)(?:one|body) (?:to (?:take|be)|taking|on|as|for)|(?:we |do we )?"
    rf"(?:need|have)(?: somebody| someone)? (?:to be |to take |as |for )?|any takers for|volunteers? for) ?(?:the |our |an? )?{_ROLE}"
    r"(?=\s*(?:$|[?.,!;)]|here|now|please|pls|today|tonight|for (?:this|now)|on this|of this|then|atm|btw|right now|yet|already|at the moment))"
    rf"|^(?:@here )?(?:an? )?{_ROLE.replace('(?P<', '(?P<a_')}\?",
    re.I,
)
_MINE = re.compile(
    rf"{role_words.START}(?:me(?! too)|i am|i'm it|that's me|that would be me|i(?:'ll| will| can|'ve|'m)?(?: got| take| taking| do| doing| have| be)"
    rf"(?: it| that| this| over)?|i (?:will|can|do)|mine|on it|happy to|i volunteer|let me){role_words.END}",
    re.I,
)
_NAMED = re.compile(rf"(?:(?:'s| is| has it| takes it| does| is on it|'s got it)?){role_words.END}", re.I)
_BEFORE = re.compile(r"^(?:(?:i think|that's|it's|its|should be|afaik|pretty sure(?: it's)?) )?", re.I)
_SECONDS, _FEW = 420, 5


def in_line(said: str, note: Note, ctx: Context) -> Iterator[tuple[Role, Note, str]]:
    """The role that a line looks for somebody to have, the message that answers, and the user id of who takes it."""
    asked = _WHO.search(said)
    if asked is None or not note.human:
        return
    role = next(role for role in Role if asked[role.value] or asked[f"a_{role.value}"])
    for answer in answers(note, ctx):
        first = answer.talk[0].said[:200] if answer.talk and answer.human else ""
        if answer.author != note.author and answer.author and not first.endswith("?") and _MINE.match(first):
            yield role, answer, answer.author
            return
        person = roles.leading_person(first[len(_BEFORE.match(first)[0]) :], ctx, answer)  # type: ignore[index]
        if person and len(first) < 60 and _NAMED.match(person[1]) and not first.endswith("?"):
            yield role, answer, person[0]
            return


def accepted(user_id: str, note: Note, ctx: Context) -> Note | None:
    """The message with which somebody says yes to what was asked of them; None where their next words say something else."""
    for answer in (*ctx.after(note, _SECONDS), *ctx.replies(note, _FEW)):
        if answer.author == user_id and answer.talk:
            return answer if YES.match(answer.talk[0].said) else None
    return None


def answers(note: Note, ctx: Context) -> Iterator[Note]:
    """The first messages after a question, and the first under it."""
    yield from ctx.after(note, _SECONDS, _FEW)
    yield from ctx.replies(note, _FEW)
