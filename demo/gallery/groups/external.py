"""The message to customers: its form, how it reads, and examples to learn from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.blocks import examples_list, external_form, hints, modals
from bot.domain.examples import PUBLIC
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.message_sheet import Sheet, Wish
from bot.domain.postmortem import Postmortem
from bot.domain.said_there import Saying
from bot.domain.status import Status
from bot.domain.wording import checks
from bot.domain.wording.finding import Finding
from demo.gallery import samples, stages, texts
from demo.gallery.entry import Entry, Group, Json, modal, whisper
from demo.gallery.people import CHIOMA

WRITTEN = Saying(
    "Orders are slow for some customers. We are sorry, and tell you more at 13:00 UTC.", texts.ts(texts.STARTED, 300)
)
HEARD = "Some customers may see slow orders. We are working on it."
BLAME = Parts("We apologize for any inconvenience: the whole shop was down.", "Ben forgot the pool.", "")


def draw() -> Iterator[Entry]:
    draft, reviewed = samples.record(), stages.reviewed().postmortem
    nothing, written = ExternalDecision(), samples.message()
    yield _form("not decided", draft, nothing)
    sheet = Sheet(nothing, False, draft.status)
    view = external_form.draw(draft, sheet, sheet.wish, suggested=HEARD, written=WRITTEN, link=samples.overview().link)
    yield modal("Message to customers", "with what was said in the channel", view)
    yield _form("written", draft, written)
    yield _form("there will be none", draft, samples.no_message("Nobody outside saw it."))
    yield _form("reviewed already", reviewed, written)
    mine = Wish(ExternalMessage.PRESENT, replace(texts.MESSAGE, summary="Orders were slow on 23 November.", doing=""))
    other = Sheet(replace(written, by=CHIOMA), False, draft.status)
    warning = (
        "<@U0CHI1> saved the message while you had the form open: nothing was saved yet. Your words are still in the fields; "
        "where they differ, the other text stands below. What is in the fields when you save is what counts."
    )
    view = external_form.draw(draft, other, mine, theirs=other, warning=warning)
    yield modal("Message to customers", "saved by somebody else meanwhile", view)
    yield modal("Message to customers", "with hints on its wording", _hinted(draft))
    yield modal("Preview", "written", external_form.preview(draft, texts.MESSAGE))
    yield modal("Preview", "nothing is written", external_form.preview(draft, Parts()))
    yield from _examples()


def _form(state: str, record: Postmortem, decision: ExternalDecision) -> Entry:
    sheet = Sheet(decision, record.full_outage, record.status)
    return modal("Message to customers", state, external_form.draw(record, sheet, sheet.wish))


def _hinted(record: Postmortem) -> Json:
    sheet = Sheet(samples.message(BLAME), False, Status.DRAFT)
    found: dict[str, tuple[Finding, ...]] = {}
    for block_id, words in external_form.fields(sheet.wish):
        section = hints.section_of(block_id)
        if section:
            found[block_id] = checks.check(words, section, names=samples.named(record))
    return external_form.draw(record, sheet, sheet.wish, found=found)


def _examples() -> Iterator[Entry]:
    earlier = [(stages.closed().postmortem, texts.MESSAGE)]
    yield whisper("Examples", "none of our own", examples_list.drawing([], 0, 1, PUBLIC))
    yield whisper("Examples", "the second of three pages", examples_list.drawing(earlier, 1, 3, PUBLIC, samples.ID))
    view = modals.notice(examples_list.drawing(earlier, 0, 1, (), samples.ID), "Examples")
    yield modal("Examples", "over the form", view)


GROUP = Group(
    "external", "The message to customers", "Written by the owner, agreed on in the meeting, posted by support.", draw
)
