"""How people tell what came of a command or a search: "6,118 rows", "nothing", "all from web-3, 412 of 420"."""

from __future__ import annotations

import re

from bot.domain.harvest.late import late

TOLD = late(
    r"^(?:done|pushed|moved|nothing|none|empty|zero|no (?:rows|output|errors?|match(?:es)?|results?)|ok\W*$|[~<>]?\d)"
    r"|^[\w ]{1,40}(?::| says| shows| gives) .{0,40}\d"
    r"|^(?:only|just|about|around|roughly|over|→|[-=]+>) ?[~<>]?\d|^(?:it )?(?:gives|shows|returns|says|prints) .{0,40}\d"
    r"|^(?:it's |they're )?(?:all|most|only|both|each|nearly all)(?: of (?:them|it|those))? (?:come |comes |is |are )?"
    r"(?:from|on|in|by|for|at) .{0,60}\d"
    r"|^(?!(?:we|i|you|they|he|she)\b)[\w./-]+ (?:has|have|had) [~<>]?\d[\d.,]*\b(?! ?(?:min|hour|sec|day|more|left))"
    r"|^(?=\S*[\d_./-])[\w./-]+:? [~<>]?\d[\d.,]*\s?[%kMG]?\W*$",
    re.I,
)
