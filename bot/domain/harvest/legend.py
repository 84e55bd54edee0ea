"""What the names in the table of weights mean, in plain words, and how each rule is called. A name that stands in the table and has
no words here is a failing test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.domain.harvest import features
from bot.domain.harvest.rules import RULES
from bot.domain.harvest.vocabulary import MANNER, SUBJECT

TITLES = {rule.id: rule.title for rule in RULES} | {
    "H-21": "What a command or query has shown",
    "H-36": "A line of the timeline that is known by its weight",
    "H-38": "A ticket that is named",
    "H-39": "A pull request that is named",
    "H-40": "A number of customers",
    "H-41": "A text for customers",
    "H-42": "A follow-up that is known by its weight",
}
_KINDS = {
    "<url>": "a link",
    "<n>": "a number",
    "<%>": "a percentage",
    "<time>": "a time of day",
    "<key>": "the number of a ticket",
    "@": "somebody mentioned",
}
_GROUPS = {
    "lasting": "a verb of work that lasts",
    "step": "a verb of a step taken at once",
    "done": "a verb of what is done",
    "doing": "a verb of what is being done",
    "-ing": "a word in -ing",
    "-ed": "a word in -ed",
}
_SENSES = _GROUPS | {
    "question": "a question mark",
    "keeping": "something that is kept so that it does not happen again",
    "later": "a later time",
    "present": "the present moment",
    **{name: " or ".join(f"“{word}”" for word in sorted(said)) for name, said in (*MANNER.items(), *SUBJECT.items())},
}
_PLACES = {"0": "is the first word", "1": "is the second word", "2": "is the third word", "any": "is in it"}
_AROUND = {
    "~beside": "how it stands among what else was said",
    "~read": "how it reads as a whole, with what was said before and after it",
    "~app": "written by an app",
    "~reply": "a reply in a thread",
    "~talk": "said in the channel itself",
    "~a file": "a file with it",
    "~code": "code in it",
    "~a thread under it": "a thread under it",
    "~a thread under an app's message": "an app's message with a thread under it",
    "~a reaction": "a reaction on it",
    "~after the end": "said after the end of the incident",
    "~alone": "nothing is around it",
    "~after an app": "comes right after an app's message",
    "~after a pause": "comes after a pause",
    "~after a question": "comes right after a question",
    "~goes on": "the same person goes on",
    "~last for a while": "nobody says anything for ten minutes after it",
    "~before an app": "an app's message comes next",
    "~answered": "somebody else speaks next",
    "~more follows": "the same person goes on at once",
    "~more later": "the same person goes on after minutes",
    "~lines:2-3": "two or three lines long",
    "~lines:4+": "four lines long or more",
}
_BEHIND = (
    "comes right after",
    "is the second message after",
    "is the third or fourth message after",
    "comes some messages after",
)
_SIXTHS = ("first", "second", "third", "fourth", "fifth", "last")


def title(rule: str) -> str:
    """How a rule is called; its id where nobody named it."""
    return TITLES.get(rule, rule)


def label(name: str) -> str:
    """A name of the table in plain words."""
    if not name.startswith("~"):
        return f"{name} noticed it: {TITLES[name]}" if name in TITLES else _words(name)
    if name in _AROUND:
        return _AROUND[name]
    what, colon, value = name[1:].partition(":")
    if colon:
        return _SAID[what](value.strip())
    if what.startswith("names "):
        return _named(*what.split(" ")[1:])
    group, _, place = what.partition("@")
    return f"{_GROUPS[group]} {_PLACES[place]}"


def _words(name: str) -> str:
    first, _, second = name.partition(" ")
    if not second:
        return _word(first)
    if first == "^":
        return "no words" if second == "$" else f"begins with {_word(second)}"
    return f"ends with {_word(first)}" if second == "$" else f"{_word(first)}, then {_word(second)}"


def _word(word: str) -> str:
    return _KINDS.get(word) or f"“{word}”"


def _named(link: str, group: str = "") -> str:
    more = f" and {_GROUPS[group]}" if group else ""
    return f"somebody is named in front of “{link}”{more}"


def _size(value: str) -> str:
    return "one word or none" if value == "1" else f"{value.replace('+', ' or more').replace('-', ' to ')} words"


def _since(value: str) -> str:
    place, ends = int(value), [_span(minutes) for minutes in features.MINUTES]
    if place == 0:
        return f"less than {ends[0]} after the first message"
    if place == len(ends):
        return f"{ends[-1]} or more after the first message"
    return f"{ends[place - 1]} to {ends[place]} after the first message"


def _span(minutes: int) -> str:
    if minutes <= 60:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours"


def _pace(value: str) -> str:
    place, ends = int(value), features.LATELY
    if place == 0:
        return "the only message of ten minutes"
    if place == len(ends):
        return f"{ends[-1]} messages or more in the ten minutes up to it"
    return f"{ends[place - 1]} to {ends[place] - 1} messages in the ten minutes up to it"


def _counted(ends: Sequence[int], what: str) -> Callable[[str], str]:
    def said(value: str) -> str:
        place = int(value)
        least, most = (ends[place - 1] if place else 0), (ends[place] - 1 if place < len(ends) else None)
        many = f"{least} or more" if most is None else str(least) if least == most else f"{least} to {most}"
        return f"{many} {what}" if many != "1" else f"1 {_one(what)}"

    return said


def _one(what: str) -> str:
    """The same of a single word."""
    return what.replace("words that are", "word that is").replace("words", "word", 1)


def _share(value: str) -> str:
    place, ends = int(value), [f"{share:.0%}" for share in features.SHARES]
    if place == 0:
        return f"its author writes less than {ends[0]} of the messages"
    if place == len(ends):
        return f"its author writes {ends[-1]} of the messages or more"
    return f"its author writes {ends[place - 1]} to {ends[place]} of the messages"


_MARKS = {"colon": "a colon", "comma": "a comma", "dash": "a dash", "blank": "nothing"}
_NAMES = {"odd": "it is a nickname by its letters", "name": "it may be a name"}


def _opens(value: str) -> str:
    mark, _, behind = value.partition(" ")
    kind = _NAMES.get(behind) or (
        label(behind).replace("is the first word", "comes next") if behind[0] == "~" else f"{_word(behind)} comes next"
    )
    return f"opens with a word that may be a name and {_MARKS[mark]} behind it: {kind}"


_SAID: Mapping[str, Callable[[str], str]] = {
    "also": lambda value: f"{_word(value)} is in another sentence of it",
    "means": lambda value: f"{' and '.join(_SENSES[each] for each in value.split('+'))}, anywhere in it",
    "lone": lambda value: (
        f"{label(value) if value[0] == '~' else _word(value) + ' is in it'}, in a line with nothing around it"
    ),
    "opens": _opens,
    "words": _size,
    "since": _since,
    "pace": _pace,
    "part": lambda value: f"in the {_SIXTHS[int(value)]} sixth of the conversation",
    "new": _counted(features.NEW, "words that nobody said before"),
    "known": _counted(features.TALKED_OF, "words that are said often there"),
    "share": _share,
    "round": lambda value: f"{_BEHIND[int(value)]} a question about what is to be done",
    "sign": lambda value: f"the sign “{value}”",
}
