"""The menu of the post-mortem's content: every section with what is missing, and the button that opens it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks import checklist, ids, lines, move_buttons, pages, parts, question_pages, text
from bot.blocks.pages import MENU, Page
from bot.blocks.parts import Block
from bot.domain import content_gate, phrases, questions, section_forms, writing
from bot.domain.checklist import Mark
from bot.domain.content import Section
from bot.domain.overview import Overview
from bot.domain.section_forms import Form
from bot.domain.status import Status

DONE, OPEN, OPTIONAL = (checklist.SIGN[mark] for mark in (Mark.DONE, Mark.TODO, Mark.LATER))


def draw(overview: Overview, dimensions: Sequence[str]) -> dict[str, Any]:
    """The modal with the menu."""
    record = overview.postmortem
    entries = [_section(overview, form) for form in section_forms.forms(dimensions).values()]
    blocks = [
        parts.section(f"{lines.name(record)}\n{_how_far(overview)}"),
        *_rules(overview),
        _timeline(overview),
        _queries(overview),
        *entries[:4],
        _details(overview),
        *entries[4:],
        _todos(overview),
        _questions(overview),
        *_send(overview),
    ]
    return pages.plain_view("Write the post-mortem", blocks, pages.metadata(record.id, Page(MENU)))


def missing(overview: Overview, form: Form) -> tuple[str, ...]:
    """The headings of this section that the gate still asks for."""
    asked = {field.heading for field in content_gate.GATE if field.key in form.gate}
    facts = overview.facts
    return tuple(heading for heading in (facts.missing_content if facts else ()) if heading in asked)


def section_value(record_id: str, section: Section) -> str:
    """What the button hands back that opens a section's form."""
    return f"{record_id}:{section}"


def _how_far(overview: Overview) -> str:
    facts = overview.facts
    left = len(facts.missing_content) if facts else 0
    asked = len(content_gate.GATE)
    if left == 0 and not (facts and facts.bare_items):
        return "Everything that the review asks for is written."
    return f"{asked - left} of {asked} headings that the review asks for are filled in."


def _rules(overview: Overview) -> list[Block]:
    """How it is written; of a text that was agreed on, what has to be pressed before it changes."""
    record = overview.postmortem
    if not writing.frozen(record):
        how = "In any order, by one person or several. Everything that is saved stands in the document at once."
        return [parts.context(how)]
    why = (
        f":lock: It is {record.status}: the text was agreed on and is only read. If it has to change, press this first:"
    )
    return [parts.section(why), parts.actions(move_buttons.button(record, Status.IN_REVIEW))]


def _section(overview: Overview, form: Form) -> Block:
    record, left = overview.postmortem, missing(overview, form)
    entry = overview.life.content.entry(form.section)
    there = bool(entry.version or (form.section is Section.SERVICES and record.services))
    mark = OPEN if left else DONE if form.gate or there else OPTIONAL
    said = f"missing: {', '.join(left)}" if left else "" if form.gate or there else "may stay empty"
    saved = f"saved by {text.mention(entry.by)}, {text.when(entry.at)}" if entry.by and entry.at else ""
    below = " · ".join(each for each in (said, saved) if each)
    # What the channel or the details form filled in stands there already.
    there = there or bool(form.gate and not left)
    if writing.frozen(record):
        return _row(mark, form.title, below, None)
    button = parts.button("Edit" if there else "Write", ids.SECTION_EDIT, section_value(record.id, form.section))
    return _row(mark, form.title, below, button)


def _timeline(overview: Overview) -> Block:
    record, life, facts = overview.postmortem, overview.life, overview.facts
    said = [life.evidence_said or "missing: at least one item"]
    if life.waiting_items:
        said.append(f"{phrases.count(len(life.waiting_items), 'proposal')} from the channel to look at")
    done = bool(life.items) and not (facts and facts.bare_items) and not life.waiting_items
    button = parts.button("Open", ids.TIMELINE_OPEN, record.id)
    return _row(DONE if done else OPEN, "Timeline", ", ".join(said), button)


def _queries(overview: Overview) -> Block:
    record, life = overview.postmortem, overview.life
    said = [f"{len(life.queries)} kept"] if life.queries else []
    waiting = len(set(life.waiting_queries))
    if waiting:
        said.append(f"{phrases.count(waiting, 'proposal')} from the channel to look at")
    mark = OPEN if waiting else DONE if life.queries else OPTIONAL
    button = parts.button("Open", ids.QUERIES_OPEN, record.id)
    return _row(mark, "Queries", ", ".join(said) or "may stay empty", button)


def _todos(overview: Overview) -> Block:
    record, life = overview.postmortem, overview.life
    said = [f"{phrases.count(len(life.actions), 'action item')} decided"] if life.actions else []
    if life.waiting_todos:
        said.append(f"{phrases.count(len(life.waiting_todos), 'TODO')} from the channel to decide on")
    if life.undecided_actions:
        said.append(f"{phrases.count(life.undecided_actions, 'topic')} for the meeting")
    mark = OPEN if life.waiting_todos else DONE if life.actions else OPTIONAL
    button = parts.button("Open", ids.TODOS_OPEN, record.id)
    return _row(mark, "Action items", ", ".join(said) or "none yet", button)


def _questions(overview: Overview) -> Block:
    record, asked = overview.postmortem, overview.life.questions
    waiting = questions.open_ones(asked) or questions.unused(asked)
    said = question_pages.counted(overview) or (
        phrases.count(len(asked), "question") if asked else "whoever could know can be asked"
    )
    button = parts.button("Open", ids.QUESTIONS_OPEN, question_pages.value(record.id))
    return _row(OPEN if waiting else DONE if asked else OPTIONAL, "Questions", said, button)


def _details(overview: Overview) -> Block:
    record = overview.postmortem
    known = {
        "severity": record.severity, "start": record.times.started_at, "end": record.times.resolved_at,
        "incident commander": record.roles.ic,
    }  # fmt: skip
    left = [name for name, value in known.items() if not value]
    button = parts.button("Edit", ids.DETAILS_OPEN, record.id)
    return _row(OPEN if left else DONE, "Incident details", f"missing: {', '.join(left)}" if left else "", button)


def _send(overview: Overview) -> list[Block]:
    record, facts = overview.postmortem, overview.facts
    if record.status is not Status.DRAFT or facts is None or facts.missing_content or facts.bare_items:
        return []
    return [parts.divider(), parts.actions(move_buttons.button(record, Status.IN_REVIEW, "primary"))]


def _row(mark: str, title: str, below: str, button: Block | None) -> Block:
    block = parts.section(f"{mark} *{text.escape(title)}*" + (f"\n{below}" if below else ""))
    return {**block, "accessory": button} if button else block
