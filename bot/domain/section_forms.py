"""The sections of the template as one table: which fields each has, and how it asks for them. The forms, the menu and the
document read it, so that a field is named in one place (section 4 of the process)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.content import Section

METRIC = "metric:"
PEOPLE = "people"
# The longest text of a field that holds one short thing, where it is not bounded by itself.
MOST = {"minutes": 100, "count": 500, "portion": 500, "link": 2000}


class Shape(StrEnum):
    """What is typed into a field: words, one point a line, a box to tick, a number, an address, a person, people."""

    TEXT = "text"
    LINES = "lines"
    TICK = "tick"
    MINUTES = "minutes"
    COUNT = "count"
    PORTION = "portion"
    LINKS = "links"
    LINK = "link"
    PERSON = "person"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the section's value, its label, and the question that helps to answer it. `most` bounds its
    characters where the template wants it short. `asked` says that the review asks for it (content_gate.GATE)."""

    name: str
    label: str
    shape: Shape
    hint: str = ""
    most: int | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One section as a form: a title of at most 24 characters, a line that says what it is for, its fields, and the keys of
    content_gate.GATE that it fills in; without any it may stay empty."""

    section: Section
    title: str
    why: str
    fields: tuple[Field, ...]
    gate: tuple[str, ...] = ()


_OVERVIEW = Form(
    Section.OVERVIEW,
    "What happened",
    "Write for a colleague who was not there. Systems and roles act here, not people by name.",
    (
        Field(
            "overview", "Overview", Shape.TEXT, "What contributed, for how long, and whom did it touch? One or two sentences.", 600,
            asked=True,
        ),
        Field(
            "what_happened", "What happened", Shape.TEXT,
            "How did it begin, how was it noticed, what was tried, what ended it? What did people see that made it right to do then?",
            asked=True,
        ),
    ),
    ("overview", "what_happened"),
)  # fmt: skip
_FACTORS = Form(
    Section.FACTORS,
    "Contributing factors",
    "There is rarely one cause. Ask “how” and “what”: how was it possible, what made it worse, what kept it hidden?",
    (
        Field(
            "trigger", "Trigger", Shape.TEXT,
            "What set it off: a change, a load, a date? What was different from the day before?",
        ),
        Field(
            "factors", "Contributing factors", Shape.LINES,
            "One a line. How did the system let the trigger grow into an incident? What did people know, and what could they not see?",
            asked=True,
        ),
    ),
    ("contributing_factors",),
)  # fmt: skip
_RESOLUTION = Form(
    Section.RESOLUTION,
    "Resolution",
    "What ended it, and will it hold?",
    (
        Field("resolution", "Resolution", Shape.TEXT, "What solved it, and how did you know that it was over?", asked=True),
        Field("temporary", "It is a temporary fix", Shape.TICK),
        Field("long_term", "Long-term solution", Shape.TEXT, "What will make it hold for good? Empty when the fix is that already."),
    ),
    ("resolution",),
)  # fmt: skip
_UNKNOWN = "A number; where none can be had: unknown, because … (and the best estimate)."
_IMPACT = (
    Field("time_in_sev1", "Minutes in SEV-1", Shape.MINUTES, asked=True),
    Field("time_in_sev2", "Minutes in SEV-2", Shape.MINUTES, asked=True),
    Field("accounts", "Accounts affected", Shape.COUNT, _UNKNOWN, asked=True),
    Field("users", "Users affected", Shape.COUNT, _UNKNOWN, asked=True),
    Field("support", "Support requests raised", Shape.COUNT, _UNKNOWN, asked=True),
    Field("support_links", "Links to the support requests", Shape.LINKS, "One a line; may stay empty."),
)
_PORTIONS = "How many, of how many: 24 of 100000; the percentage is computed. Or: unknown, because …"
_CAUGHT = Form(
    Section.CAUGHT,
    "Could it be caught?",
    "How could it have been caught before customers saw it? It is talked about in the meeting, and may stay empty.",
    (
        Field("canary", "Canary", Shape.TEXT, "What would a canary have shown, and after how long?"),
        Field("tests", "Tests", Shape.TEXT, "What kind of test would have failed? What made it hard to write?"),
        Field("load_test", "Load test", Shape.TEXT, "What load, with what data, would have shown it?"),
    ),
)
_RETROSPECT = Form(
    Section.RETROSPECT,
    "How did we do?",
    "About the response itself, so that the next one goes better. One point a line.",
    (
        Field("well", "What went well", Shape.LINES, "What helped, and is worth keeping? It may stay empty."),
        Field(
            "badly", "What didn't go so well", Shape.LINES,
            "What got in the way of the response? Each point gets a follow-up. Nothing did: tick the box below.",
            asked=True,
        ),
        Field("nothing_to_note", "Nothing to note: the response went as it should", Shape.TICK),
        Field("lucky", "Where we were lucky", Shape.LINES, "What could have made it worse, and did not by chance?"),
    ),
    ("process_review",),
)  # fmt: skip
_RECORDING = Form(
    Section.RECORDING,
    "Call recording",
    "Where can the call be listened to again?",
    (
        Field("recording", "Link to the recording", Shape.LINK, "Where there is none, say below why.", asked=True),
        Field("none_because", "Or: why is there none?", Shape.TEXT, "Such as: there was no call, everything went on in the channel."),
    ),
    ("recording",),
)  # fmt: skip
_RESPONDERS = Form(
    Section.RESPONDERS,
    "Responders and roles",
    "The incident commander is named with the incident's details.",
    (
        Field(PEOPLE, "Responders", Shape.PEOPLE, "Who worked on it, in the channel or on the call?"),
        Field(
            "scribe", "Scribe", Shape.PERSON, "Who wrote down what was decided? Nobody: tick the box below.", asked=True
        ),
        Field("no_scribe", "There was no scribe", Shape.TICK),
        Field("deputy", "Deputy", Shape.PERSON, "Who stood in for the incident commander? May stay empty."),
        Field(
            "others",
            "Who else took part",
            Shape.LINES,
            "Who was on the call without writing, or helped from another team? One a line.",
        ),
    ),
    ("responders_scribe",),
)
_SERVICES = Form(
    Section.SERVICES,
    "Services",
    "Which services were hit? Earlier incidents of the same services are found by them.",
    (Field("services", "Services", Shape.LINES, "One a line, or with commas in between."),),
)
_IMPACT_GATE = (
    "time_in_sev1", "time_in_sev2", "impact_metrics", "accounts_affected", "users_affected", "support_requests"
)  # fmt: skip


def metric(dimension: str) -> str:
    """The name of the field of one configured measure (R-26)."""
    return f"{METRIC}{dimension}"[:255]


def forms(dimensions: Sequence[str]) -> Mapping[Section, Form]:
    """Every section's form, in the order of the template; `dimensions` are what the impact is measured in (R-26)."""
    metrics = tuple(Field(metric(each), each, Shape.PORTION, _PORTIONS, asked=True) for each in dimensions)
    impact = Form(
        Section.IMPACT,
        "Impact",
        "Be exact. An estimate that says how it was made is better than no number.",
        (*_IMPACT[:2], *metrics, *_IMPACT[2:]),
        _IMPACT_GATE,
    )
    order = (_OVERVIEW, _FACTORS, _RESOLUTION, impact, _RESPONDERS, _SERVICES, _RECORDING, _RETROSPECT, _CAUGHT)
    return {form.section: form for form in order}
