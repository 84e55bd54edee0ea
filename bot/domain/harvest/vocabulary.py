"""The words the rules listen to, out of one data file. Verbs are split by what they mean in an incident: something done at once
(restart, check) is a step of the response; what leaves work behind (document, automate) is a follow-up."""

from __future__ import annotations

import re
import tomllib
from importlib import resources


def words(*texts: str) -> frozenset[str]:
    """The words of the texts, as a set."""
    return frozenset(" ".join(texts).split())


def either(*groups: frozenset[str]) -> str:
    """A regular expression's alternatives, longest first, blanks as any white space."""
    every = sorted(frozenset().union(*groups), key=lambda word: (-len(word), word))
    return "|".join(word.replace("_", r"[ -]?") for word in every)


def openings(group: frozenset[str]) -> frozenset[str]:
    """The words with which the alternatives of a group can begin in a text."""
    return frozenset(
        part for word in group for part in (re.split(r"[_-]", word)[0], word.replace("_", "").split("-")[0])
    )


_FILE = tomllib.loads(resources.files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))

LASTING = words(_FILE["lasting"])
AT_ONCE = words(_FILE["at_once"])
DONE_VERBS = words(_FILE["done"])
DOING_VERBS = words(_FILE["doing"])
STEP_VERBS = words(_FILE["step"])
NO_NAMES = words(_FILE["no_names"])
KEEPING = words(_FILE["keeping"])
LATER = words(_FILE["later"])
AT_PRESENT = words(_FILE["at_present"])
MANNER = {name: words(said) for name, said in _FILE["manner"].items()}
SUBJECT = {name: words(said) for name, said in _FILE["subject"].items()}
