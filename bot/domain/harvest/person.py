"""Who wrote: a member of the workspace, and the way from a name that people typed to one member. A name that fits
nobody, or more than one, stays a name: a wrong person is worse than none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.domain.harvest import slack_parts
from bot.domain.harvest.late import late

_IN_BRACKETS = late(r"\s*\([^()]*\)?\s*$")
_TITLED = late(r"(?P<name>[^\W\d]\S* \S[^,|/]*?)(?:, | [|/–—-] )\S")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_SHORTEST = 3  # letters of a short name
# Words in the names of accounts that several people use.
_SEVERAL = frozenset(("ops", "desk", "vendor", "team", "support", "service", "supplier", "helpdesk"))


@dataclass(frozen=True, slots=True)
class Person:
    """`name` is what colleagues see; `tz` an IANA name as Slack gives it, not checked. `email` is empty where the app may not
    read it, which is the usual case."""

    user_id: str
    name: str
    real_name: str = ""
    tz: str | None = None
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    handle: str = ""
    email: str = ""

    @property
    def full_name(self) -> str:
        """How mails name them, which are read by people who do not see who is called how in Slack."""
        return self.real_name.strip() or self.name


def from_slack(raw: object) -> Person:
    """A person from users.list, users.info or users.json. Raises ValueError when there is no user id."""
    row: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    clean = slack_parts.clean
    user_id = clean(row.get("id"))
    if not user_id:
        raise ValueError("A person has no id.")
    profile = row.get("profile")
    seen: Mapping[str, Any] = profile if isinstance(profile, Mapping) else {}
    handle = clean(row.get("name")) or clean(seen.get("name"))
    real_name = clean(seen.get("real_name")) or clean(row.get("real_name"))
    return Person(
        user_id=user_id,
        name=clean(seen.get("display_name")).strip() or real_name.strip() or handle or user_id,
        real_name=real_name,
        tz=clean(row.get("tz")) or None,
        is_bot=row.get("is_bot") is True or user_id == "USLACKBOT",
        deleted=row.get("deleted") is True,
        is_restricted=row.get("is_restricted") is True or row.get("is_ultra_restricted") is True,
        is_stranger=row.get("is_stranger") is True,
        handle=handle,
        email=clean(seen.get("email")).strip(),
    )


class Directory:
    """Finds a person by id, or by a name as typed: display name, real name, handle, or a first name that only one
    of those who wrote (or, failing that, only one member at all) has."""

    def __init__(self, people: Mapping[str, Person], present: Iterable[str] = ()) -> None:
        self.people = people
        self._present = frozenset(present)
        self._full: dict[str, set[str]] = {}
        self._first: dict[str, set[str]] = {}
        for person in people.values():
            if not person.is_bot:
                self._add(person)

    def _add(self, person: Person) -> None:
        for name in {
            _key(form) for whole in (person.name, person.real_name, person.handle) for form in _forms(whole)
        } - {""}:
            self._full.setdefault(name, set()).add(person.user_id)
            if not _is_shared(name):
                for first in _first_names(name):
                    self._first.setdefault(first, set()).add(person.user_id)

    def name(self, user_id: str | None, fallback: str | None = None) -> str:
        """The name to show for an id; `fallback` or the id itself for someone unknown."""
        person = self.people.get(user_id or "")
        return person.name if person else fallback or user_id or "unknown"

    def is_app(self, user_id: str | None) -> bool:
        person = self.people.get(user_id or "")
        return person is not None and person.is_bot

    def find(self, name: str) -> str | None:
        """The user id that a typed name means, or None when it fits nobody or several."""
        key = _key(name)
        return self._only(self._full.get(key)) or self._only(self._first.get(key))

    def short_for(self, name: str) -> str | None:
        """The user id of the only one of those who wrote whose first name begins so ("Tolu" for Tolulope), or None."""
        key = _key(name)
        if len(key) < _SHORTEST or " " in key:
            return None
        fits = [ids & self._present for first, ids in self._first.items() if first.startswith(key)]
        found = frozenset[str]().union(*fits)
        return next(iter(found)) if len(found) == 1 else None

    def knows(self, name: str) -> bool:
        key = _key(name)
        return key in self._full or key in self._first

    def _only(self, ids: set[str] | None) -> str | None:
        if not ids:
            return None
        for circle in (ids & self._present, {each for each in ids if not self.people[each].deleted}, ids):
            if len(circle) == 1:
                return next(iter(circle))
            if circle:
                return None
        return None


def _is_shared(name: str) -> bool:
    """Whether an account is called as a desk or a supplier is, "Crew Control Desk": its first word is nobody's first name."""
    return not _SEVERAL.isdisjoint(name.split()[1:])


def _first_names(name: str) -> tuple[str, ...]:
    """The first name, the first two of a long one, "Juan Pablo" of Juan Pablo Restrepo, and with a letter: "J. Restrepo", "Juan R."."""
    parts = name.split()
    short = (f"{parts[0][0]}. {parts[-1]}", f"{parts[0]} {parts[-1][0]}") if len(parts) > 1 else ()
    return (parts[0], " ".join(parts[:2]), *short) if len(parts) > 2 else (parts[0], *short)


@lru_cache(8192)
def _forms(name: str) -> tuple[str, str, str]:
    """A name as it is shown, and without what stands behind it: "Ana Alvarez (support)", "Ana Alvarez, Shift Manager"."""
    title = _TITLED.match(name)
    return name, _IN_BRACKETS.sub("", name), title["name"] if title else ""


@lru_cache(8192)
def _key(name: str) -> str:
    folded = " ".join(name.strip().lstrip("@").rstrip(".,;:!").casefold().split())
    return folded if folded.isascii() else _bare(folded)


def _bare(name: str) -> str:
    """Without accents, as people type the names of others: "Joao" for João."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", name.translate(_LETTERS)) if not unicodedata.combining(each)
    )
