"""What looks like a secret in a command or a query (R-25): keys, tokens and passwords that would stand in the document for
everybody. It is a warning, never a verdict, and shy: hashes, ids and placeholders are left alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_SHOWN = 4
# What is written in the place of a value, or is no value at all.
_PLACEHOLDER = re.compile(
    r"<[^<>]*>|\$.*|%.*|[{\[(].*|.*[({\[].*|[:@]\w+|[?.*x•…-]+|&lt;.*"
    r"|(?:none|null|nil|true|false|undefined|redacted|masked|hidden|removed|example|changeme|string|varchar|text|str)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_KEYWORD = re.compile(r"password|passwd|passphrase|secret|token|key", re.IGNORECASE)
_I, _ALL = re.IGNORECASE, re.DOTALL
_NAME = r"[A-Za-z0-9_.-]{0,60}?(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key)"
_QUOTED = r"\"(?P<double>[^\"\n]{4,400})\"|'(?P<single>[^'\n]{4,400})'"
_BEFORE = r"(?<![A-Za-z0-9_-])"
_ASSIGNED = rf"(?<![A-Za-z0-9_.-]){_NAME}[\"']?"
_KEY = r"-----(?:BEGIN|END) [A-Z ]{0,30}PRIVATE KEY-----"
# Known by their own look: the whole of it is the secret.
_SHAPES: tuple[tuple[str, str, int], ...] = (
    ("a private key", rf"{_KEY}(?:.{{0,20000}}?{_KEY}|.*)", _ALL),
    ("a token of Slack", rf"{_BEFORE}(?:xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{{10,}}|xapp-\d-[A-Za-z0-9-]{{10,}})", 0),
    ("an access key of AWS", rf"{_BEFORE}(?:AKIA|ASIA)[A-Z0-9]{{16}}(?![A-Za-z0-9])", 0),
    ("a token of GitHub", rf"{_BEFORE}(?:gh[pousr]_[A-Za-z0-9]{{20,}}|github_pat_[A-Za-z0-9_]{{20,}})", 0),
    ("a signed token (JWT)", rf"{_BEFORE}eyJ[A-Za-z0-9_-]{{8,}}\.eyJ[A-Za-z0-9_-]{{4,}}(?:\.[A-Za-z0-9_-]*)?", 0),
)
# Known by what stands before it: only the value is the secret. A word after a colon may be prose, so it needs a digit.
_VALUES: tuple[tuple[str, str, int], ...] = (
    ("a password in an address", r"[a-z][a-z0-9+.-]{1,30}://[^\s:/@'\"<>]{0,200}:(?P<bare>[^\s/@'\"]{1,200})@", _I),
    (
        "a password after curl -u",
        r"\bcurl\b[^\n]{0,400}?\s(?:-u|--user)[ =]?[\"']?[^\s:\"']{1,100}:(?P<bare>[^\s\"']{3,200})",
        0,
    ),
    (
        "an Authorization header",
        r"\bAuthorization[\"']?\s*[:=]\s*[\"']?(?:Bearer|Basic|Token)\s+(?P<bare>[^\s\"']{6,4000})",
        _I,
    ),
    ("a bearer token", r"\bBearer\s+(?P<bare>[A-Za-z0-9._~+/-]{20,4000}=*)", 0),
    ("a password or token", rf"--{_NAME}\s+(?:{_QUOTED}|(?P<bare>[^\s\"'-][^\s\"']{{3,400}}))", _I),
    ("a password or token", rf"{_ASSIGNED}\s*(?::=|==?|:)\s*(?:{_QUOTED})", _I),
    ("a password or token", rf"{_ASSIGNED}=(?P<bare>[^\s\"'&;,)<>]{{4,400}})", _I),
    (
        "a password or token",
        rf"{_ASSIGNED}(?:\s*:\s*|\s+=\s*)(?P<bare>(?=[^\s\"'&;,)]*\d)[^\s\"'&;,)<>=]{{6,400}})",
        _I,
    ),
)
# Without any of these in it no pattern finds anything: most texts have none, and looking for these costs next to nothing.
_HINTS = (
    "pass", "pwd", "secret", "token", "key", "xox", "xapp", "akia", "asia", "gh", "eyj", "authorization", "bearer", "curl", "@",
)  # fmt: skip
_SHAPED = tuple((kind, re.compile(pattern, flags)) for kind, pattern, flags in _SHAPES)
_VALUED = tuple((kind, re.compile(pattern, flags)) for kind, pattern, flags in _VALUES)


@dataclass(frozen=True, slots=True)
class Secret:
    """What it looks like, and where it stands in the text: from `start` up to `end`, in `line` counted from 1. `masked` is
    all of it that may be shown: four letters at most, and never more than a third."""

    kind: str
    start: int
    end: int
    line: int
    masked: str


def found(text: str) -> tuple[Secret, ...]:
    """Everything in the text that looks like a secret, in its order; of two that overlap the longer one."""
    folded = text.lower()
    if not any(hint in folded for hint in _HINTS):
        return ()
    spans: list[tuple[int, int, str]] = []
    for kind, pattern in _SHAPED:
        spans += [(match.start(), match.end(), kind) for match in pattern.finditer(text)]
    for kind, pattern in _VALUED:
        spans += [(*span, kind) for match in pattern.finditer(text) if (span := _value(match))]
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= there[0] or start >= there[1] for there in kept):
            kept.append((start, end, kind))
    return tuple(
        Secret(kind, start, end, text.count("\n", 0, start) + 1, _masked(text[start:end]))
        for start, end, kind in sorted(kept)
    )


def masked(text: str) -> str:
    """The text with everything masked that looks like a secret: for places where it must not stand, such as the history."""
    parts, at = [], 0
    for each in found(text):
        parts += [text[at : each.start], each.masked]
        at = each.end
    return "".join([*parts, text[at:]])


def stamp(*texts: str) -> str:
    """A few letters that stand for the secrets of these texts together; "" for none. A person who says that they are none
    says it of these, and of no other."""
    values = [text[each.start : each.end] for text in texts for each in found(text)]
    return hashlib.sha256("\x1f".join(values).encode("utf-8", "replace")).hexdigest()[:16] if values else ""


def _value(match: re.Match[str]) -> tuple[int, int] | None:
    """Where the value stands; None for a placeholder, a name in the place of a value, and a path."""
    name = next(each for each in ("double", "single", "bare") if match.groupdict().get(each) is not None)
    value = match[name]
    if _PLACEHOLDER.fullmatch(value) or (name == "bare" and _names_a_value(value)):
        return None
    return match.span(name)


def _names_a_value(value: str) -> bool:
    """`s.token`, `your_password`, `/run/secrets/token`: it says where the value is, or what it would be."""
    if value.startswith(("/", "~/", "./", "../")):
        return True
    return bool(_KEYWORD.search(value)) and not re.search(r"[^A-Za-z_.]", value)


def _masked(value: str) -> str:
    shown = " ".join(value.split())[: min(_SHOWN, len(value) // 3)]
    return f"{shown}…"
