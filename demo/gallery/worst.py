"""The longest and the worst that people may type, and a post-mortem that is full of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, islice
from typing import Any

from bot.blocks import text
from bot.domain import details, pieces
from bot.domain.external_message import Parts
from bot.domain.line_checks import CheckState
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.questions import Question, QuestionState
from demo.gallery import asked, found, samples
from demo.gallery.people import CHIOMA
from demo.gallery.texts import NOW

WORST = (
    "<!channel> @here *b _i ~s `tick` ```fence``` & <@U0ANA1> <https://evil.example|good> <!subteam^S0EVIL> "
    "مرحبا \u202e שלום 🔥👩‍💻 stupid we apologize\n> quote\n"
)
MANY = 300


def worst(most: int) -> str:
    """So many UTF-16 units of it, as Slack's fields count them."""
    return pieces.split(WORST * (most // len(WORST) + 1), most)[0].ljust(2, "x")


SENTENCE, FIELD, TEXT = worst(1000), worst(pieces.FIELD), worst(pieces.FIELD) * 4
QUERY = worst(pieces.FIELD) * 3
LINK = "https://evil.example/" + "x" * 1900


def record(**values: Any) -> Postmortem:
    """Everything that somebody types into a record, at its longest."""
    given = {"title": worst(details.TITLE_MOST), "services": tuple(worst(60) for _ in range(60)), "page_url": LINK}
    return samples.record(**(given | {"recording": LINK} | values))


def overview(of: Postmortem | None = None, **values: Any) -> Overview:
    """300 of everything."""
    heard = found.findings(timeline=found.timeline(MANY, SENTENCE), todos=found.todos(MANY, SENTENCE))
    given: dict[str, Any] = {
        "items": samples.items(MANY, bare=MANY // 2, words=SENTENCE),
        "actions": tuple(replace(each, text=FIELD, reason=SENTENCE) for each in samples.actions()) * 75,
        "waiting_items": samples.keys(heard.timeline),
        "waiting_todos": samples.keys(heard.todos),
        "notes": samples.notes(*[FIELD] * MANY, done=20),
        "approvals": samples.approvals(*[f"U0X{number}" for number in range(MANY)]),
        "booking": samples.booking(link=LINK, late_reason=SENTENCE),
        "external": samples.message(Parts(TEXT, TEXT, TEXT), frozen=Parts(TEXT, TEXT, TEXT)),
        "questions": questions(),
        "checks": tuple(asked.check(f"U0X{number}", state=each) for number in range(100) for each in CheckState),
        "queries": asked.kept(MANY, QUERY),
        "waiting_queries": tuple(each.key for each in asked.proposed(MANY, QUERY)),
    }
    lived = samples.life(unseen=MANY, **(given | values))
    reading: dict[str, Any] = {"harvest": found.reading(), "counts": found.counts(123456, 7890), "findings": heard}
    return samples.overview(of or record(), lived, troubles=(SENTENCE,) * 40, document=LINK, **reading)


def questions() -> tuple[Question, ...]:
    """Of every state, with full words."""
    states = islice(cycle(QuestionState), MANY)
    return tuple(
        asked.question(place, id=f"pm-7:q{place}", text=FIELD).settled(state, TEXT, CHIOMA, NOW)
        for place, state in enumerate(states)
    )


def warned() -> str:
    """Somebody else was faster."""
    return f"{text.mention(CHIOMA)} saved this, {text.when(NOW)}, while you had the form open."
