"""What is known of who comes (R-13). An answer that is given by mail goes to the sender's mailbox, which nobody reads here: of whoever was
mailed it is not said that there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.domain import invitation, invitation_mail
from bot.domain.calendar_event import KeptEvent, Reply
from bot.domain.harvest.person import Person
from bot.domain.kept_mail import KeptMail


def known(
    users: Iterable[str],
    people: Mapping[str, Person],
    kept: KeptEvent | None,
    mails: Sequence[KeptMail],
    *,
    by_server: bool,
) -> dict[str, Reply]:
    """By user; whoever is missing may have answered elsewhere. `kept` is the event where it stands on the calendar, `mails` are the
    invitations that went out, `by_server` says that the calendar's server invites people by itself, and hears their answers."""
    mailed = {user for mail in mails for user in invitation_mail.users(mail).values()}
    invites = bool(mails) or (by_server and kept is not None)
    found: dict[str, Reply] = {}
    for user in users:
        said = kept.reply(people.get(user), user) if kept else Reply.NONE
        if said is not Reply.NONE:
            found[user] = said
        elif invites and user not in mailed and not invitation.has_mailbox(people.get(user)):
            found[user] = Reply.UNREACHED
        elif kept and (by_server or not mails):
            found[user] = Reply.NONE
    return found
