"""Which rule speaks up in which section, and what it tells people: one table, shown as it is in docs/wording.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.wording.finding import Level, Rule
from bot.domain.wording.sections import EXTERNAL, Section


@dataclass(frozen=True, slots=True)
class About:
    """A rule for people: what it `catches`, the `reason` shown with a finding, its level, and where that differs."""

    catches: str
    reason: str
    level: Level
    elsewhere: Mapping[Section, Level] = field(default_factory=dict)


def _in(level: Level, *sections: Section) -> dict[Section, Level]:
    return dict.fromkeys(sections, level)


_TOLD_TO_ALL = (Section.OVERVIEW, Section.WHAT_HAPPENED, Section.CONTRIBUTING_FACTORS, *sorted(EXTERNAL))
_WISHES = (Section.ACTION_ITEM, Section.COULD_HAVE_BEEN_CAUGHT, Section.LUCKY)

RULES: Mapping[Rule, About] = {
    Rule.PERSON_AS_CAUSE: About(
        "a person or a team as the cause, fault, guilt",
        "What one person did is never the whole cause: name the role, and the condition of the system that made it possible.",
        Level.WARN,
    ),
    Rule.HUMAN_ERROR: About(
        "human error, operator mistake, somebody messed up",
        "A label like this ends the search: tell what made the action easy, or made it look right at the time.",
        Level.WARN,
    ),
    Rule.COUNTERFACTUAL: About(
        "should have, could have, if only, had we ...",
        "This tells of something that did not happen: tell what did, and move the wish to the action items.",
        Level.SUGGEST,
        {
            **_in(
                Level.WARN,
                Section.OVERVIEW,
                Section.WHAT_HAPPENED,
                Section.CONTRIBUTING_FACTORS,
                Section.TIMELINE,
            ),
            **_in(Level.OFF, *_WISHES),
        },
    ),
    Rule.NORMATIVE: About(
        "a person failed to, forgot to, did not check, ignored",
        "This measures a person against what is known today: tell what they saw and knew at the time.",
        Level.WARN,
    ),
    Rule.ADJECTIVE: About(
        "careless, negligent, sloppy, lack of attention",
        "This judges a person and explains nothing: leave it out, and give what can be seen or counted.",
        Level.WARN,
    ),
    Rule.PEOPLE_FIX: About(
        "be more careful, remind the engineers, pay attention",
        "People were careful before, too: change the system, so that the safe way is the easy one.",
        Level.OFF,
        _in(Level.WARN, Section.ACTION_ITEM),
    ),
    Rule.OUTAGE: About(
        "outage, unless the incident is marked as a full outage",
        "This word says that everything was down: if only a part was, or it was slow, say so.",
        Level.SUGGEST,
        _in(Level.WARN, Section.OVERVIEW, *sorted(EXTERNAL)),
    ),
    Rule.NAME: About(
        "a responder's name or mention where roles are meant",
        "This part is read by people who do not know the names: a role tells them more, and points at nobody.",
        Level.OFF,
        {
            **_in(Level.WARN, *_TOLD_TO_ALL),
            **_in(
                Level.SUGGEST, Section.RESOLUTION, Section.IMPACT, Section.WENT_BADLY, Section.COULD_HAVE_BEEN_CAUGHT
            ),
        },
    ),
    Rule.WHO_WHY: About(
        "who did it, why didn't you (not in words quoted from the chat)",
        "Questions for who and why ask for a person: with how and what, people tell how the work is really done.",
        Level.SUGGEST,
    ),
    Rule.SINGLE_CAUSE: About(
        "root cause, the only cause",
        "An incident rarely has one cause: speak of contributing factors, so that the others are looked for as well.",
        Level.SUGGEST,
    ),
    Rule.WEAK_NORM: About(
        "inadequate, insufficient, incorrectly, poorly",
        "This compares with something that is not said: tell what there was, and what it is compared with.",
        Level.SUGGEST,
    ),
    Rule.HINDSIGHT: About(
        "obviously, clearly, simply, in hindsight",
        "What is plain today was not so at the time: the sentence stands without the word.",
        Level.SUGGEST,
    ),
    Rule.ANIMATED: About(
        "ridiculous, terrible, unacceptable, !!",
        "Strong words take the place of data: a number says more.",
        Level.SUGGEST,
    ),
}


def level(rule: Rule, section: Section, *, full_outage: bool = False, quoted: bool = False) -> Level:
    """How loud a rule is in a section. R-37: a full outage may be called one; words quoted from the chat may ask why."""
    if (rule is Rule.OUTAGE and full_outage) or (rule is Rule.WHO_WHY and quoted):
        return Level.OFF
    about = RULES[rule]
    return about.elsewhere.get(section, about.level)
