"""Questions in the document (R-08): that some are open, as long as they are; and answers that became nothing else."""

from __future__ import annotations

from bot.domain import page, questions, typed
from bot.domain.draft_facts import name, utc
from bot.domain.draft_written import paragraphs
from bot.domain.overview import Overview
from bot.domain.page import Block, Note, Paragraph, Section, Text
from bot.domain.questions import Question


def open_note(overview: Overview) -> tuple[Note, ...]:
    """A remark above everything while answers are waited for."""
    waiting = questions.open_ones(overview.life.questions)
    if not waiting or not questions.matters(overview.postmortem):
        return ()
    said = "; ".join(f"{name(overview, each.asked_of)}: {typed.one_line(each.text)}" for each in waiting)
    return (Note((Text("Open questions:", strong=True), *page.line(" ", page.words(said)))),)


def appendix(overview: Overview) -> tuple[Section, ...]:
    """Each question with its answer, in order of asking."""
    answered = questions.unused(overview.life.questions)
    if not answered:
        return ()
    blocks: list[Block] = []
    for each in answered:
        blocks += _asked(overview, each)
    return (Section("Questions And Answers", tuple(blocks)),)


def _asked(overview: Overview, each: Question) -> list[Block]:
    asker, asked = name(overview, each.asked_by), name(overview, each.asked_of)
    at = utc(each.answered_at or each.at)
    head = page.line(Text(f"{asker} asked {asked}:", strong=True), " ", page.words(typed.one_line(each.text)))
    return [Paragraph(head), Paragraph(page.line(f"Answered on {at} UTC:")), *paragraphs(each.answer)]
