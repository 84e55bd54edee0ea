"""The short messages about the message to customers; `notes` puts them into its tables.

| topic      | values     | to                                                  |
|------------|------------|-----------------------------------------------------|
| no_support |            | administrators and the IC; the owner where none is  |
| sent_back  | by, reason | the owner and the IC                                |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import ids, lines, parts, text
from bot.blocks.parts import Block
from bot.domain.external_message import ExternalMessage
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
_CLOSING = ("T4", "T5", "T6")


def _no_support(overview: Overview, values: Values) -> Drawing:
    name = lines.name(overview.postmortem)
    said = (
        f":warning: {name} is reviewed and has a message to customers, but no support team is configured: ask an admin. "
        "Until then nobody can post the message and close it."
    )
    how = "An administrator of the bot sets `SUPPORT_GROUP` or `SUPPORT_USERS`; the message is handed over by itself then."
    return parts.drawing(said, [parts.section(said), parts.context(how)])


def _sent_back(overview: Overview, values: Values) -> Drawing:
    record, by, reason = overview.postmortem, values.get("by"), values.get("reason")
    who = text.mention(by if isinstance(by, str) else None, "Somebody")
    said = f"{who} has taken {lines.name(record)} back to *In Review*: its message to customers is not posted as it is."
    why = text.quote(reason, 2500) if isinstance(reason, str) else ""
    button = parts.actions(parts.button("Change the message", ids.EXTERNAL_OPEN, record.id, "primary"))
    return parts.drawing(said, [parts.section(said), *([parts.section(why)] if why else []), button])


def after_move(overview: Overview, number: str) -> list[Block]:
    """What a note about a move adds: where the text is now, and where everything can be read (R-50 to R-52)."""
    record, decision = overview.postmortem, overview.life.external
    if number == "T3":
        present = decision.value is ExternalMessage.PRESENT
        return [parts.context("The message to customers goes to the support team now.")] if present else []
    if number not in _CLOSING:
        return []
    said = []
    if number == "T6" and decision.posted:
        said.append(f"Posted {text.when(decision.posted.at)}")
        said += [text.link(decision.posted.url, "on the status page")] if decision.posted.url else []
    url = record.page_url or overview.document
    said += [text.link(url, "Open the post-mortem")] if url else []
    return [parts.context(" · ".join(said))] if said else []


TO_PERSON: Mapping[str, Note] = {Topic.NO_SUPPORT: _no_support, Topic.SENT_BACK: _sent_back}
