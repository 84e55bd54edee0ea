"""H-13: chat commands. `!ic page` is the moment people were paged; `!status` and the other commands are noise, and so
are the answers of the bot, which a rule never asks about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import phrase
from bot.domain.harvest.finding import Confidence, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_PAGE = late(
    r"^(?:!ic page\b|[!/](?:page|pd (?:trigger|page)|pagerduty (?:trigger|page)|genie (?:create|alert)|oncall page)\b)",
    re.I,
)
_COMMAND = late(r"^[!/][a-z][\w-]{1,30}(?:\s|$)", re.I)


def is_command(said: str) -> bool:
    """Whether a line is an order to a bot."""
    return bool(_COMMAND.match(said))


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    for line in note.talk:
        if _PAGE.match(line.said):
            yield phrase.found_at(note, line, ctx, TimelineKind.page, RULE.id, Confidence.A)
            return


RULE = Rule("H-13", "A page by chat command", words("ic page pd pagerduty genie oncall"), find)
