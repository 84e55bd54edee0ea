"""A mail as a link that opens it in somebody's own mail program, for where there is no mail server (RFC 6068)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bot.domain import typed
from bot.domain.mail import Mailbox

# Windows and its browsers hand a mail program about two thousand characters.
LONGEST = 1900
CUT = "\n\n(The rest did not fit into the link: copy it from Slack.)"


@dataclass(frozen=True, slots=True)
class MailLink:
    """`whole` is false where the text had to be cut for the link, and the link says so at its end; `left_out` are addresses that had no
    place in it."""

    url: str
    whole: bool
    left_out: tuple[str, ...] = ()


def mailto(to: Sequence[Mailbox], subject: str, text: str, longest: int = LONGEST) -> MailLink:
    """The link; at most `longest` characters. Where not everything fits, the text is cut first, then addresses."""
    addresses = list(dict.fromkeys(each.address for each in to))
    begin = f"?subject={_quoted(typed.clip(typed.one_line(subject), 200))}&body="
    fitting = _fitting(addresses, longest - len(begin) - len(_quoted(CUT)))
    url = f"mailto:{','.join(quote(each, safe='@') for each in fitting)}{begin}"
    left_out, body = tuple(addresses[len(fitting) :]), _quoted(_body(text))
    if len(url) + len(body) <= longest:
        return MailLink(url + body, not left_out, left_out)
    return MailLink(url + _cut(_body(text), longest - len(url)), whole=False, left_out=left_out)


def _fitting(addresses: Sequence[str], room: int) -> list[str]:
    fitting: list[str] = []
    for each in addresses:
        room -= len(quote(each, safe="@")) + 1
        if room < 0:
            break
        fitting.append(each)
    return fitting


def _body(text: str) -> str:
    return typed.clean(text.replace("\r\n", "\n"))


def _quoted(text: str) -> str:
    """Line ends are %0D%0A in a mailto link."""
    return quote(text.replace("\n", "\r\n"), safe="")


def _cut(text: str, room: int) -> str:
    """As many whole characters as fit, up to the last white space, and the sentence that it was cut."""
    room -= len(_quoted(CUT))
    kept, used = 0, 0
    for letter in text:
        used += len(_quoted(letter))
        if used > room:
            break
        kept += 1
    words = text[:kept].rsplit(None, 1)[0] if any(map(str.isspace, text[:kept])) else text[:kept]
    return _quoted(words + CUT)
