"""The open questions on the card (R-08): whom they wait for, since when, and about what, in a few words."""

from __future__ import annotations

from bot.blocks import parts, text
from bot.blocks.parts import Block
from bot.domain import questions
from bot.domain.overview import Overview
from bot.domain.questions import Question

MOST = 3
_WORDS = 150


def open_block(overview: Overview) -> list[Block]:
    """Nothing while none is open, or while nothing is to be found out any more."""
    waiting = questions.open_ones(overview.life.questions)
    if not waiting or not questions.matters(overview.postmortem):
        return []
    rest = len(waiting) - MOST
    said = [*map(_line, waiting[:MOST]), *([f"and {rest} more"] if rest > 0 else [])]
    return [parts.section("*Open questions*\n" + "\n".join(said))]


def _line(question: Question) -> str:
    words = text.escape(text.clip(" ".join(question.text.split()), _WORDS))
    return f":speech_balloon: {text.mention(question.asked_of)}, since {text.when(question.at)}: {words}"
