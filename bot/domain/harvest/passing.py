"""Command that goes on in words that say no role, since everybody knows who has it: "Bo, it's yours until 8", "mine now", "taking
over". They mean command only between who has it and who takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import asked, elsewhere, named, onward, role_passes, role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_START, _END = role_words.START, role_words.END
_LONG = 200  # letters
_LATER = r"(?!.{0,12}\b(?:at \d|tomorrow|tonight|later|in (?:\d|an?|half|ten|five)|once|when|after|on (?:mon|tue|wed|thu|fri|sat|sun)))"
# By who has it. The name stands before the words, or after them.
_GIVES = late(
    rf"(?:,? you(?:'ve| have)(?: got)? it(?= (?:until|till?|from (?:here|now)|now|for (?:the|now|tonight))\b)"
    rf"|,? you (?:can )?take (?:(?:it |this )?over{_END}|(?:it|this)(?: over)? from (?:here|now|me)\b)"
    r"|(?:'s| now)? (?:has|got)(?: got)? it(?= (?:until|till?|from (?:here|now)|now|for (?:the|now|tonight))\b)"
    rf"|(?:'s| is) taking over{_END}|,? (?:takes|will take) over{_END}|,? your (?:turn|shift|ship|watch){_END}"
    rf"|(?:'s| is| will be|,? you)? "
    r"(?:takes?|taking|carr(?:y|ies)|will (?:take|carry|run))"
    rf" (?:it|this)(?: on)? from (?:here|now){_END})",
    re.I,
)
_YOURS = late(rf",? (?:it's|it is|all|the incident is|this is|now)(?: all)? yours{_END}", re.I)
_ALL_YOURS = late(rf",? yours{_END}", re.I)
_ALL_YOURS_AGAIN = late(rf"{_START}(?:and )?(?:it's |it is )?(?:all )?yours(?: again)?{_END}", re.I)
_BACK = late(rf"{_START}(?:i'm |i am |and )*(?:back|here|up|awake)\b", re.I)
_HAS_IT = late(
    rf"(?: has|'s got| has got) it(?: after(?:wards)?| then| from there)?{_END}|,? you're (?:on|up){_END}", re.I
)
_LEAVES = late(
    r"\b(?:off|out|lunch|dinner|food|bed|sleep|leav\w+|leave|going|gone|away|break|home|night|hand\w*|stepping down|drop|need to run|"
    r"have to (?:run|go)|end of (?:my )?shift)\b",
    re.I,
)
_TO = late(
    rf"\b(?:over to(?: you,?)?|all yours,?|(?:handing|passing|giving|hand|pass|handed|i give|turning)"
    rf"(?: it| this| things)?(?: off| over| back)+ to|{_START}(?:i'm |i am )?hand(?:ing|over)? to|"
    rf"{_START}(?:and )?back to(?: you,?)?) (?=@?\w)",
    re.I,
)
_HANDS = late(rf"{_START}(?:i'm |i am )?hand(?:ing)?(?: over| off)? to ", re.I)
_FOR_A_TIME = late(
    r" (?:for|until|till?|from|over|during) (?:the |my |our |your )?(?!(?:a )?(?:quick )?(?:review|check|look|test|approval|qa|input|help|"
    r"merge|comment|deploy|ticket|fix|sign-?off|testing|verification|follow-?up)\b)\w",
    re.I,
)
# By who has it, as a question: "Bo, can you take it from me?"
_MAY = late(
    r"[ ,].{0,20}\b(?:can|could|would|will|ok|mind|want to|wanna|fancy|care to|up for|able to|ready to|"
    r"please|happy)\b.{0,20}\b(?:(?:take|taking|hold|have|keep|run|drive|call|steer"
    r"|watch|mind) (?:(?:it|this|over|the (?:room|bridge|incident|channel|helm|wheel)) )?"
    r"(?:over|from me|from here|while|until|till?|for (?:an?|the|half|two|\d+|me|now|today))\b|take over\b|(?:mind the (?:shop|store)|"
    r"hold the (?:fort|wheel|helm|lead))\b)",
    re.I,
)
_STOPS = late(rf"{_END}{_LATER}", re.I)
# By who takes it.
_TAKES = late(
    rf"{_START}(?:i(?:'ll| will|'m| am)? ?)?(?:tak(?:e|ing) (?:it |this |things |back )?over|tak(?:e|ing) (?:it|"
    r"this) (?:back|from here)|"
    rf"reliev(?:e|ing) (?P<who>\S+)){_END}|{_START}(?:i(?:'m| am|'ll)? ?)?(?:pick(?:ing)? (?:it |this |things )?up|stepping in|here|in|"
    rf"tak(?:e|ing) (?:it |this |things |back )?over) (?:from|for) (?P<who3>@?\w[\w.-]*)(?: (?-i:[A-Z])\w+)?{_END}"
    rf"|{_START}i(?:'ve| have) the shift{_END}|{_START}(?:i(?:'ll| will|'m| am)? )?tak(?:e|"
    r"ing) over from (?P<who2>\S+)",
    re.I,
)
_SHORT = late(
    rf"{_START}(?:(?:i(?:'ve| have)(?: got)?|i got|have) it|(?:it's |it is |all )mine|mine now|(?:driving|leading|coordinating|"
    rf"steering) now|(?<=^)mine(?=$)|i(?:'ll|"
    rf" will|'m| am)? tak(?:e|ing) it|my (?:turn|shift|incident(?: now)?)){_END}",
    re.I,
)
_ABOUT = late(
    r"\bhand(?:ing|ed|s)?[ -]?(?:it |this )?(?:off|over)\b|\b(?:take|takes|taking) over\b|"
    r"\bstepping (?:down|away)\b|\b(?:signing|logging|heading) off\b|\b(?:i have|need|got) to (?:run|leave|drop)\b|\bend of (?:my "
    r")?shift\b",
    re.I,
)
_AGAIN = late(r"\b(?:back|again)\b", re.I)
_RETURNS = late(
    rf"{_START}(?:i(?:'m| am) )?back\b(?! (?:in (?:\d|an?\b|ten|five|half)|at \d|later|soon|to (?!command|lead|ic\b)|on (?!the "
    rf"(?:wheel|helm))))"
    rf"|{_START}(?:my (?:wheel|helm|watch|shift|turn)|mine) again{_END}"
    rf"|{_START}i(?:'ll)? (?:take|lead|drive|call|steer|pilot|run|coordinate)(?: (?:it|this|over|the \w+))? again\b",
    re.I,
)
_HIS = late(
    r"\b(?:mine|my (?:wheel|helm|watch|shift|turn)|(?:take|lead|drive|call|steer|pilot|run)(?: (?:it|this|over|the \w+))? (?:again|back)|"
    r"in (?:the|my) (?:\S+ "
    r")?(?:chair|seat)"
    r"|(?:at|on) the (?:wheel|helm))\b",
    re.I,
)


def in_line(said: str, note: Note, ctx: Context) -> Iterator[str]:
    """The user id of who has command from this line on."""
    held = ctx.held.get(Role.ic)
    if not held or not note.human or note.author is None:
        return
    if held[-1] == note.author:
        yield from _given(said, note, ctx)
    elif _taken(said, note, ctx, held):
        yield note.author


def _given(said: str, note: Note, ctx: Context) -> Iterator[str]:
    for opening in role_words.NAMED_AT.finditer(said):
        person = roles.leading_person(said[opening.end() : opening.end() + 80], ctx, note)
        if person is None or person[0] == note.author:
            continue
        words = _GIVES.match(person[1]) or (_YOURS.match(person[1]) and not _offered_work(person[0], note, ctx))
        words = words or (_ALL_YOURS.match(person[1]) and _LEAVES.search(said))
        words = words or (_HAS_IT.match(person[1]) and onward.leaves(said))
        gives = words and not roles.denied(said, opening.end(), opening.end())
        asks = _MAY.match(person[1]) or (role_passes.ASKS.match(person[1]) and onward.leaves(said))
        if gives or (asks and asked.accepted(person[0], note, ctx)):
            yield person[0]
    if _ALL_YOURS_AGAIN.search(said) and (returns := _who_is_back(note, ctx)):
        yield returns
    if onward.to_you(said) and (follows := onward.who_follows(note, ctx)):
        yield follows
    for words in _TO.finditer(said):
        person = roles.leading_person(said[words.end() : words.end() + 80], ctx, note)
        if (
            person
            and person[0] != note.author
            and (_STOPS.match(person[1]) or (_HANDS.match(words[0]) and _FOR_A_TIME.match(person[1])))
            and not roles.denied(said, words.start(), words.end())
        ):
            yield person[0]


def _who_is_back(note: Note, ctx: Context) -> str | None:
    """Who spoke just before, if command was theirs earlier on: "back. anything?", "one false alarm. all yours"."""
    for near in reversed(ctx.lately(note, 3)):
        if near.human and near.author != note.author and (note.at - near.at).total_seconds() < elsewhere.SECONDS:
            return near.author if near.author in ctx.held.get(Role.ic, ()) and _BACK.search(near.plain[:80]) else None
    return None


def _offered_work(user_id: str, note: Note, ctx: Context) -> bool:
    """Whether somebody asked shortly before about something else that could be theirs: "want me to promote it?"."""
    near = [each for each in ctx.lately(note, 4) if each.author == user_id]
    asks = near and near[-1].plain.rstrip().endswith("?")
    return bool(asks and not _ABOUT.search(near[-1].plain[:400]) and not onward.OFFERS.search(near[-1].plain[:400]))


def _asked_for_another(note: Note, ctx: Context) -> bool:
    """Whether what is taken over is a role beside command, which the author was asked for just before."""
    for near in ctx.lately(note, 3):
        if not near.human or (note.at - near.at).total_seconds() > elsewhere.SECONDS:
            continue
        for line in near.talk:
            wanted = [role for role, user_id, _ in named.in_line(line.said, near, ctx) if user_id == note.author]
            if wanted and Role.ic not in wanted:
                return True
    return False


def _returned(said: str, note: Note, ctx: Context, held: list[str]) -> bool:
    """Whether somebody who had command comes back and takes it again, with thanks to who had it meanwhile or in words."""
    if note.author not in held or len(said) > 120 or not _RETURNS.search(said) or said.rstrip().endswith("?"):
        return False
    return bool(_HIS.search(said)) or held[-1] in _named(said, note, ctx)


def _taken(said: str, note: Note, ctx: Context, held: list[str]) -> bool:
    if _returned(said, note, ctx, held):
        return True
    takes = _TAKES.search(said)
    found = takes or _SHORT.search(said)
    if found is None or roles.denied(said, found.start(), found.end()):
        return False
    if takes is not None:
        before = takes["who"] or takes["who2"] or takes["who3"]
        if before:
            return len(said) < _LONG and held[-1] == ctx.who(before.strip(".,;:!"), note)[0]
        return len(said) < 80 and not _asked_for_another(note, ctx)
    thanked = any(held[-1] == user_id for user_id in _named(said, note, ctx))
    if thanked or (note.author in held and _AGAIN.search(said)):
        return True
    return any(_leads_to(near, note, held[-1]) for near in ctx.lately(note, 6))


def _leads_to(near: Note, note: Note, holder: str) -> bool:
    """Whether a message shortly before tells that it is command that is taken."""
    if not near.human or (note.at - near.at).total_seconds() > 3600:
        return False
    if near.author in (holder, note.author) and _ABOUT.search(near.plain[:400]):
        return True
    return near.author == note.author and bool(onward.OFFERS.search(near.plain[:400]))


def _named(said: str, note: Note, ctx: Context) -> Iterator[str]:
    for word in said.replace(",", " ").split():
        if user_id := ctx.who(word, note)[0]:
            yield user_id
