"""How people say that the work of a follow-up is done: "done, merged", "purged, done", "closed by" a pull request, a tick."""

from __future__ import annotations

import re

from bot.domain.harvest.late import late
from bot.domain.harvest.note import Note

_WORK_DONE = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:ok(?:ay)?,? |and |all |i've |just |it's |that's |now |this is |already )*(?:done|fixed|"
    r"merged|shipped|completed|"
    r"finished)\b(?!.{0,80}(?:\b(?:tomorrow|soon|next|once|when|if|by|closing|closed)\b|\b[A-Z]{2,10}-\d))",
    re.I,
)
_SAID_DONE = late(
    r"^(?:ok(?:ay)?,? |and )*(?:(?:i|we) (?:already |just )?did (?:that|this|it)(?: already| just now| today| yesterday)?[\s.!]*$|"
    r"(?:this (?:is|was) |that's |it's |was )?(?:already )?(?:closed|resolved|solved|done|fixed) (?:by|in|with|via) "
    r"(?:https?://\S+/(?:pull|merge_requests|commit)/|#\d|pr\b))|"
    r"^(?!.*\b(?:if|when|once|until|after|will|not|never|tomorrow)\b)[^?]{3,80}[,;–—-] ?(?:all |now |already )?done[\s.!]*$",
    re.I,
)
_TICK = late(r"^(?:(?:[✅☑✔]\ufe0f?|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check):)\s*)+$")
_DONE = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:ok(?:ay)?,? |and |all |i've |i have |just |it's |that's |now )*(?:done|filed|fixed|"
    r"created|opened|merged|added|shipped)\b(?! (?:with|for) (?:the day|now|this week)|.{0,20}\bclosing\b)",
    re.I,
)
_NOT_NEEDED = late(
    r"^(?:(?:this|that|it)(?:'s| is) )?(?:not (?:relevant|needed|necessary) any ?more|no longer (?:relevant|needed|necessary))\b[^?]*$",
    re.I,
)
_HAS_DONE = late(
    r"^(?:ok(?:ay)?,? |sure,? |i |i've |have |just |already )*(?:sent|scheduled|booked|filed|created|opened|updated|added|posted|moved|"
    r"merged|fixed|invited|asked|told|ordered)\b(?!.*\?\s*$)",
    re.I,
)
_DONE_NOW = late(
    r"^(?!.*\b(?:if|when|once|until|after|will|not|never|tomorrow|already)\b)(?:[^?]{3,80}[,;–—-] ?(?:all |now )?"
    r"(?:done|deployed|merged|live|pushed|rolled out)[\s.!]*$|(?:i )?did (?:that |it )?just now\b|just did (?:that|it)?\b)",
    re.I,
)
_SIGHT = 400


def says_done(answer: Note) -> bool:
    """Whether an answer says that the work is done, or is nothing but a tick."""
    said = answer.talk[0].said[:_SIGHT]
    return is_done(said) or bool(_SAID_DONE.match(said) or _TICK.match(answer.message.text.strip()))


def is_done(said: str) -> bool:
    """Whether words open with that: "done", "fixed, see above"."""
    return bool(_WORK_DONE.match(said))


def is_done_now(said: str) -> bool:
    """Whether somebody tells that they did it while the talk went on: "set to 10 s, deployed", "did just now"."""
    return bool(_DONE_NOW.match(said))


def opens(said: str) -> bool:
    """Whether words open with something done, be it only the ticket: "filed OPS-12", "added"."""
    return bool(_DONE.match(said))


def not_needed(said: str) -> bool:
    """Whether it is not wanted any more: "no longer needed"."""
    return bool(_NOT_NEEDED.match(said))


def did(said: str) -> bool:
    """Whether somebody tells what they have done: "sent the invite"."""
    return bool(_HAS_DONE.match(said))
