"""Who is said to have a role, by name: "Ana, you have the lead", "Bo's on comms, Cy keeps the minutes". Only members count: a word
that is nobody's name is no person, whatever follows it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.harvest import elsewhere, in_case, role_first, role_words, roles
from bot.domain.harvest.finding import Role
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.vocabulary import words

_WAKES = words(
    "ic imoc mim im commander command incident lead leads leading coordinate coordinates coordinating coordinator "
    "coordination drive",
    "drives driving pilot pilots piloting conducts conducting steers steering runs running charge point wheel helm stick "
    "conn reins shots",
    "con hat pen write log driver accepted accepts deputy backup scribe scribes scribing timekeeper logkeeper "
    "notetaker note notes minutes log timeline "
    "protocol liaison comms comm "
    "communications",
    "communication status customers clients users passengers guests patients merchants members tenants messages manager "
    "voice public",
    "management board execs executives leadership stakeholders directors leader controller captain baton reins seat updates "
    "led run coordinated commanded managed customer client passenger player guest merchant member tenant patient second stand "
    "bosses brass",
)
_IN_BRACKETS = late(r"^ \(([^()]{2,30})\)")
_SENTENCE_END = late(r"[.!](?=\s|$)|\?|$")


def in_line(said: str, note: Note, ctx: Context) -> Iterator[tuple[Role, str, bool]]:
    """The role, the user id of who is said to have it, and whether it is only asked for ("Bo, scribe?")."""
    if note.words.isdisjoint(_WAKES):
        return
    for opening in role_words.NAMED_AT.finditer(said):
        person = roles.leading_person(said[opening.end() : opening.end() + 120], ctx, note)
        if person is None:
            continue
        rest = _IN_BRACKETS.sub(r" \1", person[1])
        found = [
            (role, tail.end())
            for role, wording in role_words.TAILS
            if (tail := wording.match(rest)) and not elsewhere.is_meant(rest, *tail.span())
        ]
        for role, end in found:
            if role is Role.ic and in_case.is_meant(said):
                continue
            yield role, person[0], is_asked(rest, end)
        wanted = None if found else role_words.ASKS.match(rest)
        if wanted and not _goes_to_another(wanted[0], note, ctx):
            yield next(role for role in Role if wanted[role.value]), person[0], True
    for role, asked in role_first.in_line(said, note, ctx):
        yield role, asked, True
    for led in role_words.LED_BY.finditer(said):
        person = roles.leading_person(said[led.end() : led.end() + 80], ctx, note)
        if person and not roles.denied(said, led.start(), led.end()):
            yield Role.ic, person[0], False


def _goes_to_another(asked: str, note: Note, ctx: Context) -> bool:
    """Whether somebody else is named between a name and what is asked: "Bo is on it, Cy please take the minutes"."""
    return any(
        roles.leading_person(asked[opening.end() :], ctx, note)
        for opening in role_words.NAMED_AT.finditer(asked)
        if opening.end() < len(asked)
    )


def is_asked(said: str, place: int) -> bool:
    """Whether the sentence that goes on at a place is a question."""
    end = _SENTENCE_END.search(said, place)
    return bool(end and end[0] == "?")
