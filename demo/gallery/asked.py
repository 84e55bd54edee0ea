"""What others were asked, what they said, and the commands and queries that the numbers come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain import queries
from bot.domain.harvest.finding import QueryFinding
from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.queries import Candidate, Query
from bot.domain.questions import Question, QuestionState, UsedAs
from demo.gallery import texts
from demo.gallery.people import ANA, BEN, CHIOMA, DANA, FARID
from demo.gallery.samples import ID
from demo.gallery.texts import NOW, STARTED

ASKED = (
    (FARID, "Did the search see the same delay, and from when on?"),
    (DANA, "What did the payment provider show between 12:05 and 12:40?"),
    (CHIOMA, "How large is the pool, and where is that set?"),
)
ANSWER = f"From 12:07 on, a third of the calls to the checkout ran into the limit of 20 seconds.\n{texts.GRAPH}"
COUNT = (
    "SELECT date_trunc('minute', ordered_at) AS minute,\n       count(*) FILTER (WHERE took > interval '20 s') AS slow\n"
    "  FROM orders\n GROUP BY 1 ORDER BY 1;"
)
PODS = "kubectl -n checkout get pods -o wide | grep -v Running"
# What a search for secrets finds; it opens nothing.
RISKY = "curl -H 'Authorization: Bearer 9f86d081884c7d659a2feaa0c55ad015' https://api.acme.example/v1/orders"


def question(place: int = 0, **values: Any) -> Question:
    """The owner asks one person."""
    asked_of, said = ASKED[place % len(ASKED)]
    at = NOW - timedelta(minutes=40 - place)
    return replace(Question(f"{ID}:q{place}", ID, BEN, asked_of, said, at), **values)


def answered(place: int = 0, used_as: UsedAs = UsedAs.NOTHING, answer: str = ANSWER) -> Question:
    """They answered, and the answer became something or not yet."""
    return question(place).settled(QuestionState.ANSWERED, answer, question(place).asked_of, NOW).used(used_as)


def declined(place: int = 1, answer: str = "Ask the team of the provider: #ext-payments") -> Question:
    """They cannot answer it, and may say who could."""
    return question(place).settled(QuestionState.DECLINED, answer, question(place).asked_of, NOW)


def withdrawn(place: int = 2) -> Question:
    """Nobody waits for it any more."""
    return question(place).settled(QuestionState.WITHDRAWN, "", BEN, NOW)


def check(user: str = CHIOMA, **values: Any) -> LineCheck:
    """The owner asks a responder whether their lines are right."""
    return replace(LineCheck(ID, user, BEN, NOW), **values)


def checks() -> tuple[LineCheck, ...]:
    """One of each answer."""
    off = check(CHIOMA, state=CheckState.OFF, said="The restart was at 12:33, not at 12:31.", answered_at=NOW)
    return check(ANA, state=CheckState.RIGHT, answered_at=NOW), off, check(DANA)


def kept(number: int = 2, words: str | None = None) -> tuple[Query, ...]:
    """Queries as somebody saved them."""
    link, result = texts.LOGS, "412 of 31,870 orders ran longer than 20 seconds."
    made = (
        Query("query-1", ID, COUNT, BEN, NOW, "psql, replica of orders-db", link, result, CHIOMA, texts.ts(STARTED), 0),
        Query("query-2", ID, PODS, BEN, NOW, ran_by=DANA),
    )
    found = (replace(made[place % 2], id=f"query-{place + 1}") for place in range(number))
    return tuple(replace(each, text=words) if words is not None else each for each in found)


def proposed(number: int = 3, words: str | None = None) -> tuple[Candidate, ...]:
    """What the channel has as code; every third one looks like a secret."""
    said = (COUNT, PODS, RISKY)
    found = [
        QueryFinding(texts.ts(STARTED, 700 + place), None, 0, (CHIOMA, DANA, BEN)[place % 3], words or said[place % 3])
        for place in range(number)
    ]
    return tuple(Candidate((each.ts, each.line), (each,)) for each in found)


def suspects(text: str = RISKY) -> tuple[queries.Suspect, ...]:
    """What looks like a secret in a query."""
    return queries.suspects(queries.Written(text))
