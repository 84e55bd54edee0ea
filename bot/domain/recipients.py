"""To whom a mail goes: the lists of the settings, which one a post-mortem has (R-53, R-55, R-63), and addresses as people type
them, checked one by one. An address is kept with its name, as `addresses.written` gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import addresses, errors, phrases, typed
from bot.domain.mail_draft import Letter
from bot.domain.postmortem import Postmortem

MOST = 50


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
    """Typed addresses, with commas, semicolons or line ends between, each once and with the name that was given. Raises BadInput that names
    every wrong one."""
    found = addresses.split(words)
    wrong = [each.address for each in found if not addresses.is_address(each.address)]
    if wrong:
        which = phrases.listing([typed.clip(typed.one_line(each), 80) for each in wrong])
        what = "is no e-mail address" if len(wrong) == 1 else "are no e-mail addresses"
        raise errors.bad_input("bad_address", f"{which} {what}: write them as name@example.com, with commas between.")
    once = {each.address.lower(): each for each in reversed(found)}
    if len(once) > MOST:
        raise errors.bad_input(
            "too_many", f"{len(once)} addresses are too many for one e-mail: use the address of a list."
        )
    return tuple(dict.fromkeys(addresses.written(once[each.address.lower()]) for each in found))


def check_restricted(lists: MailLists, record: Postmortem, to: Sequence[str]) -> None:
    """Raises BadInput where an address is none of those that a restricted post-mortem may go to (R-63)."""
    allowed = {each.lower() for each in addresses.bares(lists.restricted)}
    outside = [each for each in addresses.bares(to) if each.lower() not in allowed]
    if not record.restricted or not outside:
        return
    if not allowed:
        raise errors.bad_input("restricted", proposed(lists, record, Letter.SUMMARY).missing)
    which = phrases.listing(outside)
    why = f"{record.name} is restricted and goes to {phrases.listing(lists.restricted)} only: take {which} out."
    raise errors.bad_input("restricted", why)


def shown(to: Sequence[str]) -> str:
    """As a field has them."""
    return ", ".join(to)


def _of(found: tuple[str, ...], setting: str, what: str) -> Proposed:
    missing = f"{what} is not set: an administrator of the bot sets {setting}."
    return Proposed(found, "" if found else missing)
