"""One text ready for the rules: the words as typed, as read, and the persons in it, found once for all rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.wording import patterns, people, reading
from bot.domain.wording.people import Kind, Person, Someone

# Words between a person and the verb: "the engineer then simply ..."
_AFTER = (
    r"(?:,? (?:who|had|has|have|having|also|again|then|just|still|both|all|even|later|first|either|repeatedly"
    r"|(?!only\b|apply\b|supply\b|reply\b)\w{2,20}ly)){0,3}? "
)
_ARTICLE = patterns.rx(
    r"(?:one of (?:the|our|their|my|your)|the|an?|our|another|some|one|their|my|your|his|her|two|several|this|that|those) "
)
_MODIFIER = patterns.rx(
    r"(?!(?:of|by|to|from|with|for|in|on|at|and|or|the|an?|that|which|who|we|is|was|were|are|had|has)(?![\w-]))[\w'/-]{1,30} "
)
_GOES_ON = patterns.rx(
    r"(?=\W{0,3}\Z|\s{0,2}[.,;:!?)(\n\ufffc]|\s{1,2}-"
    r"| (?:who|whose|that|in|on|at|during|when|and|or|while|from|after|with|by|as|because|this|last|yesterday|today|before"
    r"|without|was|were|is|are|to|for|of|under|since|having|had|not|but|so|did|made|whilst|working|running|doing|deploying"
    r"|pushing|merging|changing|applying|making|using|typing|testing|trying|forgetting|failing|ignoring|restarting"
    r"|upgrading|rolling|releasing|updating|performing|executing|during|responsible|involved|then|again|being)\b)"
)


@dataclass(frozen=True, slots=True)
class Source:
    """`text` as typed, `read` as the rules read it (as long as `text`), and the persons in it, also by their place."""

    text: str
    read: str
    persons: tuple[Someone, ...]
    at: dict[int, Someone]

    def subjects(self, verbs: re.Pattern[str], *kinds: Kind) -> Iterator[tuple[Someone, re.Match[str]]]:
        """Persons of these kinds with what they did, when it is one of the verbs (made by `verbs`)."""
        for someone in self.persons:
            if someone.kind in kinds:
                direct = verbs.match(self.read, someone.end) or self._with_clause(someone, verbs)
                if found := direct or self._further(someone, verbs):
                    yield someone, found

    def _with_clause(self, someone: Someone, verbs: re.Pattern[str]) -> re.Match[str] | None:
        if someone.kind not in {Kind.ROLE, Kind.OPERATOR, Kind.NAME}:
            return None
        for length in _clauses(self.read, someone.end):
            if found := verbs.match(self.read, length):
                return found
        return None

    def _further(self, someone: Someone, verbs: re.Pattern[str]) -> re.Match[str] | None:
        """What the subject of the sentence did as well: `..., and ignored it`, `... without asking`."""
        if not _AT_THE_BEGINNING.search(self.read[max(0, someone.start - 60) : someone.start]):
            return None
        at = someone.end
        for _ in range(14):
            if (word := _WORD.match(self.read, at)) is None or word[0].split()[-1].casefold() in _CLOSES_FURTHER:
                return None
            said = word[0].split()[-1].casefold()
            at = word.end()
            if said in {"and", "then"} and (found := verbs.match(self.read, at)):
                return found
            if (found := verbs.match(self.read, at)) and found["did"].casefold().startswith("without "):
                return found
        return None

    def person(self, at: int) -> Someone | None:
        """Who is named at this place, articles and up to four further words before the role included: `the X team`."""
        direct = self.at.get(at)
        if direct and direct.kind not in {Kind.ROLE, Kind.OPERATOR}:
            return direct
        if not direct and (article := _ARTICLE.match(self.read, at)):
            at = article.end()
        return self._role(at)

    def _role(self, at: int) -> Someone | None:
        """The first word from here on that is a role by itself: in "the on-call database engineer" it is the last."""
        for words in range(5):
            someone = self.at.get(at)
            if someone and self._is_whole(someone, words):
                return someone
            word = _MODIFIER.match(self.read, at)
            if not word:
                return None
            at = word.end()
        return None

    def _is_whole(self, someone: Someone, words: int) -> bool:
        if someone.kind is Kind.NAME:
            return True
        # "the Postgres operator" is a machine.
        role = someone.kind is Kind.ROLE or (someone.kind is Kind.OPERATOR and words == 0)
        return role and bool(_GOES_ON.match(self.read, someone.end))


def read(text: str, known: Iterable[Person] = ()) -> Source:
    """The source of a text, with the responders who are known by name."""
    plain = reading.plain(text)
    persons = people.find(plain, known)
    return Source(text, plain, persons, {someone.start: someone for someone in persons})


def verbs(source: str) -> re.Pattern[str]:
    """What a person does, from the end of the subject on; the group `did` is what a rule marks."""
    return patterns.rx(rf"{_AFTER}(?P<did>{source})\b")


_WORD = patterns.rx(r",? [\w'/-]{1,30}")
_OPENS = patterns.rx(r",? (?:who|from|of|in|on|at|running|doing|performing|handling|deploying|involved|responsible)\b")
_CLOSES = frozenset({"that", "which", "when", "where", "and", "but", "so", "because", "while", "saw", "if", "then"})
_CLOSES_FURTHER = _CLOSES - {"and", "so", "then"} | {"until", "as", "who", "whose"}
# Nothing but an article and a few describing words stands between the beginning of the sentence and its subject.
_AT_THE_BEGINNING = re.compile(r"(?:\A|[.!?:;\n>*•-])\s{0,3}(?:[\w'/-]{1,20}[^\S\n]{1,3}){0,4}\Z")


def _clauses(read_: str, start: int) -> Iterator[int]:
    """Where a clause after the subject may end: after each of its words, up to eight of them."""
    opened = _OPENS.match(read_, start)
    if not opened:
        return
    at = opened.end()
    for _ in range(8):
        if read_[at : at + 1] == ",":
            yield at + 1
        yield at
        word = _WORD.match(read_, at)
        if not word or word[0].split()[-1].casefold() in _CLOSES:
            return
        at = word.end()
