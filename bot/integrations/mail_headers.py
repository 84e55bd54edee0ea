"""The lines above a mail (RFC 5322), with people's words in encoded words (RFC 2047). The library's own folding puts white space into
long names and takes it out of long subjects, and leaves a name that looks encoded to the reader's program."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from bot.domain import typed
from bot.domain.mail import Mailbox

_LONGEST_WORDS, _LONGEST_NAME = 300, 64
# An encoded word has 75 characters at most; 45 bytes are 60 in base64.
_BYTES, _PLAIN = 45, 60
FOLD = "\r\n "


def line(name: str, value: str) -> bytes:
    """One header. Raises ValueError for a value that would begin another one."""
    if {"\r", "\n"} & set(value.replace(FOLD, "")):
        raise ValueError(f"a header of one line: {name}")
    return f"{name}: {value}\r\n".encode()


def words(text: str) -> str:
    """Text in one line, as it stands where it is short and plain."""
    told = typed.clip(typed.one_line(text), _LONGEST_WORDS)
    return told if _plain(told) else _encoded(told)


def mailbox(box: Mailbox) -> str:
    """A name and an address, which is known to be one."""
    name = typed.clip(typed.one_line(box.name), _LONGEST_NAME)
    if not name:
        return box.address
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    # One word, be it longer than it should be: some readers, Python's too, put a space between two in a name.
    return f'"{escaped}" <{box.address}>' if _plain(name) else f"{_word(name.encode())}{FOLD}<{box.address}>"


def mailboxes(boxes: Iterable[Mailbox]) -> str:
    """Several, a line each."""
    return f",{FOLD}".join(mailbox(each) for each in boxes)


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and len(text) <= _PLAIN and "=?" not in text


def _encoded(text: str) -> str:
    """Readers drop the white space between two encoded words, and never look for a character in two of them."""
    pieces, piece = [], b""
    for letter in text:
        more = letter.encode("utf-8")
        if len(piece) + len(more) > _BYTES:
            pieces.append(piece)
            piece = b""
        piece += more
    return FOLD.join(map(_word, [*pieces, piece]))


def _word(piece: bytes) -> str:
    return f"=?utf-8?b?{b64encode(piece).decode()}?="
