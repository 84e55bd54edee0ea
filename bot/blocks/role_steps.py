"""What each role does once the incident is over, posted when the post-mortem begins: most people in the channel have a
small part, and who has none is not named."""

from __future__ import annotations

from bot.blocks import ids, parts, text
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.ports.chat import Drawing

_SCRIBE = "gather the key events and every TODO of the chat: the draft document has a first list"
_EXPERTS = "add your notes to the document"
_CUSTOMER_LIAISON = (
    "answer what customers ask, and put the External Message on the status page when it has been reviewed"
)
_E_MAIL = "send the first short e-mail to the company, with the link to the document"


def role_steps(overview: Overview) -> Drawing:
    """One line a role that has something to do, with the people who are known to hold it."""
    record = overview.postmortem
    # Posted once, and the title comes later: the number is what stays true. Who owns it is asked for on the card.
    rows = (
        _role("Incident commander", record.roles.ic, _ic(record)),
        _role("Scribe", record.roles.scribe, _SCRIBE),
        _role("Experts on the systems involved", None, _EXPERTS),
        _role("Customer liaison", None, _CUSTOMER_LIAISON),
    )
    first = parts.button("Write the first e-mail", ids.MAIL_FIRST_OPEN, record.id)
    said = parts.section("*What each role does now*\n" + "\n".join(rows))
    blocks = [said, parts.context(record.name), parts.actions(first)]
    return parts.drawing(f"{record.name}: what each role does now", blocks)


def _ic(record: Postmortem) -> str:
    steps = [
        *(["set the final severity"] if record.severity is None else []),
        *(["resolve the incident"] if record.times.resolved_at is None else []),
        _E_MAIL,
    ]
    return "; ".join(steps)


def _role(role: str, user_id: str | None, step: str) -> str:
    who = f" {text.mention(user_id)}" if user_id else ""
    return f"• *{role}*{who}: {step}"
