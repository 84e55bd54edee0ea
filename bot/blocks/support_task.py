"""What the support team is handed (R-50): the text as it was reviewed, to be copied as it stands, and two buttons. It is
edited in place when the message is posted or taken back. People's words stand in preformatted rich text, where nothing is
read as mark-up, so nothing in them can ping anybody or end the block."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.blocks import external_form, ids, inputs, lines, modals, parts, text
from bot.blocks.parts import Block
from bot.domain import handing_over, pieces
from bot.domain.external_message import ExternalMessage, Parts
from bot.domain.harvest.finding import Role
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.ports.chat import Drawing

COPIED = 2500
# Slack refuses a message whose blocks are longer than about this, whatever their number.
ROOM = 9000


def copied(said: Parts) -> tuple[str, ...]:
    """The whole text, with its headings, in blocks of a size that Slack takes."""
    whole = "\n\n".join(f"{heading}\n\n{words}" for heading, words in external_form.written(said))
    return tuple(piece.strip("\n") for piece in pieces.split(whole, COPIED) if piece.strip())


def messages(said: Parts) -> list[tuple[str, ...]]:
    """The same by message: what does not fit into the first goes on in its thread."""
    room = max(1, ROOM // COPIED)
    found = copied(said)
    return [found[start : start + room] for start in range(0, len(found), room)] or [()]


def drawing(
    overview: Overview, review: str, place: str, team: str, why: str, *, mail: bool = False, stays: bool = True
) -> Drawing:
    """The task as it stands at `overview.now`; `team` is the mention of who is asked, `mail` that the team has an address as well,
    and without `stays` the text is not for this place any more (R-63)."""
    if not stays:
        said = f"{_head(overview)}\n:no_entry_sign: It is not handed over here any more."
        return parts.drawing(said, [parts.section(said)])
    if not handing_over.waits(overview.postmortem, overview.life.external, review):
        said = f"{_head(overview)}\n{_closed(overview, review)}" + (f"\n{text.quote(why)}" if why else "")
        return parts.drawing(said, [parts.section(said)])
    texts = messages(_final(overview))
    ask = f"{team}: please post this message to the status page."
    blocks = [parts.section(f"{_head(overview)}\n{ask}"), *_about(overview, place), *map(block, texts[0])]
    if len(texts) > 1:
        blocks.append(parts.context(f"The text goes on in this thread: {len(texts) - 1} more to copy."))
    value = f"{overview.postmortem.id}:{review}"
    buttons = parts.actions(
        parts.button("Posted", ids.EXTERNAL_POSTED, value, "primary"),
        parts.button("Problem with the text", ids.EXTERNAL_PROBLEM, value),
        *([parts.button("As an e-mail", ids.MAIL_SUPPORT_OPEN, overview.postmortem.id)] if mail else []),
    )
    return parts.drawing(f"{_name(overview)}: {ask}", [*blocks, buttons])


def further(overview: Overview) -> list[Drawing]:
    """What goes on in the thread."""
    rest = messages(_final(overview))[1:]
    head = "The text goes on:"
    return [parts.drawing(head, [parts.context(head), *map(block, texts)]) for texts in rest]


def settled() -> Drawing:
    """In the place of a text in the thread that is not to be posted any more."""
    said = "This piece of the text is not to be posted any more: see above."
    return parts.drawing(said, [parts.context(said)])


def nudge(overview: Overview, team: str, number: int) -> Drawing:
    """A reminder in the task's thread."""
    how = "Press *Posted* above once it is, or *Problem with the text*."
    said = f"{team}: the message of {_name(overview)} is not marked as posted yet. {how}"
    last = ["This is the last reminder."] if number >= handing_over.MOST_NUDGES else []
    return parts.drawing(said, [parts.section(said), *map(parts.context, last)])


def block(words: str) -> Block:
    """Words to be copied exactly as they are."""
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [element]}


def mention(group: str | None, users: Sequence[str]) -> str:
    """Who is asked: the group, else the people by name."""
    if group:
        return f"<!subteam^{group}>"
    return " ".join(text.mention(user) for user in users[:20]) or "Support team"


def posted_form(record: Postmortem, review: str, now: datetime) -> dict[str, Any]:
    """The form that asks where and when it was posted."""
    blocks = [
        parts.section(f"{lines.name(record)}\nThe post-mortem is closed when you send this."),
        inputs.line(
            "Address on the status page", ids.LINK, "", optional=True, placeholder="https://", hint="If it has one."
        ),
        inputs.moment("When was it posted?", ids.POSTED_AT, now, "In your own time zone."),
    ]
    metadata = json.dumps({"record": record.id, "review": review})
    return modals.view(ids.POSTED, "The message is posted", "Close it", blocks, metadata)


def _final(overview: Overview) -> Parts:
    decision = overview.life.external
    return decision.frozen or decision.text


def _name(overview: Overview) -> str:
    """A restricted one is named by its number alone (R-63)."""
    record = overview.postmortem
    return f"*{record.name}*" if record.restricted else lines.name(record)


def _head(overview: Overview) -> str:
    return f":mega: *Message to customers* · {_name(overview)}"


def _about(overview: Overview, place: str) -> list[Block]:
    record, liaison = overview.postmortem, _liaison(overview)
    said = [f"Severity: {lines.severity(record)}"]
    if record.services and not record.restricted:
        said.append(f"Services: {text.escape(text.clip(', '.join(record.services), 300))}")
    url = record.page_url or overview.document
    if url and not record.restricted:
        said.append(text.link(url, "Open the post-mortem"))
    if liaison:
        said.append(liaison)
    return [parts.context(" · ".join(said))]


def _liaison(overview: Overview) -> str:
    """R-50: the customer liaison follows it; a SEV-1 should have one."""
    claims = overview.findings.role_claims if overview.findings else ()
    named = [claim.user_id for claim in claims if claim.role is Role.customer_liaison and claim.user_id]
    if named:
        return f"Customer liaison: {text.mention(named[-1])}"
    return "Customer liaison: nobody is known, name one of you" if overview.postmortem.severity == 1 else ""


def _closed(overview: Overview, review: str) -> str:
    record, decision = overview.postmortem, overview.life.external
    posted, same = decision.posted, handing_over.review_of(record) == review
    if posted and (same or not record.reviewed_at) and record.status is not Status.REVIEWED:
        where = f", {text.link(posted.url, 'on the status page')}" if posted.url else ""
        return f":white_check_mark: Posted by {text.mention(posted.by)}, {text.when(posted.at)}{where}. Thank you."
    if same and decision.value is not ExternalMessage.PRESENT:
        return ":no_entry_sign: There will be no message after all: nothing is to be posted."
    if same or not record.reviewed_at:
        by = text.mention(record.status_by, "the owner")
        return f":no_entry_sign: Taken back by {by}: do not post this text. The new one comes here once it is reviewed."
    return ":no_entry_sign: Taken back: there is a newer task for this message."
