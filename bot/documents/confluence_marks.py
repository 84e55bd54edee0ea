"""Where our parts begin and end on a page of Confluence: two anchor macros around each, every one in a paragraph of its own. Why
anchors: Confluence itself brings them along, in the cloud and in the data centre; its editor keeps macros with their
parameters, while it drops comments, `id`, `class` and elements that it does not know, and puts parameters and ids of its
own beside ours. They show nothing to readers and have no body: in the newer editor a macro with a body cannot hold each
other one, so that an `expand` or `excerpt` around tables, panels and code is not safe, and there is one excerpt a page.
Editors may wrap them anew or pull text to them; both is understood. They can still be deleted: then a part counts as gone.

The first mark carries two sums: of the part as we wrote it, which says whether there is anything new, and of its words, which
says whether people have written in it since."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents import confluence_reading
from bot.documents.confluence_reading import MACRO, PARAMETER, Mark, Unreadable


@dataclass(frozen=True, slots=True)
class Part:
    """What lies between two marks, on the same level of the page."""

    begin: Mark
    end: Mark

    @property
    def inside(self) -> slice:
        """The bytes between the lines of the marks."""
        return slice(self.begin.line_end, self.end.line_start)


@dataclass(frozen=True, slots=True)
class Page:
    """A page body, its parts by name in their order, and where its layout closes when it ends with one."""

    data: bytes
    parts: dict[str, Part]
    layout_end: int | None

    def touched(self, part: Part) -> bool:
        """Whether people have changed words, links or pictures in it since it was written."""
        return words_sum(self.data[part.inside]) != part.begin.sums[1]


def wrapped(name: str, body: str) -> str:
    """The part between its marks; `name` has lower-case letters, digits and hyphens."""
    begin = f"postmortem-begin-{name}-{_hashed(body)}-{words_sum(body.encode())}"
    return f"<p>{_anchor(begin)}</p>\n{body}<p>{_anchor(f'postmortem-end-{name}')}</p>\n"


def _anchor(name: str) -> str:
    return f'<{MACRO} ac:name="anchor"><{PARAMETER} ac:name="">{name}</{PARAMETER}></{MACRO}>'


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[: confluence_reading.SUM]


def words_sum(data: bytes) -> str:
    """A sum of what readers see, whichever way an editor wraps it: spaces and invisible letters do not count."""
    reading = confluence_reading.Reading()
    reading.read(data)
    letters = (each for each in "".join(reading.words) if not each.isspace() and unicodedata.category(each) != "Cf")
    return _hashed("".join(letters))


def read(text: str) -> Page:
    """The page with its parts; raises `Unreadable`."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise Unreadable("The page has half characters, so nothing in it was replaced.") from None
    reading = confluence_reading.Reading()
    reading.read(data)
    return Page(data, dict(_parts(reading.marks)), reading.layout_end)


def _parts(marks: list[Mark]) -> Iterator[tuple[str, Part]]:
    """The first whole pair of each name: a copy that somebody made is theirs."""
    opened: dict[str, Mark] = {}
    found: set[str] = set()
    for mark in marks:
        if mark.begins:
            opened[mark.name] = mark
            continue
        begin = opened.pop(mark.name, None)
        whole = begin and begin.parent == mark.parent and begin.line_end <= mark.line_start
        if begin and whole and mark.name not in found:
            found.add(mark.name)
            yield mark.name, Part(begin, mark)
