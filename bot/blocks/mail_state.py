"""How far a mail is, said as it is, and the ways in which it goes out: through the mail server, or by somebody's own program,
said so with a button. What was sent is asked about before it is sent once more."""

from __future__ import annotations

from bot.blocks import ids, parts, text
from bot.blocks.parts import Block
from bot.domain import addresses, mail_link, mailing
from bot.domain.kept_mail import KeptMail, MailState
from bot.domain.mail_sheet import MailSheet
from bot.domain.mailing import Going

_CONFIRM, _SHOWN, _REASON, _NAME = 300, 5, 200, 60
_MOVING = {MailState.WANTED, MailState.HANDING_OVER}


def lines(sheet: MailSheet) -> list[Block]:
    """What became of it, the last time on top; with the two answers where nobody knows."""
    shown = list(reversed(sheet.goings[-_SHOWN:]))
    blocks = [parts.context("\n".join(said(each) for each in shown))] if shown else []
    lost = [each.mail for each in shown if each.mail and each.mail.state is MailState.UNKNOWN]
    return [*blocks, *(parts.actions(*_settle(sheet, mail)) for mail in lost)]


def ways(sheet: MailSheet) -> list[Block]:
    """The buttons at the end of the form."""
    value = f"{sheet.record.id}:{sheet.draft.purpose}:{len(sheet.went)}"
    states = {each.mail.state for each in sheet.goings if each.mail}
    first: list[Block] = []
    if states & _MOVING:
        first = [parts.button("Look how far it is", ids.MAIL_LOOK, value)]
    elif sheet.by_server and MailState.UNKNOWN not in states:
        label = "Send once more" if sheet.last else "Send"
        first = [_asking(parts.button(label, ids.MAIL_SEND, value, "primary"), sheet.last)]
    elif not sheet.by_server:
        style = None if sheet.last else "primary"
        first = [parts.button("Text to copy", ids.MAIL_COPY, value, style), sent_button(value, sheet.last)]
    again = [{**parts.button("Write it anew", ids.MAIL_ANEW, value), "confirm": _ANEW}] if sheet.written else []
    # without its link it goes nowhere.
    ready = not sheet.by_server and bool(sheet.link) and sheet.link in sheet.body
    opens = link(sheet.to, sheet.subject, sheet.body) if ready else []
    return [*opens, *([parts.actions(*first, *again)] if first or again else [])]


def sent_button(value: str, last: Going | None) -> Block:
    """The button of somebody who sent it; with a question where it was sent before."""
    label = "I sent it once more" if last else "I sent it"
    return _asking(parts.button(label, ids.MAIL_MARK, value), last)


def link(to: tuple[str, ...], subject: str, body: str) -> list[Block]:
    """The mail for somebody's own program, as it is saved."""
    found = mail_link.mailto([addresses.mailbox(each) for each in to], subject, body)
    cut = "" if found.whole else " Not all of it fits into a link: copy what is missing there."
    address = found.url.replace("&", "&amp;")
    return [parts.section(f"<{address}|Open it in your mail program>, as it is saved.{cut}")]


def said(going: Going) -> str:
    """`Sent … by @ana to a@acme.example and 2 more`, as mark-up; of one on its way how far it is."""
    by, to = text.mention(going.by, "the bot"), text.escape(mailing.addresses(going.to))
    mail = going.mail
    if mail is None or mail.state is MailState.SENT:
        count = f" ({len(going.to)})" if len(going.to) > 1 else ""
        return f":envelope: Sent {text.when(going.at)} by {by} to {to}{count}{_refused(mail)}"
    trouble = text.foreign(text.clip(mail.trouble, _REASON))
    return {
        MailState.WANTED: f":hourglass: It goes out now to {to}, sent by {by}."
        + (f" Tried, and will be again: {trouble}" if trouble else ""),
        MailState.HANDING_OVER: f":hourglass: The mail server has it in hand, to {to}.",
        MailState.UNKNOWN: f":warning: The answer of the mail server was lost {text.when(going.at)}: it may have gone out to {to}.",
        MailState.FAILED: f":x: Not sent to {to}: {trouble}",
        MailState.DROPPED: f":x: Not sent to {to}: {trouble}",
    }[mail.state]


def again(sheet: MailSheet) -> str:
    """The question before it goes once more, as mark-up."""
    return f"{said(sheet.last)}. Is it to go once more?" if sheet.last else ""


def _refused(mail: KeptMail | None) -> str:
    refused = mail.refused if mail else ()
    told = [f"{text.escape(address)} ({text.foreign(text.clip(why, _REASON))})" for address, why in refused[:_SHOWN]]
    more = f" and {len(refused) - _SHOWN} more" if len(refused) > _SHOWN else ""
    return f"\n:warning: Refused: {', '.join(told)}{more}" if told else ""


def _settle(sheet: MailSheet, mail: KeptMail) -> list[Block]:
    value = f"{sheet.record.id}:{mail.identity}"
    return [parts.button("It arrived", ids.MAIL_ARRIVED, value), parts.button("Send it again", ids.MAIL_AGAIN, value)]


def _asking(button: Block, last: Going | None) -> Block:
    if last is None:
        return button
    by = f" by {text.clip(last.name, _NAME)}" if last.name else ""
    words = f"It was sent {text.when_plain(last.at)}{by} to {mailing.addresses(last.to)}. Is it to go once more?"
    asked = {
        "title": parts.plain("It was sent already", 100),
        "text": parts.plain(words, _CONFIRM),
        "confirm": parts.plain("Yes, once more", 30),
        "deny": parts.plain("No", 30),
    }
    return {**button, "confirm": asked}


_ANEW = {
    "title": parts.plain("Write it anew?", 100),
    "text": parts.plain(
        "What was written here is dropped, and the text follows the post-mortem again. That it was sent stays.",
        _CONFIRM,
    ),
    "confirm": parts.plain("Write it anew", 30),
    "deny": parts.plain("Keep it", 30),
}
