"""People's words in Jira's wiki markup: shown as they were written, never as a macro, a link, an image, a heading or a mention."""

from __future__ import annotations

import re
from urllib.parse import quote

from bot.domain import typed

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
# In running text a bracket or a bar ends it.
_IN_TEXT = re.compile(r"https?://[^\s<>\"\[\]|]+")
# What is text inside a word (post-mortem, a+b) and markup around one (-struck-, +inserted+).
_MARKUP = re.compile(r"[{}\[\]!*_^~|]|\?(?=\?)|(?<=\?)\?|(?<!\w)[-+]|[-+](?!\w)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# An escaped underscore is no letter to what reads the mark.
_MENTION = re.compile(r"(?<![^\W_])@(?=\w)")
# One letter of each picture that Jira makes of letters: (/) (x) (*r) (flag) :) ;-) :P and their kin.
_PICTURE = re.compile(
    r"\((?=(?:[/x!?+iyn-]|\*[rgby]?|on|off|flag|flagoff)\))|(?<=[:;])[()]|(?<=[:;]-)[()]|:(?=-?[PD](?!\w))", re.I
)
# What an entity of ours ends with and a bracket would be one as well.
_WINK = re.compile(r"(?<=;)[()]+")
_KEPT_IN_ADDRESSES = ":/?#@$&'(),;=%-.+"
QUOTED = "bq. "


def inline(words: str) -> str:
    """On one line, in the middle of a line of ours."""
    return _escaped(typed.one_line(words))


def quoted(words: str) -> str:
    """Several lines, each a quotation, so that none begins a heading, a list or a table; empty ones are left out."""
    lines = [_escaped(line.strip()) for line in typed.clean(words).splitlines() if line.strip()]
    return "\n".join(f"{QUOTED}{line}" for line in lines)


def link(address: str, title: str) -> str:
    """A link of ours with words of people as its title; nothing where the address is none of the web."""
    if not _ADDRESS.fullmatch(address):
        return inline(title)
    words = inline(title).replace(r"\|", "/")
    return f"[{words}|{_address(address)}]" if words else f"[{_address(address)}]"


def _escaped(line: str) -> str:
    """Addresses stay whole, what is between them is escaped."""
    done, at = [], 0
    for found in _IN_TEXT.finditer(line):
        done += [_words(line[at : found.start()]), _address(found[0])]
        at = found.end()
    return "".join([*done, _words(line[at:])])


def _words(part: str) -> str:
    """A backslash is itself the mark of escaping, and two of them would end the line: it is written as an entity."""
    return _WINK.sub(_entities, "&#92;".join(map(_piece, part.split("\\"))))


def _piece(words: str) -> str:
    """Without backslashes."""
    shown = _PICTURE.sub(_entities, _ENTITY.sub("&amp;", words))
    return _MENTION.sub("&#64;", _MARKUP.sub(r"\\\g<0>", shown))


def _entities(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(letter)};" for letter in found[0])


def _address(address: str) -> str:
    """Its characters of markup are percent-encoded, which an address takes for the same."""
    return quote(address, safe=_KEPT_IN_ADDRESSES).replace("_", "%5F").replace("~", "%7E").replace("??", "?%3F")
