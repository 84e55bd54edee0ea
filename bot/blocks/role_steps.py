"""What each role does once the incident is over, posted when the post-mortem begins: most people in the channel have a
small part, and some have none, which is good to know too."""

from __future__ import annotations

from bot.blocks import parts, text
from bot.domain.overview import Overview
from bot.ports.chat import Drawing

_IC = (
    "put related incidents under this one, set the final severity, and resolve it",
    "designate one owner: `/postmortem assign @name`",
    "send the first short e-mail to the company, with the link to the document",
    "look in on the progress now and then",
)
_SCRIBE = (
    "go through the chat for the key events: the draft document has a first list",
    "gather every TODO that was written down",
)
_CUSTOMER_LIAISON = (
    "answer what customers ask",
    "follow the post-mortem, and put its External Message on the status page when it has been reviewed",
)


def role_steps(overview: Overview) -> Drawing:
    """One section a role, with the people who are known to hold it."""
    record = overview.postmortem
    # Posted once, and the title comes later: the number is what stays true.
    blocks = [
        parts.header("What each role does now"),
        parts.section(_role("Incident commander", record.roles.ic, _IC)),
        parts.section(_role("Scribe", record.roles.scribe, _SCRIBE)),
        parts.section(_role("Experts on the systems involved", None, ("add your notes to the document",))),
        parts.section(_role("Customer liaison", None, _CUSTOMER_LIAISON)),
        parts.section(_role("Deputy", record.roles.deputy, ("nothing has to be done; help the IC if you like",))),
        parts.section(_role("Internal liaison", None, ("nothing has to be done; answer colleagues who ask",))),
        parts.context(record.name),
    ]
    return parts.drawing(f"{record.name}: what each role does now", blocks)


def _role(role: str, user_id: str | None, steps: tuple[str, ...]) -> str:
    who = f" {text.mention(user_id)}" if user_id else ""
    return f"*{role}*{who}\n" + "\n".join(f"• {step}" for step in steps)
