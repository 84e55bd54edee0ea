"""The short messages around a mail that people send; `notes` puts them into its tables.

| topic       | values                 | to                      |
|-------------|------------------------|-------------------------|
| mail_wanted |                        | the owner               |
| mail_copy   | purpose, number        | whoever asked for it    |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.blocks import ids, lines, mail_state, parts, rich
from bot.blocks.parts import Block
from bot.domain import mail_draft, mailing, pieces
from bot.domain.mail_draft import Letter, MailDraft
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.ports.chat import Drawing

Values = Mapping[str, Json]
Note = Callable[[Overview, Values], Drawing]
# Slack refuses a message whose blocks are longer than about this in all.
_ROOM = 7500
OPENS = {
    Letter.SUMMARY: ids.MAIL_SUMMARY_OPEN,
    Letter.FIRST: ids.MAIL_FIRST_OPEN,
    Letter.SUPPORT: ids.MAIL_SUPPORT_OPEN,
}


def messages(body: str) -> tuple[str, ...]:
    """The text by message."""
    return tuple(each for each in pieces.split(body, _ROOM) if each.strip()) or ("",)


def _wanted(overview: Overview, values: Values) -> Drawing:
    said = (
        f"{lines.name(overview.postmortem)} is reviewed. What is left to tell: an e-mail to colleagues with the results, what was "
        "learnt, and the link. I have written one; read it, change it, send it."
    )
    button = parts.button("Write the e-mail", ids.MAIL_SUMMARY_OPEN, overview.postmortem.id, "primary")
    return parts.drawing(said, [parts.section(said), parts.actions(button)])


def _copy(overview: Overview, values: Values) -> Drawing:
    purpose, number = _purpose(values), _number(values)
    draft = mailing.draft(overview, purpose)
    texts = messages(draft.body)
    if not draft.body or number >= len(texts):
        said = f"The {mail_draft.NAMES[purpose]} of {lines.name(overview.postmortem)} was changed meanwhile: open it again."
        return parts.drawing(said, [parts.section(said), parts.actions(_change(overview, purpose))])
    return _text(overview, draft, texts, number)


def _text(overview: Overview, draft: MailDraft, texts: tuple[str, ...], number: int) -> Drawing:
    last = number + 1 == len(texts)
    head = f"The {mail_draft.NAMES[draft.purpose]} of {lines.name(overview.postmortem)}, to be copied"
    said = f"{head}:" if number == 0 else "The text goes on:"
    blocks = [
        parts.section(said),
        *(_addressed(draft) if number == 0 else []),
        *rich.preformatted(texts[number].strip("\n")),
    ]
    if number == 0:
        blocks += mail_state.link(draft.recipients or (), draft.subject, draft.body)
    if not last:
        return parts.drawing(said, [*blocks, parts.context("The text goes on in the next message.")])
    went = mailing.counted(mailing.goings(draft, overview.life.mails, overview.people))
    value = f"{overview.postmortem.id}:{draft.purpose}:{len(went)}"
    sent = mail_state.sent_button(value, went[-1] if went else None)
    return parts.drawing(said, [*blocks, parts.actions(sent, _change(overview, draft.purpose))])


def _addressed(draft: MailDraft) -> list[Block]:
    """To whom and about what, each to be copied by itself."""
    to = rich.preformatted(", ".join(draft.recipients)) if draft.recipients else [parts.context("_nobody yet_")]
    subject = rich.preformatted(draft.subject)
    return [parts.context("To"), *to, parts.context("Subject"), *subject, parts.context("Text")]


def _change(overview: Overview, purpose: Letter) -> Block:
    return parts.button("Change it", OPENS[purpose], overview.postmortem.id)


def _purpose(values: Values) -> Letter:
    named = str(values.get("purpose"))
    return Letter(named) if named in set(Letter) else Letter.SUMMARY


def _number(values: Values) -> int:
    number = values.get("number")
    return number if isinstance(number, int) else 0


TO_PERSON: Mapping[str, Note] = {Topic.MAIL_WANTED: _wanted, Topic.MAIL_COPY: _copy}
