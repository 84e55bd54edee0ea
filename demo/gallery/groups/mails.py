"""The mails that people send: their form as it is proposed, changed, sent in both ways, refused and lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.blocks import card, mail_form, mail_notes, mail_state, parts
from bot.domain.kept_mail import LOST, KeptMail, MailState
from bot.domain.mail_draft import BODY_MOST, Letter, MailDraft
from bot.domain.mail_sheet import Typed
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.recipients import MailLists
from bot.domain.summary_mail import Written
from demo.gallery import mailed, stages, texts, worst
from demo.gallery.entry import Entry, Group, message, modal, whisper
from demo.gallery.mailed import draft, mail, sheet
from demo.gallery.people import CHIOMA

COPIED = ":envelope_with_arrow: The text comes to you as a direct message now, to be copied. Press *I sent it* once you have."
STATES: dict[str, KeptMail] = {
    "it goes out now": mail(MailState.WANTED),
    "tried, and will be again": mail(MailState.WANTED, trouble="The mail server asks us to come again: 451."),
    "in the hands of the server": mail(MailState.HANDING_OVER),
    "sent": mail(MailState.SENT),
    "sent, one address refused": mail(MailState.SENT, refused=(("all@acme.example", "550 unknown mailbox"),)),
    "the answer was lost": mail(MailState.UNKNOWN, trouble=LOST),
    "given up": mail(MailState.FAILED, trouble="The mail server refused it: 554."),
    "not wanted any more": mail(MailState.DROPPED, trouble="The post-mortem was restricted after this was written."),
}


def draw() -> Iterator[Entry]:
    yield from _summary()
    for state, kept in STATES.items():
        shown = sheet(stages.reviewed(), draft=draft(), by_server=True, mails=(kept,))
        yield modal("Internal e-mail, by the mail server", state, mail_form.draw(shown))
    yield modal("First e-mail", "the incident goes on", _first(stages.just_started(), link=""))
    yield modal("First e-mail", "it is over", _first(stages.half_written()))
    yield modal("E-mail to support", "the reviewed text", mail_form.draw(sheet(stages.reviewed(), Letter.SUPPORT)))
    yield modal("E-mail to support", "it is posted", mail_form.draw(sheet(stages.closed(), Letter.SUPPORT)))
    yield from _in_doubt()
    sent = sheet(stages.reviewed(), draft=draft(marks=(mailed.MARK,)))
    said = mail_state.again(sent)
    again = parts.actions(mail_state.sent_button("pm-7:summary:1", sent.last))
    yield whisper(
        "It was sent already", "pressed under the copied text", parts.drawing(said, [parts.section(said), again])
    )


def _in_doubt() -> Iterator[Entry]:
    seen = stages.reviewed()
    yield message("Card", "a mail of which nobody knows", card.card(_with(seen, mail(MailState.UNKNOWN, tries=1))))
    for state, name in (
        (MailState.SENT, "it arrived"), (MailState.WANTED, "to be sent again"), (MailState.DROPPED, "not wanted any more"),
    ):  # fmt: skip
        kept = mail(state, tries=1, settled_by=CHIOMA)
        yield message("What became of a mail", name, mail_notes.question(_with(seen, kept), _asked(kept))[0])
    invited = [mailed.invitation(number, state) for number, state in enumerate((MailState.UNKNOWN, MailState.SENT))]
    overtaken = mail_notes.question(_with(seen, *invited), _asked(invited[0]))[0]
    yield message("What became of a mail", "an invitation that a newer one has overtaken", overtaken)


def _asked(kept: KeptMail) -> dict[str, Json]:
    told: dict[str, Json] = {"mail": kept.identity, "purpose": kept.purpose, "tries": 1, "names": [], "all": 1}
    return {**told, "at": mailed.SENT.isoformat()}


def _with(overview: Overview, *kept: KeptMail) -> Overview:
    return replace(overview, life=replace(overview.life, mails=kept))


def _summary() -> Iterator[Entry]:
    seen = stages.reviewed()
    yield modal("Internal e-mail", "as it is proposed", mail_form.draw(sheet(seen)))
    yield modal("Internal e-mail", "to be sent by the mail server", mail_form.draw(sheet(seen, by_server=True)))
    yield modal(
        "Internal e-mail", "too early, with much missing", mail_form.draw(sheet(stages.just_started(), link=""))
    )
    yield modal("Internal e-mail", "no list in the settings", mail_form.draw(sheet(seen, lists=MailLists())))
    hidden = replace(seen, postmortem=replace(seen.postmortem, restricted=True))
    yield modal("Internal e-mail", "restricted", mail_form.draw(sheet(hidden)))
    yield modal("Internal e-mail", "restricted, no list", mail_form.draw(sheet(hidden, lists=MailLists())))
    yield modal(
        "Internal e-mail", "the text is on its way to you", mail_form.draw(sheet(seen, draft=draft()), done=COPIED)
    )
    sent = sheet(seen, draft=draft(marks=(mailed.MARK,)))
    yield modal("Internal e-mail", "sent by hand", mail_form.draw(sent))
    yield modal(
        "Internal e-mail", "sent by somebody else meanwhile", mail_form.draw(sent, warning=mail_state.again(sent))
    )
    mine = Typed("engineering@acme.example", "Slow orders", f"Mine.\n\nRead it: {texts.PAGE}")
    theirs = sheet(seen, draft=draft(edited_by=CHIOMA))
    yield modal(
        "Internal e-mail",
        "saved by somebody else meanwhile",
        mail_form.draw(theirs, mine, theirs=theirs, warning=_SAVED),
    )
    yield modal("Internal e-mail", "written anew", mail_form.draw(sheet(seen), drawn=1))


def _first(overview: Overview, link: str | None = None) -> dict[str, object]:
    return mail_form.draw(sheet(overview, Letter.FIRST, link=link))


def longest() -> Iterator[Entry]:
    full = worst.worst(BODY_MOST)
    seen = worst.overview()
    kept: MailDraft = draft(
        body=full, subject=worst.worst(200), recipients=tuple(f"{'x' * 60}{n}@acme.example" for n in range(50))
    )
    refused = tuple((f"{'x' * 60}{number}@acme.example", worst.SENTENCE) for number in range(50))
    states = tuple(
        replace(mail(state, trouble=worst.SENTENCE, refused=refused), identity=f"m{number}")
        for number, state in enumerate(MailState)
    )
    shown = replace(sheet(seen, draft=kept, by_server=True, mails=states), proposed=Written("x", full))
    typed = Typed(shown.typed.to, worst.worst(200), full[:-1])
    view = mail_form.draw(shown, typed, theirs=shown, warning=worst.warned(), done=worst.warned())
    yield modal("Internal e-mail", "longest", view)
    yield modal(
        "Internal e-mail", "longest, by hand", mail_form.draw(replace(shown, by_server=False, link="https", goings=()))
    )


_SAVED = (
    "<@U0CHI1> saved this while you had the form open: nothing was saved yet. Your words are still in the fields; where they differ, "
    "the other text stands below. What is in the fields when you save is what counts."
)
GROUP = Group(
    "mails", "The e-mails", "Proposed from the post-mortem, changed by whoever sends them, and sent once.", draw
)
LONGEST = Group("mails-longest", "The e-mails at their longest", "Judged by the rules alone.", longest)
