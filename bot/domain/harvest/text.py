"""What a person meant to be read, out of Slack's markup: tokens as inert names, entities decoded, emphasis, bullets
and quote marks off, fenced code set apart. Every rule reads these lines, never the raw text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

APART = 100_000
"""By so much the number of a line is higher for each further thing in it, since one place has one finding; no message has so many lines."""
_TOKEN = re.compile(r"<([^<>\n]+)>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_BOLD = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]+)(?<=\S)\*{1,3}(?!\w)")
_ALL_BOLD = re.compile(r"(?:\W|:[\w+-]+:)*\*[^*\n]+\*(?:\W|:[\w+-]+:)*\Z")
_ITALIC = re.compile(r"(?<![\w_])_{1,3}(?=[^\s_])([^_\n]+)(?<=\S)_{1,3}(?!\w)")
_STRUCK = re.compile(r"(?<![\w~])~{1,2}(?=[^\s~])([^~\n]+)(?<=\S)~{1,2}(?!\w)")
_LEAD = re.compile(
    r"(?:>+\s*|[•◦▪▸‣●○·]\s*|[-–—*+]\s+|\d{1,2}[.)]\s+|\[[ xX✓✔]?\]\s+|[☐☑✅✔]\ufe0f?\s*|[⬜🔲◻□]\ufe0f?\s+(?=[\w@*_`(])|"
    r":(?:white_large_square|white_medium_square|black_square_button):\s+(?=[\w@*_`(]))"
)
_URL = re.compile(r"https?://[^\s<>\"|]+")
_SPECIAL = re.compile(r"[<>&*_~`\n]")
_FENCE = "```"
OPEN_BOXES = (
    "[ ]",
    "[]",
    "☐",
    "⬜",
    "🔲",
    "◻",
    "□",
    ":white_large_square:",
    ":white_medium_square:",
    ":black_square_button:",
)
_TICKED = re.compile(r"\[[xX✓✔]\]|[☑✅✔]")

_STRAIGHT = str.maketrans("’\u2018\uff1a\uff01‼", "'':!!")

NameOf = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, plain. `number` counts from 0 in the message. `said` is the line for the rules to read: without what
    is struck out, apostrophes straight; `kept` is the same, letter for letter, as it was typed. `open_box`, `ticked`: it is an entry
    of a checklist, still to do or done. `bold`: all of it is."""

    number: int
    text: str
    said: str
    kept: str = ""
    quoted: bool = False
    bullet: bool = False
    open_box: bool = False
    ticked: bool = False
    bold: bool = False

    def as_typed(self, part: str) -> str:
        """A part of `said` as it was typed."""
        place = self.said.find(part)
        if place >= 0 and len(self.kept) == len(self.said):
            return self.kept[place : place + len(part)]
        return part if part in self.kept or not self.kept else self.kept


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced block, or a piece of inline code, verbatim."""

    number: int
    text: str
    fenced: bool


def no_names(_user_id: str, label: str) -> str:
    return label or _user_id


def decode(text: str, name_of: NameOf = no_names) -> str:
    """Tokens and entities decoded; a mention becomes the name of whom it means and pings nobody."""
    if "<" in text:
        text = _TOKEN.sub(lambda token: _token(token[1], name_of), text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: _ENTITIES[entity[1]], text)
    return text


def _token(inner: str, name_of: NameOf) -> str:
    body, _, label = inner.partition("|")
    if body.startswith("@"):
        return "@" + (name_of(body[1:], label.lstrip("@")) or body[1:]).lstrip("@")
    if body.startswith("#"):
        return "#" + (label.lstrip("#") or body[1:])
    if body.startswith("!subteam^"):
        return "@" + (label.lstrip("@") or "group")
    if body.startswith("!date^"):
        return label or body.split("^")[-1]
    if body.startswith("!"):
        return "@" + body[1:].partition("^")[0]
    if body.startswith(("mailto:", "tel:")):
        return label or body.partition(":")[2]
    return body if "://" in body else f"&lt;{inner}&gt;"


def unmark(text: str) -> str:
    """Without bold and italic marks; `snake_case` and `a*b` keep theirs."""
    if "*" in text:
        text = _BOLD.sub(r"\2", text)
    if "_" in text:
        text = _ITALIC.sub(r"\1", text)
    return text


def plain(text: str, name_of: NameOf = no_names) -> str:
    """The whole message as one readable text, code included."""
    return unmark(decode(text, name_of)).replace(_FENCE, "").strip()


def urls(text: str) -> tuple[str, ...]:
    """The http addresses in decoded text, in order, once each."""
    if "://" not in text:
        return ()
    return tuple(dict.fromkeys(found.rstrip(".,;:!?)'`*_]") for found in _URL.findall(text)))


def lines(text: str, name_of: NameOf = no_names) -> tuple[tuple[Line, ...], tuple[Code, ...]]:
    """The readable lines outside code, and the code. Line numbers are those of the raw text."""
    if text[:1].isalpha() and not _SPECIAL.search(text):  # most of what people write is one line with no markup
        return (_plain_line(text.rstrip()),), ()
    found: list[Line] = []
    codes: list[Code] = []
    number, all_quoted = 0, False
    for part, is_code in _fenced(text):
        if is_code:
            codes.append(Code(number, decode(part).strip("\n"), fenced=True))
        else:
            for offset, raw in enumerate(part.split("\n")):
                all_quoted = all_quoted or raw.startswith(("&gt;&gt;&gt;", ">>>"))
                if raw.strip():
                    found.append(_line(number + offset, raw, name_of, all_quoted))
                    codes += _inline(number + offset, raw)
        number += part.count("\n")
    return tuple(found), tuple(codes)


def _plain_line(text: str) -> Line:
    return Line(0, text, straight(text), text)


def straight(text: str) -> str:
    """With typewriter apostrophes, and the colons and exclamation marks of a full-width keyboard as usual ones; as long as it was."""
    return text if text.isascii() else text.translate(_STRAIGHT)


def _fenced(text: str) -> list[tuple[str, bool]]:
    if _FENCE not in text:
        return [(text, False)]
    parts = text.split(_FENCE)
    if len(parts) % 2 == 0:  # the last fence is never closed, so Slack shows it as it is
        parts[-2:] = [_FENCE.join(parts[-2:])]
    return [(part, index % 2 == 1) for index, part in enumerate(parts)]


def _inline(number: int, raw: str) -> list[Code]:
    if raw.count("`") < 2:
        return []
    pieces = raw.split("`")
    return [Code(number, decode(each), fenced=False) for each in pieces[1:-1:2] if each.strip()]


def _line(number: int, raw: str, name_of: NameOf, quoted: bool) -> Line:
    text = decode(raw, name_of).strip()
    quoted = quoted or text.startswith(">")
    text, lead = _without_lead(text)
    bold = "*" in text and _ALL_BOLD.match(text) is not None
    if "*" in text or "_" in text:
        text, again = _without_lead(unmark(text).strip())
        lead += again
    kept = _STRUCK.sub("", text).strip() if "~" in text else text
    said = straight(kept)
    bullet, ticked = bool(lead.replace(">", "").strip()), bool(_TICKED.search(lead))
    return Line(number, text, said, kept, quoted, bullet, any(box in lead for box in OPEN_BOXES), ticked, bold)


def _without_lead(text: str) -> tuple[str, str]:
    at = 0
    while found := _LEAD.match(text, at):
        at = found.end()
    return text[at:], text[:at]


def normal(text: str) -> str:
    """What two wordings have in common, to see that they are the same: letters and digits, case folded."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def clip(text: str, limit: int = 3000) -> str:
    """At most `limit` characters, the cut shown."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
