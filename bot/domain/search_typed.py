"""`timeout "read only" owner @x sev1 since 2026-11-01`, as somebody types it after the command, read as a query. What is not
understood is answered with one sentence and an example, so that nobody has to look for a manual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain import errors, mentions, typed
from bot.domain.errors import BadInput
from bot.domain.search import Query, State, fold

MOST_TYPED, MOST_WORDS, MOST_WORD = 500, 8, 100
_EXAMPLES = {
    "owner": "owner @name",
    "service": "service payments",
    "severity": "sev1",
    "since": "since 2026-11-01",
    "until": "since 2026-11-01 until 2026-11-30",
}
_NAMES = {"sev": "severity"} | {name: name for name in _EXAMPLES}
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PIECE = re.compile(
    rf'(?:(?P<key>{"|".join(_NAMES)}):\s*)?(?:"(?P<quoted>[^"]*)"|(?P<plain><[^<>]*>|\S+))', re.IGNORECASE
)
_SEVERITY = re.compile(r"sev(?:erity)?-?(\d+)\Z", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    quoted: bool = False

    @property
    def filter(self) -> str | None:
        """The filter that it names."""
        return None if self.quoted else _NAMES.get(self.text.lower().rstrip(":"))

    @property
    def words(self) -> str:
        """The text as people read it: Slack's entities and links are letters again."""
        return " ".join(typed.clean(mentions.words(self.text)).split())


def search(text: str, me: str) -> Query:
    """What comes after `search`; `me` is who typed it. Raises BadInput with a sentence."""
    query = _query(text, "search", me)
    if not query.words and not query.filtered:
        raise _bad("empty", "Say what to look for", "search timeout service payments")
    return query


def listing(text: str, me: str) -> Query:
    """What comes after `list`: filters, and those that are open unless it says otherwise. Raises BadInput with a sentence."""
    query = _query(text, "list", me)
    states = [fold(word) for word in query.words]
    for word, state in zip(query.words, states, strict=True):
        if state not in set(State):
            said = f"“{typed.clip(word, 60)}” is no filter of a list; words are looked for by `/postmortem search`"
            raise _bad("unknown", said, "list closed owner @name sev1 service payments")
    if len(states) > 1:
        raise _bad("state", "Choose one of open, closed and all", "list closed")
    return replace(query, words=(), state=State(states[0]) if states else State.OPEN)


def _query(text: str, command: str, me: str) -> Query:
    if typed.width(text) > MOST_TYPED:
        raise _bad("long", f"That is more than {MOST_TYPED} characters", f"{command} {_EXAMPLES['service']}")
    found: dict[str, Any] = {}
    words: dict[str, str] = {}
    pieces = _pieces(text, command)
    for piece in pieces:
        name, value = _filter(piece, pieces)
        if name is None:
            words.setdefault(fold(piece.words), piece.words)
            continue
        read = _READ[name](value, name, command, me)
        if found.setdefault(name, read) != read:
            raise _bad("twice", f"There are two of “{name}”: choose one", f"{command} {_EXAMPLES[name]}")
    words.pop("", None)
    return _checked(Query(words=tuple(words.values()), **found), command)


def _pieces(text: str, command: str) -> Iterator[_Piece]:
    for each in _PIECE.finditer(text.translate(_QUOTES)):
        if each["key"]:
            yield _Piece(each["key"])
        if each["quoted"] is None and each["plain"].startswith('"'):
            raise _bad("quote", "A quotation mark is open and not closed", f'{command} service "card payments"')
        yield _Piece(each["plain"], False) if each["quoted"] is None else _Piece(each["quoted"], True)


def _filter(piece: _Piece, rest: Iterator[_Piece]) -> tuple[str | None, _Piece]:
    """The filter that begins here and its value; None for a word. `sev1` and a person are filters by themselves."""
    if piece.filter:
        return piece.filter, next(rest, _Piece(""))
    if piece.quoted:
        return None, piece
    severity = _SEVERITY.match(piece.text)
    if severity:
        return "severity", _Piece(severity[1])
    return ("owner" if mentions.read(piece.text).users else None), piece


def _checked(query: Query, command: str) -> Query:
    if len(query.words) > MOST_WORDS or any(typed.width(word) > MOST_WORD for word in query.words):
        said = f"At most {MOST_WORDS} words of at most {MOST_WORD} characters can be looked for at once"
        raise _bad("many", said, f"{command} timeout service payments")
    if query.since and query.until and query.since > query.until:
        raise _bad("days", "The first day is after the last one", f"{command} {_EXAMPLES['until']}")
    return query


def _owner(value: _Piece, name: str, command: str, me: str) -> str:
    users = mentions.read(value.text).users
    if fold(value.text) == "me" and not value.quoted:
        return me
    if len(users) != 1:
        said = "After “owner” comes one person, with an @, or the word me; a word in quotation marks is only looked for"
        raise _bad("owner", said, f"{command} {_EXAMPLES[name]}")
    return users[0]


def _service(value: _Piece, name: str, command: str, me: str) -> str:
    if not value.words:
        raise _bad("service", "After “service” comes its name", f"{command} {_EXAMPLES[name]}")
    return value.words


def _severity(value: _Piece, name: str, command: str, me: str) -> int:
    found = re.fullmatch(r"(?:sev-?)?([1-5])", value.text.strip(), re.IGNORECASE | re.ASCII)
    if found is None:
        raise _bad("severity", "The severity is one of SEV-1 to SEV-5", f"{command} {_EXAMPLES[name]}")
    return int(found[1])


def _day(value: _Piece, name: str, command: str, me: str) -> date:
    found = _DAY.match(value.text.strip())
    try:
        year, month, day = (int(each) for each in found.groups()) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        said = f"After “{name}” comes a day as year-month-day"
        raise _bad(name, said, f"{command} {_EXAMPLES[name]}") from None


_READ: dict[str, Callable[[_Piece, str, str, str], object]] = {
    "owner": _owner,
    "service": _service,
    "severity": _severity,
    "since": _day,
    "until": _day,
}


def _bad(code: str, said: str, example: str) -> BadInput:
    return errors.bad_input(code, f"{said}. For example: `/postmortem {example}`.")
