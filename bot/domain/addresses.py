"""Addresses as people type and paste them, with names before them or not (RFC 5322), and as Outlook writes them, whose names have commas
that nobody quoted."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterator, Sequence

from bot.domain import typed
from bot.domain.mail import Mailbox

_LONGEST, _LOCAL, _NAME = 254, 64, 100
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])\Z"
)
# What stands between commas, semicolons and line ends, and which of them ends it; inside quotes and brackets they are letters.
_PIECE = re.compile(r"((?:\"(?:[^\"\\\n]|\\.)*\"|<[^<>\n]*>|[^,;\n])+)([,;\n]?)")
_NAMED = re.compile(r"(\s*\"(?:[^\"\\]|\\.)*\"\s*|[^<>]*)<\s*(?:mailto:)?([^<>|\s]+)(?:\|[^<>]*)?\s*>\Z")
_PLAIN = re.compile(r"[\w!#$%&*+/=?^`{|}~-][\w !#$%&'*+/=?^`{|}~-]*\Z")


def split(words: str) -> tuple[Mailbox, ...]:
    """Every address in the order in which they stand; none of them is looked at."""
    return tuple(map(_mailbox, _pieces(words)))


def is_address(word: str) -> bool:
    """Whether mail could be sent there, as far as its form tells."""
    return len(word) <= _LONGEST and len(word.partition("@")[0]) <= _LOCAL and bool(_ADDRESS.match(word))


def written(box: Mailbox) -> str:
    """As it is shown and kept, and read again as the same."""
    name = typed.clip(typed.one_line(box.name), _NAME)
    if not name:
        return box.address
    return f"{name if _PLAIN.match(name) else _quoted(name)} <{box.address}>"


def bare(written: str) -> str:
    """The address of what `written` gave, without the name."""
    return mailbox(written).address


def mailbox(written: str) -> Mailbox:
    """What `written` was given."""
    return _mailbox(written)


def bares(written: Sequence[str]) -> tuple[str, ...]:
    """The addresses alone."""
    return tuple(map(bare, written))


def _pieces(words: str) -> Iterator[str]:
    """One address each. What has no @ and stands before a comma is the beginning of a name, where a name with an address follows."""
    waiting: list[str] = []
    for found in _PIECE.finditer(words):
        piece, end = found[1].strip(), found[2]
        if not piece:
            continue
        if "@" not in piece and "<" not in piece and end == ",":
            waiting.append(piece)
            continue
        before, waiting = waiting, []
        named = _NAMED.match(piece)
        if before and named and named[1].strip():
            yield f"{_quoted(', '.join([*before, named[1].strip()]))} <{named[2]}>"
            continue
        yield from before
        yield from _several(piece)
    yield from waiting


def _several(piece: str) -> list[str]:
    """A piece of several addresses and nothing else is split at its spaces."""
    several = piece.split()
    return several if "<" not in piece and all("@" in each for each in several) else [piece]


def _mailbox(piece: str) -> Mailbox:
    named = _NAMED.match(piece.strip())
    if named is None:
        return Mailbox(piece.strip())
    name = named[1].strip()
    for mark in "\"'":
        if len(name) > 1 and name[0] == name[-1] == mark:
            name = email.utils.unquote(name) if mark == '"' else name[1:-1]
    return Mailbox(named[2], typed.clip(typed.one_line(name), _NAME))


def _quoted(name: str) -> str:
    return f'"{email.utils.quote(name)}"'
