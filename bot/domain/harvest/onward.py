"""Command that goes on to "you", when who has it leaves: "over to you, I'm off". Who answers has it then, or who said before that
the time that comes is theirs."""

from __future__ import annotations

import re

from bot.domain.harvest import elsewhere, role_words
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

OFFERS = late(r"\b(?:want me to|shall i|should i|can i|i can|do i) take (?:it|over|this)\b", re.I)
_SHIFT = 3 * 3600  # seconds
_TO_YOU = late(
    rf"(?:{role_words.START}|\b(?:it's|all|now) )(?:(?:back )?over to you|(?:it's |all )?yours(?: now)?|you have it(?: now)?|your turn|"
    rf"you're up){role_words.END}",
    re.I,
)
_GO = late(
    r"\b(?:i'?m|i am|i'll be) (?:now )?(?:off|out|gone|leaving|going|done for|signing off|logging off|away|asleep|in bed|home)\b|"
    r"\b(?:handover|hand(?:ing)? over|signing off|logging off|log off|good ?night|to bed|sleep|end of (?:my )?(?:shift|day)|"
    r"i (?:have|need|got) to (?:go|run|leave)|need to drop|dropping|fading|asleep|tired|bedtime|my bed|midnight|late here)\b",
    re.I,
)
_GOT_IT = late(
    r"^(?:(?:ok(?:ay)?|thanks|thank you|yes|morning|hi)[,.! ]+)*(?:got it|(?:i(?:'ve)? )?(?:got|have) it|taking (?:it|over)|mine|on it|"
    r"i(?:'ll)? take (?:it|over)|taken|copy|roger|ack(?:ed)?|i(?:'m| am) on|understood|will do|yep|sure|sleep well|good ?night|"
    r"night)\b",
    re.I,
)
_SOON_MINE = late(
    r"\b(?:i(?:'ll| will| can|'m| am)? (?:tak(?:e|ing)|hav(?:e|ing)|do(?:ing)?|cover(?:ing)?|on) (?:the |over )?(?:early |late |next )?"
    r"(?:morning|night|day|evening|shift|watch|weekend)(?: shift)?|i(?:'m| am) (?:up|on) next)\b",
    re.I,
)


def leaves(said: str) -> bool:
    """Whether the author of a line says that they go."""
    return bool(_GO.search(said))


def to_you(said: str) -> bool:
    """Whether a line leaves what its author has to somebody whom it does not name."""
    return bool(_GO.search(said) and _TO_YOU.search(said))


def who_follows(note: Note, ctx: Context) -> str | None:
    """The user id of who has command after such a line, if that is clear."""
    for answer in ctx.after(note, elsewhere.SECONDS, 3):
        if answer.human and answer.author != note.author and answer.talk and _GOT_IT.match(answer.talk[0].said):
            return answer.author
    for near in reversed(ctx.lately(note)):
        if near.human and near.author != note.author and (note.at - near.at).total_seconds() < _SHIFT:
            said = near.plain[:300]
            if _SOON_MINE.search(said) or OFFERS.search(said):
                return near.author
    return None
