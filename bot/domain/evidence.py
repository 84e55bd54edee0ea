"""What shows that a line of the timeline is right (R-21): the address of a metric, a log, a page of somebody else. The
message in Slack is where the line comes from, and proves nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from bot.domain import details, errors

MOST = 20
# So much of a query is worth showing beside the whole path.
_QUERY = 8
_MESSAGE = re.compile(
    r"https?://(?:[a-z0-9-]+\.)*slack\.com/(?:archives|client|app_redirect)(?:[/?#]|\Z)", re.IGNORECASE
)


def is_message(url: str, workspace_url: str = "") -> bool:
    """Whether this is the address of a message in Slack; `workspace_url` ends with a slash."""
    return bool(_MESSAGE.match(url)) or bool(workspace_url and url.startswith(f"{workspace_url}archives/"))


def addresses(typed: str, workspace_url: str = "") -> tuple[str, ...]:
    """The addresses that were typed, one a line, each once. Raises BadInput for anything else."""
    found = tuple(dict.fromkeys(typed.split()))
    for url in found:
        shown = _clipped(url)
        if not details.is_web_address(url):
            form = "is no web address: enter one a line, each beginning with https:// or http://."
            why = f"{_clipped(_sentence(typed, url))} {details.address_problem(url, form)}"
            raise errors.bad_input("no_address", why)
        if is_message(url, workspace_url):
            why = (
                f"{shown} is a message in Slack: that is where the line comes from. Enter the metric, the log or the page "
                "that shows it, or say below why there is none."
            )
            raise errors.bad_input("is_source", why)
    if len(found) > MOST:
        raise errors.bad_input("too_many", f"Enter at most {MOST} addresses: these are {len(found)}.")
    return found


def _sentence(typed: str, word: str) -> str:
    """The whole line when it is made of words alone: its first word would say little about what is wrong."""
    line = next(each for each in typed.splitlines() if word in each.split())
    return word if any(details.is_web_address(each) for each in line.split()) else " ".join(line.split())


def _clipped(shown: str) -> str:
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


def proposed(urls: Iterable[str], workspace_url: str = "") -> tuple[str, ...]:
    """Those of the addresses in a message that can be evidence."""
    good = (url for url in urls if details.is_web_address(url) and not is_message(url, workspace_url))
    return tuple(dict.fromkeys(good))[:MOST]


def offered(found: Iterable[str], there: Collection[str], workspace_url: str = "") -> tuple[str, ...]:
    """Those of the addresses found around a line that can be evidence, and do not stand beside it yet."""
    return proposed((url for url in found if url not in there), workspace_url)


def key(url: str) -> str:
    """A short name of an address, which may be longer than what a box can carry."""
    return hashlib.sha256(url.encode(errors="backslashreplace")).hexdigest()[:16]


def place(url: str, most: int = 60) -> str:
    """The same without what is asked for there: `grafana.example/d/1`, whatever the span of time."""
    return label(url.partition("#")[0].partition("?")[0], most)


def label(url: str, most: int = 60) -> str:
    """`grafana.example/d/1`: the host, and as much of what follows as there is room for."""
    try:
        split = urlsplit(url)
        host, path = split.hostname or url, split.path.rstrip("/")
    except ValueError:
        return url[:most]
    asked = f"?{split.query}" if split.query else ""
    room = most - len(host) - 2
    if len(path) + len(asked) <= room + 2:
        return f"{host}{path}{asked}"
    if len(path) + _QUERY <= room:
        # What is asked for there tells one panel from another: its end, since its beginning is often a time.
        return f"{host}{path}?…{asked[len(path) - room :]}"
    path += asked
    if room <= 5:
        return host[:most]
    end = path[-room:]
    return f"{host}/…{end[max(0, end.find('/')) :]}"
