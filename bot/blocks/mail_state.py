"""How far a mail is, and the ways in which it goes out: by somebody's own mail program, said so with a button. What was sent is
asked about before it is sent once more."""

from __future__ import annotations

from bot.blocks import ids, parts, text
from bot.blocks.parts import Block
from bot.domain import mail_link, mailing
from bot.domain.mail import Mailbox
from bot.domain.mail_draft import MailDraft, Mark
from bot.domain.mail_sheet import MailSheet

_CONFIRM = 300


def lines(sheet: MailSheet) -> list[Block]:
    """What became of it, the last time on top."""
    marks = sheet.draft.marks[-5:]
    return [parts.context("\n".join(f":envelope: {said(each)}" for each in reversed(marks)))] if marks else []


def ways(sheet: MailSheet) -> list[Block]:
    """The buttons at the end of the form."""
    name = f"{sheet.record.id}:{sheet.draft.purpose}"
    value = f"{name}:{len(sheet.draft.marks)}"
    buttons = [
        parts.button("Text to copy", ids.MAIL_COPY, value, None if sheet.last else "primary"),
        sent_button(value, sheet.last),
    ]
    if sheet.written:
        buttons.append({**parts.button("Write it anew", ids.MAIL_ANEW, value), "confirm": _ANEW})
    # without its link it goes nowhere.
    ready = bool(sheet.link) and sheet.link in sheet.body
    return [*(link(sheet.to, sheet.subject, sheet.body) if ready else []), parts.actions(*buttons)]


def sent_button(value: str, last: Mark | None) -> Block:
    """The button of somebody who sent it; with a question where it was sent before."""
    if last is None:
        return parts.button("I sent it", ids.MAIL_MARK, value)
    return {**parts.button("I sent it once more", ids.MAIL_MARK, value), "confirm": _once_more(last)}


def link(to: tuple[str, ...], subject: str, body: str) -> list[Block]:
    """The mail for somebody's own program, as it is saved."""
    found = mail_link.mailto([Mailbox(each) for each in to], subject, body)
    cut = "" if found.whole else " It is too long for a link, so its end is missing there: copy it instead."
    address = found.url.replace("&", "&amp;")
    return [parts.section(f"<{address}|Open it in your mail program>, as it is saved.{cut}")]


def said(mark: Mark) -> str:
    """`Sent … by @ana to a@acme.example and 2 more`, as mark-up."""
    return f"Sent {text.when(mark.at)} by {text.mention(mark.by)} to {text.escape(mailing.addresses(mark.to))}"


def again(draft: MailDraft) -> str:
    """The question before it is sent once more, as mark-up."""
    return f"{said(draft.marks[-1])}. Was it sent once more since, or is it to be?" if draft.marks else ""


def _once_more(last: Mark) -> Block:
    when = text.when_plain(last.at)
    words = f"It was sent {when} to {mailing.addresses(last.to)}. Did you send it once more? Then that is kept as well."
    return {
        "title": parts.plain("It was sent already", 100),
        "text": parts.plain(words, _CONFIRM),
        "confirm": parts.plain("Yes, once more", 30),
        "deny": parts.plain("No", 30),
    }


_ANEW = {
    "title": parts.plain("Write it anew?", 100),
    "text": parts.plain(
        "What was written here is dropped, and the text follows the post-mortem again. That it was sent stays.",
        _CONFIRM,
    ),
    "confirm": parts.plain("Write it anew", 30),
    "deny": parts.plain("Keep it", 30),
}
