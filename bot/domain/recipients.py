"""To whom a mail goes: the lists of the settings, which one a post-mortem has (R-53, R-55, R-63), and addresses as people type
them, checked one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import errors, phrases, typed
from bot.domain.mail_draft import Letter
from bot.domain.postmortem import Postmortem

MOST = 50
_LONGEST, _LOCAL = 254, 64
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])\Z"
)
_BETWEEN = re.compile(r"[,;\n]+")
_NAMED = re.compile(r"[^<>]*<\s*(?:mailto:)?([^<>|\s]+)(?:\|[^<>]*)?\s*>\Z")


@dataclass(frozen=True, slots=True)
class MailLists:
    """The addresses of the settings. `first` is for the IC's first mail, empty for the list by severity."""

    sev1: tuple[str, ...] = ()
    sev2: tuple[str, ...] = ()
    restricted: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    support: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """The list that a mail has by itself; where it is empty, `missing` says why, and what to do about it."""

    addresses: tuple[str, ...]
    missing: str = ""


def proposed(lists: MailLists, record: Postmortem, purpose: Letter) -> Proposed:
    """The list for this mail as the post-mortem stands. A restricted one has its own and never another (R-63)."""
    if record.restricted:
        return _of(lists.restricted, "MAIL_LIST_RESTRICTED", "The list for restricted post-mortems")
    if purpose is Letter.SUPPORT:
        return _of(lists.support, "MAIL_SUPPORT", "The address of the support team")
    if purpose is Letter.FIRST and lists.first:
        return Proposed(lists.first)
    if record.severity is None:
        return Proposed(
            (), "The severity is not set, so it is not known which list this goes to: set it, or type addresses."
        )
    if record.severity == 1:
        return _of(lists.sev1, "MAIL_LIST_SEV1", "The list for a SEV-1")
    return _of(lists.sev2, "MAIL_LIST_SEV2", f"The list for a SEV-{record.severity}")


def read(words: str) -> tuple[str, ...]:
    """Typed addresses, with commas, semicolons or line ends between, each once. Raises BadInput that names every wrong one."""
    found, wrong = list[str](), list[str]()
    for each in _split(words):
        address = named[1] if (named := _NAMED.match(each)) else each
        (found if is_address(address) else wrong).append(address)
    if wrong:
        which = phrases.listing([typed.clip(typed.one_line(each), 80) for each in wrong])
        what = "is no e-mail address" if len(wrong) == 1 else "are no e-mail addresses"
        raise errors.bad_input("bad_address", f"{which} {what}: write them as name@example.com, with commas between.")
    once = {address.lower(): address for address in reversed(found)}
    if len(once) > MOST:
        raise errors.bad_input(
            "too_many", f"{len(once)} addresses are too many for one e-mail: use the address of a list."
        )
    return tuple(dict.fromkeys(once[address.lower()] for address in found))


def check_restricted(lists: MailLists, record: Postmortem, to: Sequence[str]) -> None:
    """Raises BadInput where an address is none of those that a restricted post-mortem may go to (R-63)."""
    allowed = {each.lower() for each in lists.restricted}
    outside = [each for each in to if each.lower() not in allowed]
    if not record.restricted or not outside:
        return
    if not allowed:
        raise errors.bad_input("restricted", proposed(lists, record, Letter.SUMMARY).missing)
    which = phrases.listing(outside)
    why = f"{record.name} is restricted and goes to {phrases.listing(lists.restricted)} only: take {which} out."
    raise errors.bad_input("restricted", why)


def is_address(word: str) -> bool:
    """Whether mail could be sent there, as far as its form tells."""
    return len(word) <= _LONGEST and len(word.partition("@")[0]) <= _LOCAL and bool(_ADDRESS.match(word))


def shown(addresses: Sequence[str]) -> str:
    """As a field has them."""
    return ", ".join(addresses)


def _split(words: str) -> list[str]:
    """What stands between commas; a piece of several addresses and nothing else is split at its spaces."""
    pieces = [piece.strip() for piece in _BETWEEN.split(words) if piece.strip()]
    found: list[str] = []
    for piece in pieces:
        several = piece.split()
        found += several if "<" not in piece and all("@" in each for each in several) else [piece]
    return found


def _of(addresses: tuple[str, ...], setting: str, what: str) -> Proposed:
    missing = f"{what} is not set: an administrator of the bot sets {setting}."
    return Proposed(addresses, "" if addresses else missing)
